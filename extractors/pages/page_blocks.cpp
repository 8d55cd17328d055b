#include "extractors/pages/page_blocks.h"

#include <algorithm>

#include "extractors/pages/line_signs.h"
#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

bool is_wide_script(char32_t c) {  // scripts that are written without gaps between words
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
         (c >= 0x0E00 && c <= 0x0E7F) || (c >= 0xF900 && c <= 0xFAFF);
}

bool is_sentence_mark(char32_t c) {
  switch (c) {
    case '.':
    case '!':
    case '?':
    case ',':
    case 0x2026:
    case 0x3002:
    case 0x3001:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF0C:
    case 0x0964:
    case 0x061F:
    case 0x060C:
    case 0x06D4:
      return true;
    default:
      return false;
  }
}

struct Measure {
  std::uint32_t chars = 0;
  bool has_sentence = false;
};

Measure measure(std::string_view text) {
  Measure result;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (c.value < 0x80 && is_ascii_alphanumeric(static_cast<char>(c.value))) {  // nearly always
      ++result.chars;
    } else if (is_wide_script(c.value)) {
      result.chars += 2;
    } else if (is_letter(c.value) || is_digit(c.value)) {
      ++result.chars;
    } else if (is_sentence_mark(c.value)) {
      result.has_sentence = true;
    }
    at = c.next;
  }
  return result;
}

bool has_words(std::string_view style, std::string_view property, std::string_view value) {
  std::string tight;
  for (const char c : style) {
    if (c != ' ' && c != '\t' && c != '\n') tight += c;
  }
  const std::string wanted = std::string{property} + ":" + std::string{value};
  const std::size_t at = tight.find(wanted);
  if (at == std::string::npos) return false;
  const std::size_t end = at + wanted.size();
  return (at == 0 || tight[at - 1] == ';') &&
         (end == tight.size() || tight[end] == ';' || tight[end] == '!');
}

// Attributes whose values are names that an author chose for what an element is.
constexpr AttributeSet named_by_hand{Attribute::class_words,    Attribute::id,
                                     Attribute::data_component, Attribute::data_qa,
                                     Attribute::data_testid,    Attribute::data_type};

class Outliner {
 public:
  Outliner(const PageTree& tree, ClassTrust trust) : tree_{tree}, trust_{trust} {}

  PageOutline run() {
    mark_nodes();
    count_text();
    leave_out();
    cut_blocks();
    return std::move(out_);
  }

