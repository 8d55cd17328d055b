// Pages out of archives: what is passed over at a glance, and that nothing is that counts.
#include "app/import/read_page.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/pages/quick_text.h"
#include "extractors/text/prose.h"

namespace stakeout {
namespace {

std::string page_of(const std::string& sentence) {
  std::string page = "<!DOCTYPE html><html><head><title>News</title></head><body><article>";
  page += "<p>" + sentence + "</p>";
  for (int i = 0; i < 6; ++i) {
    page +=
        "<p>The committee met on Tuesday and talked at length about the weather, the harvest and "
        "the state of the roads, as it does in every week of the year.</p>";
  }
  return page + "</article></body></html>";
}

RawPage raw(std::string page) {
  RawPage out;
  out.place = "here";
  out.url = "https://news.example.org/2024/a.html";
  out.fetched_at = Timestamp{1'727'438'400};
  out.bytes = std::move(page);
  return out;
}

const Watchlist& list() {
  static const Watchlist watchlist{[] {
    WatchlistFile file = parse_watchlist(
        "kind,name,category,aliases,country,parent,context,wikidata\n"
        "vendor,Acme Optics,spyware,AcmeOptics|Acme-Optics Ltd,,,,\n"
        "vendor,Dun & Brook,analytics,D&B,,,,\n"
        "vendor,Élan Systèmes,spyware,,,,,\n"
        "vendor,Вымпел,spyware,,,,,\n"
        "vendor,光学社,spyware,,,,,\n"
        "agency,US Border Guard,border,U.S. Border Guard|USBG,,,,\n",
        "test");
    REQUIRE(file.warnings.empty());
    return std::move(file.entities);
  }()};
  return watchlist;
}

bool is_listed(const ReadPage& read) {
  return std::ranges::any_of(read.page.facts.mentions, &Mention::listed);
}

}  // namespace

TEST_CASE("a page that names somebody is never passed over, however its HTML writes the name") {
  const MentionFinder finder{list()};
  const AliasScan scan{list(), inline_mark};
  static constexpr const char* sentences[] = {
      "The ministry bought cameras from Acme Optics last week.",
      "The ministry bought cameras from ACME OPTICS last week.",
      "The ministry bought cameras from <a href=x>Acme</a> <b>Optics</b> last week.",
      "The ministry bought cameras from Ac<b>me Op</b>tics last week.",
      "The ministry bought cameras from Acme&nbsp;Optics last week.",
      "The ministry bought cameras from Ac&shy;me Op\xC2\xADtics last week.",
      "The ministry bought cameras from &#65;cme &#x4f;ptics last week.",
      "The ministry bought cameras from Acme\nOptics, Inc., last week.",
      "The ministry bought cameras from Acme-Optics last week.",
      "The ministry bought Acme Optics's cameras and Acme Optics\xE2\x80\x99 lenses last week.",
      "The ministry bought cameras from \xEF\xBC\xA1"
      "cme Optics last week.",
      "The ministry bought cameras from Acme\xE2\x80\x8B Optics last week.",
      "The ministry bought data from Dun &amp; Brook last week.",
      "The ministry bought data from Dun & Brook last week.",
      "The ministry bought data from Dun and Brook last week.",
      "The ministry bought cameras from Elan Systemes last week.",
      "The ministry bought cameras from &Eacute;lan Syst&egrave;mes last week.",
      "The ministry bought cameras from \xC3\x89lan Syste\xCC\x80mes last week.",
      "Вчера компания Вымпел получила заказ от министерства.",
      "昨日、光学社が契約した。",
      "Officers of the US Border Guard met last week.",
      "Officers of the U.S. Border Guard met last week.",
      "Officers of the U. S. Border Guard met last week.",
      "Officers of the U.<i>S</i>. Border Guard met last week.",
      "Officers of the USBG met last week.",
      "Officers of the U.S.B.G. met last week.",
  };
  std::size_t found = 0;
  for (const std::string sentence : sentences) {
    CAPTURE(sentence);
    const ReadPage read = read_page(raw(page_of(sentence)), {finder, nullptr, 1U << 20U});
    REQUIRE(read.verdict == PageVerdict::article);
    const ReadPage scanned = read_page(raw(page_of(sentence)), {finder, &scan, 1U << 20U});
    if (!is_listed(read)) continue;
    ++found;
    CHECK(scanned.verdict == PageVerdict::article);
    CHECK(scanned.page.article.text == read.page.article.text);
  }
  CHECK(found >= 22);
}

TEST_CASE("a page in any encoding that names somebody is not passed over") {
  const MentionFinder finder{list()};
  const AliasScan scan{list(), inline_mark};
  const std::string page = page_of("The ministry bought cameras from Acme Optics last week.");
  std::string wide = "\xFF\xFE";
  for (const char c : page) (wide += c) += '\0';
  const ReadPage read = read_page(raw(wide), {finder, &scan, 1U << 20U});
  CHECK(read.verdict == PageVerdict::article);
  CHECK(is_listed(read));
}

TEST_CASE("a page whose text stands in its JSON-LD alone is not passed over") {
  const AliasScan scan{list(), inline_mark};
  for (const char* body :
       {"Acme Optics won.", "\\u0041cme\\nOptics won.",
        "\\u003cp\\u003eAcme Op&amp;shy;tics\\u003c/p\\u003e", "Acme\\u00a0Optics"}) {
    CAPTURE(body);
    const std::string page = std::string{"<script type='application/ld+json'>{\"articleBody\":\""} +
                             body + "\"}</script><p>Read more</p>";
    CHECK(scan.may_name_any(quick_text(page)));
  }
}

TEST_CASE("pages that name nobody are passed over without a tree, whatever they nearly say") {
  const MentionFinder finder{list()};
  const AliasScan scan{list(), inline_mark};
  for (const std::string sentence :
       {"The ministry bought acme optics in small letters.", "Acme bought Optics.",
        "<a title=\"Acme Optics\" href=\"/acme-optics\">Read on</a>",
        "<script>var maker = 'Acme Optics';</script>", "<!-- Acme Optics -->", "Acmeoptical"}) {
    CAPTURE(sentence);
    CHECK(read_page(raw(page_of(sentence)), {finder, &scan, 1U << 20U}).verdict ==
          PageVerdict::unnamed);
  }
}

TEST_CASE("every name of the shipped watchlist passes the glance wherever it is found") {
  const MentionFinder finder{shipped_watchlist()};
  const AliasScan scan{shipped_watchlist(), inline_mark};
  std::size_t found = 0;
  for (const Entity& entity : shipped_watchlist().entities()) {
    std::vector<std::string> names = entity.aliases;
    names.push_back(entity.name);
    std::string text;
    for (const std::string& name : names) text += "They spoke to " + name + " on Monday.\n";
    if (std::ranges::none_of(finder.find(Prose{text}), &Mention::listed)) continue;
    ++found;
    for (const std::string& name : names) {
      CAPTURE(name);
      CHECK(scan.may_name_any("They spoke to " + name + " on Monday."));
    }
  }
  CHECK(found > 500);
}

TEST_CASE("a page that is saved without an address tells its own") {
  const MentionFinder finder{list()};
  const AliasScan scan{list(), inline_mark};
  const std::string page = page_of("The ministry bought cameras from Acme Optics last week.");
  const auto address_of = [&](const std::string& bytes) {
    RawPage one = raw(bytes);
    one.url.clear();
    return read_page(std::move(one), {finder, &scan, 1U << 20U}).page.article.url;
  };
  CHECK(address_of("<!-- saved from url=(0028)https://news.example.org/news/b -->\n" + page) ==
        "https://news.example.org/news/b");
  std::string stated = page;
  stated.insert(stated.find("<title>"),
                "<link rel=canonical href='https://news.example.org/news/c'>");
  CHECK(address_of(stated) == "https://news.example.org/news/c");
  CHECK(address_of(page).empty());
}

TEST_CASE("what is no article is not stored, and what is damaged is told") {
  const MentionFinder finder{list()};
  const AliasScan scan{list(), inline_mark};
  const std::string page = page_of("The ministry bought cameras from Acme Optics last week.");
  const auto verdict_of = [&](const std::string& head, const std::string& url) {
    RawPage one = raw(head + "\r\n\r\n" + page);
    one.is_message = true;
    one.url = url;
    return read_page(std::move(one), {finder, &scan, 1U << 20U}).verdict;
  };
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
  CHECK(verdict_of(ok, "https://a.example/news/1") == PageVerdict::article);
  CHECK(verdict_of(ok, "https://a.example/") == PageVerdict::no_article);
  CHECK(verdict_of("HTTP/1.1 404 No", "https://a.example/news/1") == PageVerdict::no_article);
  CHECK(verdict_of("HTTP/1.1 200 OK\r\nContent-Type: image/png", "https://a.example/news/1") ==
        PageVerdict::no_article);
  CHECK(verdict_of("no head", "https://a.example/news/1") == PageVerdict::unread);
}

}  // namespace stakeout
