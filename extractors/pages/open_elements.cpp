#include "extractors/pages/open_elements.h"

#include <array>

namespace stakeout {
namespace {

constexpr auto npos = static_cast<std::size_t>(-1);

// Start tags that end a paragraph (13.2.6.4.7).
constexpr TagSet ends_paragraph{
    Tag::address, Tag::article, Tag::aside,   Tag::blockquote, Tag::center,   Tag::details,
    Tag::dialog,  Tag::dir,     Tag::div,     Tag::dl,         Tag::fieldset, Tag::figcaption,
    Tag::figure,  Tag::footer,  Tag::header,  Tag::hgroup,     Tag::main,     Tag::menu,
    Tag::nav,     Tag::ol,      Tag::p,       Tag::search,     Tag::section,  Tag::summary,
    Tag::ul,      Tag::h1,      Tag::h2,      Tag::h3,         Tag::h4,       Tag::h5,
    Tag::h6,      Tag::pre,     Tag::listing, Tag::form,       Tag::table,    Tag::hr,
    Tag::li,      Tag::dd,      Tag::dt};

constexpr TagSet formatting{Tag::a,      Tag::b,      Tag::big,  Tag::code, Tag::em,
                            Tag::font,   Tag::i,      Tag::nobr, Tag::s,    Tag::small,
                            Tag::strike, Tag::strong, Tag::tt,   Tag::u};

constexpr TagSet table_parts{Tag::table, Tag::caption, Tag::thead, Tag::tbody,
                             Tag::tfoot, Tag::tr,      Tag::td,    Tag::th};

constexpr TagSet cells{Tag::td, Tag::th, Tag::caption};

constexpr TagSet headings{Tag::h1, Tag::h2, Tag::h3, Tag::h4, Tag::h5, Tag::h6};

// Elements that searches for an open element do not look out of.
constexpr TagSet scope_borders{Tag::table,   Tag::td,     Tag::th,     Tag::caption,  Tag::button,
                               Tag::marquee, Tag::object, Tag::applet, Tag::template_};

// What a start tag closes: the innermost of `closed`, unless one of `borders` is further inside.
struct Implied {
  TagSet starts;
  TagSet closed;
  TagSet borders;
};

constexpr std::array<Implied, 9> implied_ends{
    {{ends_paragraph, {Tag::p}, scope_borders},
     {{Tag::li},
      {Tag::li},
      {Tag::ul, Tag::ol, Tag::menu, Tag::dir, Tag::table, Tag::td, Tag::th, Tag::button,
       Tag::blockquote, Tag::article, Tag::section}},
     {{Tag::dd, Tag::dt}, {Tag::dd, Tag::dt}, {Tag::dl, Tag::table, Tag::td, Tag::th, Tag::button}},
     {{Tag::option, Tag::optgroup}, {Tag::option}, {Tag::select, Tag::datalist}},
     {{Tag::optgroup}, {Tag::optgroup}, {Tag::select}},
     {{Tag::td, Tag::th}, {Tag::td, Tag::th, Tag::caption}, {Tag::tr, Tag::table}},
     {{Tag::tr}, {Tag::tr, Tag::caption}, {Tag::tbody, Tag::thead, Tag::tfoot, Tag::table}},
     {{Tag::tbody, Tag::thead, Tag::tfoot},
      {Tag::tbody, Tag::thead, Tag::tfoot, Tag::caption},
      {Tag::table}},
     {{Tag::button}, {Tag::button}, {Tag::table, Tag::td, Tag::th}}}};

constexpr TagSet foldable{
    Tag::other,    Tag::a,          Tag::abbr,   Tag::address, Tag::area,       Tag::article,
    Tag::aside,    Tag::audio,      Tag::b,      Tag::big,     Tag::blockquote, Tag::br,
    Tag::button,   Tag::center,     Tag::code,   Tag::dd,      Tag::details,    Tag::dialog,
    Tag::dir,      Tag::div,        Tag::dl,     Tag::dt,      Tag::em,         Tag::embed,
    Tag::fieldset, Tag::figcaption, Tag::figure, Tag::font,    Tag::footer,     Tag::h1,
    Tag::h2,       Tag::h3,         Tag::h4,     Tag::h5,      Tag::h6,         Tag::header,
    Tag::hgroup,   Tag::i,          Tag::img,    Tag::label,   Tag::li,         Tag::link,
    Tag::main,     Tag::menu,       Tag::meta,   Tag::nav,     Tag::ol,         Tag::p,
    Tag::pre,      Tag::s,          Tag::search, Tag::section, Tag::small,      Tag::source,
    Tag::span,     Tag::strike,     Tag::strong, Tag::summary, Tag::sup,        Tag::time,
    Tag::track,    Tag::tt,         Tag::u,      Tag::ul,      Tag::video,      Tag::wbr};

// Elements that the parser refuses inside themselves.
constexpr TagSet never_nested{Tag::form, Tag::select};

// What the standard calls special: an end tag of anything else does not reach out of it.
bool is_special(Tag tag) {
  return ends_paragraph.has(tag) || table_parts.has(tag) || scope_borders.has(tag) ||
         tag == Tag::select;
}

// A name that the parser reads as it is meant.
bool is_usable(const std::string& name) {
  constexpr std::size_t longest = 100;
  return name.size() <= longest && name.find_first_of("\"'<= ") == std::string::npos;
}

const TagSet& borders_of(Tag tag) {
  static constexpr TagSet none;
  static constexpr TagSet tables{Tag::table};
  if (tag == Tag::table) return none;
  return table_parts.has(tag) ? tables : scope_borders;
}

}  // namespace

template <class IsWanted>
std::size_t OpenElements::find(IsWanted is_wanted, const TagSet& borders) const {
  std::size_t steps = 0;
  for (std::size_t i = elements_.size(); i > 0 && steps < max_depth; --i, ++steps) {
    if (is_wanted(elements_[i - 1])) return i - 1;
    if (borders.has(elements_[i - 1].tag)) return npos;
  }
  return npos;
}

bool OpenElements::is_open(Tag tag, const std::string& name) const {
  if (tag != Tag::other) return is_open(tag);
  const auto found = open_by_other_name_.find(name);
  return found != open_by_other_name_.end() && found->second > 0;
}

std::uint32_t& OpenElements::count_of(Tag tag, const std::string& name) {
  return tag == Tag::other ? open_by_other_name_[name]
                           : open_by_tag_[static_cast<std::size_t>(tag)];
}

// Takes an element out of the counts. Returns whether it has an end tag to write.
bool OpenElements::end(const Element& element) {
  --count_of(element.tag, element.other_name);
  if (element.is_written) --written_;
  return element.is_written;
}

void OpenElements::close_from(std::size_t index, SkeletonWriter& out) {
  while (elements_.size() > index) {
    if (end(elements_.back())) out.end_tag(elements_.back().name());
    elements_.pop_back();
  }
}

// Ends an element, though others may be open inside it; the parser sorts those out (13.2.6.4.7, the
// adoption agency).
void OpenElements::forget(std::size_t index, SkeletonWriter& out) {
  if (index + 1 == elements_.size()) return close_from(index, out);
  if (end(elements_[index])) out.end_tag_of_outer(elements_[index].name());
  elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(index));
}

