#include "extractors/stories/word_diff.h"

#include "extractors/stories/sequence_diff.h"
#include "extractors/stories/text_words.h"

namespace stakeout {
namespace {

// Words [begin, end) with the white space after each, up to the next word or the text's end.
std::string slice(std::string_view text, const std::vector<TextWord>& words, std::size_t begin,
                  std::size_t end) {
  if (begin == end) return {};
  const std::size_t from = begin == 0 ? 0 : words[begin].begin;
  const std::size_t to = end == words.size() ? text.size() : words[end].begin;
  return std::string{text.substr(from, to - from)};
}

}  // namespace

std::vector<DiffRun> diff_words(std::string_view before, std::string_view after) {
  const std::vector<TextWord> old_words = cut_words(before);
  const std::vector<TextWord> new_words = cut_words(after);
  std::vector<DiffRun> runs;
  const auto add = [&](DiffRun::Kind kind, std::string words) {
    if (!words.empty()) runs.push_back({kind, std::move(words)});
  };
  std::size_t at = 0;
  for (const SequenceEdit& edit : diff_sequences(hashes_of(old_words), hashes_of(new_words))) {
    add(DiffRun::Kind::equal, slice(before, old_words, at, edit.a_begin));
    add(DiffRun::Kind::removed, slice(before, old_words, edit.a_begin, edit.a_end));
    add(DiffRun::Kind::added, slice(after, new_words, edit.b_begin, edit.b_end));
    at = edit.a_end;
  }
  add(DiffRun::Kind::equal, slice(before, old_words, at, old_words.size()));
  return runs;
}

}  // namespace stakeout
