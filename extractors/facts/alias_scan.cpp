#include "extractors/facts/alias_scan.h"

#include <algorithm>
#include <string>
#include <utility>

#include "extractors/facts/name_scripts.h"
#include "extractors/text/tokens.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Without glue, and without full stops that nothing parts from the letters around them.
std::string joined(std::string_view text, char glue) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == glue) continue;
    const bool is_inside = c == '.' && !out.empty() && is_word_byte(out.back()) &&
                           at + 1 < text.size() &&
                           (is_word_byte(text[at + 1]) || text[at + 1] == glue);
    if (!is_inside) out += c;
  }
  return out;
}

// "U S Army" for "US Army": an abbreviation as it is read where its full stops part it.
std::string spelled_out(std::string_view name) {
  constexpr std::size_t longest_abbreviation = 6;
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const auto end = std::min(name.find(' ', at), name.size());
    const std::string_view word = name.substr(at, end - at);
    const bool is_abbreviation =
        word.size() > 1 && word.size() <= longest_abbreviation &&
        std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
    for (const char c : word) (out += c) += is_abbreviation ? " " : "";
    out += ' ';
    at = end + 1;
  }
  return out;
}

}  // namespace

AliasScan::AliasScan(const Watchlist& watchlist, char glue) : glue_{glue} {
  for (const Entity& entity : watchlist.entities()) {
    const auto add_name = [this](const std::string& name) {
      add(words_of(name));
      add(words_of(joined(name, glue_)));
      add(words_of(spelled_out(name)));
    };
    add_name(entity.name);
    for (const std::string& alias : entity.aliases) add_name(alias);
  }
}

AliasScan::Words AliasScan::words_of(std::string_view text) {
  Words words;
  for (const Token& token : cut_tokens(text)) {
    const std::string_view bytes = text.substr(token.begin, token.end - token.begin);
    if (bytes == "&") words.push_back({hash_of_word("and")});
    if (token.kind != TokenKind::word && token.kind != TokenKind::number) continue;
    if (token.is_ascii) {
      words.push_back({token.hash, token.starts_upper, token.all_upper});
      continue;
    }
    const auto parts =
        token.kind == TokenKind::word ? name_parts(bytes) : std::vector<std::string_view>{};
    if (parts.empty()) {
      words.push_back(
          {hash_of_word(fold_accents(token.folded)), token.starts_upper, token.all_upper});
    }
    for (const std::string_view part : parts)
      words.push_back({hash_of_word(fold_accents(fold_case(part)))});
  }
  return words;
}

void AliasScan::add(Words phrase) {
  if (phrase.empty()) return;
  if (phrase.size() > 1) phrase.front().starts_upper = phrase.front().all_upper = false;
  phrases_[phrase.front().hash].push_back(std::move(phrase));
}

bool AliasScan::stands_at(const Words& phrase, const Words& words, std::size_t first) {
  if (words.size() - first < phrase.size()) return false;
  return std::equal(
      phrase.begin(), phrase.end(), words.begin() + static_cast<std::ptrdiff_t>(first),
      [](const Word& wanted, const Word& word) {
        return wanted.hash == word.hash && (!wanted.starts_upper || word.starts_upper) &&
               (!wanted.all_upper || word.all_upper);
      });
}

bool AliasScan::has_phrase(const Words& words) const {
  for (std::size_t first = 0; first < words.size(); ++first) {
    const auto known = phrases_.find(words[first].hash);
    if (known == phrases_.end()) continue;
    if (std::ranges::any_of(known->second,
                            [&](const Words& phrase) { return stands_at(phrase, words, first); }))
      return true;
  }
  return false;
}

bool AliasScan::may_name_any(std::string_view text) const {
  return has_phrase(words_of(text)) || has_phrase(words_of(joined(text, glue_)));
}

}  // namespace stakeout
