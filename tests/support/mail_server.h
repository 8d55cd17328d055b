#pragma once

#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace stakeout {

// A mail as it came to the server.
struct ReceivedMail {
  std::string from;  // of the envelope
  std::string to;
  std::string bytes;
};

// A real mail server (mail_server.py, which says how it treats whom) on a port of its own; ended
// with this object. The tests run from a folder beside tests/support.
class MailServer {
 public:
  explicit MailServer(std::vector<std::string> options = {});
  ~MailServer();
  MailServer(const MailServer&) = delete;
  MailServer& operator=(const MailServer&) = delete;

  // "smtp://127.0.0.1:PORT"; `scheme`: "smtps" for implicit TLS.
  [[nodiscard]] std::string url(const std::string& scheme = "smtp") const;
  [[nodiscard]] std::string certificate() const { return (folder_.path() / "cert.pem").string(); }

  // What has come so far, in that order.
  [[nodiscard]] std::vector<ReceivedMail> mails() const;
  // Waits until a slow@ recipient's message is there, and the server has not answered.
  void await_slow() const;
  // The answers to slow@ recipients come.
  void let_go() const { folder_.write("go", ""); }

 private:
  TemporaryFolder folder_;
  int pid_ = 0;
  std::string port_;
};

}  // namespace stakeout
