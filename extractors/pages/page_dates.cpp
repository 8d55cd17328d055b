#include "extractors/pages/page_dates.h"

#include <algorithm>
#include <optional>

#include "extractors/pages/metadata_sources.h"
#include "extractors/pages/signals.h"
#include "extractors/pages/written_dates.h"
#include "extractors/text/ascii.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

using Found = std::optional<std::string>;

constexpr std::string_view below = "below";  // the article, not about its title

class DateSearch {
 public:
  explicit DateSearch(const PageFacts& page) : page_{page}, read_{page.fetched} {}

  // What the first of the field's sources gives that gives anything.
  std::string first_of(Field field) const {
    for (const SourceRow& row : sources_of(field)) {
      if (Found date = from_source(field, row)) return *date;
    }
    return {};
  }

 private:
  [[nodiscard]] Found from_source(Field field, const SourceRow& row) const {
    switch (row.source) {
      case Source::json_ld:
        return from_json_ld(row.name);
      case Source::meta:
        return from_meta(row.name);
      case Source::property:
        return from_properties(row.name);
      case Source::time:
        return from_times(field, row.name == below);
      case Source::marked:
        return from_marked(field, row.name == below);
      case Source::line:
        return field == Field::modified ? from_lines_of_changes(row.name == below)
                                        : from_lines(row.name == below);
      case Source::above:
        return from_above();
      case Source::address:
        return read_.in_address(page_.address);
      case Source::anywhere:
        return from_any_time();
      case Source::script:
        return from_scripts(row.name);
      case Source::link:
        break;  // of authors only
    }
    return std::nullopt;
  }

  [[nodiscard]] Found stated(std::string_view written) const {
    const std::string_view trimmed = ascii_trimmed(written);
    if (Found date = read_.whole(trimmed)) return date;
    return read_.within(trimmed);
  }

  [[nodiscard]] Found from_json_ld(std::string_view name) const {
    if (name == "datePublished") return stated(page_.data.published);
    if (name == "dateCreated") return stated(page_.data.created);
    if (name == "dateModified") return stated(page_.data.modified);
    return std::nullopt;
  }

  [[nodiscard]] Found from_meta(std::string_view name) const {
    for (const std::string& content : page_.stated.all(name)) {
      if (Found date = stated(content)) return date;
    }
    return std::nullopt;
  }

  [[nodiscard]] Found from_properties(std::string_view name) const {
    for (const std::uint32_t node : page_.stated.elements_with(name)) {
      if (Found date = date_of(node)) return date;
    }
    return std::nullopt;
  }

  // What `read` finds first among the nodes from the title to the end of the article or, with
  // `is_below`, among those below it.
  template <class Read>
  [[nodiscard]] Found first_near(bool is_below, Read read) const {
    const std::uint32_t end = is_below ? page_.around.end : page_.around.article_end;
    for (std::uint32_t i = is_below ? page_.around.article_end : page_.around.title; i < end;
         i = next_own_node(page_, i)) {
      if (Found date = read(i)) return date;
    }
    return std::nullopt;
  }

