#include "extractors/pages/page_dates.h"

#include <algorithm>
#include <array>
#include <optional>
#include <variant>

#include "extractors/pages/signals.h"
#include "extractors/text/ascii.h"
#include "extractors/text/date_time.h"
#include "extractors/text/unicode.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

constexpr int first_year = 1990;
constexpr int last_year = 2100;

bool is_plausible(const PartialDate& date) {
  return date.year() >= first_year && date.year() <= last_year && date.month().has_value();
}

// "2024-09-27T00:00:00+02:00": the day is meant, in the page's own zone.
bool is_midnight(std::string_view written) {
  return written.size() >= 16 && written[4] == '-' && written[7] == '-' &&
         (written.substr(10, 6) == "T00:00" || written.substr(10, 6) == " 00:00") &&
         (written.size() == 16 || written.substr(16, 3) == ":00" || written[16] != ':');
}

std::optional<std::string> whole_date(std::string_view written) {
  if (written.size() < 6) return std::nullopt;
  if (is_midnight(written)) written = written.substr(0, 10);
  const auto parsed = parse_date_time(written);
  if (!parsed) return std::nullopt;
  if (const auto* day = std::get_if<PartialDate>(&*parsed)) {
    if (!is_plausible(*day)) return std::nullopt;
    return to_string(*day);
  }
  const Timestamp time = std::get<Timestamp>(*parsed);
  if (!is_plausible(PartialDate::day_of(time))) return std::nullopt;
  return to_rfc3339(time);
}

// A date as a line of a page shows it has a year of four digits, or three numbers.
bool may_be_date(std::string_view words) {
  int digits = 0;
  int numbers = 0;
  bool has_year = false;
  for (const char c : words) {
    if (is_ascii_digit(c)) {
      if (digits++ == 0) ++numbers;
      has_year = has_year || digits == 4;
    } else {
      digits = 0;
    }
  }
  return numbers >= 2 && (has_year || numbers >= 3);
}

// The first date among the words of a line, the longest reading of it.
std::optional<std::string> date_within(std::string_view line) {
  constexpr std::size_t most_words = 9;
  if (line.size() > 300) line = line.substr(0, 300);
  if (!may_be_date(line)) return std::nullopt;
  if (const auto date = whole_date(line)) return date;
  const std::vector<std::string_view> words = ascii_words(line);
  for (std::size_t first = 0; first < words.size(); ++first) {
    const std::size_t last = std::min(words.size(), first + most_words);
    for (std::size_t end = last; end > first; --end) {
      const char* begin = words[first].data();
      std::string_view piece{
          begin, static_cast<std::size_t>(words[end - 1].data() + words[end - 1].size() - begin)};
      while (!piece.empty() &&
             std::string_view{",.;:|()[]-/"}.find(piece.back()) != std::string_view::npos) {
        piece.remove_suffix(1);
      }
      while (!piece.empty() &&
             std::string_view{"([|,:;"}.find(piece.front()) != std::string_view::npos) {
        piece.remove_prefix(1);
      }
      if (!may_be_date(piece)) continue;
      if (const auto date = whole_date(piece)) return date;
    }
  }
  return std::nullopt;
}

// ".../2024/09/27/..." or ".../2024-09-27-...".
std::optional<std::string> date_in_address(std::string_view address) {
  for (std::size_t at = 0; at + 10 < address.size() + 1; ++at) {
    if (at > 0 && is_ascii_digit(address[at - 1])) continue;
    const std::string_view piece = address.substr(at, 10);
    const char separator = piece[4];
    if ((separator != '/' && separator != '-' && separator != '_') || piece[7] != separator)
      continue;
    if (at + 10 < address.size() && is_ascii_digit(address[at + 10])) continue;
    const auto date =
        parse_partial_date(std::string{piece.substr(0, 4)} + "-" + std::string{piece.substr(5, 2)} +
                           "-" + std::string{piece.substr(8, 2)});
    if (date && is_plausible(*date)) return to_string(*date);
  }
  return std::nullopt;
}

class DateSearch {
 public:
  explicit DateSearch(const PageFacts& page) : page_{page} {}

