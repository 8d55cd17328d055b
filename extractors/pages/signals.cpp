#include "extractors/pages/signals.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "extractors/text/ascii.h"
#include "extractors/text/table.h"

namespace stakeout {

std::string_view class_words_table();
std::string_view phrases_table();

namespace {

bool is_lower_ascii(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper_ascii(char c) {
  return c >= 'A' && c <= 'Z';
}

constexpr std::size_t byte_of(char c) {
  return static_cast<unsigned char>(c);
}

constexpr std::array<std::pair<std::string_view, Mark>, 14> mark_names{{
    {"kicker", Mark::kicker},
    {"body", Mark::body},
    {"boilerplate", Mark::boilerplate},
    {"caption", Mark::caption},
    {"byline", Mark::byline},
    {"date", Mark::date},
    {"hidden", Mark::hidden},
    {"wall", Mark::wall},
    {"author_box", Mark::author_box},
    {"comments", Mark::comments},
    {"footer", Mark::footer},
    {"embed", Mark::embed},
    {"layout", Mark::layout},
    {"standfirst", Mark::standfirst},
}};

// A row of class_words.tsv: words that stand together in one name. "^" and "$" tie them to its
// start and end; a "*" at the end lets the last word go on.
struct WordPattern {
  std::vector<std::string> words;
  bool at_start = false;
  bool at_end = false;
  bool is_prefix = false;
  Mark mark = Mark::body;
};

// A word with digits inside is a number in disguise ("0ad9de4"), and parts nothing but itself.
void finish_word(std::vector<std::string>& words, std::string& word) {
  while (!word.empty() && is_ascii_digit(word.back())) word.pop_back();
  if (!word.empty() && std::none_of(word.begin(), word.end(), is_ascii_digit)) {
    words.push_back(word);
  }
  word.clear();
}

// A key that a machine made up ("xP3kQ9dTfVb21"): its letters mean nothing.
bool is_random(std::string_view run) {
  constexpr std::size_t shortest = 12;
  return run.size() >= shortest && std::any_of(run.begin(), run.end(), is_ascii_digit) &&
         std::any_of(run.begin(), run.end(), is_lower_ascii) &&
         std::any_of(run.begin(), run.end(), is_upper_ascii);
}

// The name with such keys taken out.
std::string without_random_runs(std::string_view name) {
  const auto is_word = [](char c) {
    return is_lower_ascii(c) || is_upper_ascii(c) || is_ascii_digit(c);
  };
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    std::size_t end = at;
    while (end < name.size() && is_word(name[end])) ++end;
    if (!is_random(name.substr(at, end - at))) out += name.substr(at, end - at);
    if (end < name.size()) out += name[end++];
    at = end;
  }
  return out;
}

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  char before = ' ';
  for (const char c : name) {
    const bool is_upper = is_upper_ascii(c);
    const bool is_word = is_lower_ascii(c) || is_upper || is_ascii_digit(c);
    if (!is_word || (is_upper && is_lower_ascii(before))) finish_word(words, word);
    if (is_word) word += ascii_lower(c);
    before = c;
  }
  finish_word(words, word);
  return words;
}

struct PatternTable {
  std::unordered_map<std::string, std::vector<WordPattern>> by_first_word;
  std::array<std::vector<WordPattern>, 256> prefixes;  // one word that goes on, by its first byte
};

PatternTable read_patterns() {
  PatternTable table;
  for (const auto& row : read_table(class_words_table())) {
    if (row.size() < 2) continue;
    const auto mark = named(mark_names, row[0]);
    if (!mark) continue;
    WordPattern pattern;
    pattern.mark = *mark;
    pattern.at_start = row[1].front() == '^';
    pattern.at_end = row[1].back() == '$';
    pattern.is_prefix = row[1].back() == '*';
    pattern.words = words_of(row[1]);
    if (pattern.words.size() == 1 && pattern.is_prefix) {
      table.prefixes[byte_of(pattern.words.front().front())].push_back(std::move(pattern));
    } else {
      const std::string first = pattern.words.front();
      table.by_first_word[first].push_back(std::move(pattern));
    }
  }
  return table;
}

bool matches(const WordPattern& pattern, const std::vector<std::string>& words, std::size_t at) {
  if (pattern.at_start && at > 0) return false;
  const std::size_t end = at + pattern.words.size();
  if (end > words.size() || (pattern.at_end && end != words.size())) return false;
  for (std::size_t i = 0; i < pattern.words.size(); ++i) {
    const bool may_go_on = pattern.is_prefix && i + 1 == pattern.words.size();
    const std::string& word = words[at + i];
    if (may_go_on ? !word.starts_with(pattern.words[i]) : word != pattern.words[i]) return false;
  }
  return true;
}

Marks marks_of_name(std::string_view name) {
  static const PatternTable table = read_patterns();
  Marks marks;
  const std::vector<std::string> words = words_of(without_random_runs(name));
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto found = table.by_first_word.find(words[at]);
    if (found != table.by_first_word.end()) {
      for (const WordPattern& pattern : found->second) {
        if (matches(pattern, words, at)) marks |= pattern.mark;
      }
    }
    for (const WordPattern& pattern : table.prefixes[byte_of(words[at].front())]) {
      if (matches(pattern, words, at)) marks |= pattern.mark;
    }
  }
  if (marks.has(Mark::layout)) marks.remove(Mark::boilerplate);
  return marks;
}

