#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "extractors/values/entity.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

// One article of an invented news day.
struct WireArticle {
  std::string url;
  std::string title;
  std::string text;  // paragraphs, an empty line between them
  std::string deal;  // the sentence of the text that tells of a deal; empty for most
  Timestamp published{};
  std::size_t source = 0;  // articles of equal sources are copies of one text
};

// A page of 60 kB around it, as light as pages are: half of it style, script and links.
[[nodiscard]] std::string news_page(const WireArticle& article);

// News without end, for measuring: as many articles as one wants, 2,000 a day, the same ones for
// the same seed.
//
// What makes them like news to those who look for copies: words as frequent as in English, and a
// long tail of names that are not in its dictionary; the standing names of a beat, which stand in
// thousands of articles; events of which several outlets report in words of their own, with the
// same people in them; and texts that up to a score of outlets print, each a little cut. Every
// tenth source tells of a deal of a vendor and an agency.
class NewsWire {
 public:
  // `word_frequency` is the table of extractors/stories/data.
  NewsWire(const std::filesystem::path& word_frequency, std::uint32_t seed);

  [[nodiscard]] WireArticle next();

  // The vendors and agencies of the deals.
  [[nodiscard]] const std::vector<Entity>& watchlist() const { return watchlist_; }

 private:
  struct Source {
    std::size_t number = 0;
    std::size_t event = 0;
    std::string title;
    std::vector<std::string> paragraphs;
    std::string deal;
    std::size_t copies_left = 0;
  };

  std::size_t below(std::size_t count);
  bool happens(double chance);
  std::string word();
  std::string name();
  std::string sentence(const std::vector<std::string>& people);
  std::string deal_sentence();
  Source new_source();
  void begin_event();

  std::mt19937 chance_;
  std::vector<std::string> words_;  // of the dictionary
  std::discrete_distribution<std::size_t> word_choice_;
  std::vector<std::string> beats_;  // the standing names, the commonest first
  std::vector<Entity> watchlist_;
  std::size_t vendors_ = 0;          // the first of watchlist_
  std::vector<std::string> people_;  // of the event that is reported on
  std::deque<std::vector<std::string>> events_;
  std::deque<Source> printed_;  // sources of which copies are still to come
  std::size_t sources_ = 0;
  std::size_t articles_ = 0;
};

}  // namespace stakeout
