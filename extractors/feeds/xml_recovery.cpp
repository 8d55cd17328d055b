#include "extractors/feeds/xml_recovery.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

using std::string_view;

bool is_name_start(char c) {
  return is_ascii_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_char(char c) {
  return is_name_start(c) || is_ascii_digit(c) || c == ':' || c == '-' || c == '.';
}

bool is_one_of(const std::unordered_set<string_view>& names, string_view name) {
  return names.find(name) != names.end();
}

bool is_entry(string_view name) {
  return name == "item" || name == "entry" || name == "atom:entry" || name == "rss:item";
}
bool is_root(string_view name) {
  return name == "rss" || name == "feed" || name == "rdf:rdf" || name == "atom:feed";
}

// Fields of an entry that hold text alone: any other field that begins inside means that the end
// tag was forgotten.
bool is_plain_field(string_view name) {
  static const std::unordered_set<string_view> names = {
      "title",     "link",       "guid",   "pubdate", "category", "comments",
      "language",  "copyright",  "id",     "updated", "dc:date",  "lastbuilddate",
      "published", "dc:creator", "issued", "modified"};
  return is_one_of(names, name);
}
// Fields whose names HTML does not have: they end a description that was not closed.
bool is_feed_field(string_view name) {
  static const std::unordered_set<string_view> names = {
      "guid",     "pubdate",    "description", "content:encoded", "enclosure",
      "category", "published",  "updated",     "comments",        "lastbuilddate",
      "dc:date",  "dc:creator", "issued",      "modified"};
  return is_one_of(names, name);
}
bool is_rich_field(string_view name) {
  static const std::unordered_set<string_view> names = {"description", "summary", "content",
                                                        "content:encoded"};
  return is_one_of(names, name);
}
// Elements of HTML that never have an end tag. "link" is not among them: RSS has one with text.
bool is_empty_in_html(string_view name) {
  static const std::unordered_set<string_view> names = {"br",    "hr",  "img",   "input",
                                                        "embed", "wbr", "param", "area"};
  return is_one_of(names, name);
}

struct Attribute {
  string_view name;
  string_view value;
};

struct StartTag {
  string_view name;
  std::vector<Attribute> attributes;
  bool is_empty = false;
  std::size_t end = 0;  // the byte after it
  bool is_repaired = false;
};

// Finds one string again and again from rising places, looking at no byte twice.
class Finder {
 public:
  Finder(string_view text, string_view needle) : text_{text}, needle_{needle} {}

  std::size_t from(std::size_t at) {
    if (!found_ || *found_ < at) found_ = find_ignoring_case(text_, needle_, at);
    return *found_;
  }

 private:
  string_view text_;
  string_view needle_;
  std::optional<std::size_t> found_;  // npos: there is none further on
};

class Recovery {
 public:
  Recovery(string_view text, Warnings& warnings) : text_{text}, warnings_{warnings} {
    out_.reserve(text.size() + text.size() / 8);
  }

  RecoveredXml run() {
    while (at_ < text_.size()) {
      const std::size_t begin = std::min(text_.find('<', at_), text_.size());
      add_text(text_.substr(at_, begin - at_));
      at_ = begin;
      if (at_ < text_.size()) read_markup();
    }
    if (open_.size() > 1 || (!open_.empty() && !is_root_closed_))
      warn("the document ends inside <" + open_.back() + ">");
    const bool is_cut = !is_root_closed_ && (!open_.empty() || ends_in_tag_);
    while (!open_.empty()) close_last();
    return {std::move(out_), std::move(places_), is_cut};
  }

 private:
  void warn(string_view message) { warnings_.add_at(text_, at_, message); }

  void add_text(string_view text) {
    if (!open_.empty()) out_ += text;
  }

  void read_markup() {
    const string_view rest = text_.substr(at_);
    const char next = rest.size() > 1 ? rest[1] : '\0';
    if (rest.starts_with("<!--")) return skip_comment();
    if (starts_with_ignoring_case(rest, "<![cdata[")) return read_cdata();
    if (next == '!') return skip_declaration();
    if (next == '?') return skip_to_end('>');
    if (next == '/') return read_end_tag();
    if (is_name_start(next) && ends_name(end_of_name(at_ + 1))) return read_start_tag();
    warn("\"<\" that begins no tag is read as text");
    add_text("&lt;");
    ++at_;
  }

  void skip_to_end(char last) {
    const std::size_t end = text_.find(last, at_);
    at_ = end == string_view::npos ? text_.size() : end + 1;
  }

  void skip_comment() {
    const std::size_t end = comment_end_.from(at_ + 4);
    if (end != string_view::npos) {
      at_ = end + 3;
      return;
    }
    // What it would hide may be entries.
    warn("a comment that does not end is left out");
    at_ += 4;
  }

  // A DTD with its internal subset, or any other "<!".
  void skip_declaration() {
    std::size_t end = text_.find_first_of("[>", at_);
    if (end != string_view::npos && text_[end] == '[') end = text_.find("]", end);
    if (end == string_view::npos) end = at_;
    at_ = end;
    skip_to_end('>');
  }

  // The end of the CDATA section whose content begins at `begin`: its "]]>", unless the next
  // section begins before that and the element is closed in between; without any, the element's end
  // tag.
  std::pair<std::size_t, std::size_t> end_of_cdata(std::size_t begin) {
    const std::size_t mark = cdata_end_.from(begin);
    const std::size_t next = cdata_begin_.from(begin);
    if (mark < next) return {mark, mark + 3};
    warn("a CDATA section that does not end");
    const string_view until_next = text_.substr(0, next);
    const std::size_t tag = open_.empty()
                                ? string_view::npos
                                : find_ignoring_case(until_next, "</" + open_.back(), begin);
    if (tag != string_view::npos) return {tag, tag};
    if (mark != string_view::npos) return {mark, mark + 3};
    return {text_.size(), text_.size()};
  }

  void read_cdata() {
    const std::size_t begin = at_ + string_view{"<![CDATA["}.size();
    const auto [end, next] = end_of_cdata(begin);
    if (!open_.empty()) {
      out_ += "<![CDATA[";
      out_ += text_.substr(begin, end - begin);
      out_ += "]]>";
    }
    at_ = next;
  }

  std::size_t end_of_name(std::size_t at) const {
    while (at < text_.size() && is_name_char(text_[at])) ++at;
    return at;
  }

  // Whether a name that ends there can be that of a tag: "<jo@news.example>" is none.
  bool ends_name(std::size_t at) const {
    return at >= text_.size() || is_ascii_space(text_[at]) ||
           string_view{"/><\"'="}.find(text_[at]) != string_view::npos;
  }

  void read_end_tag() {
    std::size_t name_begin = at_ + 2;
    skip_blanks(name_begin);
    const std::size_t name_end = end_of_name(name_begin);
    const std::string name = ascii_lower(text_.substr(name_begin, name_end - name_begin));
    if (is_root(name)) {
      // The root is closed at the very end, so that what stands behind it has a place.
      is_root_closed_ = true;
    } else if (const auto count = counts_.find(name);
               count == counts_.end() || count->second == 0) {
      warn("an end tag without a start: </" + name + ">");
    } else {
      while (open_.back() != name) {
        warn("<" + open_.back() + "> is closed by </" + name + ">");
        close_last();
      }
      close_last();
    }
    at_ = name_end;
    // An end tag that lacks its ">" must not swallow the tag behind it.
    const std::size_t end = text_.find_first_of("<>", at_);
    at_ = end == string_view::npos ? text_.size() : text_[end] == '>' ? end + 1 : end;
  }

  void skip_blanks(std::size_t& at) const {
    while (at < text_.size() && is_ascii_space(text_[at])) ++at;
  }

  // A value that reaches beyond the end of its tag: the closing quote was forgotten.
  static bool is_swallowing(string_view value) {
    const std::size_t end = value.find_first_of("<>");
    return end != string_view::npos && value[end] == '>' &&
           value.find('<', end) != string_view::npos;
  }

  Attribute read_attribute(StartTag& tag, std::size_t& at) {
    const std::size_t begin = at;
    at = std::max(end_of_name(at), begin + 1);
    Attribute attribute{text_.substr(begin, at - begin), {}};
    std::size_t after = at;
    skip_blanks(after);
    if (after >= text_.size() || text_[after] != '=') {
      tag.is_repaired = true;
      return attribute;
    }
    at = after + 1;
    skip_blanks(at);
    if (at < text_.size() && (text_[at] == '"' || text_[at] == '\'')) {
      const std::size_t end = (text_[at] == '"' ? quote_ : apostrophe_).from(at + 1);
      if (end != string_view::npos && !is_swallowing(text_.substr(at + 1, end - at - 1))) {
        attribute.value = text_.substr(at + 1, end - at - 1);
        at = end + 1;
        return attribute;
      }
    }
    tag.is_repaired = true;
    const std::size_t value = at;
    while (at < text_.size() && !is_ascii_space(text_[at]) && text_[at] != '>') ++at;
    attribute.value = text_.substr(value, at - value);
    return attribute;
  }

  // Reads the tag at the cursor; nullopt when the text ends inside it.
  std::optional<StartTag> start_tag() {
    StartTag tag;
    std::size_t at = end_of_name(at_ + 1);
    tag.name = text_.substr(at_ + 1, at - at_ - 1);
    while (true) {
      skip_blanks(at);
      if (at >= text_.size()) return std::nullopt;
      if (text_[at] == '>' || text_[at] == '<') {
        tag.is_repaired |= text_[at] == '<';
        tag.end = text_[at] == '>' ? at + 1 : at;
        return tag;
      }
      if (text_[at] == '/') {
        ++at;
        tag.is_empty = at < text_.size() && text_[at] == '>';
        continue;
      }
      tag.attributes.push_back(read_attribute(tag, at));
    }
  }

  void read_start_tag() {
    const auto tag = start_tag();
    if (!tag) {
      warn("the document ends inside a tag");
      ends_in_tag_ = true;
      at_ = text_.size();
      return;
    }
    if (tag->is_repaired) warn("a tag with odd attributes: <" + std::string{tag->name} + ">");
    const std::string name = ascii_lower(tag->name);
    close_what_cannot_hold(name);
    write_start(*tag, name);
    at_ = tag->end;
  }

  bool is_open(string_view name) const {
    const auto count = counts_.find(std::string{name});
    return count != counts_.end() && count->second > 0;
  }

  static bool holds_entries(string_view name) { return name == "channel" || is_root(name); }
  bool is_open_above_entries() const {
    return is_open("channel") || is_open("rss") || is_open("feed") || is_open("rdf:rdf") ||
           is_open("atom:feed");
  }

  void close_what_cannot_hold(const std::string& name) {
    if (is_entry(name)) {
      while (is_open(name) || (is_open_above_entries() && !holds_entries(open_.back()))) {
        warn("<" + open_.back() + "> is closed by the next <" + name + ">");
        close_last();
      }
      return;
    }
    if (open_.empty()) return;
    const bool ends_plain = is_plain_field(name) || is_feed_field(name) || is_rich_field(name);
    const bool is_forgotten = (is_plain_field(open_.back()) && ends_plain) ||
                              (is_rich_field(open_.back()) && is_feed_field(name));
    if (is_forgotten) {
      warn("<" + open_.back() + "> is closed by the next <" + name + ">");
      close_last();
    }
  }

  void write_start(const StartTag& tag, const std::string& name) {
    places_.emplace_back(out_.size(), at_);
    out_ += '<' + name;
    for (const Attribute& attribute : tag.attributes) {
      if (!is_name_start(attribute.name[0])) continue;
      out_ += ' ';
      out_ += attribute.name;
      out_ += "=\"";
      for (const char c : attribute.value) {
        if (c == '"') {
          out_ += "&quot;";
        } else if (c == '<') {
          out_ += "&lt;";
        } else {
          out_ += c;
        }
      }
      out_ += '"';
    }
    const bool is_empty = tag.is_empty || is_empty_in_html(name);
    if (is_empty && !open_.empty()) {
      out_ += "/>";
      return;
    }
    out_ += '>';
    open_.push_back(name);
    ++counts_[name];
  }

  void close_last() {
    out_ += "</" + open_.back() + '>';
    --counts_[open_.back()];
    open_.pop_back();
  }

  string_view text_;
  Warnings& warnings_;
  Finder comment_end_{text_, "-->"};
  Finder cdata_begin_{text_, "<![cdata["};
  Finder cdata_end_{text_, "]]>"};
  Finder quote_{text_, "\""};
  Finder apostrophe_{text_, "'"};
  std::size_t at_ = 0;
  bool is_root_closed_ = false;
  bool ends_in_tag_ = false;
  std::string out_;
  std::vector<std::pair<std::size_t, std::size_t>> places_;
  std::vector<std::string> open_;                // in lower case, the outermost first
  std::unordered_map<std::string, int> counts_;  // how often each name is open
};

}  // namespace

RecoveredXml recovered_xml(string_view text, Warnings& warnings) {
  return Recovery{text, warnings}.run();
}

}  // namespace stakeout
