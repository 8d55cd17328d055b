#include "extractors/stories/revisions.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "extractors/stories/content_words.h"
#include "extractors/stories/page_furniture.h"
#include "extractors/stories/passage.h"
#include "extractors/stories/sequence_diff.h"
#include "extractors/stories/text_words.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::size_t shortest_moved_phrase = 3;    // words
constexpr std::size_t shortest_moved_passage = 8;   // words
constexpr std::size_t most_words_between = 3;       // of two changes that are told as one
constexpr std::size_t longest_told_together = 100;  // bytes

// One fetch of the page: the words of the article, furniture left out.
struct Version {
  std::string_view text;
  std::vector<TextWord> words;
  std::vector<std::size_t> lines;  // of each word
  bool is_paywalled = false;

  [[nodiscard]] std::span<const TextWord> range(std::size_t begin, std::size_t end) const {
    return std::span{words}.subspan(begin, end - begin);
  }
};

// The lines of one fetch that are the article's.
struct ArticleLines {
  std::vector<PageLine> lines;
  std::vector<std::uint64_t> hashes;  // of their words
  bool is_paywalled = false;
};

ArticleLines read_lines(std::string_view text) {
  ArticleLines article;
  for (PageLine& line : cut_lines(text)) {
    article.is_paywalled |= line.is_paywall;
    if (line.is_furniture) continue;
    std::uint64_t hash = 0;
    for (const std::uint64_t word : hashes_of(line.words)) hash = (hash ^ word) * 0x100000001B3;
    article.hashes.push_back(hash);
    article.lines.push_back(std::move(line));
  }
  return article;
}

// Takes out the paragraphs that both fetches have, but at different places. Returns whether there
// are any.
bool take_out_moved(ArticleLines& before, ArticleLines& after) {
  std::unordered_set<std::uint64_t> gone;
  std::unordered_set<std::uint64_t> moved;
  const std::vector<SequenceEdit> edits = diff_sequences(before.hashes, after.hashes);
  for (const SequenceEdit& edit : edits) {
    for (std::size_t i = edit.a_begin; i < edit.a_end; ++i) {
      if (before.lines[i].words.size() >= shortest_moved_passage) gone.insert(before.hashes[i]);
    }
  }
  for (const SequenceEdit& edit : edits) {
    for (std::size_t i = edit.b_begin; i < edit.b_end; ++i) {
      if (gone.contains(after.hashes[i])) moved.insert(after.hashes[i]);
    }
  }
  for (ArticleLines* article : {&before, &after}) {
    std::size_t i = 0;
    std::erase_if(article->lines,
                  [&](const PageLine&) { return moved.contains(article->hashes[i++]); });
  }
  return !moved.empty();
}

Version version_of(std::string_view text, ArticleLines article) {
  Version version{text, {}, {}, article.is_paywalled};
  for (std::size_t i = 0; i < article.lines.size(); ++i) {
    std::vector<TextWord>& words = article.lines[i].words;
    version.lines.insert(version.lines.end(), words.size(), i);
    std::move(words.begin(), words.end(), std::back_inserter(version.words));
  }
  return version;
}

bool ends_sentence(const TextWord& word) {
  return word.marked.find_first_of(".!?;:", word.marked.size() - 1) != std::string::npos;
}

// Whether no sentence ends with the words [first, last], and no line between them.
bool is_one_sentence(const Version& version, std::size_t first, std::size_t last) {
  const std::span<const TextWord> words = version.range(first, last + 1);
  return version.lines[first] == version.lines[last] &&
         std::none_of(words.begin(), words.end(), ends_sentence);
}

bool are_of_one_line(const SequenceEdit& first, const SequenceEdit& second, const Version& before) {
  const bool is_between = first.a_begin < first.a_end && second.a_begin < second.a_end;
  return !is_between || before.lines[first.a_end - 1] == before.lines[second.a_begin];
}

