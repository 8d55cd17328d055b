#include "alerts/digest.h"
#include "alerts/plain_words.h"

namespace stakeout {
namespace {

// One column of at most 42em; the colours follow the reader's window.
constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ink: #1d2129; --soft: #5b6472; --rule: #d9dde3; --paper: #ffffff; --mark: #0b5cad; --quote: #f4f6f8; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a3abb8; --rule: #3a404a; --paper: #16181c; --mark: #7db7f5; --quote: #22262d; } }
body { margin: 0; padding: 1.5rem 1rem 3rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 42em; margin: 0 auto; overflow-wrap: break-word; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 2.2rem 0 .8rem; padding-bottom: .3rem; border-bottom: 2px solid var(--rule); }
h3 { font-size: .875rem; letter-spacing: .05em; text-transform: uppercase; color: var(--soft); margin: 1.8rem 0 .4rem; }
.item { margin: 0 0 1.3rem; }
.what { font-weight: 600; margin: 0; }
.facts { margin: .15rem 0 0; }
.facts span { display: inline-block; margin: 0 .6em .2em 0; padding: 0 .45em; border: 1px solid var(--rule); border-radius: .3em; font-size: .875rem; }
blockquote { margin: .45rem 0; padding: .45rem .8rem; border-left: 3px solid var(--rule); background: var(--quote); }
.source, .period, footer { color: var(--soft); font-size: .875rem; margin: 0; }
a { color: var(--mark); }
)";

bool is_web_address(std::string_view url) {
  return url.starts_with("http://") || url.starts_with("https://");
}

void write_line(std::string& out, const DigestLine& line) {
  out += "<div class=\"item\">\n<p class=\"what\">" + html_words(line.text) + "</p>\n";
  if (!line.facts.empty()) {
    out += "<p class=\"facts\">";
    for (const std::string& fact : line.facts) out += "<span>" + html_words(fact) + "</span>";
    out += "</p>\n";
  }
  if (!line.quote.empty()) out += "<blockquote>" + html_words(line.quote) + "</blockquote>\n";
  const std::string source = html_words(line.source.empty() ? line.url : line.source);
  if (is_web_address(line.url)) {
    out += "<p class=\"source\"><a href=\"" + html_words(line.url) + "\">" + source + "</a></p>\n";
  } else if (!source.empty()) {
    out += "<p class=\"source\">" + source + "</p>\n";
  }
  out += "</div>\n";
}

}  // namespace

std::string render_html(const Digest& digest) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
      html_words(digest.subject) + "</title>\n<style>" + std::string{style} +
      "</style></head>\n<body><main>\n<h1>" + html_words(digest.subject) +
      "</h1>\n<p class=\"period\">" + html_words(digest.period) + "</p>\n";
  for (const DigestSection& section : digest.sections) {
    out += "<h2>" + html_words(section.heading) + "</h2>\n";
    for (const DigestGroup& group : section.groups) {
      if (!group.heading.empty()) out += "<h3>" + html_words(group.heading) + "</h3>\n";
      for (const DigestLine& line : group.lines) write_line(out, line);
    }
  }
  if (!digest.more.empty()) out += "<p class=\"period\">" + html_words(digest.more) + "</p>\n";
  out +=
      "<footer>Facts are read from press reports by rule; the words behind each are "
      "quoted.</footer>\n";
  return out + "</main></body></html>\n";
}

}  // namespace stakeout
