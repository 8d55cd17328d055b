#include "tests/support/mail_server.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace stakeout {
namespace {

// Real time, because the server is another program.
void await_that(const std::string& what, const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error{"waited for " + what};
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
}

std::string read_line(int file) {
  std::string line;
  for (char c = 0; ::read(file, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

}  // namespace

MailServer::MailServer(std::vector<std::string> options) {
  std::vector<std::string> words = {"/usr/bin/python3", "../support/mail_server.py",
                                    folder_.path().string()};
  words.insert(words.end(), options.begin(), options.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  int out[2];
  if (::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error{"no pipe for the mail server"};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  const int error =
      ::posix_spawn(&pid_, "/usr/bin/python3", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(out[1]);
  if (error == 0) port_ = read_line(out[0]);
  ::close(out[0]);
  if (port_.empty()) {
    throw std::runtime_error{
        "the mail server of the tests does not start (is python3-aiosmtpd installed?)"};
  }
}

MailServer::~MailServer() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

std::string MailServer::url(const std::string& scheme) const {
  return scheme + "://127.0.0.1:" + port_;
}

std::vector<ReceivedMail> MailServer::mails() const {
  std::vector<ReceivedMail> mails;
  for (int number = 1;; ++number) {
    std::ifstream file{folder_.path() / (std::to_string(number) + ".eml"), std::ios::binary};
    if (!file) return mails;
    ReceivedMail mail;
    std::getline(file, mail.from);
    std::getline(file, mail.to);
    mail.bytes.assign(std::istreambuf_iterator<char>{file}, {});
    mails.push_back(std::move(mail));
  }
}

void MailServer::await_slow() const {
  await_that("a message for slow@",
             [&] { return std::filesystem::exists(folder_.path() / "asked"); });
}

}  // namespace stakeout
