#include "extractors/stories/revisions.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "extractors/stories/page_furniture.h"
#include "extractors/stories/passage.h"
#include "extractors/stories/sequence_diff.h"
#include "extractors/stories/text_words.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// One fetch of the page: the words of the article, furniture left out.
struct Version {
  std::string_view text;
  std::vector<TextWord> words;

  [[nodiscard]] std::span<const TextWord> range(std::size_t begin, std::size_t end) const {
    return std::span{words}.subspan(begin, end - begin);
  }
};

Version read_version(std::string_view text) {
  Version version{text, {}};
  for (PageLine& line : cut_lines(text)) {
    if (line.is_furniture) continue;
    std::move(line.words.begin(), line.words.end(), std::back_inserter(version.words));
  }
  return version;
}

// Joins edits that a single word parts: "has been on hold since" reads better whole than in bits.
std::vector<SequenceEdit> join_close(const std::vector<SequenceEdit>& edits) {
  std::vector<SequenceEdit> joined;
  for (const SequenceEdit& edit : edits) {
    if (!joined.empty() && edit.a_begin - joined.back().a_end <= 1) {
      joined.back().a_end = edit.a_end;
      joined.back().b_end = edit.b_end;
    } else {
      joined.push_back(edit);
    }
  }
  return joined;
}

bool is_name_or_figure(const TextWord& word) {
  return states_number(word) || is_upper(code_point_at(word.bare, 0).value);
}

bool ends_sentence(const TextWord& word) {
  return word.marked.find_first_of(".!?;:", word.marked.size() - 1) != std::string::npos;
}

// Widens an exchange of names or figures to the whole name and to what is counted: "Fleming" to
// "John Fleming", "$2" to "$2 million", "29" to "September 29".
SequenceEdit widened(SequenceEdit edit, const Version& before, const Version& after) {
  if (edit.a_begin == edit.a_end || edit.b_begin == edit.b_end) return edit;
  const std::vector<TextWord>& words = before.words;
  const bool opens_with_name =
      is_name_or_figure(words[edit.a_begin]) || is_name_or_figure(after.words[edit.b_begin]);
  for (int i = 0; i < 2 && opens_with_name && edit.a_begin > 0 && edit.b_begin > 0; ++i) {
    const TextWord& previous = words[edit.a_begin - 1];
    if (!is_name_or_figure(previous) || ends_sentence(previous)) break;
    --edit.a_begin;
    --edit.b_begin;
  }
  const TextWord& last = words[edit.a_end - 1];
  const bool can_grow = edit.a_end < words.size() && edit.b_end < after.words.size();
  if (states_number(last) && !ends_sentence(last) && can_grow) {
    ++edit.a_end;
    ++edit.b_end;
  }
  return edit;
}

// The words as they stand in the text; what stood between them but is furniture is left out.
std::string words_of(const Version& version, std::size_t begin, std::size_t end) {
  std::string words;
  for (const TextWord& word : version.range(begin, end)) {
    if (!words.empty()) words += ' ';
    words += version.text.substr(word.begin, word.end - word.begin);
  }
  return words;
}

// Whether the words are the same but the marks around them ("Monday." and "Monday,") are not.
bool differ_in_marks(const Version& before, const Version& after,
                     const std::vector<SequenceEdit>& edits) {
  std::size_t a = 0;
  std::size_t b = 0;
  const auto differ_until = [&](std::size_t a_end) {
    for (; a < a_end; ++a, ++b) {
      if (before.words[a].marked != after.words[b].marked) return true;
    }
    return false;
  };
  for (const SequenceEdit& edit : edits) {
    if (differ_until(edit.a_begin)) return true;
    a = edit.a_end;
    b = edit.b_end;
  }
  return differ_until(before.words.size());
}

}  // namespace

RevisionDiff compare_revisions(std::string_view before, std::string_view after) {
  const Version old_version = read_version(before);
  const Version new_version = read_version(after);
  const std::vector<SequenceEdit> edits =
      diff_sequences(hashes_of(old_version.words), hashes_of(new_version.words));
  RevisionDiff diff;
  for (const SequenceEdit& edit : join_close(edits)) {
    const ChangeClass change = classify_passage(old_version.range(edit.a_begin, edit.a_end),
                                                new_version.range(edit.b_begin, edit.b_end));
    if (change == ChangeClass::no_change) continue;
    diff.change_class = std::max(diff.change_class, change);
    const SequenceEdit whole = widened(edit, old_version, new_version);
    diff.changes.push_back({words_of(old_version, whole.a_begin, whole.a_end),
                            words_of(new_version, whole.b_begin, whole.b_end)});
  }
  const bool has_other_marks = differ_in_marks(old_version, new_version, edits);
  if (has_other_marks) diff.change_class = std::max(diff.change_class, ChangeClass::minor);
  return diff;
}

}  // namespace stakeout
