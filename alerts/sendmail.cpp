#include "alerts/sendmail.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "alerts/plain_words.h"

namespace stakeout {
namespace {

using Outcome = SendResult::Outcome;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t longest_words = 300;  // of what it says
constexpr milliseconds between_looks{100};  // at its end, and at whether to stop
constexpr milliseconds time_to_end{1'000};  // between SIGTERM and SIGKILL

// A descriptor that is closed with this object.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_{number} {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const { return number_; }
  void reset(int number) {
    close();
    number_ = number;
  }
  void close() {
    if (number_ != -1) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

std::string with_plain_line_ends(const std::string& message) {
  std::string out = message;
  std::erase(out, '\r');  // quoted-printable and headers have none but at the ends of lines
  return out;
}

// One run of the program.
class Run {
 public:
  // False when it cannot be started; errno says why.
  bool start(const std::string& program, const std::string& from, const std::string& to);

  // Gives it the message and takes what it says, until it ends, the time is up or it is to stop.
  void talk(const std::string& message, steady_clock::time_point end, const std::stop_token& stop);

  // Ends it, if it has not ended.
  ~Run();
  Run() = default;
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  [[nodiscard]] bool has_ended() const { return has_ended_; }
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] bool has_all() const { return has_all_; }  // of the message
  [[nodiscard]] const std::string& words() const { return words_; }

 private:
  bool look_for_end();
  void write_some(const std::string& message);
  void read_some();

  Descriptor input_;   // its standard input, a socket: writing to it when it is gone is no signal
  Descriptor output_;  // its standard output and error
  pid_t child_ = -1;
  std::size_t written_ = 0;
  bool has_all_ = false;
  bool has_ended_ = false;
  int status_ = 0;
  std::string words_;
};

bool Run::start(const std::string& program, const std::string& from, const std::string& to) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in.data()) != 0) return false;
  input_.reset(in[0]);
  const Descriptor child_input{in[1]};
  if (::pipe2(out.data(), O_CLOEXEC | O_NONBLOCK) != 0) return false;
  output_.reset(out[0]);
  const Descriptor child_output{out[1]};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, child_input.number(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, child_output.number(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, child_output.number(), STDERR_FILENO);
  // The threads of this program leave signals to one of them; its children get them.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  std::array<std::string, 6> words = {program, "-i", "-f", from, "--", to};
  std::array<char*, 7> arguments{};
  std::ranges::transform(words, arguments.begin(), [](std::string& word) { return word.data(); });
  const int error =
      ::posix_spawn(&child_, program.c_str(), &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error == 0) return true;
  child_ = -1;
  errno = error;
  return false;
}

bool Run::look_for_end() {
  if (!has_ended_) has_ended_ = ::waitpid(child_, &status_, WNOHANG) == child_;
  return has_ended_;
}

void Run::write_some(const std::string& message) {
  const ssize_t count = ::send(input_.number(), message.data() + written_,
                               message.size() - written_, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count > 0) written_ += static_cast<std::size_t>(count);
  has_all_ = written_ == message.size();
  if (count < 0 || has_all_) input_.close();
}

void Run::read_some() {
  std::array<char, 512> buffer{};
  for (ssize_t count = 0; (count = ::read(output_.number(), buffer.data(), buffer.size())) > 0;) {
    if (words_.size() < longest_words)
      words_.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

void Run::talk(const std::string& message, steady_clock::time_point end,
               const std::stop_token& stop) {
  while (!look_for_end() && steady_clock::now() < end && !stop.stop_requested()) {
    std::array<pollfd, 2> ready = {pollfd{input_.number(), POLLOUT, 0},
                                   pollfd{output_.number(), POLLIN, 0}};
    ::poll(ready.data(), ready.size(), static_cast<int>(between_looks.count()));
    if (input_.number() != -1 && ready[0].revents != 0) write_some(message);
    if ((ready[1].revents & POLLIN) != 0) read_some();
    // It has closed its output and lives on: nothing wakes this any more.
    if ((ready[1].revents & POLLIN) == 0 && (ready[1].revents & POLLHUP) != 0)
      ::poll(nullptr, 0, 10);
  }
  read_some();
}

Run::~Run() {
  if (child_ == -1 || look_for_end()) return;
  ::kill(child_, SIGTERM);
  const auto end = steady_clock::now() + time_to_end;
  while (!look_for_end() && steady_clock::now() < end) ::poll(nullptr, 0, 10);
  if (has_ended_) return;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, &status_, 0);
}

class Sendmail final : public MailTransport {
 public:
  Sendmail(std::string program, milliseconds timeout)
      : program_{std::move(program)}, timeout_{timeout} {}

  SendResult hand_over(const std::string& from, const std::string& to, const std::string& message,
                       const std::stop_token& stop) override;
  [[nodiscard]] Result<void> try_out() override;
  [[nodiscard]] milliseconds time_limit() const override { return timeout_ + time_to_end; }

 private:
  [[nodiscard]] SendResult result_of(const Run& run, bool is_stopped) const;

  std::string program_;
  milliseconds timeout_;
};

SendResult Sendmail::hand_over(const std::string& from, const std::string& to,
                               const std::string& message, const std::stop_token& stop) {
  Run run;
  if (!run.start(program_, from, to))
    return {Outcome::not_reached, program_ + " cannot be run: " + std::strerror(errno)};
  run.talk(with_plain_line_ends(message), steady_clock::now() + timeout_, stop);
  return result_of(run, stop.stop_requested());
}

Result<void> Sendmail::try_out() {
  if (::access(program_.c_str(), X_OK) == 0) return {};
  return fail(program_ + " cannot be run: " + std::strerror(errno));
}

SendResult Sendmail::result_of(const Run& run, bool is_stopped) const {
  if (!run.has_ended()) {
    return {is_stopped ? Outcome::not_reached : Outcome::later,
            program_ + (is_stopped ? " was stopped" : " did not come to its end in time"),
            run.has_all()};
  }
  const bool has_left = WIFEXITED(run.status());
  const int code = has_left ? WEXITSTATUS(run.status()) : 0;
  if (has_left && code == 0) return {};
  std::string why =
      program_ + (has_left ? " ended with " + std::to_string(code) : " was ended by a signal");
  const std::string words = plain_words(run.words().substr(0, longest_words));
  if (!words.empty()) why += ": " + words;
  switch (code) {
    case EX_DATAERR:
    case EX_NOUSER:
    case EX_NOHOST:
      return {Outcome::never, why};
    case EX_USAGE:
    case EX_NOPERM:
    case EX_CONFIG:
      return {Outcome::not_reached, why};
    default:
      return {Outcome::later, why, !has_left && run.has_all()};
  }
}

}  // namespace

std::unique_ptr<MailTransport> make_sendmail(std::string program, milliseconds timeout) {
  return std::make_unique<Sendmail>(std::move(program), timeout);
}

}  // namespace stakeout
