#include "extractors/facts/formed_agencies.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "extractors/facts/name_classes.h"
#include "extractors/facts/name_runs.h"
#include "extractors/facts/name_spans.h"
#include "extractors/text/table.h"

namespace stakeout {

std::string_view agency_forms_tsv();  // data/agency_forms.tsv

namespace {

constexpr std::size_t longest_before = 5;  // words of a name before a tail
constexpr std::size_t longest_after = 9;   // words of a name after a head
constexpr std::size_t longest_town = 4;    // words
constexpr std::size_t longest_title_run =
    1;  // words before a tail, where every word is capitalised

bool has(NameClass name_class, const NameWord& word) {
  return name_classes().has(name_class, word);
}

}  // namespace

AgencyForms::AgencyForms(std::string_view table) {
  for (const auto& row : read_table(table)) {
    if (row.size() != 4) continue;
    Form form;
    form.side = row[0] == "head" ? Side::head : row[0] == "tail" ? Side::tail : Side::bare;
    form.least = row[2] == "0" ? 0 : row[2] == "1" ? 1 : 2;
    form.body = row[3] == "city" ? Body::city : row[3] == "county" ? Body::county : Body::own;
    phrases_.add(row[1], static_cast<std::uint32_t>(forms_.size()));
    forms_.push_back(form);
  }
}

// One run over one text.
struct AgencyForms::Finder {
  const AgencyForms& forms;
  const NameText& text;
  std::vector<FoundName> found = {};
  std::vector<FoundName> bare = {};  // named at the end
  std::set<std::string> cities = {};
  std::set<std::string> counties = {};
  std::map<std::string, std::string> full_names = {};  // of bare forms, as they were looked up

  void look_at(std::size_t word) {
    for (const PhraseMatch& match : forms.phrases_.matches_at(text.words, word)) {
      if (!is_capitalised(word, match.end) || is_in_address(text, word, match.end)) continue;
      for (const std::uint32_t id : *match.ids) {
        const Form& form = forms.forms_[id];
        if (form.side == Side::head) add_head(form, word, match.end);
        if (form.side == Side::tail) add_tail(form, word, match.end);
        if (form.side == Side::bare) add_bare(form, word, match.end);
      }
    }
  }

  // The first word of the form is capitalised, and so are all but its small ones.
  [[nodiscard]] bool is_capitalised(std::size_t first, std::size_t end) const {
    if (!text.words[first].starts_upper && !is_small_ministry(first)) return false;
    for (std::size_t i = first + 1; i < end; ++i) {
      const NameWord& word = text.words[i];
      const bool is_small = word.key.size() <= 3 || word.key == "dell'" || word.key == "della" ||
                            word.key == "degli" || !word.is_word || word.key == "'s";
      if (!is_small && !word.starts_upper && is_english_form(first)) return false;
    }
    return true;
  }

  // "le ministère de la Défense": Romance languages write the word small inside a sentence.
  [[nodiscard]] bool is_small_ministry(std::size_t word) const {
    return text.words[word].key.starts_with("minist") &&
           has(NameClass::small_opener, text.words[word]);
  }

  // English capitalises every word of a name, other languages the first alone.
  [[nodiscard]] bool is_english_form(std::size_t first) const {
    return text.words[first].key != "direction" && text.words[first].key != "direccion" &&
           text.words[first].key != "agence" && text.words[first].key != "agencia" &&
           text.words[first].key != "prefecture" && text.words[first].key != "fiscalia" &&
           text.words[first].key != "procura" && text.words[first].key != "procuraduria";
  }

  void add_head(const Form& form, std::size_t first, std::size_t phrase_end) {
    const bool is_place = form.body != Body::own;
    // "The City Commission on Wednesday approved": a day, not what the commission is on.
    if (phrase_end < text.words.size() && has(NameClass::calendar, text.words[phrase_end])) return;
    std::size_t end = is_place ? run_end(text, phrase_end, Connectors::none, longest_town)
                               : run_end(text, phrase_end, Connectors::of_and, longest_after);
    if (phrase_end < text.words.size() && !continues_head(phrase_end)) end = phrase_end;
    if (end <= phrase_end && form.least > 0) return;
    end = end_before_other(phrase_end, std::max(end, phrase_end));
    if (end <= phrase_end && form.least > 0) return;
    add(is_place ? first : with_place_before(first), end, place_name(form.body, phrase_end, end));
  }

  // "Nevada Department of ...", "Clark County Department of ...": where such a name begins.
  [[nodiscard]] std::size_t with_place_before(std::size_t first) const {
    if (first == 0 || !follows_directly(text, first)) return first;
    if (text.case_at(first) != SentenceCase::plain) return first;
    const std::size_t begin = run_begin(text, first, Connectors::none, longest_town);
    if (begin == first) return first;
    const std::string& last = text.words[first - 1].key;
    const bool is_local = first - begin > 1 && (last == "county" || last == "city");
    const bool is_state = name_classes().phrase_end(NameClass::state, text.words, begin) == first;
    return is_local || is_state ? begin : first;
  }

  [[nodiscard]] bool continues_head(std::size_t word) const {
    if (!text.in_one_sentence(word - 1, word)) return false;
    const bool elided = text.words[word - 1].key.ends_with('\'');
    return elided || follows_directly(text, word);
  }

