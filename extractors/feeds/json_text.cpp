#include "extractors/feeds/json_text.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {

namespace {

using std::string_view;

constexpr std::size_t most_levels = 64;
constexpr std::size_t most_values = 1'000'000;

bool is_word_char(char c) {
  return is_ascii_alphanumeric(c) || c == '_' || c == '$' || c == '+' || c == '-' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_number(string_view word) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc{} && end == word.data() + word.size() && !is_ascii_letter(word.back());
}

// The four digits of "\uXXXX".
std::optional<std::uint32_t> hex_unit(string_view digits) {
  if (digits.size() < 4) return std::nullopt;
  std::uint32_t unit = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + 4, unit, 16);
  return end == digits.data() + 4 ? std::optional{unit} : std::nullopt;
}

// Decodes the "\u" escape at the start of `text`; returns the bytes that it takes.
std::size_t decode_unit(string_view text, std::string& out) {
  const auto unit = hex_unit(text.substr(2));
  if (!unit) {
    out += 'u';
    return 2;
  }
  if (*unit >= 0xD800 && *unit < 0xDC00 && text.substr(6).starts_with("\\u")) {
    const auto low = hex_unit(text.substr(8));
    if (low && *low >= 0xDC00 && *low < 0xE000) {
      append_utf8(out, 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00));
      return 12;
    }
  }
  append_utf8(out, *unit);  // half of a pair alone becomes U+FFFD
  return 6;
}

}  // namespace

// Reads the text from left to right into the values of a JsonText.
class JsonTextReader {
 public:
  JsonTextReader(JsonText& out, Warnings& warnings)
      : out_{out}, text_{out.utf8_}, warnings_{warnings} {}

  void read() {
    out_.values_.push_back({JsonText::Kind::null, size32(), size32(), 0, 0, 0, 0, 0});
    while (skip_blanks() && !is_done_ && out_.values_.size() < most_values) read_next();
    if (out_.values_.size() == most_values)
      warn(at_, "only the first " + std::to_string(most_values) + " values are read");
    out_.is_cut_short_ = !open_.empty();
    if (out_.is_cut_short_) {
      warn(text_.size(), "the document ends too soon");
    } else if (skip_blanks()) {
      warn(at_, "text behind the document was left out");
    }
  }

 private:
  using Kind = JsonText::Kind;
  struct Span {
    std::uint32_t begin = 0, end = 0;
  };
  struct Level {
    JsonText::Id id;
    bool is_object;
    bool has_name = false;  // the value of a member is to come
    bool is_after_value = false;
    bool is_after_comma = false;
    Span name = {};
  };

  [[nodiscard]] std::uint32_t size32() const { return static_cast<std::uint32_t>(text_.size()); }
  void warn(std::size_t at, string_view message) { warnings_.add_at(text_, at, message); }

  // Steps over white space and comments; false at the end.
  bool skip_blanks() {
    while (at_ < text_.size()) {
      const string_view rest = text_.substr(at_);
      if (is_ascii_space(text_[at_])) {
        ++at_;
      } else if (rest.starts_with("//") || rest.starts_with("/*")) {
        warn(at_, "a comment, which JSON does not have");
        const string_view mark = rest[1] == '/' ? "\n" : "*/";
        const std::size_t end = text_.find(mark, at_ + 2);
        at_ = end == string_view::npos ? text_.size() : end + mark.size();
      } else {
        return true;
      }
    }
    return false;
  }

  void read_next() {
    const char c = text_[at_];
    if (c == ',' || c == ':') return read_separator(c);
    if (c == '}' || c == ']') return close(c == '}');
    if (c != '{' && c != '[' && c != '"' && c != '\'' && !is_word_char(c)) {
      warn(at_, "a character that belongs to no value was left out");
      ++at_;
      return;
    }
    if (!open_.empty() && open_.back().is_after_value) {
      warn(at_, "a comma is missing");
      open_.back().is_after_value = false;
    }
    if (!open_.empty() && open_.back().is_object && !open_.back().has_name) return read_name();
    if (c == '{' || c == '[') return open(c == '{');
    if (c == '"' || c == '\'') {
      const std::size_t begin = at_;
      add(Kind::string, read_string());
      if (c == '\'') warn(begin, "a string in single quotes");
    } else {
      read_literal();
    }
  }

  void read_separator(char c) {
    if (!open_.empty()) {
      Level& level = open_.back();
      if (c == ',') {
        if (!level.is_after_value) warn(at_, "a comma too many");
        level.is_after_comma = level.is_after_value;
        level.is_after_value = false;
        level.has_name = false;
      } else if (!level.has_name) {
        warn(at_, "a colon that belongs to no name");
      }
    }
    ++at_;
  }

  // The name of a member and the colon behind it.
  void read_name() {
    Level& level = open_.back();
    const std::size_t begin = at_;
    const char c = text_[at_];
    if (c == '{' || c == '[') {
      warn(at_, "a value without a name");
      level.name = {};
    } else if (c == '"' || c == '\'') {
      level.name = read_string();
      if (c == '\'') warn(begin, "a name in single quotes");
    } else {
      level.name = read_word();
      warn(begin, "a name without quotes");
    }
    level.has_name = true;
    level.is_after_comma = false;
    if (skip_blanks() && text_[at_] == ':') {
      ++at_;
    } else if (c != '{' && c != '[') {
      warn(at_, "a colon is missing");
    }
  }

