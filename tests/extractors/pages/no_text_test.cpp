#include "extractors/pages/no_text.h"

#include <random>
#include <string>

#include <doctest/doctest.h>

#include "extractors/pages/extract_article.h"
#include "extractors/text/table.h"

namespace stakeout {

std::string_view file_signatures_table();

namespace {

using namespace std::string_literals;

std::string random_bytes(std::size_t count, unsigned seed) {
  std::mt19937 chance{seed};
  std::string bytes;
  while (bytes.size() < count) bytes += static_cast<char>(chance() & 0xFFU);
  return bytes;
}

constexpr const char* page =
    "<html><head><title>Council buys cameras</title></head><body><article><p>The council buys "
    "cameras for every crossing of the town, and the mayor signs the contract on Monday.</p><p>The "
    "vendor delivers them in spring, says a person who has read all of the papers.</p></article>";

}  // namespace

TEST_CASE("a file that is no page has no text and says what it is, whatever its type says") {
  struct Case {
    std::string bytes;
    std::string_view reason;
  };
  const Case cases[] = {
      {"%PDF-1.4 1 0 obj << /Type /Catalog >> endobj and EY signs a contract with the council.",
       "a PDF, not a page"},
      {"\xEF\xBB\xBF%PDF-1.7 with a mark in front", "a PDF, not a page"},
      {"\x89PNG\r\n\x1A\n and so on", "a PNG picture, not a page"},
      {"GIF89a and so on", "a GIF picture, not a page"},
      {"PK\x03\x04 and so on", "a ZIP archive or an office document, not a page"},
      {"\x1F\x8B\x08 and so on", "gzip-compressed data, not a page"},
      {random_bytes(200'000, 1), "binary data, not a page"},
      {random_bytes(500, 2), "binary data, not a page"},
      {"<html><p>" + random_bytes(20'000, 3), "binary data, not a page"},
      {page + std::string(1'000, '\0'), "binary data, not a page"},
  };
  for (const auto& [bytes, reason] : cases) {
    for (const char* type : {"text/html", "text/html; charset=utf-8", "text/html; charset=koi8-r",
                             "text/html; charset=shift_jis", ""}) {
      CAPTURE(reason);
      CAPTURE(type);
      const Article article = extract_article(bytes, {"https://ledger.example/a", type});
      CHECK(article.text.empty());
      CHECK(article.title.empty());
      CHECK(article.state == PageState::no_page);
      CHECK(article.state_reason == reason);
      CHECK(article.warnings == std::vector<std::string>{std::string{reason}});
    }
  }
}

TEST_CASE("stray bytes, other alphabets and wide encodings make no page binary") {
  const auto wide = [](std::string_view text, bool big_endian) {
    std::string bytes;
    for (const char c : text) {
      if (big_endian) bytes += '\0';
      bytes += c;
      if (!big_endian) bytes += '\0';
    }
    return bytes;
  };
  const std::string text = page;
  const std::string cyrillic(300, '\xC1');  // KOI8-R
  std::string japanese;                     // Shift-JIS
  for (int i = 0; i < 300; ++i) japanese += "\x82\xA0";
  struct Case {
    std::string bytes;
    const char* type;
  };
  const Case cases[] = {
      {text, ""},
      {wide(text, true), ""},
      {wide(text, false), ""},
      {"\xFF\xFE" + wide(text, false), ""},
      {text + '\0' + '\x01' + '\x02' + std::string(300, ' '), ""},
      {text + '\x0B' + "\x1B$B\x1B(B\x1B$B\x1B(B\x1B$B\x1B(B", ""},
      {text + "<p>" + cyrillic, "text/html; charset=koi8-r"},
      {text + "<p>" + japanese, "text/html; charset=shift_jis"},
      {text + "<p>caf\xE9 \x93quoted\x94 and so on", ""},
      {text + "<p>\xC3\xA2\xC2\x80\xC2\x99", "text/html; charset=utf-8"},
      {"I'm no bitmap. BM. MZ. " + text, ""},
  };
  for (const auto& [bytes, type] : cases) {
    CAPTURE(bytes);
    const Article article = extract_article(bytes, {"https://ledger.example/a", type});
    CHECK(article.state == PageState::fine);
    CHECK(article.text.find("in spring") != std::string::npos);
  }
}

TEST_CASE("every signature of the table is known at its place") {
  for (const auto& row : read_table(file_signatures_table())) {
    REQUIRE(row.size() == 3);
    std::string bytes(std::stoul(std::string{row[1]}), 'x');
    for (std::size_t at = 0; at < row[2].size(); at += 3) {
      bytes += static_cast<char>(std::stoi(std::string{row[2].substr(at, 2)}, nullptr, 16));
    }
    CAPTURE(row[0]);
    CHECK(known_file(bytes) == std::string{row[0]} + ", not a page");
    CHECK_FALSE(known_file(bytes.substr(0, bytes.size() - 1)).has_value());
  }
}

}  // namespace stakeout
