#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace stakeout {

// How a run of the program ended.
struct ProgramRun {
  int exit_code = 0;  // 128 + signal when a signal ended it
  std::string out;
  std::string err;
};

// A run of the built program, as a person starts it: its words, a working folder, and nothing of
// the environment that could matter.
class Program {
 public:
  // Starts it. Its output goes to files in `folder`, which is its working folder, too.
  // `environment` are further "NAME=value".
  Program(const std::vector<std::string>& words, const std::filesystem::path& folder,
          std::vector<std::string> environment = {});
  ~Program();  // kills it when it still runs
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void kill(int signal) const;
  [[nodiscard]] ProgramRun wait();

 private:
  std::filesystem::path folder_;
  int pid_ = 0;
};

// Runs it to its end.
[[nodiscard]] ProgramRun run_program(const std::vector<std::string>& words,
                                     const std::filesystem::path& folder);

// CPU seconds, user and system, of all children of this process that have ended.
[[nodiscard]] double cpu_of_programs();

}  // namespace stakeout
