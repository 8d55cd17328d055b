#include "extractors/facts/deal_options.h"

#include <charconv>

#include "extractors/facts/date_cues.h"
#include "extractors/facts/numerals.h"

namespace stakeout {
namespace {

constexpr std::size_t options_reach = 24;  // tokens behind the term
constexpr int most_options = 20;
constexpr int months_of_year = 12;

// Of "P1Y" or "P18M"; nothing of other durations.
std::optional<int> months_of(std::string_view iso) {
  if (iso.size() < 3 || iso.front() != 'P') return std::nullopt;
  const int unit = iso.back() == 'Y' ? months_of_year : iso.back() == 'M' ? 1 : 0;
  int count = 0;
  const char* const end = iso.data() + iso.size() - 1;
  const auto [stop, fault] = std::from_chars(iso.data() + 1, end, count);
  if (unit == 0 || fault != std::errc{} || stop != end || count < 1 || count > 1200)
    return std::nullopt;
  return count * unit;
}

std::string iso_of(int months) {
  return months % months_of_year == 0 ? "P" + std::to_string(months / months_of_year) + "Y"
                                      : "P" + std::to_string(months) + "M";
}

struct Count {
  int number;
  std::size_t first;  // its first token
};

// The number that ends right before a token: "four", "4", "an".
std::optional<Count> count_before(const DealScene& scene, std::size_t token) {
  const TokenRange lead = before(scene, token, 1);
  if (lead.first == lead.end) return std::nullopt;
  const Token& word = scene.prose.tokens()[lead.first];
  std::optional<std::int64_t> number;
  if (word.kind == TokenKind::number) {
    const auto digits = parse_number(word.folded, DecimalMark::unknown, false);
    if (digits) number = digits->scaled(0);
  } else if (const auto words = number_words_at(scene.prose.tokens(), lead.first)) {
    number = words->is_fraction ? std::nullopt : words->value.scaled(0);
  }
  if (!number || *number < 1 || *number > most_options) return std::nullopt;
  return Count{static_cast<int>(*number), lead.first};
}

struct Options {
  int months;
  TokenRange at;
};

// "four option years", whose word for options stands at `token`.
std::optional<Options> options_in_units(const DealScene& scene, std::size_t token) {
  const TokenRange next = after(scene, token + 1, 1);
  if (next.first == next.end) return std::nullopt;
  const auto unit = date_cue_at(scene.prose.tokens(), next.first, DateCueKind::unit);
  const auto months =
      unit ? months_of(std::string{"P1"} + unit->value.back()) : std::optional<int>{};
  const auto count = count_before(scene, token);
  if (!months || !count) return std::nullopt;
  return Options{count->number * *months * unit->number, {count->first, next.first + 1}};
}

// "three one-year options", whose word for options stands at `token`.
std::optional<Options> options_of_length(const DealScene& scene, std::size_t token,
                                         const Placed<DurationMention>& length) {
  const auto months = months_of(length.fact->iso);
  if (!months || length.at.end != token) return std::nullopt;
  const auto count = count_before(scene, length.at.first);
  if (!count) return std::nullopt;
  return Options{count->number * *months, {count->first, token + 1}};
}

std::optional<Options> options_at(const DealScene& scene, std::size_t token, TokenRange behind) {
  if (const auto options = options_in_units(scene, token)) return options;
  for (const auto& length : items_in(scene.durations, behind)) {
    if (const auto options = options_of_length(scene, token, length)) return options;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Found<std::string>> term_with_options(const DealScene& scene,
                                                    const Placed<DurationMention>& term) {
  const auto base = months_of(term.fact->iso);
  if (!base) return std::nullopt;
  const TokenRange behind = after(scene, term.at.end, options_reach);
  for (std::size_t token = behind.first; token < behind.end; ++token) {
    if (!scene.is_word(token, DealWord::option)) continue;
    if (const auto options = options_at(scene, token, behind))
      return Found<std::string>{iso_of(*base + options->months), options->at, "options"};
  }
  return std::nullopt;
}

}  // namespace stakeout
