#include "extractors/feeds/elements.h"

#include <array>
#include <charconv>
#include <optional>
#include <tuple>

#include <pugixml.hpp>

#include "extractors/text/ascii.h"
#include "extractors/text/table.h"

namespace stakeout {

std::string_view feed_vocabularies_table();
std::string_view feed_elements_table();

namespace {

using std::string_view;

constexpr std::size_t most_prefixes = 100;

constexpr std::array vocabulary_words = std::to_array<string_view>(
    {"rss", "atom", "dc", "dcterms", "content", "xhtml", "syndication", "rdf", "other"});
constexpr std::array field_words = std::to_array<string_view>(
    {"none", "title", "link", "description", "language", "updated", "author", "id", "published",
     "summary", "content", "category", "enclosure", "time_to_live", "update_period",
     "update_frequency", "skip_hours", "skip_days"});

template <class E, std::size_t N>
E from_word(const std::array<string_view, N>& words, string_view word) {
  std::size_t at = 0;
  while (at < N && words[at] != word) ++at;
  return static_cast<E>(at);
}

struct Vocabularies {
  std::map<string_view, Vocabulary> prefixes;
  std::map<string_view, Vocabulary> addresses;
};

const Vocabularies& vocabularies() {
  static const Vocabularies known = [] {
    Vocabularies read;
    for (const auto& row : read_table(feed_vocabularies_table())) {
      const auto vocabulary = from_word<Vocabulary>(vocabulary_words, row.at(0));
      for (const string_view prefix : ascii_words(row.at(1))) read.prefixes[prefix] = vocabulary;
      for (const string_view address : ascii_words(row.at(2))) read.addresses[address] = vocabulary;
    }
    return read;
  }();
  return known;
}

Vocabulary vocabulary_of_usual_prefix(string_view prefix) {
  const auto found = vocabularies().prefixes.find(prefix);
  return found == vocabularies().prefixes.end() ? Vocabulary::other : found->second;
}

using Key = std::tuple<string_view, Vocabulary, string_view>;  // place, vocabulary, name

Meaning meaning_of(string_view place, Vocabulary vocabulary, string_view name) {
  static const std::map<Key, Meaning> meanings = [] {
    std::map<Key, Meaning> read;
    for (const auto& row : read_table(feed_elements_table())) {
      Meaning meaning{from_word<Field>(field_words, row.at(3))};
      std::from_chars(row.at(4).data(), row.at(4).data() + row.at(4).size(), meaning.rank);
      read[{row.at(0), from_word<Vocabulary>(vocabulary_words, row.at(1)), row.at(2)}] = meaning;
    }
    return read;
  }();
  const auto found = meanings.find({place, vocabulary, name});
  return found == meanings.end() ? Meaning{} : found->second;
}

// The prefix that an attribute declares: "dc" for "xmlns:dc", "" for "xmlns"; nullopt for others.
std::optional<string_view> declared_prefix(string_view attribute) {
  if (attribute == "xmlns") return "";
  if (attribute.starts_with("xmlns:")) return attribute.substr(6);
  return std::nullopt;
}

}  // namespace

Meaning meaning_in_feed(Vocabulary vocabulary, string_view local_name) {
  return meaning_of("feed", vocabulary, local_name);
}

Meaning meaning_in_entry(Vocabulary vocabulary, string_view local_name) {
  return meaning_of("entry", vocabulary, local_name);
}

Vocabulary vocabulary_of_address(string_view address) {
  std::string plain = ascii_lower(ascii_trimmed(address));
  while (!plain.empty() && (plain.back() == '#' || plain.back() == '/')) plain.pop_back();
  const auto found = vocabularies().addresses.find(plain);
  return found == vocabularies().addresses.end() ? Vocabulary::other : found->second;
}

void NameSpaces::declare(const pugi::xml_node& node) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const auto prefix = declared_prefix(attribute.name());
    if (!prefix || prefix->empty() || prefixes_.size() >= most_prefixes) continue;
    const Vocabulary vocabulary = vocabulary_of_address(attribute.value());
    if (vocabulary != Vocabulary::other) prefixes_[ascii_lower(*prefix)] = vocabulary;
  }
}

Vocabulary NameSpaces::vocabulary_of(const pugi::xml_node& node) const {
  const string_view name = node.name();
  const std::size_t colon = name.find(':');
  const std::string prefix =
      colon == string_view::npos ? std::string{} : ascii_lower(name.substr(0, colon));
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const auto declared = declared_prefix(attribute.name());
    if (!declared || !equals_ignoring_case(*declared, prefix)) continue;
    const Vocabulary vocabulary = vocabulary_of_address(attribute.value());
    if (vocabulary != Vocabulary::other || prefix.empty()) return vocabulary;
  }
  if (prefix.empty()) return own_;
  const auto found = prefixes_.find(prefix);
  return found != prefixes_.end() ? found->second : vocabulary_of_usual_prefix(prefix);
}

}  // namespace stakeout