  // The date that stands nearest above the title, in a <time> or a line.
  [[nodiscard]] Found from_above() const {
    for (std::uint32_t i = page_.around.title; i > page_.around.begin; --i) {
      const std::uint32_t node = i - 1;
      if (page_.tree[node].tag == Tag::text) {
        if (Found date = date_of_line(node)) return date;
      } else if ((is_time(node) || page_.outline.marks[node].has(Mark::date)) &&
                 !is_in_teaser(page_, node) && !says_modified(node)) {
        if (Found date = date_of(node)) return date;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_time(std::uint32_t i) const {
    return page_.tree[i].tag == Tag::time || page_.tree[i].tag == Tag::abbr ||
           page_.tree.has_attribute(i, Attribute::pubdate);
  }

  // "pubdate" is what the first drafts of HTML 5 had.
  [[nodiscard]] Found from_times(Field field, bool is_below) const {
    return first_near(is_below, [&](std::uint32_t i) -> Found {
      if (!is_time(i) || is_in_teaser(page_, i)) return std::nullopt;
      if (says_modified(i) != (field == Field::modified) || is_of_something_else(i)) {
        return std::nullopt;
      }
      return date_of(i);
    });
  }

  [[nodiscard]] Found from_marked(Field field, bool is_below) const {
    return first_near(is_below, [&](std::uint32_t i) -> Found {
      if (page_.tree[i].tag == Tag::text || !page_.outline.marks[i].has(Mark::date)) {
        return std::nullopt;
      }
      if (is_in_teaser(page_, i) || is_of_something_else(i)) return std::nullopt;
      if (says_modified(i) != (field == Field::modified)) return std::nullopt;
      return date_of(i);
    });
  }

  // The date behind a word for a change, in a short line or right behind one: "Published March 4,
  // 2025 | Updated March 5, 2025".
  [[nodiscard]] Found from_lines_of_changes(bool is_below) const {
    constexpr std::uint32_t longest_line = 160;
    constexpr int most_lines = 60;
    int lines = 0;
    return first_near(is_below, [&](std::uint32_t i) -> Found {
      if (page_.tree[i].tag != Tag::text || lines >= most_lines || length(i) < 6) {
        return std::nullopt;
      }
      ++lines;
      if (length(i) > longest_line || is_in_teaser(page_, i)) return std::nullopt;
      const std::string line = collapse_white_space(page_.tree.text(i));
      if (is_label(label_of(i), Phrase::changed)) return read_.within(line);
      return behind_change(line);
    });
  }

  [[nodiscard]] Found behind_change(const std::string& line) const {
    constexpr std::size_t reach = 60;
    for (std::size_t at = 0; at < line.size();) {
      const std::string_view rest = std::string_view{line}.substr(at);
      const std::size_t length = phrase_at_start(fold_case(rest), Phrase::changed);
      if (length > 0 && length < rest.size()) {
        if (Found date = read_.within(first_bytes(rest.substr(length), reach))) return date;
      }
      at = std::min(line.find_first_of(" |(/", at), line.size() - 1) + 1;
    }
    return std::nullopt;
  }

  // A line that is called a change counts only when there is no other.
  [[nodiscard]] Found from_lines(bool is_below) const {
    constexpr int most_lines = 60;
    int lines = 0;
    Found changed;
    const Found found = first_near(is_below, [&](std::uint32_t i) -> Found {
      if (page_.tree[i].tag != Tag::text || lines >= most_lines || length(i) < 6) {
        return std::nullopt;
      }
      ++lines;
      Found date = date_of_line(i);
      if (date && is_called(i, Phrase::changed)) {
        if (!changed) changed = std::move(date);
        return std::nullopt;
      }
      return date;
    });
    return found ? found : changed;
  }

  // The date of a short line, or the one that a paragraph begins with; a heading has to be a date.
  // A text in a <time> counts as that.
  [[nodiscard]] Found date_of_line(std::uint32_t i) const {
    constexpr std::size_t longest_line = 160;
    const std::uint32_t parent = page_.tree[i].parent;
    if (is_time(parent)) return is_in_teaser(page_, parent) ? std::nullopt : date_of(parent);
    if (is_in_teaser(page_, i)) return std::nullopt;
    const std::string line = collapse_white_space(first_bytes(page_.tree.text(i), 1000));
    if (heading_level(page_.tree[parent].tag) > 0) return read_.whole(line);
    const Block* block = block_around(page_, i);
    const bool is_prose = block != nullptr && block->is_prose();
    if (is_prose && i != block->first) return std::nullopt;
    Found date = is_prose || line.size() > longest_line ? read_.at_start(line) : read_.within(line);
    return date && is_called(i, Phrase::other_date) ? std::nullopt : date;
  }

  // Whether a line, or what stands in front of it, says so of its date.
  [[nodiscard]] bool is_called(std::uint32_t i, Phrase phrase) const {
    const std::string line = fold_case(collapse_white_space(first_bytes(page_.tree.text(i), 1000)));
    return has_phrase(line, phrase) || is_label(label_of(i), phrase);
  }

  [[nodiscard]] Found from_any_time() const {
    for (std::uint32_t i = 0; i < page_.tree.size(); i = next_own_node(page_, i)) {
      if (page_.tree[i].tag != Tag::time || is_in_teaser(page_, i)) continue;
      if (Found date = date_of(i)) return date;
    }
    return std::nullopt;
  }

  // The first value of a key in the scripts: `"key": "value"`, `key = 'value'`, `key("value")`,
  // with the quotes escaped or not. A key that has none so often is no key of a date.
  [[nodiscard]] Found from_scripts(std::string_view key) const {
    constexpr std::size_t longest_value = 60;
    int tries = 100;
    for (const std::string_view script : page_.scripts) {
      for (std::size_t at = script.find(key); at != std::string_view::npos && tries > 0;
           at = script.find(key, at + key.size())) {
        std::string_view rest = script.substr(at + key.size(), 2 * longest_value);
        const std::size_t value = rest.find_first_not_of(" \t\n\"'\\:=(");
        if (value == 0 || value == std::string_view::npos) continue;
        rest = rest.substr(value, longest_value);
        --tries;
        if (Found date = stated(rest.substr(0, rest.find_first_of("\"'\\,)}\n")))) return date;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::uint32_t length(std::uint32_t node) const {
    return page_.tree[node].text_end - page_.tree[node].text_begin;
  }

  // The text right in front of an element, folded.
  [[nodiscard]] std::string label_of(std::uint32_t node) const {
    constexpr std::uint32_t most_nodes = 4;
    for (std::uint32_t i = node; i > 0 && node - i < most_nodes; --i) {
      if (page_.tree[i - 1].tag != Tag::text || length(i - 1) > 200) continue;
      const std::string text = collapse_white_space(page_.tree.text(i - 1));
      if (!text.empty()) return fold_case(text);
    }
    return {};
  }

  static bool is_label(const std::string& folded, Phrase phrase) {
    const std::size_t length = phrase_at_start(folded, phrase);
    return length > 0 && length + 2 >= folded.size();
  }

  [[nodiscard]] bool is_of_something_else(std::uint32_t node) const {
    return is_label(label_of(node), Phrase::other_date);
  }

  [[nodiscard]] bool says_modified(std::uint32_t i) const {
    const std::string_view property = page_.tree.attribute(i, Attribute::itemprop);
    const std::string_view words = page_.tree.attribute(i, Attribute::class_words);
    const auto has = [words](std::string_view word) {
      return find_ignoring_case(words, word) != std::string_view::npos;
    };
    if (property == "dateModified") return true;
    if (property == "datePublished" || has("publish") || has("entry-date")) return false;
    return has("updated") || has("modified") || is_label(label_of(i), Phrase::changed);
  }

  [[nodiscard]] Found date_of(std::uint32_t i) const {
    for (const Attribute name : {Attribute::datetime, Attribute::content, Attribute::title}) {
      const std::string_view value = ascii_trimmed(page_.tree.attribute(i, name));
      if (value.empty()) continue;
      if (Found date = read_.whole(value)) return date;
    }
    if (length(i) > 400) return std::nullopt;
    return read_.within(page_.tree.visible_text(i));
  }

  const PageFacts& page_;
  WrittenDates read_;
};

}  // namespace

PageDates find_dates(const PageFacts& page) {
  const DateSearch search{page};
  PageDates dates{search.first_of(Field::published), search.first_of(Field::modified)};
  if (dates.published.empty()) dates.published = dates.modified;
  return dates;
}

}  // namespace stakeout
