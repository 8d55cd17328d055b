#include "extractors/pages/html_tokens.h"

#include <algorithm>
#include <array>
#include <optional>

#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

bool ends_tag_name(char c) {
  return is_ascii_space(c) || c == '/' || c == '>';
}

std::optional<Attribute> attribute_in_any_case(std::string_view name) {
  constexpr std::size_t longest = 16;
  std::array<char, longest> lower{};
  if (name.size() > longest) return std::nullopt;
  std::ranges::transform(name, lower.begin(), [](char c) { return ascii_lower(c); });
  return attribute_named({lower.data(), name.size()});
}

}  // namespace

bool HtmlToken::is_json_ld() const {
  return std::any_of(attributes.begin(), attributes.end(), [](const HtmlAttribute& a) {
    return a.name == Attribute::type && a.value.find("ld+json") != std::string_view::npos;
  });
}

bool HtmlToken::has(Attribute attribute) const {
  return std::ranges::any_of(attributes, [=](const auto& a) { return a.name == attribute; });
}

bool HtmlTokens::is_tag_start() const {
  if (at_ + 1 >= html_.size() || html_[at_] != '<') return false;
  const char c = html_[at_ + 1];
  if (is_ascii_letter(c) || c == '!' || c == '?') return true;
  return c == '/' && at_ + 2 < html_.size();
}

bool HtmlTokens::next(HtmlToken& token) {
  while (at_ < html_.size()) {
    if (!is_tag_start()) {
      const std::size_t begin = at_;
      do {
        at_ = std::min(html_.find('<', at_ + 1), html_.size());
      } while (at_ < html_.size() && !is_tag_start());
      token.kind = HtmlTokenKind::text;
      token.text = html_.substr(begin, at_ - begin);
      return true;
    }
    if (skip_declaration()) continue;
    return read_tag(token);
  }
  return false;
}

// Comments, "<!doctype>", "<?xml ?>" and end tags without a name.
bool HtmlTokens::skip_declaration() {
  const char c = html_[at_ + 1];
  if (is_ascii_letter(c) || (c == '/' && is_ascii_letter(html_[at_ + 2]))) return false;
  std::size_t end = html_.find('>', at_);
  std::size_t length = 1;
  if (html_.substr(at_, 4) == "<!--" && html_.substr(at_ + 4, 1) != ">" &&
      html_.substr(at_ + 4, 2) != "->") {
    end = html_.find("-->", at_ + 4);
    length = 3;
  }
  at_ = end == std::string_view::npos ? html_.size() : end + length;
  return true;
}

bool HtmlTokens::read_tag(HtmlToken& token) {
  const bool closes = html_[at_ + 1] == '/';
  token.kind = closes ? HtmlTokenKind::end_tag : HtmlTokenKind::start_tag;
  token.attributes.clear();
  token.self_closing = false;
  const std::size_t begin = at_ += closes ? 2 : 1;
  while (at_ < html_.size() && !ends_tag_name(html_[at_])) ++at_;
  token.name.assign(html_.substr(begin, at_ - begin));
  for (char& c : token.name) c = ascii_lower(c);
  token.tag = tag_named(token.name);
  read_attributes(token);
  if (at_ >= html_.size()) return false;
  token.self_closing = html_[at_ - 1] == '/';
  ++at_;
  return true;
}

// Leaves at_ on the ">" or at the end of the page.
void HtmlTokens::read_attributes(HtmlToken& token) {
  while (at_ < html_.size() && html_[at_] != '>') {
    if (is_ascii_space(html_[at_]) || html_[at_] == '/') {
      ++at_;
    } else {
      read_attribute(token);
    }
  }
}

void HtmlTokens::read_attribute(HtmlToken& token) {
  const std::size_t begin = at_;
  do {  // an "=" at the start belongs to the name
    ++at_;
  } while (at_ < html_.size() && html_[at_] != '=' && !ends_tag_name(html_[at_]));
  const std::optional<Attribute> name = attribute_in_any_case(html_.substr(begin, at_ - begin));
  while (at_ < html_.size() && is_ascii_space(html_[at_])) ++at_;
  std::string_view value;
  if (at_ < html_.size() && html_[at_] == '=') {
    ++at_;
    value = read_value();
  }
  if (name && !token.has(*name)) token.attributes.push_back({*name, value});
}

std::string_view HtmlTokens::read_value() {
  while (at_ < html_.size() && is_ascii_space(html_[at_])) ++at_;
  if (at_ >= html_.size()) return {};
  const char quote = html_[at_];
  if (quote == '"' || quote == '\'') {
    const std::size_t begin = ++at_;
    at_ = std::min(html_.find(quote, at_), html_.size());
    const std::string_view value = html_.substr(begin, at_ - begin);
    if (at_ < html_.size()) ++at_;
    return value;
  }
  const std::size_t begin = at_;
  while (at_ < html_.size() && html_[at_] != '>' && !is_ascii_space(html_[at_])) ++at_;
  return html_.substr(begin, at_ - begin);
}

bool HtmlTokens::take_raw_text(std::string_view name, std::string_view& body) {
  if (std::find(never_closed_.begin(), never_closed_.end(), name) != never_closed_.end()) {
    return false;
  }
  for (std::size_t end = html_.find("</", at_); end != std::string_view::npos;
       end = html_.find("</", end + 2)) {
    if (!equals_ignoring_case(html_.substr(end + 2, name.size()), name)) continue;
    const std::size_t after = end + 2 + name.size();
    if (after < html_.size() && html_[after] != '>' && html_[after] != '/' &&
        !is_ascii_space(html_[after])) {
      continue;
    }
    body = html_.substr(at_, end - at_);
    at_ = end;
    return true;
  }
  never_closed_.emplace_back(name);
  return false;
}

}  // namespace stakeout
