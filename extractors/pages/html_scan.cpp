#include "extractors/pages/html_scan.h"

#include <algorithm>

#include "extractors/pages/html_tokens.h"
#include "extractors/pages/open_elements.h"

namespace stakeout {
namespace {

constexpr std::size_t size_limit = 32U << 20U;
constexpr std::size_t element_limit = 200'000;

constexpr TagSet void_elements{Tag::area,   Tag::base,  Tag::basefont, Tag::bgsound, Tag::br,
                               Tag::col,    Tag::embed, Tag::hr,       Tag::img,     Tag::input,
                               Tag::keygen, Tag::link,  Tag::meta,     Tag::param,   Tag::wbr,
                               Tag::source, Tag::track};

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
    while (tokens_.next(token)) {
      if (token.kind == HtmlTokenKind::text && skeleton_.has_room()) {
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
    open_.close_all(skeleton_);
    if (open_.was_too_deep()) {
      out_.warnings.emplace_back("elements lie more than 512 deep; the inner tags are ignored");
    }
    out_.skeleton = skeleton_.take();
    return std::move(out_);
  }

 private:
  // White space is left to the parser wherever it may treat it in a way of its own.
  void text(std::string_view text) {
    if (!open_.hold_any_text()) {
      const std::size_t words = std::min(text.find_first_not_of(" \t\n\f\r"), text.size());
      skeleton_.white_space(text.substr(0, words));
      text.remove_prefix(words);
    } else if (skeleton_.is_behind_pre()) {
      if (text.starts_with('\r')) text.remove_prefix(1);
      if (text.starts_with('\n')) text.remove_prefix(1);
    }
    if (!text.empty()) skeleton_.text(text);
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
    if (is_hidden) token.attributes.push_back({Attribute::hidden, {}});
    if (token.tag == Tag::noscript || token.tag == Tag::template_) rename(token, Tag::div);
    if (void_elements.has(token.tag)) {
      skeleton_.void_tag(token.tag, token.name, token.attributes, open_.may_fold(token.tag));
    } else {
      open_.open(token, skeleton_);
    }
  }

  static void rename(HtmlToken& token, Tag tag) {
    token.tag = tag;
    token.name = name_of(tag);
  }

  void end_tag(HtmlToken& token) {
    if (token.tag == Tag::br && elements_ < element_limit) {
      ++elements_;
      skeleton_.void_tag(Tag::br, "br", {}, open_.may_fold(Tag::br));
    }
    if (token.tag == Tag::noscript || token.tag == Tag::template_) rename(token, Tag::div);
    if (!void_elements.has(token.tag) && !left_out.has(token.tag)) {
      open_.close(token, skeleton_);
    }
  }

  void raw_text(const HtmlToken& token) {
    std::string_view body;
    if (!tokens_.take_raw_text(token.name, body)) {
      if (token.tag == Tag::script || token.tag == Tag::style) tokens_.skip_to_end();
      return;
    }
    if (token.tag == Tag::title) {
      skeleton_.title(body);
    } else if (token.tag == Tag::script && !body.empty()) {
      (token.is_json_ld() ? out_.json_ld : out_.scripts).push_back(body);
    }
    HtmlToken end;
    tokens_.next(end);
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

  HtmlTokens tokens_;
  ScannedHtml out_;
  SkeletonWriter skeleton_;
  OpenElements open_;
  std::size_t elements_ = 0;
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
