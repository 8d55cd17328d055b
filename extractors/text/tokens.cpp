#include "extractors/text/tokens.h"

#include <array>

#include <unicode/uchar.h>

#include "extractors/text/ascii.h"
#include "extractors/text/table.h"
#include "extractors/text/unicode.h"

namespace stakeout {

std::string_view elisions_table();  // data/elisions.tsv

namespace {

enum class Class : std::uint8_t { space, invisible, letter, mark, digit, punctuation, symbol };

constexpr Class class_of_ascii(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Class::letter;
  if (c >= '0' && c <= '9') return Class::digit;
  if (c == ' ' || (c >= '\t' && c <= '\r')) return Class::space;
  if (std::string_view{"!\"'(),-./:;?[]_{}"}.find(c) != std::string_view::npos) {
    return Class::punctuation;
  }
  return Class::symbol;
}

constexpr std::array<Class, 0x80> ascii_classes = [] {
  std::array<Class, 0x80> classes{};
  for (std::size_t c = 0; c < classes.size(); ++c) {
    classes[c] = class_of_ascii(static_cast<char>(c));
  }
  return classes;
}();

Class class_of(char32_t c) {
  if (c < ascii_classes.size()) return ascii_classes[c];
  if (is_white_space(c)) return Class::space;
  if (is_letter(c)) return Class::letter;
  if (is_digit(c)) return Class::digit;
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_FORMAT_CHAR:
      return Class::invisible;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return Class::mark;
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
      return Class::punctuation;
    default:
      return Class::symbol;
  }
}

bool is_upper_letter(char32_t c) {
  return c < 0x80 ? c <= U'Z' : is_upper(c);
}

bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == U'\u2019';
}

bool is_elision(std::string_view folded) {
  static const auto words = [] {
    WordMap<bool> set;
    for (const auto& row : read_table(elisions_table())) set[row.front()] = true;
    return set;
  }();
  return words.find(folded) != nullptr;
}

// The text of a token as rules compare it: case folded, ' for ’, soft hyphens and the like left
// out.
std::string folded_form(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (point.value < 0x80) {
      plain.push_back(ascii_lower(text[at]));
    } else if (is_apostrophe(point.value)) {
      plain.push_back('\'');
    } else if (class_of(point.value) != Class::invisible) {
      plain.append(text.substr(at, point.next - at));
    }
    at = point.next;
  }
  return is_ascii(plain) ? plain : fold_case(plain);
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_{text} {
    constexpr std::size_t usual_size = 5;  // bytes of a token and the blank before it
    tokens_.reserve(text.size() / usual_size);
  }

  std::vector<Token> run() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  void step() {
    const CodePoint point = code_point_at(text_, at_);
    switch (class_of(point.value)) {
      case Class::space:
        space_ = true;
        at_ = point.next;
        return;
      case Class::invisible:
        at_ = point.next;
        return;
      case Class::letter:
        return word();
      case Class::digit:
        return number();
      case Class::punctuation:
        if (is_apostrophe(point.value) && is_possessive(at_)) return possessive();
        return add(TokenKind::punctuation, point.next);
      case Class::mark:
      case Class::symbol:
        return add(TokenKind::symbol, point.next);
    }
  }

  // "'s" at the end of a word: the mark at `at`, an s, and nothing that goes on.
  [[nodiscard]] bool is_possessive(std::size_t at) const {
    if (space_ || tokens_.empty() || tokens_.back().end != at) return false;
    const Token& before = tokens_.back();
    const bool may_own = before.kind == TokenKind::word || before.kind == TokenKind::number ||
                         before.folded == ".";  // "the U.S.'s"
    if (!may_own) return false;
    return has_final_s(code_point_at(text_, at).next);
  }

  [[nodiscard]] bool has_final_s(std::size_t at) const {
    if (at >= text_.size() || (text_[at] != 's' && text_[at] != 'S')) return false;
    const Class after = class_at(at + 1);
    return after != Class::letter && after != Class::digit && after != Class::mark;
  }

  [[nodiscard]] Class class_at(std::size_t at) const {
    return at < text_.size() ? class_of(code_point_at(text_, at).value) : Class::space;
  }

  void possessive() {
    const std::size_t s = code_point_at(text_, at_).next;
    const bool upper = text_[s] == 'S';
    add(TokenKind::word, s + 1);
    tokens_.back().all_upper = upper;
  }

  void word() {
    Token token;
    int letters = 0;
    bool all_upper = true;
    std::size_t end = at_;
    while (end < text_.size()) {
      const CodePoint point = code_point_at(text_, end);
      const Class kind = class_of(point.value);
      if (kind == Class::letter) {
        const bool upper = is_upper_letter(point.value);
        if (letters == 0) token.starts_upper = upper;
        all_upper = all_upper && upper;
        ++letters;
      } else if (is_apostrophe(point.value)) {
        if (class_at(point.next) != Class::letter || has_final_s(point.next)) break;
        if (is_elision(folded_form(text_.substr(at_, end - at_)))) {
          end = point.next;
          break;
        }
      } else if (kind == Class::digit) {
        token.has_digit = token.has_digit || point.value < 0x80;
      } else if (kind != Class::mark && kind != Class::invisible) {
        break;
      }
      end = point.next;
    }
    token.all_upper = all_upper && letters >= 2;
    add(TokenKind::word, end, std::move(token));
  }

  void number() {
    std::size_t end = at_;
    while (end < text_.size()) {
      const CodePoint point = code_point_at(text_, end);
      const bool is_mark = point.value == U'.' || point.value == U',' || is_apostrophe(point.value);
      if (class_of(point.value) != Class::digit &&
          !(is_mark && class_at(point.next) == Class::digit)) {
        break;
      }
      end = point.next;
    }
    add(TokenKind::number, end);
  }

  void add(TokenKind kind, std::size_t end, Token token = {}) {
    token.begin = static_cast<std::uint32_t>(at_);
    token.end = static_cast<std::uint32_t>(end);
    token.kind = kind;
    token.space_before = space_ || at_ == 0;
    token.folded = folded_form(text_.substr(at_, end - at_));
    token.is_ascii = is_ascii(token.folded);
    token.hash = hash_of_word(token.folded);
    tokens_.push_back(std::move(token));
    at_ = end;
    space_ = false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool space_ = true;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> cut_tokens(std::string_view text) {
  return Tokenizer{text}.run();
}

}  // namespace stakeout