  Span read_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word_char(text_[at_])) ++at_;
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }

  void read_literal() {
    const Span span = read_word();
    const string_view word = text_.substr(span.begin, span.end - span.begin);
    if (word == "true" || word == "false") return add(Kind::boolean, span);
    if (is_number(word)) return add(Kind::number, span);
    if (word != "null") warn(span.begin, "a word that is no value is read as null");
    add(Kind::null, span);
  }

  // A quote inside of a string that somebody forgot to escape: text goes on behind it.
  bool is_bare_quote(std::size_t at) const {
    std::size_t next = at + 1;
    while (next < text_.size() && (text_[next] == ' ' || text_[next] == '\t')) ++next;
    return next < text_.size() && is_word_char(text_[next]);
  }

  // The string at the cursor, without its quotes.
  Span read_string() {
    const char quote = text_[at_];
    const std::size_t begin = ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\') {
        at_ = std::min(at_ + 2, text_.size());
      } else if (c == quote && is_bare_quote(at_)) {
        warn(at_, "a quote inside of a string");
        ++at_;
      } else if (c == quote) {
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_++)};
      } else {
        if (c == '\n') warn(at_, "a line break inside of a string");
        ++at_;
      }
    }
    return {static_cast<std::uint32_t>(begin), size32()};
  }

  // Adds a value where one is to come.
  JsonText::Id add_value(Kind kind, Span span) {
    auto& values = out_.values_;
    if (open_.empty()) {
      values[0] = {kind, span.begin, span.end, 0, 0, 0, 0, 0};
      return 0;
    }
    const auto id = static_cast<JsonText::Id>(values.size());
    const Level& level = open_.back();
    values.push_back({kind, span.begin, span.end, level.name.begin, level.name.end, 0, 0, 0});
    JsonText::Value& parent = values[level.id];
    (parent.first == JsonText::none ? parent.first : values[parent.last].next) = id;
    parent.last = id;
    return id;
  }

  void add(Kind kind, Span span) {
    add_value(kind, span);
    value_ended();
  }

  void value_ended() {
    if (open_.empty()) {
      is_done_ = true;
      return;
    }
    open_.back().is_after_value = true;
    open_.back().is_after_comma = false;
    open_.back().has_name = false;
  }

  // Steps over a value that nests too deep, brackets of both kinds alike.
  void skip_value() {
    warn(at_, "values that nest too deep were left out");
    std::size_t depth = 0;
    do {
      const char c = text_[at_];
      if (c == '"') {
        read_string();
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
    } while (depth > 0 && at_ < text_.size());
    value_ended();
  }

  void open(bool is_object) {
    if (open_.size() == most_levels) return skip_value();
    const auto at = static_cast<std::uint32_t>(at_);
    const JsonText::Id id = add_value(is_object ? Kind::object : Kind::list, {at, at + 1});
    open_.push_back({id, is_object});
    ++at_;
  }

  void close(bool is_object) {
    if (!open_.empty() && open_.back().is_after_comma) warn(at_, "a comma too many");
    if (!open_.empty() && open_.back().has_name) warn(at_, "a name without a value");
    if (open_.empty() || open_.back().is_object != is_object) {
      // The list of a feed's entries, and the object around it, do not end by mistake.
      const bool is_open = open_.size() > 2 && std::ranges::any_of(open_, [&](const Level& level) {
                             return level.is_object == is_object;
                           });
      warn(at_, is_open ? "a bracket is missing before this one" : "a bracket too many");
      if (is_open) open_.pop_back();
      if (!is_open) ++at_;
      if (!open_.empty()) value_ended();
      return;
    }
    open_.pop_back();
    ++at_;
    value_ended();
  }

  JsonText& out_;
  string_view text_;
  Warnings& warnings_;
  std::size_t at_ = 0;
  bool is_done_ = false;  // the document's value is whole
  std::vector<Level> open_;
};

JsonText::JsonText(std::string_view utf8, Warnings& warnings) : utf8_{utf8} {
  JsonTextReader{*this, warnings}.read();
}

std::string JsonText::unescaped(std::uint32_t begin, std::uint32_t end) const {
  const string_view raw = utf8_.substr(begin, end - begin);
  std::string out;
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size();) {
    if (raw[at] != '\\' || at + 1 == raw.size()) {
      out += raw[at++];
      continue;
    }
    const char c = raw[at + 1];
    if (c == 'u') {
      at += decode_unit(raw.substr(at), out);
      continue;
    }
    constexpr string_view escapes = "bfnrt";
    constexpr string_view meant = "\b\f\n\r\t";
    const std::size_t found = escapes.find(c);
    out += found == string_view::npos ? c : meant[found];
    at += 2;
  }
  return out;
}

bool JsonText::is_name(const Value& member, std::string_view name) const {
  const string_view raw = utf8_.substr(member.name_begin, member.name_end - member.name_begin);
  if (raw.find('\\') == string_view::npos) return raw == name;
  return unescaped(member.name_begin, member.name_end) == name;
}

std::string JsonText::text(Id value) const {
  const Value& given = values_[value];
  if (given.kind == Kind::string) return unescaped(given.begin, given.end);
  const bool is_plain = given.kind == Kind::number || given.kind == Kind::boolean;
  return is_plain ? std::string{utf8_.substr(given.begin, given.end - given.begin)} : std::string{};
}

JsonText::Id JsonText::find(Id object, std::string_view name) const {
  Id found = none;
  if (values_[object].kind != Kind::object) return found;
  for (Id child = values_[object].first; child != none; child = values_[child].next) {
    if (is_name(values_[child], name)) found = child;
  }
  return found;
}

std::vector<JsonText::Id> JsonText::elements(Id list) const {
  std::vector<Id> found;
  if (values_[list].kind != Kind::list) return found;
  for (Id child = values_[list].first; child != none; child = values_[child].next) {
    found.push_back(child);
  }
  return found;
}

}  // namespace stakeout
