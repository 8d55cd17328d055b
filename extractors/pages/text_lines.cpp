#include "extractors/pages/text_lines.h"

#include "extractors/pages/line_signs.h"
#include "extractors/pages/live_posts.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

bool is_counter(std::string_view line) {
  const bool has_digit = line.find_first_of("0123456789") != std::string_view::npos;
  return has_digit && has_phrase(without_numbers(line), Phrase::counter);
}

bool begins_like_item(std::string_view line) {
  return line.starts_with("- ") || line.starts_with("* ") || line.starts_with("• ") ||
         line.starts_with("– ");
}

bool begins_with_digit(std::string_view line) {
  return !line.empty() && line.front() >= '0' && line.front() <= '9';
}

}  // namespace

TextLines::TextLines(const PageTree& tree, const PageOutline& outline, std::uint32_t first,
                     std::uint32_t end, const KnownLines& known)
    : tree_{tree}, outline_{outline}, first_{first}, known_{known} {
  constexpr std::uint32_t longest = 500;  // letters and digits of what may be furniture
  folded_.resize(end - first);
  for (std::uint32_t i = first; i < end; ++i) {
    if (block(i).chars < longest) folded_[i - first] = with_plain_quotes(fold_case(block(i).text));
  }
}

// A sentence of the article in spite of a phrase in it, as far as the sentence itself shows that.
bool TextLines::tells(std::uint32_t i) const {
  constexpr double most_linked = 0.5;
  return block(i).link_share() < most_linked && tells_something(block(i).text, folded(i));
}

// "Read more: What the county bought".
bool TextLines::is_pointer(std::uint32_t i) const {
  constexpr std::uint32_t few = 25;
  constexpr std::uint32_t sentence = 60;
  const Block& b = block(i);
  if (!has_phrase(folded(i), Phrase::read_more)) return false;
  if (b.chars < few) return true;
  if (b.link_share() > 0.3) return prose_of(i) < sentence || !ends_sentence(b.text);
  const std::size_t length = phrase_at_start(folded(i), Phrase::read_more);
  const bool is_label = length > 0 && folded(i).substr(length).starts_with(':');
  return is_label && !ends_sentence(b.text) && !has_large_sum(folded(i));
}

bool TextLines::is_foreign(std::uint32_t i) const {
  const Block& b = block(i);
  if (b.chars == 0 || b.is_teaser) return true;
  if (b.kind == BlockKind::row || b.kind == BlockKind::preformatted) return false;
  const bool is_link = b.link_share() > 0.85;
  const bool is_time_of_post = b.is_post && b.chars < 40 && has_time_of_day(b.text);
  if (is_link && b.kind != BlockKind::item && !is_heading(i) && !is_time_of_post) return true;
  if (b.chars >= 250) return false;
  const std::string& line = folded(i);
  if (b.chars < 60 && is_counter(line)) return true;
  if (is_short_code(b.text) || is_byline(i) || is_pointer(i)) return true;
  const bool is_promotion =
      has_phrase(line, Phrase::promotion) && (b.chars < 140 || b.link_share() > 0.3);
  const bool may_ask = b.link_chars > 0 || !ends_sentence(b.text);
  const bool is_asking = is_promotion || (has_phrase(line, Phrase::credit) && b.chars < 160) ||
                         (has_phrase(line, Phrase::wall) && b.chars < 200) ||
                         (may_ask && b.chars < 140 && has_phrase(line, Phrase::request));
  return is_asking && !has_large_sum(line) && !tells(i);
}

bool TextLines::is_title(std::uint32_t i) const {
  return block(i).chars < 300 && known_.is_title(block(i).text);
}

bool TextLines::is_name(std::uint32_t i) const {
  if (block(i).chars > 80) return false;
  if (phrase_at_start(folded(i), Phrase::byline) > 0 && block(i).chars < 60) return !tells(i);
  return known_.is_name(block(i).text);
}

// "By" and an author's name, and nothing more than a role.
bool TextLines::is_byline(std::uint32_t i) const {
  return block(i).chars < 60 && !ends_sentence(block(i).text) && !is_heading(i) &&
         phrase_at_start(folded(i), Phrase::byline) > 0 && known_.has_name(block(i).text);
}

bool TextLines::is_opening(std::uint32_t i) const {
  const Block& b = block(i);
  if (b.is_post) return true;
  if (is_heading(i) || is_name(i)) return false;
  const bool is_paragraph = tag_of(i) == Tag::p;
  if (b.link_share() > 0.5) return is_paragraph && b.chars >= 40 && ends_sentence(b.text);
  if (b.chars >= 60 && (b.has_sentence || is_paragraph)) return true;
  return b.chars >= 25 && ends_sentence(b.text) && is_paragraph;
}

bool TextLines::is_offer(std::uint32_t i) const {
  constexpr std::uint32_t longest = 60;
  const Block& b = block(i);
  return b.link_chars > 0 && b.chars < longest && !b.is_prose() &&
         has_phrase(folded(i), Phrase::offer) && !has_large_sum(folded(i));
}

bool TextLines::is_key_fact(std::uint32_t i) const {
  const Block& b = block(i);
  if (b.kind == BlockKind::row) return true;
  return b.kind == BlockKind::item && b.link_chars == 0 &&
         (ends_sentence(b.text) || has_large_sum(folded(i)));
}

