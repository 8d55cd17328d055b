#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace stakeout {

// A file of an export on its way: written beside its place, and put there by done(). Without done()
// nothing stays. Throws CommandError (1) that names the file.
class ExportFile {
 public:
  ExportFile(const std::filesystem::path& folder, const std::string& name);
  ~ExportFile();
  ExportFile(const ExportFile&) = delete;
  ExportFile& operator=(const ExportFile&) = delete;

  [[nodiscard]] std::ostream& out() { return out_; }
  void done();

 private:
  std::filesystem::path file_;
  std::filesystem::path part_;
  std::ofstream out_;
};

}  // namespace stakeout
