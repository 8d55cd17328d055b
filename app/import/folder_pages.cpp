#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/import/page_source.h"
#include "extractors/text/ascii.h"
#include "extractors/text/inflate.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 8> endings = {".html", ".htm", ".xhtml", ".shtml",
                                                     ".php",  ".asp", ".aspx",  ".jsp"};
constexpr std::string_view packed = ".gz";

std::string without_packed(std::string name) {
  if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  return name;
}

bool is_page_name(const std::string& name) {
  const std::string low = without_packed(ascii_lower(name));
  return !name.starts_with('.') &&
         std::ranges::any_of(endings, [&](std::string_view end) { return low.ends_with(end); });
}

// Their names below the folder, in order.
std::vector<std::string> files_below(const fs::path& folder, const TellUnread& tell) {
  std::vector<std::string> names;
  std::error_code error;
  fs::recursive_directory_iterator entry{folder, fs::directory_options::skip_permission_denied,
                                         error};
  for (; !error && entry != fs::recursive_directory_iterator{}; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    std::error_code unknown;
    if (entry->is_directory(unknown) && name.starts_with('.')) entry.disable_recursion_pending();
    if (entry->is_symlink(unknown) || !entry->is_regular_file(unknown) || !is_page_name(name))
      continue;
    names.push_back(entry->path().lexically_relative(folder).generic_string());
  }
  if (error) tell(folder.string() + " cannot be read: " + error.message());
  std::ranges::sort(names);
  return names;
}

// "www.example.org": dots, and letters in the last label.
bool is_host(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || name.size() - dot < 3) return false;
  const std::string_view last = name.substr(dot + 1);
  return std::ranges::all_of(
             last, [](char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }) &&
         !is_page_name(std::string{name});
}

// The address that a name stands for, where its first folder is called like a host.
std::string address_of(const std::string& name) {
  constexpr std::string_view index = "/index.html";
  const std::size_t slash = name.find('/');
  if (slash == std::string::npos || !is_host(std::string_view{name}.substr(0, slash))) return {};
  std::string address = "https://" + without_packed(name);
  if (address.ends_with(index)) address.resize(address.size() - index.size() + 1);
  const auto url = parse_url(address);
  return url ? url->text() : std::string{};
}

Timestamp changed_at(const fs::path& file) {
  std::error_code error;
  const auto time = fs::last_write_time(file, error);
  if (error) return {};
  return Timestamp{std::chrono::duration_cast<std::chrono::seconds>(
                       std::chrono::file_clock::to_sys(time).time_since_epoch())
                       .count()};
}

class FolderPages : public PageSource {
 public:
  FolderPages(fs::path folder, std::size_t longest, const Positions& left_at, TellUnread tell)
      : folder_{std::move(folder)},
        source_{"pages:" + fs::absolute(folder_).lexically_normal().string()},
        longest_{longest},
        tell_{std::move(tell)},
        names_{files_below(folder_, tell_)},
        next_{std::ranges::upper_bound(names_, position_in(left_at, source_)) - names_.begin()} {
    // All of it was imported: files may have changed or come since, and the others are known.
    if (next_ == std::ssize(names_)) next_ = 0;
  }

  std::optional<RawPage> next() override {
    while (next_ < std::ssize(names_)) {
      const std::string& name = names_[static_cast<std::size_t>(next_++)];
      if (auto page = read(name)) return page;
    }
    return std::nullopt;
  }

 private:
  std::optional<RawPage> read(const std::string& name) {
    const fs::path file = folder_ / name;
    const auto unread = [&](const std::string& reason) {
      tell_(file.string() + ": " + reason);
      return std::nullopt;
    };
    std::error_code error;
    if (fs::file_size(file, error) > longest_ && !error)
      return unread("the page is too long; see fetch.max_body in the settings");
    std::ifstream stream{file, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream.is_open() || stream.bad()) return unread("it cannot be read");
    if (is_gzip(bytes)) {
      auto plain = gunzip(bytes, longest_);
      if (!plain) return unread(plain.error().message);
      bytes = std::move(*plain);
    }
    return RawPage{.place = file.string(),
                   .url = address_of(name),
                   .fetched_at = changed_at(file),
                   .bytes = std::move(bytes),
                   .is_message = false,
                   .done = {source_, folder_.string(), name}};
  }

  const fs::path folder_;
  const std::string source_;
  const std::size_t longest_;
  const TellUnread tell_;
  const std::vector<std::string> names_;
  std::ptrdiff_t next_;
};

}  // namespace

std::unique_ptr<PageSource> folder_pages(const fs::path& folder, std::size_t longest,
                                         const Positions& left_at, TellUnread tell) {
  return std::make_unique<FolderPages>(folder, longest, left_at, std::move(tell));
}

}  // namespace stakeout
