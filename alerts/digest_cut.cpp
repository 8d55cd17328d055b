#include "alerts/digest_cut.h"

#include <utility>

namespace stakeout {

std::size_t line_count(const Digest& digest) {
  std::size_t lines = 0;
  for (const DigestSection& section : digest.sections) {
    for (const DigestGroup& group : section.groups) lines += group.lines.size();
  }
  return lines;
}

Digest first_lines(const Digest& digest, std::size_t lines) {
  const std::size_t all = line_count(digest);
  if (lines >= all) return digest;
  Digest out = digest;
  out.sections.clear();
  std::size_t room = lines;
  for (const DigestSection& section : digest.sections) {
    DigestSection kept{section.heading, {}, section.is_warning};
    for (const DigestGroup& group : section.groups) {
      if (room == 0) break;
      DigestGroup begin = group;
      if (begin.lines.size() > room) begin.lines.resize(room);
      room -= begin.lines.size();
      kept.groups.push_back(std::move(begin));
    }
    if (!kept.groups.empty()) out.sections.push_back(std::move(kept));
  }
  out.more = std::to_string(all - lines) + " more " + (all - lines == 1 ? "line" : "lines") +
             " did not fit into this message.";
  return out;
}

std::string render_within(const Digest& digest, std::size_t max_bytes,
                          const std::function<std::string(const Digest&)>& render) {
  std::string whole = render(digest);
  if (whole.size() <= max_bytes) return whole;
  std::size_t fits = 0;
  std::size_t too_many = line_count(digest);
  std::string best = render(first_lines(digest, 0));
  while (too_many > fits + 1) {
    const std::size_t middle = fits + (too_many - fits) / 2;
    std::string tried = render(first_lines(digest, middle));
    if (tried.size() <= max_bytes) {
      fits = middle;
      best = std::move(tried);
    } else {
      too_many = middle;
    }
  }
  return best;
}

}  // namespace stakeout
