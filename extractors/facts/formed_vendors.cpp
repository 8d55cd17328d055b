#include "extractors/facts/formed_vendors.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "extractors/facts/name_classes.h"
#include "extractors/facts/name_runs.h"
#include "extractors/facts/name_spans.h"

namespace stakeout {
namespace {

constexpr std::size_t longest_name = 8;        // words
constexpr std::size_t longest_named_role = 4;  // words of a name that has no other mark of one
constexpr std::size_t longest_title_run = 3;   // words, where every word is capitalised
constexpr std::size_t longest_apposition = 8;  // words between a name and what it is called

bool has(NameClass name_class, const NameWord& word) {
  return name_classes().has(name_class, word);
}

class FormedVendors {
 public:
  FormedVendors(const NameText& text, const std::vector<FoundName>& known)
      : text_{text},
        speaks_of_deal_(text.cases.size(), false),
        speaks_of_award_(text.cases.size(), false),
        is_of_business_(text.cases.size(), false),
        names_body_(text.cases.size(), false) {
    for (const FoundName& name : known) {
      mark_business(text_.words[name.first].sentence);
      if (name.kind == EntityKind::agency) names_body_[text_.words[name.first].sentence] = true;
      const bool is_long = name.length() > 2;  // two words and a legal suffix
      if (name.kind == EntityKind::vendor && is_long) listed_first_[name.end] = name.first;
    }
    for (const NameWord& word : text_.words) {
      if (has(NameClass::deal_word, word)) {
        speaks_of_deal_[word.sentence] = true;
        mark_business(word.sentence);
      }
      if (word.key == "award" || word.key == "awarded" || word.key == "awards") {
        speaks_of_award_[word.sentence] = true;
      }
    }
  }

  std::vector<FoundName> find() {
    for (std::size_t i = 0; i < text_.words.size(); ++i) {
      find_by_suffix(i);
      find_by_award(i);
      find_by_place_in_deal(i);
      if (has(NameClass::vendor_noun, text_.words[i]) && !is_part_of_name(i)) {
        find_after_role(i);
        find_before_role(i);
      }
    }
    for (FoundName& name : doubtful_) {
      if (settled_.contains(name.name)) found_.push_back(std::move(name));
    }
    return std::move(found_);
  }

 private:
  void mark_business(std::size_t sentence) {
    is_of_business_[sentence] = true;
    if (sentence > 0) is_of_business_[sentence - 1] = true;
    if (sentence + 1 < is_of_business_.size()) is_of_business_[sentence + 1] = true;
  }

  // `suffix` is where a legal suffix, or the comma before it, may begin.
  void find_by_suffix(std::size_t suffix) {
    const auto end = legal_suffix_end(text_, suffix);
    if (!end) return;
    const bool is_plain = text_.case_at(suffix) == SentenceCase::plain;
    std::size_t first = after_other_company(
        run_begin(text_, suffix, Connectors::company, is_plain ? longest_name : longest_title_run),
        suffix);
    while (first < suffix && has(NameClass::capital_noun, text_.words[first])) ++first;
    first = listed_beginning(first, *end);
    if (first == suffix || (suffix - first == 1 && is_nothing(first, suffix))) return;
    const bool is_buyer = std::any_of(at(first), at(suffix), [](const NameWord& word) {
      return has(NameClass::not_vendor, word);
    });
    if (is_buyer && !speaks_of_deal_[text_.words[first].sentence]) return;
    constexpr std::string_view reason = "company by its legal form";
    if (is_of_business_[text_.words[first].sentence]) {
      add(first, *end, std::string{reason});
      settled_.insert(found_.back().name);
    } else {
      doubtful_.push_back(name_of(first, *end, std::string{reason}));
    }
  }

  // Where the listed vendor of two words or more begins whose name ends a run, else `first`:
  // "NAVY Huntington Ingalls Inc.".
  [[nodiscard]] std::size_t listed_beginning(std::size_t first, std::size_t end) const {
    const auto listed = listed_first_.find(end);
    return listed == listed_first_.end() ? first : std::max(first, listed->second);
  }

  // "Acme Inc. and Bcme Inc.": where the second begins in a run that holds the first as well.
  [[nodiscard]] std::size_t after_other_company(std::size_t first, std::size_t end) const {
    for (std::size_t i = end; i > first + 1; --i) {
      if (has(NameClass::legal_suffix, text_.words[i - 1]) && !is_name_word(text_, i)) return i + 1;
    }
    return first;
  }