 private:
  void mark_nodes() {
    ClassWords words;
    out_.marks.resize(tree_.size());
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      if (tree_[i].tag == Tag::text) continue;
      Marks& marks = out_.marks[i];
      const bool is_heading = heading_level(tree_[i].tag) > 0;
      for (const HtmlAttribute& attribute : tree_.attributes(i)) {
        const bool is_anchor = attribute.name == Attribute::id && is_heading;  // made of its words
        if (named_by_hand.has(attribute.name) && !is_anchor) {
          marks |= words.marks_of(attribute.value);
        }
        if (attribute.name == Attribute::itemprop && attribute.value == "articleBody") {
          marks |= Mark::body;
        }
      }
      if (is_line(tree_[i].tag)) marks.remove(Mark::body);  // one of the text's paragraphs
    }
  }

  static bool is_line(Tag tag) {
    return tag == Tag::p || tag == Tag::li || tag == Tag::a || heading_level(tag) > 0;
  }

  // Running sums over nodes: letters of all text, of prose (long text outside links), body marks.
  void count_text() {
    const std::uint32_t size = tree_.size();
    measures_.resize(size);
    prose_before_.assign(size + 1, 0);
    chars_before_.assign(size + 1, 0);
    link_chars_before_.assign(size + 1, 0);
    std::uint32_t link_end = 0;
    for (std::uint32_t i = 0; i < size; ++i) {
      if (tree_[i].tag == Tag::a) link_end = std::max(link_end, tree_[i].end);
      std::uint32_t prose = 0;
      if (tree_[i].tag == Tag::text) {
        measures_[i] = measure(tree_.text(i));
        if (i >= link_end && measures_[i].chars >= 40) prose = measures_[i].chars;
      }
      prose_before_[i + 1] = prose_before_[i] + prose;
      chars_before_[i + 1] = chars_before_[i] + measures_[i].chars;
      link_chars_before_[i + 1] = link_chars_before_[i] + (i < link_end ? measures_[i].chars : 0);
    }
  }

  [[nodiscard]] double prose_share(std::uint32_t node) const {
    const std::uint32_t all = prose_before_.back();
    return all == 0 ? 0 : static_cast<double>(prose_in(node)) / all;
  }
  [[nodiscard]] std::uint32_t prose_in(std::uint32_t node) const {
    return prose_before_[tree_[node].end] - prose_before_[node];
  }
  [[nodiscard]] std::uint32_t chars_in(std::uint32_t node) const {
    return chars_before_[tree_[node].end] - chars_before_[node];
  }

  // Inside code a class names a colour ("comment"), and nothing is left out.
  void leave_out() {
    out_.is_left_out.assign(tree_.size(), 0);
    quotes_posts_ = quotes_posts();
    leave_out_sign_ups();
    std::uint32_t code_end = 0;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      const bool is_code = tree_[i].tag == Tag::pre || tree_[i].tag == Tag::code;
      if (is_code) code_end = std::max(code_end, tree_[i].end);
      const bool outer = out_.is_left_out[tree_[i].parent] != 0;
      if (out_.is_left_out[i] != 0) continue;
      out_.is_left_out[i] = outer || (i >= code_end && tree_[i].tag != Tag::text &&
                                      (is_never_text(i) || is_no_article(i)))
                                ? 1
                                : 0;
    }
  }

  // Boxes that take readers' mail addresses: with the words around the field, up to where the words
  // are many or the article's.
  void leave_out_sign_ups() {
    constexpr std::uint32_t most_chars = 300;
    constexpr std::uint32_t most_nodes = 200;
    std::uint32_t end = 0;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      if (i < end || !takes_mail_address(i)) continue;
      std::uint32_t box = 0;
      for (std::uint32_t outer = tree_[i].parent; outer != 0; outer = tree_[outer].parent) {
        const bool is_small = chars_in(outer) <= most_chars && prose_share(outer) < 0.1 &&
                              tree_[outer].end - outer <= most_nodes;
        if (!is_small || tree_[outer].tag == Tag::body || holds_heading(outer)) break;
        box = outer;
      }
      if (box == 0) continue;
      out_.is_left_out[box] = 1;
      end = tree_[box].end;
    }
  }

  [[nodiscard]] bool takes_mail_address(std::uint32_t i) const {
    if (tree_[i].tag != Tag::input) return false;
    const std::string_view type = tree_.attribute(i, Attribute::type);
    return equals_ignoring_case(type, "email") ||
           (!equals_ignoring_case(type, "hidden") &&
            find_ignoring_case(tree_.attribute(i, Attribute::name), "email") !=
                std::string_view::npos);
  }

  // Whether posts of social networks are quoted in a text, rather than being most of it: a page
  // that strings posts together says little of its own between them.
  [[nodiscard]] bool quotes_posts() const {
    std::uint64_t posts = 0;
    for (std::uint32_t i = 1; i < tree_.size();) {
      const bool is_post = tree_[i].tag != Tag::text && out_.marks[i].has(Mark::embed);
      if (is_post) posts += chars_in(i);
      i = is_post ? tree_[i].end : i + 1;
    }
    return posts * 4 < prose_before_.back();
  }

  [[nodiscard]] bool is_never_text(std::uint32_t i) const {
    switch (tree_[i].tag) {
      case Tag::head:
      case Tag::title:
      case Tag::select:
      case Tag::option:
      case Tag::input:
      case Tag::button:
      case Tag::object:
      case Tag::video:
      case Tag::audio:
      case Tag::img:
        return true;
      default:
        return false;
    }
  }

  [[nodiscard]] bool is_no_article(std::uint32_t i) {
    const Tag tag = tree_[i].tag;
    if (tag == Tag::html || tag == Tag::body || tag == Tag::main) return false;
    if (is_part_of_table(i)) return false;
    const Marks marks = out_.marks[i];
    const double share = prose_share(i);
    if (is_hidden(i) || marks.has(Mark::hidden)) return share < 0.5;
    if (marks.has(Mark::comments)) return share < 0.5 || !holds_heading(i);
    if (marks.has(Mark::body) && share > 0.25) return false;
    if (tag == Tag::footer || marks.has(Mark::footer)) return share < 0.4 || !holds_heading(i);
    if (marks.has(Mark::embed)) return !quotes_posts_;
    switch (tag) {
      case Tag::aside:
        return share < 0.4 && !holds_facts(i);
      case Tag::nav:
      case Tag::header:
      case Tag::dialog:
        return share < 0.4;
      case Tag::form:
      case Tag::label:
      case Tag::address:
        return share < 0.3;
      case Tag::figcaption:
        return share < 0.6;
      case Tag::figure:
        return share < 0.3 && !holds_quotation(i);
      default:
        break;
    }
    if (trust_ == ClassTrust::full &&
        (marks.has(Mark::boilerplate) || marks.has(Mark::author_box))) {
      return share < 0.4 && !holds_facts(i);
    }
    if (marks.has(Mark::caption)) return share < 0.3;
    if (marks.has(Mark::byline)) return chars_in(i) < 300 && share < 0.2;
    if (marks.has(Mark::date) || tag == Tag::time) return chars_in(i) < 120 && share < 0.2;
    return false;
  }

  // A box beside the text that names a large sum and leads nowhere: "Value: $3,200,000".
  [[nodiscard]] bool holds_facts(std::uint32_t i) {
    constexpr int most_tried = 50;
    constexpr std::uint32_t longest = 4'000;  // bytes, white space as it is
    const PageNode& node = tree_[i];
    if (node.text_end - node.text_begin > longest || node.end - i > longest) return false;
    if (link_chars_before_[node.end] > link_chars_before_[i]) return false;
    return fact_boxes_tried_++ < most_tried && has_large_sum(fold_case(tree_.visible_text(i)));
  }

  [[nodiscard]] bool is_hidden(std::uint32_t i) const {
    if (tree_.has_attribute(i, Attribute::hidden)) return true;
    const std::string_view style = tree_.attribute(i, Attribute::style);
    return !style.empty() &&
           (has_words(style, "display", "none") || has_words(style, "visibility", "hidden"));
  }

  [[nodiscard]] bool holds_heading(std::uint32_t node) const {
    for (std::uint32_t i = node + 1; i < tree_[node].end; ++i) {
      if (tree_[i].tag == Tag::h1 || out_.marks[i].has(Mark::body)) return true;
    }
    return false;
  }

  // A row, or a cell too small to be a column of the page: its class names its data.
  [[nodiscard]] bool is_part_of_table(std::uint32_t i) const {
    const Tag tag = tree_[i].tag;
    if (tag == Tag::tr || tag == Tag::tbody || tag == Tag::thead) return true;
    return (tag == Tag::td || tag == Tag::th) && chars_in(i) < 150;
  }

  // A table, code or quotation in a <figure> is content; a picture with its words is not.
  [[nodiscard]] bool holds_quotation(std::uint32_t node) const {
    for (std::uint32_t i = node + 1; i < tree_[node].end; ++i) {
      const Tag tag = tree_[i].tag;
      if (tag == Tag::table || tag == Tag::pre || tag == Tag::blockquote) return true;
    }
    return false;
  }

  void cut_blocks() {
    out_.block_at.assign(tree_.size() + 1, 0);
    std::vector<std::uint32_t> open;  // block elements around the place
    std::uint32_t link_end = 0;
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      while (!open.empty() && i >= tree_[open.back()].end) leave(open);
      out_.block_at[i] = next_block();
      if (out_.is_left_out[i] != 0) {
        if (is_block(tree_[i].tag)) finish();
        continue;
      }
      const Tag tag = tree_[i].tag;
      if (tag == Tag::a) link_end = std::max(link_end, tree_[i].end);
      if (tag == Tag::text) {
        add_text(i, open.empty() ? 0 : open.back(), i < link_end);
      } else if (tag == Tag::br) {
        line_break();
      } else if (is_block(tag)) {
        enter(i, open);
        out_.block_at[i] = next_block();
      }
    }
    while (!open.empty()) leave(open);
    finish();
    out_.block_at[tree_.size()] = next_block();
  }

  // Whether a table shows data: no paragraphs, no tables inside, more than one column.
  [[nodiscard]] bool is_data_table(std::uint32_t table) const {
    std::uint32_t rows = 0;
    std::uint32_t cells = 0;
    for (std::uint32_t i = table + 1; i < tree_[table].end; ++i) {
      const Tag tag = tree_[i].tag;
      if (tag == Tag::table || heading_level(tag) > 0 || tag == Tag::form) return false;
      rows += tag == Tag::tr ? 1 : 0;
      cells += tag == Tag::td || tag == Tag::th ? 1 : 0;
      if (tag == Tag::td && chars_in(i) > 400) return false;
    }
    return rows > 1 && cells > rows;
  }

  void enter(std::uint32_t node, std::vector<std::uint32_t>& open) {
    const Tag tag = tree_[node].tag;
    if (table_end_ <= node && tag == Tag::table && is_data_table(node)) {
      finish();
      table_end_ = tree_[node].end;
    }
    if (node < table_end_) {
      if (tag == Tag::tr) finish();
      if (tag == Tag::td || tag == Tag::th) is_new_cell_ = true;
      pending_ += ' ';
    } else {
      finish();
    }
    if (tag == Tag::pre) code_end_ = std::max(code_end_, tree_[node].end);
    open.push_back(node);
  }

  void leave(std::vector<std::uint32_t>& open) {
    const std::uint32_t node = open.back();
    if (node < table_end_ && tree_[node].tag != Tag::tr && tree_[node].tag != Tag::table) {
      pending_ += ' ';
    } else {
      finish();
    }
    open.pop_back();
  }

  [[nodiscard]] std::uint32_t next_block() const {
    return static_cast<std::uint32_t>(out_.blocks.size());
  }

  void line_break() {
    if (current_.text.empty()) return;
    if (breaks_++ > 0) return finish();
    pending_ += '\n';
  }

  void add_text(std::uint32_t node, std::uint32_t holder, bool is_link) {
    const std::string_view text = tree_.text(node);
    const Measure size = measures_[node];
    if (is_blank(text)) {
      pending_ += ' ';
      return;
    }
    if (current_.text.empty()) {
      current_.holder = holder;
      current_.first = node;
    }
    if (is_new_cell_ && !current_.text.empty()) pending_ += " \t ";
    is_new_cell_ = false;
    current_.text += pending_;
    pending_.clear();
    breaks_ = 0;
    append_on_one_line(text, node < code_end_);
    current_.end = node + 1;
    current_.chars += size.chars;
    if (is_link) current_.link_chars += size.chars;
    current_.has_sentence = current_.has_sentence || size.has_sentence;
  }

  void append_on_one_line(std::string_view text, bool keeps_lines) {
    const std::size_t begin = current_.text.size();
    current_.text += text;
    for (std::size_t i = begin; i < current_.text.size(); ++i) {
      char& c = current_.text[i];
      if (c == '\t' || c == '\r' || (c == '\n' && !keeps_lines)) c = ' ';
    }
  }

  void finish() {
    pending_.clear();
    breaks_ = 0;
    is_new_cell_ = false;
    if (current_.text.empty()) return;
    current_.text = clean(current_.text);
    current_.kind = kind_of(current_.holder);
    if (!current_.text.empty()) out_.blocks.push_back(std::move(current_));
    current_ = Block{};
  }

  // Line by line; tabs stand between cells.
  static std::string clean(std::string_view raw) {
    std::string out;
    for (std::size_t at = 0; at <= raw.size();) {
      const std::size_t end = std::min(raw.find_first_of("\n\t", at), raw.size());
      const std::string piece =
          collapse_white_space(without_control_characters(raw.substr(at, end - at)));
      if (!piece.empty()) {
        if (!out.empty()) out += at > 0 && raw[at - 1] == '\t' ? " | " : "\n";
        out += piece;
      }
      at = end + 1;
    }
    return out;
  }

  [[nodiscard]] BlockKind kind_of(std::uint32_t holder) const {
    for (std::uint32_t i = holder; i != 0; i = tree_[i].parent) {
      const Tag tag = tree_[i].tag;
      if (heading_level(tag) > 0) return BlockKind::heading;
      if (tag == Tag::li || tag == Tag::dt || tag == Tag::dd) return BlockKind::item;
      if (tag == Tag::td || tag == Tag::th || tag == Tag::tr) {
        return i < table_end_ ? BlockKind::row : BlockKind::paragraph;
      }
      if (tag == Tag::pre) return BlockKind::preformatted;
      if (tag == Tag::div || tag == Tag::body || tag == Tag::table || tag == Tag::section) break;
    }
    return BlockKind::paragraph;
  }

  const PageTree& tree_;
  ClassTrust trust_;
  PageOutline out_;
  std::vector<Measure> measures_;
  std::vector<std::uint32_t> prose_before_;
  std::vector<std::uint32_t> chars_before_;
  std::vector<std::uint32_t> link_chars_before_;
  int fact_boxes_tried_ = 0;
  bool quotes_posts_ = false;

  Block current_;
  std::string pending_;          // white space to put before the next text
  std::uint32_t breaks_ = 0;     // <br> since the last text
  std::uint32_t table_end_ = 0;  // of the data table around the place
  std::uint32_t code_end_ = 0;   // of the <pre> around the place
  bool is_new_cell_ = false;
};

}  // namespace

PageOutline outline_page(const PageTree& tree, ClassTrust trust) {
  return Outliner{tree, trust}.run();
}

}  // namespace stakeout