  PageDates run() {
    PageDates dates;
    dates.modified =
        first_stated({page_.data.modified},
                     {"article:modified_time", "og:updated_time", "article:modified",
                      "dcterms.modified", "dc.date.modified", "last-modified", "datemodified",
                      "lastmod", "revised", "updated_time", "date_modified", "lastupdate"});
    dates.published = first_stated({page_.data.published}, {"article:published_time",
                                                            "og:published_time",
                                                            "article:published",
                                                            "datepublished",
                                                            "og:article:published_time",
                                                            "rnews:datepublished",
                                                            "parsely-pub-date",
                                                            "sailthru.date",
                                                            "dc.date.issued",
                                                            "dcterms.issued",
                                                            "dc.date.created",
                                                            "dcterms.created",
                                                            "dc.created",
                                                            "dc.date",
                                                            "dcterms.date",
                                                            "dc:date",
                                                            "dcterms:date",
                                                            "publish-date",
                                                            "publish_date",
                                                            "publication_date",
                                                            "publicationdate",
                                                            "pubdate",
                                                            "published",
                                                            "publishdate",
                                                            "cxenseparse:recs:publishtime",
                                                            "cxenseparse:publishtime",
                                                            "article.published",
                                                            "article_date_original",
                                                            "originalpublicationdate",
                                                            "article:post_date",
                                                            "citation_date",
                                                            "citation_publication_date",
                                                            "prism.publicationdate",
                                                            "date",
                                                            "created",
                                                            "datecreated",
                                                            "article.created",
                                                            "bt:pubdate",
                                                            "mediator_published_time",
                                                            "release_date",
                                                            "vr:published_time",
                                                            "displaydate",
                                                            "search.date",
                                                            "time"});
    if (dates.published.empty()) dates.published = shown_date();
    if (dates.published.empty()) {
      dates.published = date_in_address(page_.address).value_or("");
    }
    if (dates.published.empty()) dates.published = shown_date_anywhere();
    if (dates.published.empty()) dates.published = dates.modified;
    return dates;
  }

 private:
  [[nodiscard]] std::string first_stated(std::initializer_list<std::string_view> given,
                                         std::initializer_list<std::string_view> names) const {
    for (const std::string_view written : given) {
      if (const auto date = written_date(written)) return *date;
    }
    for (const std::string_view name : names) {
      for (const std::string& content : page_.meta.all(name)) {
        if (const auto date = written_date(content)) return *date;
      }
    }
    return {};
  }

  static std::optional<std::string> written_date(std::string_view written) {
    const std::string_view trimmed = ascii_trimmed(written);
    if (const auto date = whole_date(trimmed)) return date;
    return date_within(trimmed);
  }

  // Elements from the title on, or from the start of the article, before those further down.
  [[nodiscard]] std::string shown_date() const {
    for (std::uint32_t i = 0; i < page_.tree.size(); ++i) {
      const std::string_view property = page_.tree.attribute(i, Attribute::itemprop);
      if (property == "datePublished" || property == "dateCreated" ||
          page_.tree.has_attribute(i, Attribute::pubdate)) {
        if (const auto date = date_of_element(i)) return *date;
      }
    }
    const auto [from, to] = surroundings(page_);
    for (const bool wants_time : {true, false}) {
      for (std::uint32_t i = from; i < to; ++i) {
        const Tag tag = page_.tree[i].tag;
        const bool is_time = tag == Tag::time || tag == Tag::abbr;
        const bool fits = wants_time ? is_time && !says_modified(i)
                                     : tag != Tag::text && page_.outline.marks[i].has(Mark::date);
        if (!fits || page_.outline.marks[i].has(Mark::comments)) continue;
        if (const auto date = date_of_element(i)) return *date;
      }
    }
    return date_in_lines(from, to);
  }

  [[nodiscard]] bool says_modified(std::uint32_t i) const {
    return page_.tree.attribute(i, Attribute::itemprop) == "dateModified" ||
           page_.tree.attribute(i, Attribute::class_words).find("updated") !=
               std::string_view::npos;
  }

  [[nodiscard]] std::optional<std::string> date_of_element(std::uint32_t i) const {
    for (const Attribute name : {Attribute::datetime, Attribute::content, Attribute::title}) {
      const std::string_view value = ascii_trimmed(page_.tree.attribute(i, name));
      if (value.empty()) continue;
      if (const auto date = whole_date(value)) return date;
    }
    const PageNode& node = page_.tree[i];
    if (node.text_end - node.text_begin > 400) return std::nullopt;
    return date_within(page_.tree.visible_text(i));
  }

  // Short lines about the title; one that says "published" is believed anywhere among them.
  [[nodiscard]] std::string date_in_lines(std::uint32_t from, std::uint32_t to) const {
    int lines = 0;
    for (std::uint32_t i = from; i < to && lines < 60; ++i) {
      if (page_.tree[i].tag != Tag::text) continue;
      const std::string line = collapse_white_space(page_.tree.text(i));
      if (line.size() < 6) continue;
      ++lines;
      if (line.size() > 160) continue;
      if (const auto date = date_within(line)) return *date;
    }
    return {};
  }

  [[nodiscard]] std::string shown_date_anywhere() const {
    for (std::uint32_t i = 0; i < page_.tree.size(); ++i) {
      if (page_.tree[i].tag != Tag::time) continue;
      if (const auto date = date_of_element(i)) return *date;
    }
    return {};
  }

  const PageFacts& page_;
};

}  // namespace

PageDates find_dates(const PageFacts& page) {
  return DateSearch{page}.run();
}

}  // namespace stakeout
