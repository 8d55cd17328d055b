#include "extractors/pages/quick_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "extractors/pages/html_tokens.h"
#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// The four hexadecimal digits behind "\u"; 0 where there are none.
std::uint32_t unit_at(std::string_view json, std::size_t at) {
  constexpr std::size_t digits = 4;
  constexpr int hexadecimal = 16;
  const std::string_view text = json.substr(std::min(at, json.size()), digits);
  std::uint32_t unit = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), unit, hexadecimal);
  return error == std::errc{} && end == text.data() + digits ? unit : 0;
}

// JSON with the escapes of its strings undone; pairs of surrogates become one character.
std::string without_escapes(std::string_view json) {
  constexpr std::size_t escape = 6;  // bytes of "\u0041"
  std::string out;
  out.reserve(json.size());
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (json[at] != '\\' || at + 1 == json.size()) {
      out += json[at];
      continue;
    }
    const char next = json[++at];
    if (next != 'u') {
      out += next == '"' || next == '\\' || next == '/' ? next : '\n';
      continue;
    }
    std::uint32_t unit = unit_at(json, at + 1);
    if (unit == 0) continue;
    at += escape - 2;
    if (unit >= 0xD800 && unit < 0xDC00 && json.substr(at + 1).starts_with("\\u")) {
      const std::uint32_t low = unit_at(json, at + 3);
      if (low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
        at += escape;
      }
    }
    if (unit < 0xD800 || unit >= 0xE000) append_utf8(out, static_cast<char32_t>(unit));
  }
  return out;
}

void add_text(std::string& out, std::string_view text) {
  if (text.find('&') == std::string_view::npos) {
    out += text;
  } else {
    out += decode_text_references(text);
  }
}

// The texts and tags of a string in JSON-LD, in which references may have been coded twice.
void add_stated(std::string& out, std::string_view json) {
  const std::string html = decode_text_references(without_escapes(json));
  HtmlTokens tokens{html};
  HtmlToken token;
  out += '\n';
  while (tokens.next(token)) {
    if (token.kind == HtmlTokenKind::text) {
      add_text(out, token.text);
    } else {
      out += is_block(token.tag) || token.tag == Tag::br ? '\n' : inline_mark;
    }
  }
  out += '\n';
}

void add_raw_text(std::string& out, HtmlTokens& tokens, const HtmlToken& token) {
  std::string_view body;
  if (!tokens.take_raw_text(token.name, body)) {
    if (token.tag == Tag::script || token.tag == Tag::style) tokens.skip_to_end();
    return;
  }
  if (token.tag == Tag::title) add_text(out, body);
  if (token.tag == Tag::script && token.is_json_ld()) add_stated(out, body);
  out += '\n';
}

}  // namespace

std::string quick_text(std::string_view html) {
  std::string out;
  out.reserve(html.size() / 4);
  HtmlTokens tokens{html};
  HtmlToken token;
  while (tokens.next(token)) {
    if (token.kind == HtmlTokenKind::text) {
      add_text(out, token.text);
    } else if (token.kind == HtmlTokenKind::start_tag && raw_text_elements.has(token.tag)) {
      add_raw_text(out, tokens, token);
    } else {
      out += is_block(token.tag) || token.tag == Tag::br ? '\n' : inline_mark;
    }
  }
  return out;
}

}  // namespace stakeout