// Joins edits of one line that a single word parts: "has been on hold since" reads better whole
// than in bits.
std::vector<SequenceEdit> join_close(const std::vector<SequenceEdit>& edits,
                                     const Version& before) {
  std::vector<SequenceEdit> joined;
  for (const SequenceEdit& edit : edits) {
    if (!joined.empty() && edit.a_begin - joined.back().a_end <= 1 &&
        are_of_one_line(joined.back(), edit, before)) {
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

bool ends_in_function_word(const Version& version, std::size_t begin, std::size_t end) {
  return begin < end && is_function_word(fold_case(version.words[end - 1].bare)) &&
         !ends_sentence(version.words[end - 1]);
}

// Whether the words at `at` of both fetches stand in the line of the word before them, so that a
// change may go on there.
bool goes_on(const Version& before, std::size_t a, const Version& after, std::size_t b) {
  const auto is_inside = [](const Version& version, std::size_t at) {
    return at < version.words.size() && (at == 0 || version.lines[at - 1] == version.lines[at]);
  };
  return is_inside(before, a) && is_inside(after, b);
}

// Widens a change to what it speaks of, within its lines. An exchange of names or figures gets the
// whole name and what is counted: "Fleming" is told as "John Fleming", "$2" as "$2 million", "29"
// as "September 29". One that breaks off in the middle, with a "not" or an "is", goes on to the
// next word that says something.
SequenceEdit widened(SequenceEdit edit, const Version& before, const Version& after) {
  const bool is_exchange = edit.a_begin < edit.a_end && edit.b_begin < edit.b_end;
  const auto can_grow = [&] { return goes_on(before, edit.a_end, after, edit.b_end); };
  const bool opens_with_name = is_exchange && (is_name_or_figure(before.words[edit.a_begin]) ||
                                               is_name_or_figure(after.words[edit.b_begin]));
  for (int i = 0; i < 2 && opens_with_name && edit.a_begin > 0 && edit.b_begin > 0; ++i) {
    const TextWord& previous = before.words[edit.a_begin - 1];
    if (!is_name_or_figure(previous) || ends_sentence(previous)) break;
    if (!goes_on(before, edit.a_begin, after, edit.b_begin)) break;
    --edit.a_begin;
    --edit.b_begin;
  }
  if (is_exchange && can_grow()) {
    const TextWord& last = before.words[edit.a_end - 1];
    const bool counts = !is_function_word(fold_case(before.words[edit.a_end].bare));
    if (states_number(last) && !ends_sentence(last) && counts) {
      ++edit.a_end;
      ++edit.b_end;
    }
  }
  for (std::size_t i = 0; i < most_words_between && can_grow(); ++i) {
    const bool breaks_off = ends_in_function_word(before, edit.a_begin, edit.a_end) ||
                            ends_in_function_word(after, edit.b_begin, edit.b_end);
    if (!breaks_off) break;
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

// What one side of an edit adds to the other, however the first word is set: a passage that was
// taken out or put in. Empty when the edit exchanges words.
struct OneSided {
  std::size_t begin = 0;
  std::size_t end = 0;
};

OneSided surplus_of(const Version& longer, OneSided range, const Version& shorter,
                    OneSided in_shorter) {
  const auto is_same = [&](std::size_t a, std::size_t b) {
    return fold_case(longer.words[a].bare) == fold_case(shorter.words[b].bare);
  };
  while (in_shorter.begin < in_shorter.end && range.begin < range.end &&
         is_same(range.begin, in_shorter.begin)) {
    ++range.begin;
    ++in_shorter.begin;
  }
  while (in_shorter.begin < in_shorter.end && range.begin < range.end &&
         is_same(range.end - 1, in_shorter.end - 1)) {
    --range.end;
    --in_shorter.end;
  }
  return in_shorter.begin == in_shorter.end ? range : OneSided{};
}

std::string folded_words(const Version& version, OneSided range) {
  std::string all;
  for (const TextWord& word : version.range(range.begin, range.end)) all += word.bare + ' ';
  return fold_case(all);
}

// Which edits only move a passage: one of them takes it out, another puts it in. A long passage may
// go anywhere; a phrase only within its sentence, where it keeps what it speaks of.
std::vector<bool> find_moves(const std::vector<SequenceEdit>& edits, const Version& before,
                             const Version& after) {
  std::vector<bool> is_move(edits.size());
  std::unordered_map<std::string, std::size_t> removals;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const OneSided a{edits[i].a_begin, edits[i].a_end};
    const OneSided out = surplus_of(before, a, after, {edits[i].b_begin, edits[i].b_end});
    if (out.end - out.begin >= shortest_moved_phrase)
      removals.emplace(folded_words(before, out), i);
  }
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const OneSided b{edits[i].b_begin, edits[i].b_end};
    const OneSided in = surplus_of(after, b, before, {edits[i].a_begin, edits[i].a_end});
    if (in.end - in.begin < shortest_moved_phrase) continue;
    const auto found = removals.find(folded_words(after, in));
    if (found == removals.end()) continue;
    const SequenceEdit& from = edits[found->second];
    const SequenceEdit& first = i < found->second ? edits[i] : from;
    const SequenceEdit& last = i < found->second ? from : edits[i];
    const bool is_long = in.end - in.begin >= shortest_moved_passage;
    if (!is_long && !is_one_sentence(before, first.a_begin, last.a_begin - 1)) continue;
    is_move[i] = is_move[found->second] = true;
    removals.erase(found);
  }
  return is_move;
}

// Whether the edit takes away the end of the article, which is now for subscribers.
bool is_shut_away(const SequenceEdit& edit, const Version& before, const Version& after) {
  return after.is_paywalled && !before.is_paywalled && edit.a_end == before.words.size() &&
         edit.b_begin == edit.b_end;
}

std::size_t length_of(const Version& version, std::size_t begin, std::size_t end) {
  return begin == end ? 0 : version.words[end - 1].end - version.words[begin].begin;
}

bool reads_as_one(const SequenceEdit& first, const SequenceEdit& second, const Version& before,
                  const Version& after) {
  if (second.a_begin - first.a_end > most_words_between) return false;
  if (length_of(before, first.a_begin, second.a_end) > longest_told_together) return false;
  if (length_of(after, first.b_begin, second.b_end) > longest_told_together) return false;
  const std::size_t from = first.a_end > first.a_begin ? first.a_end - 1 : first.a_end;
  return is_one_sentence(before, from, second.a_begin - 1);
}

struct ToldEdit {
  SequenceEdit edit;
  int weight = 0;  // as PassageChange has it
};

int weight_of(const SequenceEdit& edit, const Version& before, const Version& after) {
  int weight = 1;
  for (const auto& words :
       {before.range(edit.a_begin, edit.a_end), after.range(edit.b_begin, edit.b_end)}) {
    if (std::any_of(words.begin(), words.end(), states_number)) return 3;
    if (std::any_of(words.begin(), words.end(), is_name_or_figure)) weight = 2;
  }
  return weight;
}

// Tells short changes of one sentence that a few words part as one: what stands between makes them
// readable ("remains under review" against "has cleared review").
std::vector<ToldEdit> join_told(const std::vector<ToldEdit>& edits, const Version& before,
                                const Version& after) {
  std::vector<ToldEdit> joined;
  for (const ToldEdit& told : edits) {
    if (joined.empty() || !reads_as_one(joined.back().edit, told.edit, before, after)) {
      joined.push_back(told);
    } else {
      joined.back().edit.a_end = told.edit.a_end;
      joined.back().edit.b_end = told.edit.b_end;
      joined.back().weight = std::max(joined.back().weight, told.weight);
    }
  }
  return joined;
}

}  // namespace

RevisionDiff compare_revisions(std::string_view before, std::string_view after) {
  ArticleLines old_lines = read_lines(before);
  ArticleLines new_lines = read_lines(after);
  const bool has_moved = take_out_moved(old_lines, new_lines);
  const Version old_version = version_of(before, std::move(old_lines));
  const Version new_version = version_of(after, std::move(new_lines));
  const std::vector<SequenceEdit> edits =
      diff_sequences(hashes_of(old_version.words), hashes_of(new_version.words));
  const std::vector<SequenceEdit> passages = join_close(edits, old_version);
  const std::vector<bool> is_move = find_moves(passages, old_version, new_version);
  RevisionDiff diff;
  std::vector<ToldEdit> told;
  for (std::size_t i = 0; i < passages.size(); ++i) {
    const SequenceEdit& edit = passages[i];
    if (is_shut_away(edit, old_version, new_version)) continue;
    const ChangeClass change = is_move[i]
                                   ? ChangeClass::minor
                                   : classify_passage(old_version.range(edit.a_begin, edit.a_end),
                                                      new_version.range(edit.b_begin, edit.b_end));
    diff.change_class = std::max(diff.change_class, change);
    if (change == ChangeClass::no_change) continue;
    const bool says_more = change == ChangeClass::substantive;
    told.push_back({edit, says_more ? weight_of(edit, old_version, new_version) : 0});
  }
  for (const ToldEdit& one : join_told(told, old_version, new_version)) {
    const SequenceEdit whole = widened(one.edit, old_version, new_version);
    diff.changes.push_back({words_of(old_version, whole.a_begin, whole.a_end),
                            words_of(new_version, whole.b_begin, whole.b_end), one.weight});
  }
  const bool has_other_marks = differ_in_marks(old_version, new_version, edits);
  if (has_other_marks || has_moved)
    diff.change_class = std::max(diff.change_class, ChangeClass::minor);
  return diff;
}

}  // namespace stakeout
