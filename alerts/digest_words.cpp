#include "alerts/digest_words.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "alerts/digest.h"
#include "alerts/rule_words.h"
#include "alerts/value_words.h"

namespace stakeout {
namespace {

constexpr std::size_t headline_length = 90;  // code points of a subject for what is told
constexpr std::size_t most_names = 3;        // of a subject
constexpr std::size_t most_numbers = 4;

// At most so many code points of a text.
std::string beginning_of(const std::string& text, std::size_t length) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && ++count > length) return text.substr(0, at) + "…";
  }
  return text;
}

std::string stories_words(std::size_t stories) {
  return counted(stories, "story", "stories");
}

// "3 stories, 1 fact changed", in brackets; empty where there are none.
std::string bracket(const DigestContents& in) {
  std::string out = in.stories > 0 ? stories_words(in.stories) : "";
  if (in.changes > 0) out += (out.empty() ? "" : ", ") + counted(in.changes, "fact") + " changed";
  return out.empty() ? out : " (" + out + ")";
}

// "7 new contracts, 3 changed contracts, 14 stories": the first of what there is.
std::string numbers(const DigestContents& in) {
  std::string out;
  std::size_t told = 0;
  const auto add = [&](std::size_t number, const std::string& words) {
    if (number > 0 && told++ < most_numbers) out += (out.empty() ? "" : ", ") + words;
  };
  add(in.corrections, counted(in.corrections, "correction"));
  add(in.new_contracts, counted(in.new_contracts, "new contract"));
  add(in.changed_contracts, counted(in.changed_contracts, "changed contract"));
  add(in.stories, stories_words(in.stories));
  add(in.articles, counted(in.articles, "article") + " changed or gone");
  add(in.names, counted(in.names, "name") + " to add");
  add(in.feeds, counted(in.feeds, "feed") + " in need of attention");
  return out;
}

// "Paragon" of "Paragon / ICE"; the agency where the vendor has no name.
std::string name_in_short(const std::string& party) {
  constexpr std::string_view between = " / ";
  const std::size_t gap = party.find(between);
  if (gap == std::string::npos || !party.starts_with("unnamed ")) return party.substr(0, gap);
  return party.substr(gap + between.size());
}

// The first names of those that matter most, each once.
std::string first_names(const DigestContents& in) {
  std::vector<std::string> names;
  for (const std::string& party : !in.parties.empty()   ? in.parties
                                  : !in.vendors.empty() ? in.vendors
                                                        : in.agencies) {
    std::string name = name_in_short(party);
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  std::string out;
  for (std::size_t at = 0; at < std::min(names.size(), most_names); ++at)
    out += (at == 0 ? ": " : ", ") + names[at];
  return names.size() > most_names ? out + ", …" : out;
}

}  // namespace

std::string outlets_words(std::int64_t articles, std::int64_t outlets) {
  if (articles < 2) return {};
  return "; " + std::to_string(articles) + " articles in " +
         counted(static_cast<std::size_t>(outlets), "outlet");
}

std::string tellers_words(std::int64_t articles, std::int64_t with_another_sum) {
  if (articles < 2) return {};
  return "; " + std::to_string(articles) + " articles tell of it" +
         (with_another_sum == 0 ? std::string{}
                                : ", " + std::to_string(with_another_sum) + " with another sum");
}

std::string found_words(const std::string& words, const std::string& rule) {
  if (rule.empty()) return words.empty() ? words : "found by \"" + words + "\"";
  const bool says_words = rule.find("\"" + words + "\"") != std::string::npos;
  return (says_words || words.empty() ? "" : "\"" + words + "\" ") + "found by the " + rule;
}

std::string read_words(const std::string& words, const std::string& rule) {
  if (words.empty()) return {};
  const std::string told = words_of_rules(rule);
  return "\"" + words + "\"" + (told.empty() ? "" : " " + told);
}

void DigestContents::about(const std::string& whom, std::string what) {
  if (std::ranges::find(parties, whom) == parties.end()) parties.push_back(whom);
  news = std::move(what);
}

std::string subject_words(const DigestContents& in) {
  const std::string all = numbers(in);
  if (all.empty()) return "nothing new";
  if (all == counted(1, "correction"))
    return "Correction: " + beginning_of(in.correction, headline_length);
  if (in.corrections > 0) return all + first_names(in);
  if (in.contracts.size() == 1)
    return in.parties.front() + ": " + beginning_of(in.news, headline_length) + bracket(in);
  const bool has_names = in.vendors.size() + in.agencies.size() > 0;
  if (in.contracts.empty() && has_names && in.vendors.size() + in.agencies.size() == 1) {
    const std::string& name = in.vendors.empty() ? in.agencies.front() : in.vendors.front();
    if (in.stories == 1) return name + ": " + beginning_of(in.story, headline_length);
    return name + " in the news" + bracket(in);
  }
  return all + first_names(in);
}

std::string closing_words(const Digest& digest) {
  if (digest.sections.empty()) return {};
  const auto has_story = [](const DigestSection& section) {
    return std::ranges::any_of(section.groups, [](const DigestGroup& group) {
      return std::ranges::any_of(group.lines,
                                 [](const DigestLine& line) { return line.story.has_value(); });
    });
  };
  std::string words =
      "Facts are read from press reports by rule; the words behind each are quoted.";
  if (std::ranges::any_of(digest.sections, has_story)) {
    words +=
        " For no more of a story, have its number put into mute_stories in the settings of this "
        "digest.";
  }
  return words;
}

}  // namespace stakeout