bool TextLines::is_head_line(std::uint32_t i) const {
  const Block& b = block(i);
  return is_title(i) || is_name(i) || b.link_share() > 0.5 || tag_of(i) == Tag::h1 ||
         has_phrase(folded(i), Phrase::dated);
}

// What says that the article was changed, and not what of it; and other notes.
bool TextLines::is_note(std::uint32_t i) const {
  constexpr std::uint32_t says_no_more = 60;
  const Block& b = block(i);
  if (b.chars >= 450) return false;
  if (has_phrase(folded(i), Phrase::correction))
    return b.chars < says_no_more && b.text.find(':') == std::string::npos;
  return has_phrase(folded(i), Phrase::tail) && !tells(i);
}

bool TextLines::is_tail_line(std::uint32_t i, bool is_talk) const {
  const Block& b = block(i);
  if (b.kind == BlockKind::row || b.kind == BlockKind::preformatted) return false;
  if (is_heading(i)) return true;
  if (b.link_share() > 0.7) return !(b.has_sentence && prose_of(i) >= 40);
  if (has_large_sum(folded(i))) return false;
  if (is_note(i) || is_name(i) || (is_about_author(i) && !is_talk) || is_date_line(i)) return true;
  if (b.chars < 100 && b.text.ends_with(':')) return true;
  if (b.chars < 150 && has_mail_address(b.text)) return true;
  const bool is_item = b.kind == BlockKind::item || begins_like_item(b.text);
  return b.chars < 25 && !ends_sentence(b.text) && !is_item && !has_code(b.text) &&
         !is_in_fact_list(i);
}

// One of some lines like "Term: three years", of which one above names a large sum.
bool TextLines::is_in_fact_list(std::uint32_t i) const {
  constexpr std::uint32_t longest = 60;
  constexpr int most_lines = 6;
  for (int line = 0; line < most_lines; ++line) {
    if (block(i).chars > longest || block(i).text.find(": ") == std::string::npos) return false;
    if (has_large_sum(folded(i))) return true;
    if (i-- == first_) return false;
  }
  return false;
}

// "Updated at 1:23 p.m."
bool TextLines::is_date_line(std::uint32_t i) const {
  constexpr std::size_t shortest = 6;  // of the words before a date; "on" begins many a sentence
  return block(i).chars < 60 && phrase_at_start(folded(i), Phrase::dated) >= shortest &&
         folded(i).find_first_of("0123456789") != std::string::npos && !tells(i);
}

bool TextLines::is_about_author(std::uint32_t i) const {
  return block(i).chars <= 400 && known_.is_about_author(folded(i)) && !has_large_sum(folded(i));
}

bool TextLines::is_company_label(std::uint32_t i) const {
  const Block& b = block(i);
  if (b.chars > 60 || b.kind == BlockKind::row || b.kind == BlockKind::item) return false;
  if (!is_heading(i) && !is_bold(i)) return false;
  const std::size_t length = phrase_at_start(folded(i), Phrase::about);
  const bool is_last = i + 1 == outline_.blocks.size();
  if (length == 0 || length + 1 >= b.text.size() || is_last) return false;
  return known_.is_company(std::string_view{b.text}.substr(length + 1), block(i + 1).text);
}

bool TextLines::is_strong_label(std::uint32_t i) const {
  constexpr std::uint32_t longest = 40;
  const Block& b = block(i);
  return b.kind == BlockKind::paragraph && b.chars < longest && b.link_chars == 0 && is_bold(i);
}

// Whether all of a block stands in one element of strong type.
bool TextLines::is_bold(std::uint32_t i) const {
  for (std::uint32_t node = block(i).first; node > block(i).holder; node = tree_[node].parent) {
    const Tag tag = tree_[node].tag;
    const bool is_strong = tag == Tag::b || tag == Tag::strong;
    if (is_strong) return tree_[node].end >= block(i).end;
  }
  return false;
}

bool TextLines::is_label_of(std::uint32_t i, Phrase phrase) const {
  if (block(i).kind == BlockKind::row || !(is_heading(i) || block(i).chars < 40)) return false;
  const bool is_numbered = phrase == Phrase::references && begins_with_digit(folded(i));
  return (has_phrase(folded(i), phrase) ||
          (is_numbered && has_phrase(without_numbers(folded(i)), phrase))) &&
         !has_large_sum(folded(i));
}

bool TextLines::is_tail_label(std::uint32_t i, bool heads_text) const {
  if (is_label_of(i, Phrase::chapter)) return !heads_text;
  if (!is_label_of(i, Phrase::tail) || tells(i)) return false;
  return !heads_text || is_whole_phrase(folded(i), Phrase::tail);
}

bool TextLines::is_sentence(std::uint32_t i) const {
  constexpr std::uint32_t shortest = 15;
  const Block& b = block(i);
  return b.kind == BlockKind::paragraph && b.chars >= shortest && b.link_share() < 0.4 &&
         ends_sentence(b.text);
}

bool TextLines::is_reference(std::uint32_t i) const {
  const Block& b = block(i);
  const bool is_numbered = begins_with_digit(b.text) || b.text.starts_with('[');
  if (b.kind == BlockKind::paragraph && b.is_prose() && !is_numbered) return false;
  if (b.link_chars == 0 && has_large_sum(folded(i))) return false;
  return b.link_chars > 0 || has_year(b.text);
}

}  // namespace stakeout
