#include "alerts/atom_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alerts/digest_cut.h"
#include "alerts/mail_encoding.h"
#include "alerts/plain_words.h"

namespace stakeout {
namespace {

using Outcome = SendResult::Outcome;

constexpr std::string_view head =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Written by stakeout, anew each time. -->\n";
// Each on a line of its own. What is between them is escaped and has neither.
constexpr std::string_view entry_begin = "\n<entry>\n";
constexpr std::string_view entry_end = "\n</entry>\n";
constexpr std::size_t longest_feed = 64U << 20U;

// Text or markup as the text of an element: what XML 1.0 knows no character for is left out.
std::string xml_words(std::string_view text) {
  std::string out = html_words(valid_utf8(text));
  for (const char* const none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = out.find(none); at != std::string::npos; at = out.find(none, at))
      out.erase(at, 3);
  }
  return out;
}

// "<d.1@host>" as "mid:d.1@host" (RFC 2392).
std::string entry_id(std::string id) {
  std::erase_if(id, [](char c) { return c == '<' || c == '>'; });
  return "mid:" + id;
}

// "tag:host,2024:stakeout:desk" (RFC 4151).
std::string feed_id(const OutgoingDigest& digest) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string host = digest.message_id.substr(digest.message_id.rfind('@') + 1);
  if (host.ends_with('>')) host.pop_back();
  std::string out = "tag:" + host + ",2024:stakeout:";
  for (const char c : digest.name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    const auto byte = static_cast<unsigned char>(c);
    if (is_plain) {
      out += c;
    } else {
      out += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return out;
}

std::string id_element(const std::string& id) {
  return "<id>" + xml_words(id) + "</id>";
}

std::string entry_of(const OutgoingDigest& outgoing) {
  const std::string time = to_rfc3339(outgoing.made_at);
  const std::string content =
      render_within(outgoing.digest, outgoing.max_bytes,
                    [](const Digest& digest) { return xml_words(render_html_part(digest)); });
  return std::string{entry_begin} + id_element(entry_id(outgoing.message_id)) + "\n<title>" +
         xml_words(outgoing.digest.subject) + "</title>\n<published>" + time +
         "</published>\n<updated>" + time + "</updated>\n<content type=\"html\">" + content +
         "</content>" + std::string{entry_end};
}

// The entries of a feed that we made, as they stand there.
std::vector<std::string> entries_of(std::string_view feed) {
  std::vector<std::string> entries;
  for (std::size_t at = feed.find(entry_begin); at != std::string_view::npos;
       at = feed.find(entry_begin, at)) {
    const std::size_t end = feed.find(entry_end, at);
    if (end == std::string_view::npos) break;
    entries.emplace_back(feed.substr(at, end + entry_end.size() - at));
    at = end;
  }
  return entries;
}

std::string what_failed(const std::string& file) {
  return "cannot write the feed " + file + ": " + std::strerror(errno);
}

// False with errno when the bytes are not all there, and safe.
bool write_safely(const std::string& file, const std::string& bytes) {
  const int number = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                            S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH);
  if (number == -1) return false;
  std::string_view rest = bytes;
  bool is_right = true;
  while (is_right && !rest.empty()) {
    const ssize_t length = ::write(number, rest.data(), rest.size());
    if (length > 0) rest.remove_prefix(static_cast<std::size_t>(length));
    is_right = length > 0 || errno == EINTR;
  }
  is_right = is_right && ::fsync(number) == 0;
  const int error = errno;
  ::close(number);
  errno = error;
  return is_right;
}

}  // namespace

bool is_our_atom(const std::string& bytes) {
  return bytes.starts_with(head);
}

std::string atom_with(const std::string& before, const OutgoingDigest& digest) {
  const std::string name = xml_words(digest.name);
  std::string out =
      std::string{head} + "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n" +
      id_element(feed_id(digest)) + "\n<title>Stakeout: " + name + "</title>\n<updated>" +
      to_rfc3339(digest.made_at) + "</updated>\n<author><name>Stakeout</name></author>\n" +
      "<generator>Stakeout</generator>" + entry_of(digest);
  const std::string id = id_element(entry_id(digest.message_id));
  std::size_t entries = 1;
  for (const std::string& entry : entries_of(before)) {
    if (entries == most_messages) break;
    if (entry.find(id) != std::string::npos) continue;
    out += entry;
    ++entries;
  }
  return out + "</feed>\n";
}

SendResult AtomChannel::send(const OutgoingDigest& digest, const std::stop_token&) {
  const std::string& file = digest.recipient;
  std::string before;
  if (std::ifstream stream{file, std::ios::binary}; stream) {
    before.assign(std::istreambuf_iterator<char>{stream}, {});
    if (!before.empty() && !is_our_atom(before)) {
      return {Outcome::never,
              file + " is no feed that stakeout wrote; name another file, or move it away"};
    }
    if (before.size() > longest_feed) before.clear();
  }
  const std::string fresh = file + ".new";
  if (!write_safely(fresh, atom_with(before, digest)) ||
      ::rename(fresh.c_str(), file.c_str()) != 0) {
    SendResult result{Outcome::not_reached, what_failed(file)};
    ::unlink(fresh.c_str());
    return result;
  }
  return {};
}

std::chrono::milliseconds AtomChannel::time_limit() const {
  return std::chrono::seconds{30};
}

}  // namespace stakeout
