#include "extractors/stories/fingerprint.h"

#include <algorithm>
#include <chrono>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "extractors/stories/content_words.h"
#include "extractors/text/prose.h"
#include "extractors/text/unicode.h"
#include "extractors/values/partial_date.h"
#include "extractors/values/timestamp.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

// A verbatim copy of fewer content tokens may be a stub or a notice that says nothing.
constexpr std::size_t shortest_hashed_text = 12;
// Pairs that are all kept as keys: a short text has no more, and an excerpt is one of the opening.
// Of the pairs behind them one in so many is, the same ones in every text.
constexpr std::size_t opening_pairs = 24;
constexpr std::uint64_t kept_of_the_rest = 4;
// A quotation of at least this many tokens may stand in every report of an event.
constexpr std::size_t long_quotation = 20;

std::uint64_t hash_of(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

// The digits of a figure, so that "1,400" and "1400" are one.
std::string digits_of(std::string_view figure) {
  std::string digits;
  for (const char c : figure) {
    if (c != ',' && c != '\'') digits.push_back(c);
  }
  return digits;
}

// For each token of the text whether it stands inside a long quotation. A quotation ends at the
// latest with its paragraph.
std::vector<bool> find_long_quotations(const Prose& prose) {
  std::vector<bool> is_quoted(prose.tokens().size());
  std::size_t opened = 0;
  std::uint32_t paragraph = 0;
  bool is_open = false;
  const auto close = [&](std::size_t end) {
    if (is_open && end - opened >= long_quotation) {
      std::fill(is_quoted.begin() + static_cast<std::ptrdiff_t>(opened),
                is_quoted.begin() + static_cast<std::ptrdiff_t>(end), true);
    }
    is_open = false;
  };
  for (const Sentence& sentence : prose.sentences()) {
    if (sentence.paragraph != paragraph) close(sentence.first_token);
    paragraph = sentence.paragraph;
    for (std::size_t i = sentence.first_token; i < sentence.end_token; ++i) {
      if (prose.tokens()[i].kind != TokenKind::punctuation) continue;
      const std::string_view mark = prose.words(i);
      const bool was_open = is_open;
      if (mark == "\"" || mark == "“" || mark == "”") close(i);
      if (mark == "“" || (mark == "\"" && !was_open)) {
        is_open = true;
        opened = i;
      }
    }
  }
  close(prose.tokens().size());
  return is_quoted;
}

StoryToken content_token(const Token& token) {
  StoryToken out;
  if (token.kind == TokenKind::number || token.has_digit) {
    const std::string digits = digits_of(token.folded);
    out.word = hash_of_word(digits);
    out.rarity = rarity_of_number(digits);
    out.marks = StoryToken::number;
  } else {
    const std::string plain = token.is_ascii ? std::string{} : fold_accents(token.folded);
    const std::string_view word = token.is_ascii ? std::string_view{token.folded} : plain;
    const std::string_view stem = stem_of(word);
    const bool is_whole = token.is_ascii && stem.size() == word.size();
    out.word = is_whole ? token.hash : hash_of_word(stem);
    out.rarity = rarity_of_stem(stem, out.word);
    if (token.starts_upper && !token.starts_sentence) out.marks |= StoryToken::name;
    if (token.starts_upper && is_month(token.folded)) out.marks |= StoryToken::month;
  }
  return out;
}

// A text as its content tokens, and what else the fingerprint keeps of it.
struct Content {
  std::vector<StoryToken> tokens;
  std::uint32_t count = 0;
  std::uint64_t hash = 0;
};

Content cut_content(const Prose& prose, std::size_t limit) {
  const std::vector<bool> is_quoted = find_long_quotations(prose);
  Content content;
  std::string words;
  words.reserve(prose.text().size());
  content.tokens.reserve(std::min(limit, prose.tokens().size()));
  std::uint16_t place = 0;
  for (std::size_t i = 0; i < prose.tokens().size(); ++i) {
    const Token& token = prose.tokens()[i];
    if (token.kind != TokenKind::word && token.kind != TokenKind::number) continue;
    words += token.folded;
    if (place < UINT16_MAX) ++place;
    if (is_function_word(token.folded, token.hash) || token.folded.starts_with('\'')) continue;
    ++content.count;
    if (content.tokens.size() == limit) continue;
    StoryToken kept = content_token(token);
    kept.place = place;
    if (is_quoted[i]) kept.marks |= StoryToken::quoted;
    content.tokens.push_back(kept);
  }
  if (content.count >= shortest_hashed_text)
    content.hash = std::max<std::uint64_t>(hash_of(words), 1);
  return content;
}

std::uint64_t host_hash_of(const StoryDocument& document) {
  const auto url = parse_url(document.url);
  const std::string folded = url ? url->host() : fold_case(document.site);
  std::string_view host = folded;
  if (host.starts_with("www.")) host.remove_prefix(4);
  return host.empty() ? 0 : hash_of(host);
}

std::optional<std::int32_t> day_of(std::string_view published) {
  if (const auto time = parse_rfc3339(published)) {
    return static_cast<std::int32_t>(
        PartialDate::day_of(*time).first_day().time_since_epoch().count());
  }
  const auto date = parse_partial_date(published);
  if (!date || !date->is_full()) return std::nullopt;
  return static_cast<std::int32_t>(date->first_day().time_since_epoch().count());
}

}  // namespace

StoryFingerprint make_fingerprint(const StoryDocument& document) {
  return make_fingerprint(document, Prose{document.text});
}

StoryFingerprint make_fingerprint(const StoryDocument& document, const Prose& text) {
  StoryFingerprint fingerprint;
  Content content = cut_content(text, StoryFingerprint::max_tokens);
  fingerprint.tokens = std::move(content.tokens);
  fingerprint.text_tokens = content.count;
  fingerprint.text_hash = content.hash;
  const Prose title{document.title};
  fingerprint.title = cut_content(title, StoryFingerprint::max_title_tokens).tokens;
  fingerprint.host_hash = host_hash_of(document);
  fingerprint.day = day_of(document.published);
  return fingerprint;
}

std::vector<std::uint64_t> candidate_keys(const StoryFingerprint& fingerprint) {
  std::vector<std::uint64_t> keys;
  std::size_t pairs = 0;
  std::optional<std::uint32_t> previous;
  for (const StoryToken& token : fingerprint.tokens) {
    if (token.rarity < rare_from || token.has(StoryToken::furniture)) continue;
    if (previous && *previous != token.word) {
      const std::uint64_t pair = (std::uint64_t{*previous} << 32U) | token.word;
      const std::uint64_t key = XXH64(&pair, sizeof pair, 0);
      if (++pairs <= opening_pairs || key % kept_of_the_rest == 0) keys.push_back(key);
    }
    previous = token.word;
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace stakeout