void OpenElements::close_implied(Tag tag, SkeletonWriter& out) {
  for (const Implied& rule : implied_ends) {
    if (!rule.starts.has(tag)) continue;
    if (rule.closed.has(Tag::p) && !is_open(Tag::p)) continue;
    const auto is_closed = [&](const Element& element) { return rule.closed.has(element.tag); };
    const std::size_t index = find(is_closed, rule.borders);
    if (index != npos) close_from(index, out);
  }
  if (headings.has(tag) && !elements_.empty() && headings.has(elements_.back().tag)) {
    close_from(elements_.size() - 1, out);
  }
  if (tag == Tag::a && is_open(Tag::a)) {
    const auto is_link = [](const Element& element) { return element.tag == Tag::a; };
    const std::size_t index = find(is_link, scope_borders);
    if (index != npos) forget(index, out);
  }
}

// What is not written does not change where its text stands. The parser leaves out a cell without a
// table, and what is in it is its own to put right.
bool OpenElements::holds_any_text(Tag tag, bool is_written) const {
  if (is_written && table_parts.has(tag)) return cells.has(tag) && is_open(Tag::table);
  return elements_.empty() ? is_written : elements_.back().holds_any_text;
}

// Where text stands, an element does, too, but for those that the parser treats in a way of its
// own: parts of tables and of forms, rulers (they end paragraphs), objects. In a <select> it leaves
// most tags out, a link in a link ends the outer one, and text at the end of a form comes to stand
// behind it.
bool OpenElements::may_fold(Tag tag) const {
  if (!foldable.has(tag) || is_open(Tag::select)) return false;
  if (tag == Tag::a && is_open(Tag::a)) return false;
  return hold_any_text() && !elements_.back().is_form;
}

void OpenElements::open(const HtmlToken& token, SkeletonWriter& out) {
  const Tag tag = token.tag;
  if (tag == Tag::other && !is_usable(token.name)) return;
  close_implied(tag, out);
  const bool is_too_deep = written_ >= max_depth;
  was_too_deep_ = was_too_deep_ || is_too_deep;
  const bool is_written = !is_too_deep && !(never_nested.has(tag) && is_open(tag));
  if (is_written) {
    out.start_tag(tag, token.name, token.attributes, may_fold(tag));
    ++written_;
  }
  ++count_of(tag, token.name);
  const bool is_form =
      is_written ? tag == Tag::form : !elements_.empty() && elements_.back().is_form;
  elements_.push_back({tag, is_written, holds_any_text(tag, is_written), is_form,
                       tag == Tag::other ? token.name : std::string{}});
}

void OpenElements::close(const HtmlToken& token, SkeletonWriter& out) {
  const Tag tag = token.tag;
  const std::string& name = token.name;
  if (!is_open(tag, name)) return;
  const auto is_it = [&](const Element& element) {
    return element.tag == tag && (tag != Tag::other || element.other_name == name);
  };
  const std::size_t index = find(is_it, borders_of(tag));
  if (index == npos) return;
  const bool is_inline = !is_special(tag);
  bool has_block_inside = false;
  for (std::size_t i = index + 1; i < elements_.size() && is_inline && !has_block_inside; ++i) {
    has_block_inside = is_special(elements_[i].tag);
  }
  if (!has_block_inside) {
    close_from(index, out);
  } else if (formatting.has(tag)) {
    forget(index, out);
  }  // any other inline element stays open until a block around it ends
}

void OpenElements::close_all(SkeletonWriter& out) {
  close_from(0, out);
}

}  // namespace stakeout