  // "Ministry of Justice and ICE": after "and" an acronym is a body of its own, and so is what
  // begins with a word that opens one; a given name is a person's.
  [[nodiscard]] std::size_t end_before_other(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i + 1 < end; ++i) {
      const std::string& key = text.words[i].key;
      if (key != "and" && key != "y" && key != "e" && key != "und" && key != "et") continue;
      const NameWord& next = text.words[i + 1];
      const bool is_form = !forms.phrases_.matches_at(text.words, i + 1).empty();
      const bool is_person = has(NameClass::given_name, next);
      if (next.all_upper || is_form || is_person || is_ministry(end)) return i;
    }
    return end;
  }

  void add_tail(const Form& form, std::size_t tail, std::size_t end) {
    const bool is_plain = text.case_at(tail) == SentenceCase::plain;
    std::size_t first = run_begin(text, tail, Connectors::of, longest_before);
    if (!is_plain) first = std::max(first, title_run_begin(tail));
    if (first == tail) first = ordinal_begin(tail);
    while (first < tail && has(NameClass::nationality, text.words[first]) && is_ministry(end)) {
      ++first;
    }
    if (tail - first < form.least || !(first == tail || follows_directly(text, tail))) return;
    if (end < text.words.size() && follows_directly(text, end) && text.words[end].starts_upper &&
        has(NameClass::other_thing, text.words[end])) {
      return;
    }
    if (is_of_other_thing(first, tail)) return;
    add(first, end, place_name(form.body, first, tail));
  }

  // "55th | Contracting Squadron"
  [[nodiscard]] std::size_t ordinal_begin(std::size_t tail) const {
    if (tail < 2 || !follows_directly(text, tail) || !text.words[tail - 1].joined) return tail;
    const std::string& ending = text.words[tail - 1].key;
    if (ending != "st" && ending != "nd" && ending != "rd" && ending != "th") return tail;
    const std::string& digits = text.words[tail - 2].key;
    const bool is_number =
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    return is_number ? tail - 2 : tail;
  }

  [[nodiscard]] std::size_t title_run_begin(std::size_t tail) const {
    std::size_t first = tail - std::min(tail, longest_title_run);
    if (first > 0 && follows_directly(text, first) &&
        has(NameClass::place_start, text.words[first - 1])) {
      --first;
    }
    return first;
  }

  [[nodiscard]] bool is_ministry(std::size_t end) const {
    return text.words[end - 1].key == "ministry" || text.words[end - 1].key == "department";
  }

  [[nodiscard]] bool is_of_other_thing(std::size_t first, std::size_t end) const {
    for (std::size_t i = first; i < end; ++i) {
      const NameWord& word = text.words[i];
      if (has(NameClass::other_thing, word) || has(NameClass::vendor_noun, word)) return true;
    }
    return false;
  }

  void add_bare(const Form& form, std::size_t first, std::size_t end) {
    if (run_begin(text, first, Connectors::none, 1) != first && follows_directly(text, first))
      return;
    if (text.case_at(first) != SentenceCase::plain) return;
    for (std::size_t i = first; i < end; ++i) {
      if (text.words[i].key.size() > 2 && !text.words[i].starts_upper) return;
    }
    FoundName name{.first = first, .end = end, .kind = EntityKind::agency};
    name.name = form.body == Body::city ? "city" : form.body == Body::county ? "county" : "";
    bare.push_back(std::move(name));
  }

  // "City of Springfield", "Clark County"; empty for a body of its own.
  std::string place_name(Body body, std::size_t first, std::size_t end) {
    if (body == Body::own || first >= end) return {};
    const std::string place{name_bytes(text, first, end)};
    const bool is_county = body == Body::county || place.ends_with(" County");
    if (!is_county) return *cities.insert("City of " + place).first;
    return *counties.insert(place.ends_with(" County") ? place : place + " County").first;
  }

  void add(std::size_t first, std::size_t end, std::string name) {
    FoundName agency{.first = first, .end = end, .kind = EntityKind::agency};
    agency.reason = "public body by the form of its name";
    extend_name(text, agency);
    agency.name =
        name.empty() ? std::string{name_bytes(text, agency.first, agency.end)} : std::move(name);
    if (agency.name.front() == 'm') agency.name.front() = 'M';  // of a ministry written small
    found.push_back(std::move(agency));
  }

  void name_bare_forms() {
    for (FoundName& name : bare) {
      const std::string words{name_bytes(text, name.first, name.end)};
      const std::set<std::string>& places = name.name == "county" ? counties : cities;
      if (!name.name.empty() && places.size() == 1) {
        name.name = *places.begin();
      } else {
        name.name = full_name_of(words);
      }
      name.reason = "public body by the form of its name, without its place";
      found.push_back(std::move(name));
    }
  }

  // The one full name in the text that these words end, else the words.
  const std::string& full_name_of(const std::string& words) {
    const auto [known, is_new] = full_names.try_emplace(words, words);
    if (!is_new) return known->second;
    std::set<std::string> full;
    for (const FoundName& name : found) {
      if (name.name.size() > words.size() && name.name.ends_with(words)) full.insert(name.name);
    }
    if (full.size() == 1) known->second = *full.begin();
    return known->second;
  }
};

std::vector<FoundName> AgencyForms::find(const NameText& text) const {
  Finder finder{.forms = *this, .text = text};
  for (std::size_t i = 0; i < text.words.size(); ++i) finder.look_at(i);
  finder.name_bare_forms();
  return std::move(finder.found);
}

const AgencyForms& agency_forms() {
  static const AgencyForms forms{agency_forms_tsv()};
  return forms;
}

}  // namespace stakeout
