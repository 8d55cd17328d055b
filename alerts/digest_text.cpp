#include <cstddef>
#include <string_view>

#include "alerts/digest.h"
#include "alerts/digest_words.h"
#include "alerts/plain_words.h"

namespace stakeout {
namespace {

constexpr std::size_t columns = 78;

// Code points of a text, near enough to its width in a terminal.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return width;
}

// How much of a text stays together: a word, or a currency's code with its number, "USD 2,000,000".
std::size_t word_end(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const std::size_t gap = text.find(' ');
  const bool is_code =
      gap == 3 && is_capital(text[0]) && is_capital(text[1]) && is_capital(text[2]);
  const bool has_number = is_code && text.size() > 4 && text[4] >= '0' && text[4] <= '9';
  return has_number ? text.find(' ', 4) : gap;
}

// Writes text in lines of at most `columns`, each after `indent`, the first after `first`.
void write_wrapped(std::string& out, std::string_view text, std::string_view first,
                   std::string_view indent) {
  std::string line{first};
  bool has_word = false;
  while (!text.empty()) {
    const std::size_t gap = word_end(text);
    const std::string_view word = text.substr(0, gap);
    text.remove_prefix(gap == std::string_view::npos ? text.size() : gap + 1);
    if (word.empty()) continue;
    if (has_word && width_of(line) + 1 + width_of(word) > columns) {
      out += line + "\n";
      line = indent;
      has_word = false;
    }
    if (has_word) line += ' ';
    line += word;
    has_word = true;
  }
  if (has_word) out += line + "\n";
}

void write_line(std::string& out, const DigestLine& line) {
  write_wrapped(out, plain_words(line.text), "  * ", "    ");
  std::string facts;
  for (const std::string& fact : line.facts)
    facts += (facts.empty() ? "" : "; ") + plain_words(fact);
  write_wrapped(out, facts, "    ", "    ");
  if (!line.quote.empty() && !line.is_quoted_above)
    write_wrapped(out, "\"" + plain_words(line.quote) + "\"", "    ", "    ");
  if (!line.why.empty()) write_wrapped(out, "Why: " + plain_words(line.why), "    ", "    ");
  std::string source = plain_words(line.source);
  if (line.story)
    source += (source.empty() ? "story " : " (story ") + std::to_string(*line.story) +
              (source.empty() ? "" : ")");
  write_wrapped(out, source, "    ", "    ");
  if (!line.url.empty()) out += "    " + plain_words(line.url) + "\n";
  out += "\n";
}

}  // namespace

std::string render_text(const Digest& digest) {
  std::string out;
  write_wrapped(out, plain_words(digest.subject), "", "");
  write_wrapped(out, plain_words(digest.period), "", "");
  for (const DigestSection& section : digest.sections) {
    const std::string heading = plain_words(section.heading);
    out += "\n" + heading + "\n" + std::string(width_of(heading), '=') + "\n\n";
    for (const DigestGroup& group : section.groups) {
      if (!group.heading.empty()) out += plain_words(group.heading) + "\n\n";
      for (const DigestLine& line : group.lines) write_line(out, line);
    }
  }
  write_wrapped(out, plain_words(digest.more), "", "");
  if (const std::string closing = closing_words(digest); !closing.empty()) {
    out += "-- \n";
    write_wrapped(out, closing, "", "");
  }
  return out;
}

}  // namespace stakeout
