#include "extractors/pages/page_tree.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>

#include <gumbo.h>

#include "extractors/text/html_entities.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// Memory for one parse: handed out piece by piece, taken back all at once.
class ParseMemory {
 public:
  GumboOptions options() {
    GumboOptions options = kGumboDefaultOptions;
    options.userdata = this;
    options.allocator = [](void* self, std::size_t size) {
      return static_cast<ParseMemory*>(self)->allocate(size);
    };
    options.deallocator = [](void*, void*) {};
    options.max_errors = 0;  // nobody reads them
    return options;
  }

 private:
  static constexpr std::size_t block_size = 64U << 10U;

  void* allocate(std::size_t size) {
    constexpr std::size_t alignment = alignof(std::max_align_t);
    size = (size + alignment - 1) / alignment * alignment;
    if (left_ < size) {
      left_ = std::max(size, block_size);
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(left_));
      next_ = blocks_.back().get();
    }
    void* const piece = next_;
    next_ += size;
    left_ -= size;
    return piece;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

// An element that the parser made up has no tag in the source.
std::string_view source_tag(const GumboElement& element) {
  return {element.original_tag.data, element.original_tag.length};
}

Tag tag_of(const GumboElement& element) {
  static const auto tags = [] {
    std::array<Tag, GUMBO_TAG_LAST> by_number{};
    for (unsigned i = 0; i < by_number.size(); ++i) {
      by_number[i] = tag_named(gumbo_normalized_tagname(static_cast<GumboTag>(i)));
    }
    return by_number;
  }();
  if (element.tag < GUMBO_TAG_UNKNOWN) return tags[element.tag];
  // Younger than the parser.
  const std::string_view source = source_tag(element);
  return source.size() < 2 ? Tag::other : tag_named(source.substr(1, source.size() - 2));
}

const GumboVector* children_of(const GumboNode& node) {
  if (node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE) {
    return &node.v.element.children;
  }
  return node.type == GUMBO_NODE_DOCUMENT ? &node.v.document.children : nullptr;
}

// Whether a text stands in the page as it is meant: without references, carriage returns and NULs,
// and without soft hyphens (0xC2 begins other characters, too).
bool is_plain(std::string_view text) {
  return std::ranges::none_of(
      text, [](char c) { return c == '&' || c == '\r' || c == '\0' || c == '\xC2'; });
}

// Line ends of all kinds as "\n", and no NULs (13.2.3.5).
std::string newlines_normalised(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\0' || (c == '\n' && at > 0 && text[at - 1] == '\r')) continue;
    out += c == '\r' ? '\n' : c;
  }
  return out;
}

}  // namespace

// Puts a parsed skeleton and what went round the parser together, with stacks of its own in place
// of recursion.
class TreeBuilder {
 public:
  TreeBuilder(PageTree& tree, const ScannedHtml& scanned)
      : tree_{tree}, scanned_{scanned}, skeleton_{scanned.skeleton} {}

