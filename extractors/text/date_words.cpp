#include "extractors/text/date_words.h"

#include <charconv>
#include <memory>
#include <string>
#include <unordered_map>

#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include "extractors/text/ascii.h"
#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

std::string_view date_words_table();
std::string_view time_zones_table();

namespace {

int number_in(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

WordMap<DateWord> read_words() {
  WordMap<DateWord> words;
  for (const auto& row : read_table(date_words_table())) {
    const std::string_view kind = row.at(0);
    for (const std::string_view spelling : ascii_words(row.at(2))) {
      DateWord& word = words[fold_accents(spelling)];
      if (kind == "month") word.month = number_in(row.at(1));
      word.is_weekday |= kind == "weekday";
      word.is_before_noon |= kind == "before";
      word.is_after_noon |= kind == "after";
      word.is_mark |= kind == "mark";
      if (kind == "clock") word.clock_mark = row.at(1).front();
      word.is_filler |= kind == "filler";
    }
  }
  return words;
}

// Names of zones in lower case, and what the table says of them; an IANA name stands for itself.
std::unordered_map<std::string, std::string> read_zones() {
  std::unordered_map<std::string, std::string> zones;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> ids{
      icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, status)};
  while (U_SUCCESS(status)) {
    const icu::UnicodeString* id = ids->snext(status);
    if (id == nullptr) break;
    std::string name;
    id->toUTF8String(name);
    if (name.find('/') != std::string::npos) zones.emplace(ascii_lower(name), name);
  }
  for (const auto& row : read_table(time_zones_table())) zones[std::string{row.at(0)}] = row.at(1);
  return zones;
}

}  // namespace

std::optional<DateWord> find_date_word(std::string_view folded) {
  return find_date_word(folded, hash_of_word(folded));
}

std::optional<DateWord> find_date_word(std::string_view folded, WordHash hash) {
  static const WordMap<DateWord> words = read_words();
  const DateWord* found = words.find(folded, hash);
  return found == nullptr ? std::nullopt : std::optional{*found};
}

std::optional<int> find_zone_offset(std::string_view name, std::int64_t local_seconds) {
  static const std::unordered_map<std::string, std::string> zones = read_zones();
  const auto found = zones.find(ascii_lower(name));
  if (found == zones.end()) return std::nullopt;
  const std::string& zone = found->second;
  if (zone[0] == '+' || zone[0] == '-') {
    const int seconds = number_in(std::string_view{zone}.substr(1, 2)) * 3'600 +
                        number_in(std::string_view{zone}.substr(4, 2)) * 60;
    return zone[0] == '-' ? -seconds : seconds;
  }
  const std::unique_ptr<icu::TimeZone> rules{
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone))};
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  rules->getOffset(static_cast<UDate>(local_seconds) * 1'000, 1, raw, summer, status);
  if (U_FAILURE(status)) return std::nullopt;
  return (raw + summer) / 1'000;
}

}  // namespace stakeout
