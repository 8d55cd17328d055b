#include "extractors/pages/signals.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "extractors/text/table.h"

namespace stakeout {

std::string_view phrases_table();
std::string_view class_words_table();

namespace {

constexpr std::pair<std::string_view, Phrase> kinds[] = {{"read_more", Phrase::read_more},
                                                         {"credit", Phrase::credit},
                                                         {"promotion", Phrase::promotion},
                                                         {"tail", Phrase::tail},
                                                         {"byline", Phrase::byline},
                                                         {"after_name", Phrase::after_name},
                                                         {"dated", Phrase::dated},
                                                         {"wall", Phrase::wall},
                                                         {"nobody", Phrase::nobody},
                                                         {"changed", Phrase::changed},
                                                         {"other_date", Phrase::other_date},
                                                         {"no_script", Phrase::no_script},
                                                         {"consent", Phrase::consent},
                                                         {"missing", Phrase::missing},
                                                         {"references", Phrase::references},
                                                         {"about", Phrase::about},
                                                         {"contents", Phrase::contents},
                                                         {"counter", Phrase::counter},
                                                         {"robot_check", Phrase::robot_check},
                                                         {"role_word", Phrase::role_word},
                                                         {"employer", Phrase::employer},
                                                         {"request", Phrase::request},
                                                         {"biography", Phrase::biography},
                                                         {"company", Phrase::company},
                                                         {"currency", Phrase::currency},
                                                         {"scale", Phrase::scale},
                                                         {"chapter", Phrase::chapter},
                                                         {"correction", Phrase::correction},
                                                         {"reader", Phrase::reader},
                                                         {"offer", Phrase::offer}};

Phrase kind_named(std::string_view name) {
  for (const auto& [known, kind] : kinds) {
    if (known == name) return kind;
  }
  FAIL("no such kind: " << name);
  return Phrase::missing;
}

}  // namespace

TEST_CASE("every phrase of the table is known at its place in a line") {
  for (const auto& row : read_table(phrases_table())) {
    const std::string words{row.at(3)};
    CAPTURE(words);
    const Phrase kind = kind_named(row.at(0));
    CHECK(has_phrase(words, kind));
    if (row.at(1) == "whole") CHECK(has_phrase(words + ":", kind));
    if (row.at(1) == "start") CHECK(has_phrase(words + " 1 2 3", kind));
    if (row.at(1) == "start") CHECK(phrase_at_start(words + " 1 2 3", kind) >= words.size());
    if (row.at(1) == "end") CHECK(has_phrase("1 2 3 " + words, kind));
    if (row.at(1) == "end") CHECK(phrase_at_end("1 2 3 " + words, kind) >= words.size());
    if (row.at(1) == "anywhere") CHECK(has_phrase("1 2 3" + words + "4 5 6", kind));
  }
}

TEST_CASE("no phrase and no word of a class stands in its table twice") {
  std::set<std::string> seen;
  for (const auto& row : read_table(phrases_table())) {
    const std::string key =
        std::string{row.at(0)} + '\t' + std::string{row.at(1)} + '\t' + std::string{row.at(3)};
    CAPTURE(key);
    CHECK(seen.insert(key).second);
  }
  seen.clear();
  for (const auto& row : read_table(class_words_table())) {
    const std::string words{row.at(1)};
    CAPTURE(words);
    CHECK(seen.insert(words).second);  // one mark for each
  }
}

TEST_CASE("a phrase of letters ends where a word ends, and a part of one is none") {
  CHECK(has_phrase("by ann example", Phrase::byline));
  CHECK_FALSE(has_phrase("bystanders saw it", Phrase::byline));
  CHECK_FALSE(has_phrase("stand by", Phrase::byline));
  CHECK(has_phrase("to go on, enable javascript.", Phrase::no_script));
  CHECK_FALSE(has_phrase("to go on, enable javascrip", Phrase::no_script));
  CHECK_FALSE(has_phrase("", Phrase::tail));
}

TEST_CASE("marks come from the words of a name, in any case and however they are parted") {
  struct Case {
    std::string_view value;
    Mark mark;
    bool has;
  };
  const Case cases[] = {
      {"td-newsletter-box", Mark::boilerplate, true}, {"tdNewsletterBox", Mark::boilerplate, true},
      {"a NEWSLETTERS2", Mark::boilerplate, true},    {"enewsletter", Mark::boilerplate, false},
      {"Bread-Crumbs", Mark::boilerplate, true},      {"", Mark::boilerplate, false},
  };
  ClassWords words;
  for (const auto& [value, mark, has] : cases) {
    CAPTURE(std::string{value});
    CHECK(words.marks_of(value).has(mark) == has);
    CHECK(words.marks_of(value).has(mark) == has);  // from what is known by now
  }
}

}  // namespace stakeout