constexpr std::array<std::pair<std::string_view, Phrase>, 30> phrase_names{{
    {"read_more", Phrase::read_more},
    {"credit", Phrase::credit},
    {"promotion", Phrase::promotion},
    {"request", Phrase::request},
    {"tail", Phrase::tail},
    {"byline", Phrase::byline},
    {"nobody", Phrase::nobody},
    {"after_name", Phrase::after_name},
    {"role_word", Phrase::role_word},
    {"employer", Phrase::employer},
    {"dated", Phrase::dated},
    {"changed", Phrase::changed},
    {"other_date", Phrase::other_date},
    {"wall", Phrase::wall},
    {"no_script", Phrase::no_script},
    {"consent", Phrase::consent},
    {"missing", Phrase::missing},
    {"robot_check", Phrase::robot_check},
    {"references", Phrase::references},
    {"about", Phrase::about},
    {"contents", Phrase::contents},
    {"counter", Phrase::counter},
    {"biography", Phrase::biography},
    {"company", Phrase::company},
    {"currency", Phrase::currency},
    {"scale", Phrase::scale},
    {"chapter", Phrase::chapter},
    {"correction", Phrase::correction},
    {"reader", Phrase::reader},
    {"offer", Phrase::offer},
}};

enum class Place : std::uint8_t { whole, start, end, anywhere };

constexpr std::array<std::pair<std::string_view, Place>, 4> place_names{{
    {"whole", Place::whole},
    {"start", Place::start},
    {"end", Place::end},
    {"anywhere", Place::anywhere},
}};

// Finds out whether one of many phrases stands anywhere in a line, in one walk over it: a phrase is
// compared only where its first four bytes may stand.
class PhrasesAnywhere {
 public:
  // Of four bytes or more, and fewer than 65,536 of them.
  void add(std::string_view words) {
    std::uint16_t& first = first_[slot_at(words, 0)];
    phrases_.push_back({words, first});
    first = static_cast<std::uint16_t>(phrases_.size());
  }

  [[nodiscard]] bool are_in(std::string_view line) const {
    if (phrases_.empty()) return false;
    for (std::size_t at = 0; at + key_size <= line.size(); ++at) {
      for (std::size_t i = first_[slot_at(line, at)]; i != 0; i = phrases_[i - 1].next) {
        if (line.substr(at).starts_with(phrases_[i - 1].words)) return true;
      }
    }
    return false;
  }

 private:
  static constexpr std::size_t key_size = 4;
  static constexpr unsigned slot_bits = 12;
  struct Phrase {
    std::string_view words;
    std::uint16_t next;  // the next phrase of this slot, counted from 1
  };

  static std::size_t slot_at(std::string_view text, std::size_t at) {
    std::uint32_t key = 0;
    std::memcpy(&key, text.data() + at, key_size);
    return (key * 2654435761U) >> (32U - slot_bits);
  }

  std::array<std::uint16_t, std::size_t{1} << slot_bits> first_{};
  std::vector<Phrase> phrases_;
};

