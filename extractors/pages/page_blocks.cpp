#include "extractors/pages/page_blocks.h"

#include <algorithm>

#include "extractors/pages/block_cutter.h"
#include "extractors/pages/line_signs.h"
#include "extractors/pages/live_posts.h"
#include "extractors/pages/text_sums.h"
#include "extractors/pages/title.h"
#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

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
  Outliner(const PageTree& tree, std::string_view address, ClassTrust trust)
      : tree_{tree}, address_{address}, trust_{trust}, sums_{tree} {}

  PageOutline run() {
    mark_nodes();
    mark_posts();
    leave_out();
    cut_blocks(tree_, sums_, out_);
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
        if (!named_by_hand.has(attribute.name)) {
          // nobody named the element by it
        } else if (attribute.name != Attribute::id) {
          marks |= words.marks_of(attribute.value);
        } else if (!is_heading) {  // whose id is made of its words
          const Marks by_id = words.marks_of(attribute.value);
          if (by_id != Marks{} && !is_named_by_heading(i, attribute.value)) marks |= by_id;
        }
        if (attribute.name == Attribute::itemprop && attribute.value == "articleBody") {
          marks |= Mark::body;
        }
      }
      if (is_line(tree_[i].tag)) marks.remove(Mark::body);  // one of the text's paragraphs
    }
  }

  // Whether an element's id is made of the words of the heading that it begins with, and the
  // heading is that of a chapter: "privacy-of-drivers".
  [[nodiscard]] bool is_named_by_heading(std::uint32_t i, std::string_view id) const {
    constexpr std::uint32_t most_nodes = 8;
    constexpr std::uint32_t longest = 200;  // bytes
    constexpr std::uint32_t chapter = 100;  // letters and digits
    if (sums_.prose_in(i) < chapter || is_line(tree_[i].tag)) return false;
    const std::uint32_t end = std::min(tree_[i].end, i + most_nodes);
    for (std::uint32_t node = i + 1; node < end; ++node) {
      if (heading_level(tree_[node].tag) == 0) continue;
      if (tree_[node].text_end - tree_[node].text_begin > longest) return false;
      const std::string words = tree_.visible_text(node);
      return bare_words(words) == bare_words(id) &&
             !is_whole_phrase(fold_case(words), Phrase::tail);
    }
    return false;
  }

  // A post keeps the element that says when it was written, and what stands around that.
  void mark_posts() {
    constexpr std::uint32_t longest_head = 250;  // letters and digits of a post's head
    out_.is_post.assign(tree_.size(), 0);
    is_time_of_post_.assign(tree_.size(), 0);
    const LivePosts live = find_live_posts(tree_, out_.marks, sums_, address_);
    for (const std::uint32_t time : live.times) {
      out_.is_post[time] = 1;
      for (std::uint32_t i = time; i != 0 && sums_.chars_in(i) < longest_head; i = tree_[i].parent)
        is_time_of_post_[i] = 1;
    }
    std::uint32_t end = 0;
    for (std::size_t i = 0; i < live.posts.size(); ++i) {
      const std::uint32_t post = live.posts[i];
      const std::uint32_t begin = std::max(post, end);  // the rest is marked already
      end = std::max(end, tree_[post].end);
      std::fill(out_.is_post.begin() + begin, out_.is_post.begin() + end, 1);
    }
  }

  static bool is_line(Tag tag) {
    return tag == Tag::p || tag == Tag::li || tag == Tag::a || heading_level(tag) > 0;
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
        const bool is_small = sums_.chars_in(outer) <= most_chars &&
                              sums_.prose_share(outer) < 0.1 &&
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
      if (is_post) posts += sums_.chars_in(i);
      i = is_post ? tree_[i].end : i + 1;
    }
    return posts * 4 < sums_.prose();
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
    const double share = sums_.prose_share(i);
    if (marks.has(Mark::hidden) || (is_hidden(i) && !is_rest_of_text(i))) return share < 0.5;
    if (marks.has(Mark::comments)) return share < 0.5 || !holds_heading(i);
    if (is_time_of_post_[i] != 0 || (marks.has(Mark::body) && share > 0.25)) return false;
    if (tag == Tag::footer || marks.has(Mark::footer))
      return !holds_facts(i) && (share < 0.4 || !holds_heading(i));
    if (marks.has(Mark::embed)) return !quotes_posts_;
    switch (tag) {
      case Tag::aside:
        return share < 0.4 && !holds_facts(i);
      case Tag::header:
        return share < 0.4 && !is_chapter_head(i);
      case Tag::nav:
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
    if (marks.has(Mark::byline)) return sums_.chars_in(i) < 300 && share < 0.2;
    if (marks.has(Mark::date) || tag == Tag::time) return sums_.chars_in(i) < 120 && share < 0.2;
    return false;
  }

  // The rest of a text that opens when a reader asks for it: prose right behind a paragraph.
  [[nodiscard]] bool is_rest_of_text(std::uint32_t i) const {
    constexpr std::uint32_t some_text = 100;
    constexpr std::uint32_t a_paragraph = 60;
    if (sums_.prose_in(i) < some_text || sums_.link_chars_in(i) * 5 > sums_.chars_in(i))
      return false;
    std::uint32_t before = i - 1;
    const bool is_gap = tree_[before].tag == Tag::text && is_blank(tree_.text(before));
    if (is_gap && before > 0) --before;
    while (tree_[before].parent > tree_[i].parent) before = tree_[before].parent;
    return tree_[before].tag == Tag::p && tree_[before].parent == tree_[i].parent &&
           sums_.prose_in(before) >= a_paragraph;
  }

  // The heading of a part of the text, in an element of its own.
  [[nodiscard]] bool is_chapter_head(std::uint32_t i) const {
    constexpr std::uint32_t longest = 300;
    constexpr std::uint32_t most_nodes = 30;
    constexpr std::uint32_t some_text = 100;
    const bool is_small = tree_[i].end - i <= most_nodes && sums_.chars_in(i) <= longest;
    if (!is_small || sums_.link_chars_in(i) > 0) return false;
    if (sums_.prose_in(tree_[i].parent) < sums_.prose_in(i) + some_text) return false;
    bool has_heading = false;
    for (std::uint32_t node = i + 1; node < tree_[i].end; ++node) {
      if (tree_[node].tag == Tag::h1) return false;
      has_heading = has_heading || heading_level(tree_[node].tag) > 0;
    }
    return has_heading;
  }

  // A box beside the text that leads nowhere and names a large sum ("Value: $3,200,000"), or says
  // what of the article was changed.
  [[nodiscard]] bool holds_facts(std::uint32_t i) {
    constexpr int most_tried = 50;
    constexpr std::uint32_t longest = 4'000;  // bytes, white space as it is
    const PageNode& node = tree_[i];
    if (node.text_end - node.text_begin > longest || node.end - i > longest) return false;
    if (sums_.link_chars_in(i) > 0) return false;
    if (fact_boxes_tried_++ >= most_tried) return false;
    const std::string text = fold_case(tree_.visible_text(i));
    return has_large_sum(text) || has_phrase(text, Phrase::correction);
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
    return (tag == Tag::td || tag == Tag::th) && sums_.chars_in(i) < 150;
  }

  // A table, code or quotation in a <figure> is content; a picture with its words is not.
  [[nodiscard]] bool holds_quotation(std::uint32_t node) const {
    for (std::uint32_t i = node + 1; i < tree_[node].end; ++i) {
      const Tag tag = tree_[i].tag;
      if (tag == Tag::table || tag == Tag::pre || tag == Tag::blockquote) return true;
    }
    return false;
  }

  const PageTree& tree_;
  std::string_view address_;
  ClassTrust trust_;
  TextSums sums_;
  PageOutline out_;
  std::vector<char> is_time_of_post_;  // by node: it is such a time, or a small element around it
  int fact_boxes_tried_ = 0;
  bool quotes_posts_ = false;
};

}  // namespace

bool states_fact(const Block& block) {
  constexpr std::uint32_t longest = 500;  // letters and digits
  return block.link_chars == 0 && block.chars < longest &&
         (has_code(block.text) || has_large_sum(fold_case(block.text)));
}

PageOutline outline_page(const PageTree& tree, std::string_view address, ClassTrust trust) {
  return Outliner{tree, address, trust}.run();
}

}  // namespace stakeout
