#include "extractors/pages/html_scan.h"

#include <algorithm>
#include <unordered_set>

#include "extractors/pages/html_tokens.h"
#include "extractors/pages/open_elements.h"

namespace stakeout {
namespace {

constexpr std::size_t size_limit = 32U << 20U;
constexpr std::size_t element_limit = 200'000;

using Names = std::unordered_set<std::string_view>;

const Names& kept_attributes() {
  static const Names names{"class",          "id",       "href",        "rel",       "content",
                           "name",           "property", "itemprop",    "datetime",  "lang",
                           "xml:lang",       "hidden",   "style",       "title",     "pubdate",
                           "data-component", "data-qa",  "data-testid", "data-type", "http-equiv"};
  return names;
}

const Names& void_elements() {
  static const Names names{"area",  "base",  "basefont", "bgsound", "br",     "col",
                           "embed", "hr",    "img",      "input",   "keygen", "link",
                           "meta",  "param", "wbr",      "source",  "track"};
  return names;
}

// Elements whose content is not markup, and is not text of the page either.
const Names& raw_text_elements() {
  static const Names names{"script", "style",   "textarea", "iframe",
                           "xmp",    "noembed", "noframes", "title"};
  return names;
}

// Tags that the parser would turn into something that the scan does not follow: other documents,
// foreign content, the rest of the page as text.
const Names& left_out() {
  static const Names names{"html",  "head",    "body", "plaintext", "frameset",
                           "frame", "isindex", "math", "svg",       "colgroup"};
  return names;
}

class Scan {
 public:
  explicit Scan(std::string_view html) : tokens_{html} {}

  ScannedHtml run() {
    HtmlToken token;
    out_.html = "<!DOCTYPE html>";
    while (tokens_.next(token)) {
      if (token.kind == HtmlTokenKind::text) {
        out_.html += token.text;
      } else if (token.kind == HtmlTokenKind::end_tag) {
        end_tag(token);
      } else if (elements_ < element_limit) {
        start_tag(token);
      } else {
        out_.warnings.emplace_back("the page has more than 200,000 elements; the rest is cut off");
        break;
      }
    }
    open_.close_all(out_.html);
    if (open_.was_too_deep()) {
      out_.warnings.emplace_back("elements lie more than 512 deep; the inner tags are ignored");
    }
    return std::move(out_);
  }

 private:
  void start_tag(HtmlToken& token) {
    if (token.name == "image") token.name = "img";
    if (raw_text_elements().contains(token.name)) return raw_text(token);
    if (token.name == "svg" && !token.self_closing) return skip_drawing();
    if (token.name == "html") write_root(token);
    if (left_out().contains(token.name)) return;
    ++elements_;
    const bool is_void = void_elements().contains(token.name);
    const bool is_hidden = token.name == "noscript" || is_inert_template(token);
    if (token.name == "noscript" || token.name == "template") token.name = "div";
    if (!is_void && !open_.open(token.name, out_.html)) return;
    write_start(token, is_hidden);
  }

  void end_tag(const HtmlToken& token) {
    if (token.name == "br") {
      out_.html += "<br>";
    } else if (token.name == "noscript" || token.name == "template") {
      open_.close("div", out_.html);
    } else if (!void_elements().contains(token.name) && !left_out().contains(token.name)) {
      open_.close(token.name, out_.html);
    }
  }

  // A template with a shadow root is shown; its content stands in for it.
  static bool is_inert_template(const HtmlToken& token) {
    return token.name == "template" &&
           std::none_of(token.attributes.begin(), token.attributes.end(),
                        [](const HtmlAttribute& a) { return a.name == "shadowrootmode"; });
  }

  void raw_text(const HtmlToken& token) {
    std::string_view body;
    if (!tokens_.take_raw_text(token.name, body)) {
      if (token.name == "script" || token.name == "style") tokens_.skip_to_end();
      return;
    }
    if (token.name == "title") {
      out_.html += "<title>";
      out_.html += body;
      out_.html += "</title>";
    } else if (token.name == "script" && is_json_ld(token)) {
      out_.json_ld.emplace_back(body);
    }
    HtmlToken end;
    tokens_.next(end);
  }

  static bool is_json_ld(const HtmlToken& token) {
    return std::any_of(token.attributes.begin(), token.attributes.end(), [](const auto& a) {
      return a.name == "type" && a.value.find("ld+json") != std::string_view::npos;
    });
  }

  // Leaves a drawing out: up to its end tag, or to a tag that ends it because it has no place in
  // one (13.2.6.5).
  void skip_drawing() {
    static const Names ends{"body",    "div",  "p",      "ul",     "ol",  "li",
                            "table",   "h1",   "h2",     "h3",     "h4",  "h5",
                            "h6",      "img",  "span",   "center", "br",  "section",
                            "article", "main", "footer", "header", "nav", "aside"};
    std::size_t depth = 1;
    std::size_t foreign = 0;
    HtmlToken token;
    while (depth > 0 && tokens_.next(token)) {
      const bool starts = token.kind == HtmlTokenKind::start_tag;
      if (token.kind == HtmlTokenKind::text) continue;
      if (token.name == "foreignobject") {
        foreign = starts ? foreign + 1 : foreign - (foreign > 0 ? 1 : 0);
      } else if (token.name == "svg" && !token.self_closing) {
        depth = starts ? depth + 1 : depth - 1;
      } else if (foreign == 0 && ends.contains(token.name)) {
        return starts ? start_tag(token) : end_tag(token);
      }
    }
  }

  void write_root(const HtmlToken& token) {
    if (has_root_) return;
    has_root_ = true;
    out_.html += "<html";
    write_attributes(token);
    out_.html += ">";
  }

  void write_start(const HtmlToken& token, bool is_hidden) {
    out_.html += '<';
    out_.html += token.name;
    if (is_hidden) out_.html += " hidden";
    write_attributes(token);
    out_.html += '>';
  }

  // The first of two attributes of one name counts.
  void write_attributes(const HtmlToken& token) {
    Names written;
    for (const HtmlAttribute& attribute : token.attributes) {
      const auto known = kept_attributes().find(attribute.name);
      if (known == kept_attributes().end() || !written.insert(*known).second) continue;
      const char quote = attribute.value.find('"') == std::string_view::npos ? '"' : '\'';
      out_.html += ' ';
      out_.html += attribute.name;
      out_.html += '=';
      out_.html += quote;
      // Only a value without quotes around it can hold both kinds; no such value is a word.
      if (attribute.value.find(quote) == std::string_view::npos) out_.html += attribute.value;
      out_.html += quote;
    }
  }

  HtmlTokens tokens_;
  ScannedHtml out_;
  OpenElements open_;
  std::size_t elements_ = 0;
  bool has_root_ = false;
};

}  // namespace

ScannedHtml scan_html(std::string_view html) {
  ScannedHtml scanned = Scan{html.substr(0, size_limit)}.run();
  if (html.size() > size_limit) {
    scanned.warnings.emplace_back("the page is larger than 32 MiB; the rest is cut off");
  }
  return scanned;
}

}  // namespace stakeout
