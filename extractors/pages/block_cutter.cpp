#include "extractors/pages/block_cutter.h"

#include <algorithm>
#include <utility>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

class BlockCutter {
 public:
  BlockCutter(const PageTree& tree, const TextSums& sums, PageOutline& out)
      : tree_{tree}, sums_{sums}, out_{out} {}

  void run() {
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

 private:
  // Whether a table shows data: no paragraphs, no tables inside, more than one column.
  [[nodiscard]] bool is_data_table(std::uint32_t table) const {
    std::uint32_t rows = 0;
    std::uint32_t cells = 0;
    for (std::uint32_t i = table + 1; i < tree_[table].end; ++i) {
      const Tag tag = tree_[i].tag;
      if (tag == Tag::table || heading_level(tag) > 0 || tag == Tag::form) return false;
      rows += tag == Tag::tr ? 1 : 0;
      cells += tag == Tag::td || tag == Tag::th ? 1 : 0;
      if (tag == Tag::td && sums_.chars_in(i) > 400) return false;
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
    const TextMeasure& size = sums_.measure(node);
    if (is_blank(text)) {
      pending_ += ' ';
      return;
    }
    if (current_.text.empty()) {
      current_.holder = holder;
      current_.first = node;
      current_.is_post = out_.is_post[node] != 0;
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
  const TextSums& sums_;
  PageOutline& out_;
  Block current_;
  std::string pending_;          // white space to put before the next text
  std::uint32_t breaks_ = 0;     // <br> since the last text
  std::uint32_t table_end_ = 0;  // of the data table around the place
  std::uint32_t code_end_ = 0;   // of the <pre> around the place
  bool is_new_cell_ = false;
};

}  // namespace

void cut_blocks(const PageTree& tree, const TextSums& sums, PageOutline& outline) {
  BlockCutter{tree, sums, outline}.run();
}

}  // namespace stakeout
