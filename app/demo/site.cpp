#include "app/demo/site.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>

#include <nlohmann/json.hpp>

#include "extractors/feeds/markup.h"
#include "extractors/text/table.h"

namespace stakeout::demo {

// The embedded files of this folder.
std::string_view site_text();
std::string_view outlets_table();
std::string_view watchlist_text();

namespace {

using Json = nlohmann::ordered_json;

struct Outlet {
  std::string host;  // "courier.localhost"
  std::string name;
  std::string feed_path;
  std::string feed_form;  // "rss", "atom" or "json"
};

struct Article {
  int day = 1;
  std::string host;
  std::string path;
  std::string title;
  std::string byline;
  std::string language = "en";
  std::string published;  // RFC 3339
  std::string modified;   // the same, or empty
  std::vector<std::string> paragraphs;
};

std::string_view next_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

void read_key(std::string_view line, Article& article) {
  const std::size_t colon = line.find(": ");
  const std::string_view key = line.substr(0, colon);
  const std::string value{line.substr(colon + 2)};
  if (key == "Title") article.title = value;
  if (key == "Byline") article.byline = value;
  if (key == "Language") article.language = value;
  if (key == "Published") article.published = value;
  if (key == "Modified") article.modified = value;
}

// "== 1 courier /2025/03/path"
Article heading_of(std::string_view line) {
  const std::size_t host = line.find(' ', 3) + 1;
  const std::size_t path = line.find(' ', host) + 1;
  Article article;
  article.day = line[3] - '0';
  article.host = std::string{line.substr(host, path - host - 1)} + ".localhost";
  article.path = std::string{line.substr(path)};
  return article;
}

// Reads site.txt: the articles that stand on `day`, a later version of a page in place of an
// earlier.
std::vector<Article> articles_on(int day) {
  std::vector<Article> all;
  bool in_keys = false;
  for (std::string_view text = site_text(); !text.empty();) {
    const std::string_view line = next_line(text);
    if (line.starts_with("== ")) {
      all.push_back(heading_of(line));
      in_keys = true;
    } else if (all.empty()) {
      continue;  // the comment at the top
    } else if (line.empty()) {
      in_keys = false;
    } else if (in_keys) {
      read_key(line, all.back());
    } else {
      all.back().paragraphs.emplace_back(line);
    }
  }
  std::vector<Article> standing;
  for (Article& article : all) {
    if (article.day > day) continue;
    const auto earlier = std::ranges::find_if(standing, [&](const Article& other) {
      return other.host == article.host && other.path == article.path;
    });
    if (earlier == standing.end()) {
      standing.push_back(std::move(article));
    } else {
      *earlier = std::move(article);
    }
  }
  return standing;
}

std::vector<Outlet> outlets() {
  std::vector<Outlet> out;
  for (const auto& row : read_table(outlets_table())) {
    out.push_back({std::string{row.at(0)} + ".localhost", std::string{row.at(1)},
                   std::string{row.at(2)}, std::string{row.at(3)}});
  }
  return out;
}

std::string base_of(const Outlet& outlet, int port) {
  return "http://" + outlet.host + ":" + std::to_string(port);
}

// "Mon, 03 Mar 2025 08:10:00 GMT" for "2025-03-03T08:10:00Z".
std::string rfc822(const std::string& rfc3339) {
  static constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Timestamp time = parse_rfc3339(rfc3339).value();
  const auto day = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds{std::chrono::seconds{time.seconds}});
  const std::chrono::year_month_day date{day};
  return std::string{days.at(std::chrono::weekday{day}.c_encoding())} + ", " +
         rfc3339.substr(8, 2) + " " + months.at(unsigned{date.month()} - 1) + " " +
         rfc3339.substr(0, 4) + " " + rfc3339.substr(11, 8) + " GMT";
}

// The structured data that half of the outlets give.
std::string json_ld(const Article& article, const Outlet& outlet) {
  const Json data = {
      {"@context", "https://schema.org"},
      {"@type", "NewsArticle"},
      {"headline", article.title},
      {"datePublished", article.published},
      {"dateModified", article.modified.empty() ? article.published : article.modified},
      {"author", {{"@type", "Person"}, {"name", article.byline}}},
      {"publisher", {{"@type", "Organization"}, {"name", outlet.name}}}};
  return "<script type=\"application/ld+json\">" + data.dump() + "</script>\n";
}

// What surrounds the article and is no part of it: its names must not become mentions.
std::string related(const Article& article, const std::vector<Article>& all,
                    const std::string& base) {
  std::string cards;
  for (const Article& other : all) {
    if (other.host != article.host || other.path == article.path) continue;
    cards += "<li><a href=\"" + base + other.path + "\">" + escaped_for_html(other.title) +
             "</a></li>\n";
  }
  return "<aside class=\"related\"><h3>More from us</h3><ul>\n" + cards + "</ul></aside>\n";
}

std::string html_of(const Article& article, const Outlet& outlet, const std::vector<Article>& all,
                    const std::string& base) {
  std::string paragraphs;
  for (const std::string& paragraph : article.paragraphs)
    paragraphs += "<p>" + escaped_for_html(paragraph) + "</p>\n";
  return "<!DOCTYPE html>\n<html lang=\"" + article.language +
         "\"><head><meta charset=\"utf-8\">\n<title>" +
         escaped_for_html(article.title + " - " + outlet.name) +
         "</title>\n<link rel=\"canonical\" href=\"" + base + article.path +
         "\">\n<meta property=\"og:site_name\" content=\"" + escaped_for_html(outlet.name) +
         "\">\n<meta property=\"article:published_time\" content=\"" + article.published + "\">\n" +
         (outlet.feed_form == "rss" ? json_ld(article, outlet) : std::string{}) +
         "</head><body>\n<header><nav><ul><li><a href=\"/\">Home</a></li><li><a "
         "href=\"/politics\">Politics</a>"
         "</li><li><a "
         "href=\"/business\">Business</a></li></ul></nav></header>\n<main><article>\n<h1>" +
         escaped_for_html(article.title) + "</h1>\n<p class=\"byline\">By <span rel=\"author\">" +
         escaped_for_html(article.byline) + "</span> <time datetime=\"" + article.published +
         "\">" + article.published.substr(0, 10) + "</time></p>\n<div class=\"article-body\">\n" +
         paragraphs + "</div>\n</article>\n" + related(article, all, base) +
         "</main>\n<footer><p>This is an invented newspaper. <a "
         "href=\"/imprint\">Imprint</a></p></footer>\n"
         "</body></html>\n";
}

std::string rss_of(const Outlet& outlet, const std::vector<Article>& articles,
                   const std::string& base) {
  std::string items;
  for (const Article& article : articles) {
    items += "<item><title>" + escaped_for_html(article.title) + "</title><link>" + base +
             article.path + "</link><guid>" + base + article.path + "</guid><pubDate>" +
             rfc822(article.published) + "</pubDate>" +
             (article.modified.empty()
                  ? std::string{}
                  : "<dcterms:modified>" + article.modified + "</dcterms:modified>") +
             "<description>" + escaped_for_html(article.paragraphs.front()) +
             "</description></item>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
         "xmlns:dcterms=\"http://purl.org/dc/terms/\"><channel><title>" +
         escaped_for_html(outlet.name) + "</title><link>" + base +
         "/</link><description>Invented news</description>\n" + items + "</channel></rss>\n";
}

std::string atom_of(const Outlet& outlet, const std::vector<Article>& articles,
                    const std::string& base) {
  std::string entries;
  std::string newest = "2025-03-01T00:00:00Z";
  for (const Article& article : articles) {
    const std::string& updated = article.modified.empty() ? article.published : article.modified;
    newest = std::max(newest, updated);
    entries += "<entry><id>" + base + article.path + "</id><title>" +
               escaped_for_html(article.title) + "</title><link href=\"" + base + article.path +
               "\"/><published>" + article.published + "</published><updated>" + updated +
               "</updated><author><name>" + escaped_for_html(article.byline) +
               "</name></author><summary>" + escaped_for_html(article.paragraphs.front()) +
               "</summary></entry>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed "
         "xmlns=\"http://www.w3.org/2005/Atom\"><id>" +
         base + "/</id><title>" + escaped_for_html(outlet.name) + "</title><link href=\"" + base +
         "/\"/><updated>" + newest + "</updated>\n" + entries + "</feed>\n";
}

std::string json_feed_of(const Outlet& outlet, const std::vector<Article>& articles,
                         const std::string& base) {
  Json items = Json::array();
  for (const Article& article : articles) {
    items.push_back({{"id", base + article.path},
                     {"url", base + article.path},
                     {"title", article.title},
                     {"date_published", article.published},
                     {"summary", article.paragraphs.front()}});
  }
  return Json{{"version", "https://jsonfeed.org/version/1.1"},
              {"title", outlet.name},
              {"home_page_url", base + "/"},
              {"items", items}}
      .dump();
}

Page feed_of(const Outlet& outlet, const std::vector<Article>& articles, const std::string& base) {
  if (outlet.feed_form == "atom") return {"application/atom+xml", atom_of(outlet, articles, base)};
  if (outlet.feed_form == "json")
    return {"application/feed+json", json_feed_of(outlet, articles, base)};
  return {"application/rss+xml", rss_of(outlet, articles, base)};
}

}  // namespace

Site::Site(int port, int day) {
  const std::vector<Article> all = articles_on(day);
  for (const Outlet& outlet : outlets()) {
    const std::string base = base_of(outlet, port);
    std::vector<Article> own;
    for (const Article& article : all) {
      if (article.host != outlet.host) continue;
      own.push_back(article);
      pages_[{outlet.host, article.path}] = {"text/html; charset=utf-8",
                                             html_of(article, outlet, all, base)};
    }
    pages_[{outlet.host, outlet.feed_path}] = feed_of(outlet, own, base);
    pages_[{outlet.host, "/robots.txt"}] = {"text/plain", "User-agent: *\nDisallow: /print/\n"};
    feeds_.push_back(base + outlet.feed_path);
  }
}

const Page* Site::find(const std::string& host, const std::string& path) const {
  const auto found = pages_.find({host, path});
  return found == pages_.end() ? nullptr : &found->second;
}

Timestamp time_of_day(int day) {
  return make_timestamp(2025, 3, 2 + day, 23, 30);
}

std::string_view watchlist() {
  return watchlist_text();
}

}  // namespace stakeout::demo
