#include "tests/support/program.h"

#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace stakeout {
namespace {

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace

Program::Program(const std::vector<std::string>& words, const std::filesystem::path& folder,
                 std::vector<std::string> environment)
    : folder_{folder} {
  // STAKEOUT_PROGRAM is the path of the built program, given by CMake.
  std::vector<std::string> arguments{STAKEOUT_PROGRAM};
  arguments.insert(arguments.end(), words.begin(), words.end());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  environment.push_back("HOME=" + folder.string());
  environment.emplace_back("PATH=/usr/bin:/bin");
  std::vector<char*> envp;
  for (std::string& variable : environment) envp.push_back(variable.data());
  envp.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "stdout.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  posix_spawn_file_actions_addopen(&actions, 2, "stderr.txt", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const int failed =
      posix_spawn(&pid_, STAKEOUT_PROGRAM, &actions, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) throw std::runtime_error{"cannot start " STAKEOUT_PROGRAM};
}

Program::~Program() {
  if (pid_ == 0) return;
  kill(SIGKILL);
  static_cast<void>(wait());
}

void Program::kill(int signal) const {
  ::kill(pid_, signal);
}

ProgramRun Program::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = 0;
  return {WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status),
          content_of(folder_ / "stdout.txt"), content_of(folder_ / "stderr.txt")};
}

ProgramRun run_program(const std::vector<std::string>& words, const std::filesystem::path& folder) {
  return Program{words, folder}.wait();
}

double cpu_of_programs() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace stakeout