  void copy(const GumboNode& root) {
    enter(root, 0);
    while (!open_.empty()) {
      Open& top = open_.back();
      const GumboVector* children = children_of(*top.source);
      if (children == nullptr || top.next_child == children->length) {
        end(top.node);
        open_.pop_back();
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(children->data[top.next_child++]);
      if (child->type != GUMBO_NODE_COMMENT) enter(*child, top.node);
    }
  }

 private:
  struct Open {
    const GumboNode* source;
    std::uint32_t node;
    unsigned next_child;
  };
  struct OpenPiece {
    std::uint32_t node;
    std::uint32_t next_child;
    std::uint32_t end_child;
  };

  [[nodiscard]] std::uint32_t position() const {
    return static_cast<std::uint32_t>(tree_.characters_.size());
  }

  std::uint32_t begin(Tag tag, std::uint32_t parent) {
    PageNode node;
    node.tag = tag;
    node.parent = parent;
    node.first_attribute = static_cast<std::uint32_t>(tree_.attributes_.size());
    node.end_attribute = node.first_attribute;
    node.text_begin = position();
    tree_.nodes_.push_back(node);
    return tree_.size() - 1;
  }

  void end(std::uint32_t node) {
    tree_.nodes_[node].end = tree_.size();
    tree_.nodes_[node].text_end = position();
  }

  void enter(const GumboNode& source, std::uint32_t parent) {
    if (source.type == GUMBO_NODE_ELEMENT || source.type == GUMBO_NODE_TEMPLATE) {
      const GumboElement& element = source.v.element;
      const std::uint32_t node = begin(tag_of(element), parent);
      if (tree_.nodes_[node].tag == Tag::html) add_attributes(scanned_.root_attributes);
      if (const StartTag* start = start_tag_of(element)) add_attributes(attributes_of(*start));
      open_.push_back({&source, node, 0});
    } else if (source.type == GUMBO_NODE_DOCUMENT) {
      open_.push_back({&source, begin(Tag::other, parent), 0});
    } else {
      add_pieces(source.v.text.text, parent);
    }
  }

  // Puts in what the characters stand for; see Skeleton::tags.
  void add_pieces(std::string_view characters, std::uint32_t parent) {
    for (std::size_t at = 0; at < characters.size();) {
      const CodePoint point = code_point_at(characters, at);
      if (is_stand_in(point.value)) {
        add_piece(skeleton_.pieces[piece_of_stand_in(point.value)], parent);
      } else {
        begin_text(parent);
        tree_.characters_ += characters.substr(at, point.next - at);
      }
      at = point.next;
    }
    end_text();
  }

  void add_piece(const Piece& piece, std::uint32_t parent) {
    begin_piece(piece, parent);
    while (!open_pieces_.empty()) {
      OpenPiece& top = open_pieces_.back();
      if (top.next_child < top.end_child) {
        begin_piece(skeleton_.pieces[skeleton_.children[top.next_child++]], top.node);
      } else {
        end_text();
        end(top.node);
        open_pieces_.pop_back();
      }
    }
  }

  void begin_piece(const Piece& piece, std::uint32_t parent) {
    if (piece.tag == Tag::text) {
      begin_text(parent);
      add_words(piece.text);
      return;
    }
    end_text();
    const std::uint32_t node = begin(piece.tag, parent);
    add_attributes(attributes_of(piece));
    open_pieces_.push_back({node, piece.first_child, piece.end_child});
  }

  // Texts that follow each other are one node.
  void begin_text(std::uint32_t parent) {
    if (!text_) text_ = begin(Tag::text, parent);
  }
  void end_text() {
    if (text_) end(*text_);
    text_.reset();
  }

  void add_words(std::string_view text) {
    if (is_plain(text)) {
      tree_.characters_ += text;
    } else {
      append_without_soft_hyphens(decode_text_references(newlines_normalised(text)));
    }
  }

  // A soft hyphen only says where a word may be cut at the end of a line.
  void append_without_soft_hyphens(std::string_view text) {
    constexpr std::string_view soft_hyphen = "\u00ad";
    for (std::size_t at = text.find(soft_hyphen); at != std::string_view::npos;
         at = text.find(soft_hyphen)) {
      tree_.characters_ += text.substr(0, at);
      text.remove_prefix(at + soft_hyphen.size());
    }
    tree_.characters_ += text;
  }

  // Of a start tag or a piece.
  template <class Holder>
  [[nodiscard]] std::span<const HtmlAttribute> attributes_of(const Holder& holder) const {
    return std::span{skeleton_.attributes}.subspan(holder.first_attribute,
                                                   holder.end_attribute - holder.first_attribute);
  }

  // Of the node that was begun last.
  void add_attributes(std::span<const HtmlAttribute> attributes) {
    for (const HtmlAttribute& attribute : attributes) add(attribute);
    tree_.nodes_.back().end_attribute = static_cast<std::uint32_t>(tree_.attributes_.size());
  }

  // Elements come in the order of their tags but where the parser moves some out of a table.
  const StartTag* start_tag_of(const GumboElement& element) {
    const std::string_view source = source_tag(element);
    if (source.empty()) return nullptr;
    const auto at = static_cast<std::size_t>(source.data() - skeleton_.tags.data());
    const auto& starts = skeleton_.start_tags;
    const bool is_next = next_start_ < starts.size() && starts[next_start_].at >= at &&
                         (next_start_ == 0 || starts[next_start_ - 1].at < at);
    if (!is_next) {
      next_start_ = static_cast<std::size_t>(
          std::ranges::lower_bound(starts, at, {}, &StartTag::at) - starts.begin());
    }
    if (next_start_ == starts.size() || starts[next_start_].at != at) return nullptr;
    return &starts[next_start_++];
  }

  void add(HtmlAttribute attribute) {
    if (!is_plain(attribute.value)) {
      tree_.decoded_.push_back(decode_character_references(newlines_normalised(attribute.value)));
      attribute.value = tree_.decoded_.back();
    }
    tree_.attributes_.push_back(attribute);
  }

  PageTree& tree_;
  const ScannedHtml& scanned_;
  const Skeleton& skeleton_;
  std::vector<Open> open_;
  std::vector<OpenPiece> open_pieces_;
  std::optional<std::uint32_t> text_;  // the text node that is open
  std::size_t next_start_ = 0;
};

PageTree::PageTree(const ScannedHtml& scanned) {
  ParseMemory memory;
  const GumboOptions options = memory.options();
  const GumboOutput* output = gumbo_parse_with_options(&options, scanned.skeleton.tags.data(),
                                                       scanned.skeleton.tags.size());
  TreeBuilder{*this, scanned}.copy(*output->document);
}

std::string_view PageTree::text(std::uint32_t node) const {
  const PageNode& at = nodes_[node];
  return std::string_view{characters_}.substr(at.text_begin, at.text_end - at.text_begin);
}

std::string PageTree::visible_text(std::uint32_t node) const {
  std::string out;
  for (std::uint32_t i = node; i < nodes_[node].end; ++i) {
    if (nodes_[i].tag == Tag::text) {
      out += text(i);
    } else if (is_block(nodes_[i].tag) || nodes_[i].tag == Tag::br) {
      out += ' ';
    }
  }
  return collapse_white_space(without_control_characters(out));
}

std::span<const HtmlAttribute> PageTree::attributes(std::uint32_t node) const {
  const PageNode& at = nodes_[node];
  return std::span{attributes_}.subspan(at.first_attribute, at.end_attribute - at.first_attribute);
}

std::string_view PageTree::attribute(std::uint32_t node, Attribute name) const {
  for (const HtmlAttribute& attribute : attributes(node)) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

bool PageTree::has_attribute(std::uint32_t node, Attribute name) const {
  return std::ranges::any_of(attributes(node), [=](const auto& a) { return a.name == name; });
}

}  // namespace stakeout
