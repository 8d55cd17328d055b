#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stakeout {

// What the words of a class, an id or a test name say of an element; data/class_words.tsv.
enum class Mark : std::uint16_t {
  body = 1,           // the article's own text
  boilerplate = 4,    // menus, sharing, promotions, comments, teasers
  caption = 8,        // captions and credits
  byline = 16,        // the author's name
  date = 32,          // the date of publication
  kicker = 64,        // above a title, and no part of it
  hidden = 256,       // not shown, or to a screen reader only
  wall = 512,         // asks for payment or registration
  author_box = 1024,  // about the author
  comments = 2048,    // of readers
  footer = 4096,      // below the article, of the page or of the site
  embed = 8192,       // a post of a social network
  layout = 16384,     // names what stands beside it; takes `boilerplate` back from this name
  standfirst = 2,     // the lines between the title and the text
};

// A set of marks.
class Marks {
 public:
  constexpr Marks() = default;
  constexpr Marks(Mark mark) : bits_{static_cast<std::uint16_t>(mark)} {}
  [[nodiscard]] constexpr bool has(Mark mark) const {
    return (bits_ & static_cast<std::uint16_t>(mark)) != 0;
  }
  constexpr void remove(Mark mark) {
    bits_ = static_cast<std::uint16_t>(bits_ & ~static_cast<std::uint16_t>(mark));
  }
  friend constexpr bool operator==(const Marks&, const Marks&) = default;
  constexpr Marks& operator|=(Marks other) {
    bits_ = static_cast<std::uint16_t>(bits_ | other.bits_);
    return *this;
  }

 private:
  std::uint16_t bits_ = 0;
};

// The marks of attribute values. Values repeat on a page, so each is looked up once; an object
// serves one page, which has to outlive it, and one thread.
class ClassWords {
 public:
  // `value` holds names parted by white space; a name is read as the words that case, hyphens,
  // underscores and digits part: "td-post-content", "ArticleBody__text".
  [[nodiscard]] Marks marks_of(std::string_view value);

 private:
  std::unordered_map<std::string_view, Marks> known_;
};

// What a line of text is by its wording; data/phrases.tsv.
enum class Phrase : std::uint8_t {
  read_more,    // points to another article
  credit,       // names who took a picture
  promotion,    // asks to subscribe, follow, download
  request,      // does so where a line has a link or is no sentence; else it may be told of
  tail,         // heads what follows an article: related articles, tags, comments
  byline,       // "By", "Von": a name follows
  nobody,       // stands for a name, and is none: "admin"
  after_name,   // what a byline says after a name: "Editor"
  role_word,    // what stands before such a word: "Senior", "Political"
  employer,     // whom somebody writes for follows: "for"
  dated,        // "Published", "Updated": a date follows
  changed,      // "Updated": the date is that of a change
  other_date,   // "Joined", "Copyright": the date is not the article's
  wall,         // the text goes on for subscribers only
  no_script,    // the page is empty without scripts
  consent,      // asks for consent to cookies
  missing,      // there is no such page
  robot_check,  // asks whether a person is there
  references,   // heads the list of what the article quotes
  about,        // heads a note on a company below its release: "About"; a name follows
  contents,     // heads a list of the article's own headings
  counter,      // counts readers, shares, comments, minutes; its digits taken away
  biography,    // follows a name in a note on an author: "is a", "has written"
  company,      // is in the name of a company, a desk, an agency, and of no person
  currency,     // stands in front of or behind a number: "USD", "euros"
  scale,        // makes a number great: "million"
  chapter,      // as `tail`, but may head a part of the article: "What's next"
  correction,   // says that an article was changed, and perhaps what in it
  reader,       // speaks to readers or of the article itself: "your", "this article"
  offer,        // asks readers to buy
};

// Whether a line has a phrase of this kind, as the table has it: as its whole, at its start, at its
// end, anywhere. `folded` is the line after fold_case() with single blanks.
[[nodiscard]] bool has_phrase(std::string_view folded, Phrase phrase);

// The same of phrases that are the whole line.
[[nodiscard]] bool is_whole_phrase(std::string_view folded, Phrase phrase);

// The length of the phrase that the line starts with, in bytes; 0 when there is none.
[[nodiscard]] std::size_t phrase_at_start(std::string_view folded, Phrase phrase);
// The same at the end of the line; the phrase is a word or words there.
[[nodiscard]] std::size_t phrase_at_end(std::string_view folded, Phrase phrase);

}  // namespace stakeout
