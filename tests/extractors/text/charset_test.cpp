#include "extractors/text/charset.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/text/unicode.h"

namespace stakeout {

using namespace std::string_view_literals;

TEST_CASE("the first that says something about the encoding is believed") {
  struct Case {
    std::string_view bytes;
    std::string_view content_type;
    Markup kind;
    std::string_view utf8;
    std::string_view encoding;
  };
  const Case cases[] = {
      {"\xEF\xBB\xBF<a>\xC3\xA9</a>", "text/xml; charset=windows-1251", Markup::xml, "<a>é</a>",
       "UTF-8"},
      {"\xFF\xFE<\0a\0>\0"sv, "", Markup::xml, "<a>", "UTF-16LE"},
      {"\0<\0a\0>\0\xE9"sv, "", Markup::xml, "<a>é", "UTF-16BE"},
      {"<a>\xE9</a>", "text/xml; charset=\"koi8-r\"", Markup::xml, "<a>И</a>", "KOI8-R"},
      {"<?xml version='1.0' encoding='iso-8859-1'?><a>\x80\xE9</a>", "text/xml", Markup::xml,
       "<?xml version='1.0' encoding='iso-8859-1'?><a>€é</a>", "windows-1252"},
      {"<?xml version='1.0' encoding='koi8-r'?><a>\xE9</a>", "text/xml; charset=iso-8859-1",
       Markup::xml, "<?xml version='1.0' encoding='koi8-r'?><a>é</a>", "windows-1252"},
      {"<meta charset=windows-1251><p>\xE9", "", Markup::html, "<meta charset=windows-1251><p>й",
       "windows-1251"},
      {"<!-- <meta charset=koi8-r> --><meta http-equiv=Content-Type "
       "content='text/html; charset=windows-1251'>\xE9",
       "", Markup::html,
       "<!-- <meta charset=koi8-r> --><meta http-equiv=Content-Type "
       "content='text/html; charset=windows-1251'>й",
       "windows-1251"},
      {"{\"a\":\"\xC3\xA9\"}", "application/json", Markup::json, "{\"a\":\"é\"}", "UTF-8"},
      {"<?xml version='1.0' encoding='shift_jis'?>\x83\x5C", "", Markup::xml,
       "<?xml version='1.0' encoding='shift_jis'?>ソ", "Shift_JIS"},
      {"plain", "", Markup::text, "plain", "UTF-8"},
  };
  for (const auto& [bytes, content_type, kind, utf8, encoding] : cases) {
    CAPTURE(bytes);
    const DecodedText text = decode_text(bytes, content_type, kind);
    CHECK(text.utf8 == utf8);
    CHECK(text.encoding == encoding);
    CHECK(text.warnings.empty());
  }
}

TEST_CASE("a declaration that the bytes contradict gives way, with a warning") {
  struct Case {
    std::string_view bytes;
    std::string_view content_type;
    std::string_view encoding;
  };
  const Case cases[] = {
      {"<a>caf\xC3\xA9</a>", "text/xml; charset=iso-8859-1", "UTF-8"},
      {"<a>caf\xE9 cr\xE8me</a>", "text/xml; charset=utf-8", "windows-1252"},
      {"<a>plain</a>", "text/xml; charset=utf-16", "UTF-8"},
      {"<a>plain</a>", "text/xml; charset=no-such-thing", "UTF-8"},
      {"<?xml version='1.0' encoding='windows-1251'?><a>\xE9\xE9\xE9</a>",
       "text/xml; charset=utf-8", "windows-1251"},
  };
  for (const auto& [bytes, content_type, encoding] : cases) {
    CAPTURE(bytes);
    const DecodedText text = decode_text(bytes, content_type, Markup::xml);
    CHECK(text.encoding == encoding);
    CHECK_FALSE(text.warnings.empty());
  }
}

TEST_CASE("undeclared markup in another alphabet is not read as windows-1252") {
  const DecodedText text = decode_text(
      "<a>\xD1\xFA\xE5\xF8\xFC \xE5\xF9\xB8 \xFD\xF2\xE8\xF5 "
      "\xEC\xFF\xE3\xEA\xE8\xF5 \xF4\xF0\xE0\xED\xF6\xF3\xE7\xF1\xEA\xE8\xF5 "
      "\xE1\xF3\xEB\xEE\xEA</a>",
      "", Markup::xml);
  CHECK(text.utf8 == "<a>Съешь ещё этих мягких французских булок</a>");
  CHECK_FALSE(text.warnings.empty());
}

TEST_CASE("one bad byte does not change how the rest is read") {
  const DecodedText text = decode_text("<a>Müller, Löwe, Käse \xE9 und Öl</a>", "", Markup::xml);
  CHECK(text.encoding == "UTF-8");
  CHECK(text.utf8 == "<a>Müller, Löwe, Käse \uFFFD und Öl</a>");
  CHECK_FALSE(text.warnings.empty());
}

TEST_CASE("undeclared HTML is read as its letters suggest") {
  // "Правительство подписало новый договор на поставку систем наблюдения" in windows-1251.
  const std::string_view bytes =
      "<p>\xCF\xF0\xE0\xE2\xE8\xF2\xE5\xEB\xFC\xF1\xF2\xE2\xEE "
      "\xEF\xEE\xE4\xEF\xE8\xF1\xE0\xEB\xEE \xED\xEE\xE2\xFB\xE9 "
      "\xE4\xEE\xE3\xEE\xE2\xEE\xF0 \xED\xE0 \xEF\xEE\xF1\xF2\xE0\xE2\xEA\xF3 "
      "\xF1\xE8\xF1\xF2\xE5\xEC \xED\xE0\xE1\xEB\xFE\xE4\xE5\xED\xE8\xFF</p>";
  const DecodedText text = decode_text(bytes, "text/html", Markup::html);
  CHECK(text.encoding == "windows-1251");
  CHECK(text.utf8.starts_with("<p>Правительство подписало"));
}

TEST_CASE("the result is well-formed whatever comes in") {
  for (const std::string_view bytes :
       {"\xFF"sv, "\xFF\xFE\x00"sv, "\xFF\xFE\x00\xD8"sv, "\x00\x00\x00\x00"sv, "\xC3"sv, ""sv}) {
    for (const Markup kind : {Markup::xml, Markup::html, Markup::json, Markup::text}) {
      CHECK(is_valid_utf8(decode_text(bytes, "", kind).utf8));
    }
  }
}

}  // namespace stakeout