  // At the start of a sentence, or after a semicolon in a list of winners.
  void find_by_award(std::size_t first) {
    const NameWord& word = text_.words[first];
    if (!speaks_of_award_[word.sentence] && !speaks_of_deal_[word.sentence]) return;
    if (!is_name_word(text_, first) || !opens_item(first)) return;
    const std::size_t end = run_end(text_, first, Connectors::of_and, longest_name);
    if (end == first || is_nothing(first, end)) return;
    const std::size_t name_end = legal_suffix_end(text_, end).value_or(end);
    if (!is_place_after(text_, name_end) || !speaks_of_award_[word.sentence]) return;
    add(listed_beginning(first, name_end), name_end, "winner of an announced award");
  }

  // "a contract with Acme Robotics", "Acme Robotics will supply": a name that ends like a
  // company's, where a deal has its parties.
  void find_by_place_in_deal(std::size_t last) {
    const NameWord& word = text_.words[last];
    if (!has(NameClass::company_word, word) || !word.starts_upper) return;
    if (!speaks_of_deal_[word.sentence] && !names_body_[word.sentence]) return;
    if (text_.case_at(last) != SentenceCase::plain) return;
    const std::size_t first = run_begin(text_, last + 1, Connectors::none, longest_named_role);
    if (last + 1 - first < 2 || run_end(text_, last, Connectors::none, 2) != last + 1) return;
    const bool is_bought = first > 0 && text_.in_one_sentence(first - 1, first) &&
                           has(NameClass::buying_word, text_.words[first - 1]);
    const bool sells = text_.in_one_sentence(last, last + 1) &&
                       has(NameClass::selling_word, text_.words[last + 1]);
    if (is_bought || sells) add_named(first, last + 1, last);
  }

  [[nodiscard]] bool opens_item(std::size_t first) const {
    if (text_.words[first].starts_sentence) return true;
    if (first == 0) return true;
    std::size_t before = first - 1;
    if (text_.words[before].key == "and" && before > 0) --before;
    return text_.words[before].key == ";";
  }

  // "the spyware maker Acme", "a company called Acme", "two firms, Acme and Bcme".
  void find_after_role(std::size_t noun) {
    if (noun + 1 >= text_.words.size() || !is_trade_or_deal(noun)) return;
    const std::string& next = text_.words[noun + 1].key;
    if (next == "," || next == ":") {
      if (text_.words[noun].key.ends_with('s')) find_list(noun);
      return;
    }
    const std::size_t first = noun + (is_naming_word(text_.words[noun + 1]) ? 2 : 1);
    if (first >= text_.words.size() || !follows_directly(text_, first)) return;
    if (!is_name_word(text_, first) || text_.case_at(first) != SentenceCase::plain) return;
    add_named(first, run_end(text_, first, Connectors::none, longest_named_role), noun);
  }

  // The names after "firms," or "firms:": two at least, the last after "and".
  void find_list(std::size_t noun) {
    std::vector<std::size_t> firsts;
    std::vector<std::size_t> ends;
    bool is_last = false;
    for (std::size_t at = noun + 2; at < text_.words.size() && !is_last;) {
      if (is_and(text_.words[at])) {
        is_last = true;
        ++at;
      }
      if (at < text_.words.size() && is_article(text_.words[at])) ++at;
      const std::size_t end = run_end(text_, at, Connectors::company_of_one, longest_name);
      if (end == at || !text_.in_one_sentence(noun, at)) return;
      firsts.push_back(at);
      ends.push_back(end);
      at = end < text_.words.size() && text_.words[end].key == "," ? end + 1 : end;
    }
    if (!is_last || firsts.size() < 2) return;
    for (std::size_t i = 0; i < firsts.size(); ++i) add_named(firsts[i], ends[i], noun);
  }

  // "the Startup Challenge": a noun with a capital that it has in no sentence by itself.
  [[nodiscard]] bool is_part_of_name(std::size_t noun) const {
    const NameWord& word = text_.words[noun];
    return word.starts_upper && !word.starts_sentence && !has(NameClass::capital_noun, word) &&
           text_.case_at(noun) == SentenceCase::plain;
  }

  static bool is_and(const NameWord& word) {
    return word.key == "and" || word.key == "y" || word.key == "et" || word.key == "und" ||
           word.key == "e";
  }

  static bool is_article(const NameWord& word) {
    return word.key == "the" || word.key == "la" || word.key == "el" || word.key == "die" ||
           word.key == "le" || word.key == "il" || word.key == "der";
  }

