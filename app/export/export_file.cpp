#include "app/export/export_file.h"

#include <cerrno>
#include <cstring>
#include <system_error>

#include "app/session.h"

namespace stakeout {
namespace {

[[noreturn]] void throw_unwritten(const std::filesystem::path& file, const std::string& reason) {
  throw CommandError{1, "cannot write " + file.string() + ": " + reason +
                            "; name a folder that you may write, with room on its disk"};
}

}  // namespace

ExportFile::ExportFile(const std::filesystem::path& folder, const std::string& name)
    : file_{folder / name}, part_{folder / (name + ".part")} {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw_unwritten(folder, error.message());
  out_.open(part_, std::ios::binary | std::ios::trunc);
  if (!out_) throw_unwritten(part_, std::strerror(errno));
}

ExportFile::~ExportFile() {
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

void ExportFile::done() {
  out_.close();
  if (!out_) throw_unwritten(file_, std::strerror(errno));
  std::error_code error;
  std::filesystem::rename(part_, file_, error);
  if (error) throw_unwritten(file_, error.message());
}

}  // namespace stakeout
