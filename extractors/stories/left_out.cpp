#include "extractors/stories/left_out.h"

#include "extractors/text/unicode.h"

namespace stakeout {

namespace {

// The byte behind the line breaks that stand at `at`.
std::size_t skip_breaks(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == '\n') ++at;
  return at;
}

}  // namespace

ParedText leave_out(std::string_view text, const std::vector<Omission>& lines) {
  ParedText out;
  std::size_t done = 0;  // bytes of the text
  std::size_t kept = 0;  // code points of out.text
  const auto keep_until = [&](std::size_t end) {
    const std::string_view part = text.substr(done, end - done);
    out.text += part;
    kept += count_code_points(part);
  };
  for (std::size_t first = 0; first < lines.size();) {
    // Lines [first, last] stand together.
    std::size_t last = first;
    std::size_t next = skip_breaks(text, lines[first].end);
    while (last + 1 < lines.size() && lines[last + 1].begin == next) {
      next = skip_breaks(text, lines[++last].end);
    }
    std::size_t gap = lines[first].begin;
    while (gap > done && text[gap - 1] == '\n') --gap;
    const bool is_first = out.text.empty() && gap == done;
    const bool is_smaller_behind = next - lines[last].end < lines[first].begin - gap;
    const bool takes_gap_behind = is_first || (next < text.size() && is_smaller_behind);
    const std::size_t begin = takes_gap_behind && !is_first ? lines[first].begin : gap;
    keep_until(begin);
    done = begin;
    for (; first <= last; ++first) {
      const std::size_t end =
          takes_gap_behind ? skip_breaks(text, lines[first].end) : lines[first].end;
      out.left_out.push_back(
          {kept, std::string{text.substr(done, end - done)}, lines[first].articles});
      done = end;
    }
  }
  keep_until(text.size());
  return out;
}

std::string whole_text(std::string_view text, const std::vector<LeftOut>& left_out) {
  std::string whole;
  std::size_t at = 0;           // bytes of the text
  std::size_t code_points = 0;  // before `at`
  for (const LeftOut& piece : left_out) {
    const std::size_t from = at;
    for (; at < text.size() && code_points < piece.start; ++code_points) {
      at = code_point_at(text, at).next;
    }
    whole += text.substr(from, at - from);
    whole += piece.text;
  }
  whole += text.substr(at);
  return whole;
}

}  // namespace stakeout