  // "Acme, a maker of spyware", "Acme, the Israeli surveillance firm".
  void find_before_role(std::size_t noun) {
    std::size_t comma = noun;
    std::size_t steps = 0;
    while (comma > 0 && text_.words[comma].key != "," && steps < longest_apposition) {
      --comma;
      ++steps;
      if (!text_.in_one_sentence(comma, noun)) return;
      if (is_name_word(text_, comma) && !has(NameClass::nationality, text_.words[comma])) return;
    }
    if (comma == 0 || text_.words[comma].key != ",") return;
    const std::string& article = text_.words[comma + 1].key;
    if (article != "a" && article != "an" && article != "the") return;
    const std::size_t first = run_begin(text_, comma, Connectors::none, longest_named_role);
    if (first == comma || !is_trade(comma + 1, std::min(noun + 6, text_.words.size()), noun))
      return;
    add_named(first, comma, noun);
  }

  static bool is_naming_word(const NameWord& word) {
    return word.key == "called" || word.key == "named" || word.key == "known";
  }

  // A trade stands right before the noun, or the sentence is about a deal and the noun is no kind
  // of company that sells to nobody public.
  [[nodiscard]] bool is_trade_or_deal(std::size_t noun) const {
    if (noun == 0) return false;
    if (is_trade(noun - std::min<std::size_t>(noun, 3), noun, noun)) return true;
    const std::uint32_t sentence = text_.words[noun].sentence;
    if (has(NameClass::capital_noun, text_.words[noun]) && names_body_[sentence]) return true;
    return speaks_of_deal_[sentence] && !has(NameClass::investor, text_.words[noun - 1]);
  }

  // Is a trade named in words [begin, end) of the noun's sentence, and no investor right before it?
  [[nodiscard]] bool is_trade(std::size_t begin, std::size_t end, std::size_t noun) const {
    if (noun > 0 && has(NameClass::investor, text_.words[noun - 1])) return false;
    for (std::size_t i = begin; i < end; ++i) {
      if (!text_.in_one_sentence(i, noun)) continue;
      if (name_classes().phrase_end(NameClass::trade, text_.words, i)) return true;
    }
    return false;
  }

  // Adds a name that nothing but its role marks as one, unless it looks like a person or a place.
  void add_named(std::size_t first, std::size_t end, std::size_t noun) {
    if (first == end || is_nothing(first, end)) return;
    if (has(NameClass::given_name, text_.words[first]) && end - first > 1) return;
    if (has(NameClass::title, text_.words[first])) return;
    if (name_classes().phrase_end(NameClass::state, text_.words, first) == end) return;
    if (is_in_address(text_, first, end)) return;
    add(first, end, "called \"" + text_.words[noun].key + "\" in this text");
  }

  // Words that make no name: countries, nationalities, words that any company might bear.
  [[nodiscard]] bool is_nothing(std::size_t first, std::size_t end) const {
    return std::all_of(at(first), at(end), [](const NameWord& word) {
      return has(NameClass::generic, word) || has(NameClass::country, word) ||
             has(NameClass::nationality, word) || has(NameClass::function_word, word) ||
             has(NameClass::vendor_noun, word);
    });
  }

  void add(std::size_t first, std::size_t end, std::string reason) {
    found_.push_back(name_of(first, end, std::move(reason)));
  }

  [[nodiscard]] FoundName name_of(std::size_t first, std::size_t end, std::string reason) const {
    FoundName name{.first = first, .end = end, .kind = EntityKind::vendor};
    name.name = name_bytes(text_, first, end);
    name.reason = std::move(reason);
    return name;
  }

  [[nodiscard]] std::vector<NameWord>::const_iterator at(std::size_t word) const {
    return text_.words.begin() + static_cast<std::ptrdiff_t>(word);
  }

  const NameText& text_;
  std::vector<bool> speaks_of_deal_;   // of each sentence
  std::vector<bool> speaks_of_award_;  // of each sentence
  std::vector<bool> is_of_business_;   // a deal, a body or a vendor is named in it or beside it
  std::vector<bool> names_body_;       // of each sentence
  std::unordered_map<std::size_t, std::size_t> listed_first_;  // of listed vendors, by their end
  std::vector<FoundName> doubtful_;  // companies elsewhere, which sell to nobody for all we know
  std::unordered_set<std::string> settled_;  // names of companies that do, or may
  std::vector<FoundName> found_;
};

}  // namespace

std::vector<FoundName> find_formed_vendors(const NameText& text,
                                           const std::vector<FoundName>& known) {
  return FormedVendors{text, known}.find();
}

}  // namespace stakeout
