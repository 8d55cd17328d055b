#include "app/commands/show_pages.h"

#include <sstream>

#include <doctest/doctest.h>

#include "extractors/text/unicode.h"
#include "tests/storage/sample.h"

namespace stakeout {
namespace {

using sample::claim;
using sample::date;
using sample::usd;

StatusReport report(Status status, const char* quote, const char* on = nullptr) {
  StatusReport told{status, std::nullopt, quote};
  if (on != nullptr) told.on = date(on);
  return told;
}

// A deal in three articles: signed; told with another sum, and copied; stopped.
struct DealStore {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "stakeout.db";

  DealStore() {
    Store store{file};
    store.sync_entities(sample::watchlist(), sample::monday);
    const std::string pages[] = {"deal", "copy", "stop"};
    const char* days[] = {"2024-10-07T09:00:00Z", "2024-10-07T12:00:00Z", "2024-10-10"};
    for (std::size_t i = 0; i < 3; ++i) {
      ArticleRecord record =
          sample::article(sample::add_page(store, pages[i]), pages[i], days[i], {told(i)});
      record.page.site = i == 0 ? "Harbour Times" : "";
      if (i == 1) record.copies_of.push_back({1, 0.756, "alike all over"});
      store.save_article(record, sample::monday);
    }
  }

  static Claim told(std::size_t article) {
    Claim c = claim("Glasshouse Systems", "Quay Bureau");
    c.value = usd(article == 1 ? 560'000 : 500'000);
    c.qualifier = article == 2 ? Qualifier::about : Qualifier::exact;
    c.signed_on = date("2024-10-04");
    c.term = "P1Y6M";
    c.status = article == 2 ? Status::stop_work : Status::signed_;
    c.history = {article == 2 ? report(Status::stop_work, "The bureau stopped it.", "2024-10-09")
                              : report(Status::signed_, "The bureau signed.")};
    return c;
  }
};

using Print = void (*)(const Page& page, Reader& reader, const std::vector<Section>& sections);

std::string printed(const DealStore& s, Print print,
                    std::vector<Section> (Reader::*lookup)(std::int64_t), std::int64_t id,
                    std::size_t width = 80) {
  Reader reader{s.file};
  std::ostringstream out;
  print({out, width}, reader, (reader.*lookup)(id));
  return std::move(out).str();
}

std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) most = std::max(most, count_code_points(line));
  return most;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a contract begins with the deal in one sentence, and goes on with its history") {
  const DealStore s;
  const std::string text = printed(s, print_contract, &Reader::show_contract, 1);
  CAPTURE(text);
  CHECK(has(text,
            "Glasshouse Systems has a contract with Quay Bureau, worth USD 500,000, signed on\n"
            "2024-10-04, for 1 year 6 months; stopped by a stop-work order on 2024-10-09.\n"
            "\n"
            "History\n"
            "  2024-10-04     signed\n"
            "                 told differently: amount USD 560,000 by news.example\n"
            "                 reported 2024-10-07 by Harbour Times, article 1\n"
            "                 \"The bureau signed.\"\n"
            "                 https://news.example/deal\n"
            "  2024-10-09     signed → stop work\n"
            "                 reported 2024-10-10 by news.example, article 3\n"
            "                 \"The bureau stopped it.\"\n"));
  CHECK(has(text, "the sum and the day of"));  // why article 3 belongs here
  CHECK(has(text, "stakeout contracts split 1 --claim"));
  CHECK(widest(text) <= 80);
  CHECK(widest(printed(s, print_contract, &Reader::show_contract, 1, 200)) > 80);
}

TEST_CASE(
    "a history says which of its lines was no change of the contract, and which was taken back") {
  const DealStore s;
  {
    Store store{s.file};
    Claim wrong = DealStore::told(2);
    wrong.status = Status::cancelled;
    wrong.history = {report(Status::cancelled, "The bureau cancelled it.")};
    const std::int64_t page = sample::add_page(store, "wrong");
    store.save_article(sample::article(page, "wrong", "2024-10-11", {wrong}), sample::monday);
    Claim right = wrong;
    right.status = Status::under_review;
    right.history = {report(Status::under_review, "The bureau reviews it.")};
    store.save_article(sample::article(page, "right", "2024-10-11", {right}),
                       sample::monday + std::int64_t{7} * 24 * 3600);
  }
  const std::string text = printed(s, print_contract, &Reader::show_contract, 1, 200);
  CAPTURE(text);
  CHECK(has(text,
            "stop work → cancelled\n"
            "                 taken back by a correction of 2024-10-14\n"));
  CHECK(has(text,
            "cancelled → under review\n"
            "                 a correction: the article had told \"cancelled\" before\n"));
}

TEST_CASE("a contract says who tells what otherwise") {
  const DealStore s;
  const std::string text = printed(s, print_contract, &Reader::show_contract, 1);
  CAPTURE(text);
  CHECK(has(text, "Told differently\n"));
  CHECK(has(text, "USD 560,000         1  news.example"));
}

TEST_CASE("a story says why its articles are copies, and how one is taken out") {
  const DealStore s;
  const std::string text = printed(s, print_story, &Reader::show_story, 1);
  CAPTURE(text);
  CHECK(has(text, "\"Article 1\": one story in 2 articles, first by Harbour Times on 2024-10-07."));
  CHECK(has(text, "        2        1  0.76   alike all over\n"));
  CHECK(has(text, "stakeout reject join 2 --why TEXT\n"));
  CHECK(widest(text) <= 80);
  {
    Store store{s.file};
    REQUIRE(store.reject_join(2, "another deal", sample::monday));
  }
  const std::string apart = printed(s, print_story, &Reader::show_story, 1);
  CAPTURE(apart);
  CHECK(has(apart, "one story in 1 article,"));
  CHECK(has(apart, "no copy of article 1"));
  CHECK(has(apart, "stakeout reject join 2 --undo\n"));
}

TEST_CASE("an article shows what a revision changed, word by word") {
  const DealStore s;
  {
    Store store{s.file};
    ArticleRecord record = sample::article(1, "The bureau paid at last", "2024-10-07");
    record.page.title = "Article one";
    store.save_article(record, sample::monday);
  }
  const std::string text = printed(s, print_article, &Reader::show_article, 1);
  CAPTURE(text);
  CHECK(has(text, "title: Article [-1-] {+one+}\n"));
  CHECK(has(text, "[-deal-] {+The bureau paid at last+}\n"));
  CHECK(widest(text) <= 80);
}

}  // namespace stakeout
