#include "extractors/pages/open_elements.h"

#include <array>

namespace stakeout {
namespace {

constexpr auto npos = static_cast<std::size_t>(-1);

// Lists of names are written " a b c ", so that a name is looked up with its blanks.
bool lists(std::string_view list, std::string_view name) {
  for (std::size_t at = list.find(name); at != std::string_view::npos;
       at = list.find(name, at + 1)) {
    if (list[at - 1] == ' ' && list[at + name.size()] == ' ') return true;
  }
  return false;
}

// Start tags that end a paragraph (13.2.6.4.7).
constexpr std::string_view ends_paragraph =
    " address article aside blockquote center details dialog dir div dl fieldset figcaption figure "
    "footer header hgroup main menu nav ol p search section summary ul h1 h2 h3 h4 h5 h6 pre "
    "listing form table hr li dd dt ";

constexpr std::string_view formatting = " a b big code em font i nobr s small strike strong tt u ";

constexpr std::string_view table_parts = " table caption thead tbody tfoot tr td th ";

constexpr std::string_view headings = " h1 h2 h3 h4 h5 h6 ";

// Elements that searches for an open element do not look out of.
constexpr std::string_view scope_borders =
    " table td th caption button marquee object applet template ";

// What a start tag closes: the innermost of `closed`, unless one of `borders` is further inside.
struct Implied {
  std::string_view starts;
  std::string_view closed;
  std::string_view borders;
};

constexpr std::array<Implied, 9> implied_ends{{
    {ends_paragraph, " p ", scope_borders},
    {" li ", " li ", " ul ol menu dir table td th button blockquote article section "},
    {" dd dt ", " dd dt ", " dl table td th button "},
    {" option optgroup ", " option ", " select datalist "},
    {" optgroup ", " optgroup ", " select "},
    {" td th ", " td th caption ", " tr table "},
    {" tr ", " tr caption ", " tbody thead tfoot table "},
    {" tbody thead tfoot ", " tbody thead tfoot caption ", " table "},
    {" button ", " button ", " table td th "},
}};

// Elements that the parser refuses inside themselves.
constexpr std::string_view never_nested = " form select ";

// What the standard calls special: an end tag of anything else does not reach out of it.
bool is_special(std::string_view name) {
  return lists(ends_paragraph, name) || lists(table_parts, name) || lists(scope_borders, name) ||
         lists(" select ", name);
}

std::string_view borders_of(std::string_view name) {
  if (name == "table") return "  ";
  return lists(table_parts, name) ? " table " : scope_borders;
}

}  // namespace

std::size_t OpenElements::find(std::string_view names, std::string_view borders) const {
  std::size_t steps = 0;
  for (std::size_t i = elements_.size(); i > 0 && steps < max_depth; --i, ++steps) {
    const std::string& name = elements_[i - 1].name;
    if (lists(names, name)) return i - 1;
    if (lists(borders, name)) return npos;
  }
  return npos;
}

bool OpenElements::is_open(std::string_view name) const {
  const auto found = open_by_name_.find(std::string{name});
  return found != open_by_name_.end() && found->second > 0;
}

void OpenElements::close_from(std::size_t index, std::string& out) {
  while (elements_.size() > index) {
    const Element& element = elements_.back();
    if (element.is_written) {
      out += "</" + element.name + ">";
      --written_;
    }
    --open_by_name_[element.name];
    elements_.pop_back();
  }
}

// Ends an element around which others are open; the parser sorts those out (13.2.6.4.7, the
// adoption agency).
void OpenElements::forget(std::size_t index, std::string& out) {
  if (elements_[index].is_written) {
    out += "</" + elements_[index].name + ">";
    --written_;
  }
  --open_by_name_[elements_[index].name];
  elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(index));
}

void OpenElements::close_implied(std::string_view name, std::string& out) {
  for (const Implied& rule : implied_ends) {
    if (!lists(rule.starts, name)) continue;
    if (rule.closed == " p " && !is_open("p")) continue;
    const std::size_t index = find(rule.closed, rule.borders);
    if (index != npos) close_from(index, out);
  }
  if (lists(headings, name) && !elements_.empty() && lists(headings, elements_.back().name)) {
    close_from(elements_.size() - 1, out);
  }
  if (name == "a" && is_open("a")) {
    const std::size_t index = find(" a ", scope_borders);
    if (index != npos) forget(index, out);
  }
}

bool OpenElements::open(std::string_view name, std::string& out) {
  if (name.find_first_of("\"'<= ") != std::string_view::npos || name.empty()) return false;
  close_implied(name, out);
  const bool is_too_deep = written_ >= max_depth;
  was_too_deep_ = was_too_deep_ || is_too_deep;
  const bool is_written = !is_too_deep && !(lists(never_nested, name) && is_open(name));
  elements_.push_back({std::string{name}, is_written});
  ++open_by_name_[elements_.back().name];
  if (is_written) ++written_;
  return is_written;
}

void OpenElements::close(std::string_view name, std::string& out) {
  if (!is_open(name)) return;
  const std::size_t index = find(" " + std::string{name} + " ", borders_of(name));
  if (index == npos) return;
  const bool is_inline = !is_special(name);
  bool has_block_inside = false;
  for (std::size_t i = index + 1; i < elements_.size() && is_inline && !has_block_inside; ++i) {
    has_block_inside = is_special(elements_[i].name);
  }
  if (!has_block_inside) {
    close_from(index, out);
  } else if (lists(formatting, name)) {
    forget(index, out);
  }  // any other inline element stays open until a block around it ends
}

void OpenElements::close_all(std::string& out) {
  close_from(0, out);
}

}  // namespace stakeout
