#include <map>

#include "alerts/digest.h"
#include "alerts/digest_words.h"
#include "alerts/plain_words.h"

namespace stakeout {
namespace {

// What a reader of mail may strip is not needed: the looks of light windows stand at each element
// (see `looks`), as Outlook and Gmail want it; these rules turn them dark.
constexpr std::string_view style = R"(
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  body, .page { background: #16181c !important; color: #e8eaed !important; }
  .head, .name { color: #e8eaed !important; border-color: #3a404a !important; }
  .soft, .fact { color: #a9b1bd !important; }
  .fact { border-color: #3a404a !important; }
  .quote { background: #22262d !important; border-color: #4b535f !important; color: #e8eaed !important; }
  .warning { background: #33200f !important; border-color: #d98a3d !important; }
  a { color: #7db7f5 !important; }
}
)";

// The looks of each class of elements, for their style attributes.
const std::map<std::string_view, std::string_view>& looks() {
  static const std::map<std::string_view, std::string_view> table = {
      {"page",
       "margin:0;padding:24px 16px 40px;background:#fff;color:#1d2129;font:16px/1.5 "
       "system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"},
      {"title", "font-size:22px;line-height:1.3;margin:0 0 4px"},
      {"head",
       "font-size:19px;margin:36px 0 14px;padding-bottom:5px;border-bottom:2px solid #d9dde3"},
      {"name", "font-size:17px;margin:24px 0 8px"},
      {"item", "margin:0 0 22px"},
      {"warning",
       "margin:0 0 22px;padding:10px 14px;border-left:4px solid #b45309;background:#fff4e5"},
      {"what", "font-weight:600;margin:0"},
      {"facts", "margin:3px 0 0"},
      {"fact",
       "display:inline-block;margin:0 6px 3px 0;padding:0 7px;border:1px solid "
       "#d9dde3;border-radius:5px;font-size:14px;color:#3d4552"},
      {"quote",
       "margin:6px 0;padding:7px 12px;border-left:3px solid "
       "#c3c9d2;background:#f4f6f8;color:#1d2129"},
      {"soft", "color:#5b6472;font-size:14px;margin:0"},
      {"link", "color:#0b5cad"},
  };
  return table;
}

// "<p class="soft" style="...">"
std::string open(std::string_view element, std::string_view look) {
  return "<" + std::string{element} + " class=\"" + std::string{look} + "\" style=\"" +
         std::string{looks().at(look)} + "\">";
}

std::string whole(std::string_view element, std::string_view look, const std::string& inner) {
  return open(element, look) + inner + "</" + std::string{element} + ">";
}

// The text with no line break between a currency's code and its number.
std::string sums_together(std::string text) {
  for (std::size_t at = text.find(' ', 3); at != std::string::npos; at = text.find(' ', at + 1)) {
    const auto is_capital = [&](std::size_t i) { return text[i] >= 'A' && text[i] <= 'Z'; };
    const bool is_sum = is_capital(at - 1) && is_capital(at - 2) && is_capital(at - 3) &&
                        at + 1 < text.size() && text[at + 1] >= '0' && text[at + 1] <= '9';
    if (is_sum) text.replace(at, 1, "&nbsp;");
  }
  return text;
}

bool is_web_address(std::string_view url) {
  return url.starts_with("http://") || url.starts_with("https://");
}

// The source as a link, and by what number its story can be muted.
std::string source_of(const DigestLine& line) {
  const std::string words = html_words(line.source.empty() ? line.url : line.source);
  std::string out = words;
  if (is_web_address(line.url)) {
    out = "<a href=\"" + html_words(line.url) + "\" style=\"" + std::string{looks().at("link")} +
          "\">" + words + "</a>";
  }
  if (line.story) out += (out.empty() ? "" : " · ") + ("story " + std::to_string(*line.story));
  return out;
}

void write_line(std::string& out, const DigestLine& line, bool is_warning) {
  out += open("div", is_warning ? "warning" : "item") + "\n" +
         whole("p", "what", sums_together(html_words(line.text))) + "\n";
  if (!line.facts.empty()) {
    std::string facts;
    for (const std::string& fact : line.facts) facts += whole("span", "fact", html_words(fact));
    out += whole("p", "facts", facts) + "\n";
  }
  if (!line.quote.empty() && !line.is_quoted_above)
    out += whole("blockquote", "quote", html_words(line.quote)) + "\n";
  if (!line.why.empty()) out += whole("p", "soft", "Why: " + html_words(line.why)) + "\n";
  const std::string source = source_of(line);
  if (!source.empty()) out += whole("p", "soft", source) + "\n";
  out += "</div>\n";
}

}  // namespace

std::string render_html_part(const Digest& digest) {
  std::string out = open("div", "page") +
                    "\n<div style=\"max-width:680px;margin:0 auto;overflow-wrap:break-word;"
                    "word-wrap:break-word\">\n" +
                    whole("h1", "title", html_words(digest.subject)) + "\n" +
                    whole("p", "soft", html_words(digest.period)) + "\n";
  for (const DigestSection& section : digest.sections) {
    out += whole("h2", "head", html_words(section.heading)) + "\n";
    for (const DigestGroup& group : section.groups) {
      if (!group.heading.empty()) out += whole("h3", "name", html_words(group.heading)) + "\n";
      for (const DigestLine& line : group.lines) write_line(out, line, section.is_warning);
    }
  }
  if (!digest.more.empty()) out += whole("p", "soft", html_words(digest.more)) + "\n";
  if (const std::string closing = closing_words(digest); !closing.empty())
    out += whole("p", "soft", html_words(closing)) + "\n";
  return out + "</div></div>\n";
}

std::string render_html(const Digest& digest) {
  return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n"
         "<meta name=\"supported-color-schemes\" content=\"light dark\">\n<title>" +
         html_words(digest.subject) + "</title>\n<style>" + std::string{style} +
         "</style></head>\n<body style=\"margin:0\">" + render_html_part(digest) +
         "</body></html>\n";
}

}  // namespace stakeout