// The phrases of one kind, by the place that they take in a line.
struct PhraseTable {
  using Phrases = std::vector<std::string_view>;
  std::array<Phrases, 256> whole;  // by their first byte
  std::array<Phrases, 256> start;  // by their first byte
  std::array<Phrases, 256> end;    // by their last byte
  PhrasesAnywhere anywhere;

  void add(Place place, std::string_view words) {
    switch (place) {
      case Place::whole:
        return whole[byte_of(words.front())].push_back(words);
      case Place::start:
        return start[byte_of(words.front())].push_back(words);
      case Place::end:
        return end[byte_of(words.back())].push_back(words);
      case Place::anywhere:
        return anywhere.add(words);
    }
  }
};

const PhraseTable& phrases_of(Phrase phrase) {
  static const auto tables = [] {
    std::vector<PhraseTable> read(phrase_names.size());
    for (const auto& row : read_table(phrases_table())) {
      if (row.size() < 4) continue;
      const auto kind = named(phrase_names, row[0]);
      const auto place = named(place_names, row[1]);
      if (kind && place) read[static_cast<std::size_t>(*kind)].add(*place, row[3]);
    }
    return read;
  }();
  return tables[static_cast<std::size_t>(phrase)];
}

// A phrase of letters ends where a word ends.
bool is_word_end(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  const auto c = static_cast<unsigned char>(text[at]);
  const auto before = static_cast<unsigned char>(text[at - 1]);
  return !(is_lower_ascii(text[at]) || c >= 0x80) || before >= 0x80 ||
         !is_lower_ascii(static_cast<char>(before));
}

// The whole line, or all of it but a colon.
bool is_whole(std::string_view line, std::string_view words) {
  return line == words ||
         (line.size() == words.size() + 1 && line.starts_with(words) && line.back() == ':');
}

bool is_at_start(std::string_view line, std::string_view words) {
  return line.starts_with(words) && is_word_end(line, words.size());
}

}  // namespace

Marks ClassWords::marks_of(std::string_view value) {
  if (value.empty()) return {};
  const auto found = known_.find(value);
  if (found != known_.end()) return found->second;
  Marks marks;
  constexpr std::string_view blanks = " \t\n\r\f";
  for (std::size_t at = value.find_first_not_of(blanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(value.find_first_of(blanks, at), value.size());
    marks |= marks_of_name(value.substr(at, end - at));
    at = value.find_first_not_of(blanks, end);
  }
  known_.emplace(value, marks);
  return marks;
}

bool has_phrase(std::string_view folded, Phrase phrase) {
  if (folded.empty()) return false;
  const PhraseTable& table = phrases_of(phrase);
  const std::size_t first = byte_of(folded.front());
  const auto any_of = [](const PhraseTable::Phrases& phrases, auto is_there) {
    return std::any_of(phrases.begin(), phrases.end(), is_there);
  };
  return is_whole_phrase(folded, phrase) ||
         any_of(table.start[first], [&](auto words) { return is_at_start(folded, words); }) ||
         any_of(table.end[byte_of(folded.back())],
                [&](auto words) { return folded.ends_with(words); }) ||
         table.anywhere.are_in(folded);
}

bool is_whole_phrase(std::string_view folded, Phrase phrase) {
  if (folded.empty()) return false;
  const PhraseTable::Phrases& phrases = phrases_of(phrase).whole[byte_of(folded.front())];
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](auto words) { return is_whole(folded, words); });
}

std::size_t phrase_at_start(std::string_view folded, Phrase phrase) {
  if (folded.empty()) return 0;
  std::size_t longest = 0;
  for (const std::string_view words : phrases_of(phrase).start[byte_of(folded.front())]) {
    if (is_at_start(folded, words)) longest = std::max(longest, words.size());
  }
  return longest;
}

std::size_t phrase_at_end(std::string_view folded, Phrase phrase) {
  if (folded.empty()) return 0;
  std::size_t longest = 0;
  for (const std::string_view words : phrases_of(phrase).end[byte_of(folded.back())]) {
    if (!folded.ends_with(words)) continue;
    const std::size_t before = folded.size() - words.size();
    if (before == 0 || folded[before - 1] == ' ') longest = std::max(longest, words.size());
  }
  return longest;
}

}  // namespace stakeout
