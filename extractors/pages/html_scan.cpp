#include "extractors/pages/html_scan.h"

#include <algorithm>

#include "extractors/pages/html_tokens.h"
#include "extractors/pages/open_elements.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t size_limit = 32U << 20U;
constexpr std::size_t element_limit = 200'000;

constexpr TagSet void_elements{Tag::area,   Tag::base,  Tag::basefont, Tag::bgsound, Tag::br,
                               Tag::col,    Tag::embed, Tag::hr,       Tag::img,     Tag::input,
                               Tag::keygen, Tag::link,  Tag::meta,     Tag::param,   Tag::wbr,
                               Tag::source, Tag::track};

// Elements whose content is not markup, and is not text of the page either.
constexpr TagSet raw_text_elements{Tag::script, Tag::style,   Tag::textarea, Tag::iframe,
                                   Tag::xmp,    Tag::noembed, Tag::noframes, Tag::title};

// Tags that the parser would turn into something that the scan does not follow: other documents,
// foreign content, the rest of the page as text.
constexpr TagSet left_out{Tag::html,  Tag::head,    Tag::body, Tag::plaintext, Tag::frameset,
                          Tag::frame, Tag::isindex, Tag::math, Tag::svg,       Tag::colgroup};

// Tags that end a drawing because they have no place in one (13.2.6.5).
constexpr TagSet ends_drawing{Tag::body,   Tag::div,    Tag::p,       Tag::ul,      Tag::ol,
                              Tag::li,     Tag::table,  Tag::h1,      Tag::h2,      Tag::h3,
                              Tag::h4,     Tag::h5,     Tag::h6,      Tag::img,     Tag::span,
                              Tag::center, Tag::br,     Tag::section, Tag::article, Tag::main,
                              Tag::footer, Tag::header, Tag::nav,     Tag::aside};

class Scan {
 public:
  explicit Scan(std::string_view html) : tokens_{html} {}

  ScannedHtml run() {
    HtmlToken token;
    out_.skeleton = "<!DOCTYPE html>";
    while (tokens_.next(token)) {
      if (token.kind == HtmlTokenKind::text && out_.texts.size() < stand_in_count) {
        text(token.text);
      } else if (token.kind == HtmlTokenKind::end_tag) {
        end_tag(token);
      } else if (token.kind == HtmlTokenKind::start_tag && elements_ < element_limit) {
        start_tag(token);
      } else {
        out_.warnings.emplace_back("the page has more than 200,000 elements; the rest is cut off");
        break;
      }
    }
    open_.close_all(out_.skeleton);
    if (open_.was_too_deep()) {
      out_.warnings.emplace_back("elements lie more than 512 deep; the inner tags are ignored");
    }
    return std::move(out_);
  }

 private:
  // White space is left to the parser wherever it may treat it in a way of its own.
  void text(std::string_view text) {
    if (!open_.hold_any_text()) {
      const std::size_t words = std::min(text.find_first_not_of(" \t\n\f\r"), text.size());
      out_.skeleton += text.substr(0, words);
      text.remove_prefix(words);
    } else if (out_.skeleton.size() == begin_of_lines_) {
      if (text.starts_with('\r')) text.remove_prefix(1);
      if (text.starts_with('\n')) text.remove_prefix(1);
    }
    if (!text.empty()) write_text(text);
  }

  void write_text(std::string_view text) {
    append_utf8(out_.skeleton, stand_in_of(out_.texts.size()));
    out_.texts.push_back(text);
  }

  void start_tag(HtmlToken& token) {
    if (token.tag == Tag::image) rename(token, Tag::img);
    if (raw_text_elements.has(token.tag)) return raw_text(token);
    if (token.tag == Tag::svg && !token.self_closing) return skip_drawing();
    if (token.tag == Tag::html && out_.root_attributes.empty()) {
      out_.root_attributes = token.attributes;
    }
    if (left_out.has(token.tag)) return;
    ++elements_;
    // A template with a shadow root is shown; its content stands in for it.
    const bool is_hidden = token.tag == Tag::noscript ||
                           (token.tag == Tag::template_ && !token.has(Attribute::shadow_root_mode));
    if (token.tag == Tag::noscript || token.tag == Tag::template_) rename(token, Tag::div);
    if (!void_elements.has(token.tag) && !open_.open(token.tag, token.name, out_.skeleton)) return;
    write_start(token, is_hidden);
  }

  static void rename(HtmlToken& token, Tag tag) {
    token.tag = tag;
    token.name = name_of(tag);
  }

  void end_tag(HtmlToken& token) {
    if (token.tag == Tag::br && elements_ < element_limit) {
      ++elements_;
      out_.skeleton += "<br>";
    }
    if (token.tag == Tag::noscript || token.tag == Tag::template_) rename(token, Tag::div);
    if (!void_elements.has(token.tag) && !left_out.has(token.tag)) {
      open_.close(token.tag, token.name, out_.skeleton);
    }
  }

  void raw_text(const HtmlToken& token) {
    std::string_view body;
    if (!tokens_.take_raw_text(token.name, body)) {
      if (token.tag == Tag::script || token.tag == Tag::style) tokens_.skip_to_end();
      return;
    }
    if (token.tag == Tag::title) {
      out_.skeleton += "<title>";
      if (out_.texts.size() < stand_in_count) write_text(body);
      out_.skeleton += "</title>";
    } else if (token.tag == Tag::script && is_json_ld(token)) {
      out_.json_ld.emplace_back(body);
    }
    HtmlToken end;
    tokens_.next(end);
  }

  static bool is_json_ld(const HtmlToken& token) {
    return std::ranges::any_of(token.attributes, [](const HtmlAttribute& a) {
      return a.name == Attribute::type && a.value.find("ld+json") != std::string_view::npos;
    });
  }

  // Leaves a drawing out: up to its end tag, or to a tag that has no place in one.
  void skip_drawing() {
    std::size_t depth = 1;
    std::size_t foreign = 0;
    HtmlToken token;
    while (depth > 0 && tokens_.next(token)) {
      const bool starts = token.kind == HtmlTokenKind::start_tag;
      if (token.kind == HtmlTokenKind::text) continue;
      if (token.tag == Tag::foreignobject) {
        foreign = starts ? foreign + 1 : foreign - (foreign > 0 ? 1 : 0);
      } else if (token.tag == Tag::svg && !token.self_closing) {
        depth = starts ? depth + 1 : depth - 1;
      } else if (foreign == 0 && ends_drawing.has(token.tag)) {
        return starts ? start_tag(token) : end_tag(token);
      }
    }
  }

  void write_start(const HtmlToken& token, bool is_hidden) {
    StartTag start;
    start.at = static_cast<std::uint32_t>(out_.skeleton.size());
    start.first_attribute = static_cast<std::uint32_t>(out_.attributes.size());
    if (is_hidden) out_.attributes.push_back({Attribute::hidden, {}});
    out_.attributes.insert(out_.attributes.end(), token.attributes.begin(), token.attributes.end());
    start.end_attribute = static_cast<std::uint32_t>(out_.attributes.size());
    if (start.first_attribute != start.end_attribute) out_.start_tags.push_back(start);
    out_.skeleton += '<';
    out_.skeleton += token.name;
    out_.skeleton += '>';
    if (token.tag == Tag::pre || token.tag == Tag::listing) begin_of_lines_ = out_.skeleton.size();
  }

  HtmlTokens tokens_;
  ScannedHtml out_;
  OpenElements open_;
  std::size_t elements_ = 0;
  // Behind <pre>, where a line feed does not count (13.2.6.4.7).
  std::size_t begin_of_lines_ = std::string::npos;
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
