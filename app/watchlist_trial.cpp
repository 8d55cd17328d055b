#include "app/watchlist_trial.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/output.h"
#include "extractors/facts/mentions.h"
#include "extractors/text/ascii.h"
#include "extractors/text/prose.h"
#include "extractors/text/unicode.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

constexpr std::size_t most_passed_sentences = 3;
constexpr std::size_t longest_acronym = 8;

// Thai, Chinese, Japanese and their like: the index takes a whole run for one word.
bool is_unspaced(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (point.value >= 0x0E00 && point.value < 0x1100) return true;
    if (point.value >= 0x2E80 && point.value < 0xA4D0) return true;
    at = point.next;
  }
  return false;
}

std::string phrase(std::string_view words) {
  std::string quoted = "\"";
  for (const char c : words) quoted += c == '"' ? ' ' : c;
  return quoted + "\"";
}

// The alias in the spellings that the matcher takes for the same words, for FTS5: "U.S." is "US",
// "ICE" is "I.C.E.", and "&" is "and".
std::string index_query(const std::string& alias) {
  std::set<std::string> spellings{phrase(alias)};
  std::string undotted;
  std::string spelled_out;
  for (const char c : alias) {
    if (c != '.') undotted += c;
    spelled_out += c == '&' ? " and " : std::string{c};
  }
  spellings.insert(phrase(undotted));
  spellings.insert(phrase(spelled_out));
  const bool is_acronym =
      undotted.size() <= longest_acronym &&
      std::all_of(undotted.begin(), undotted.end(), [](char c) { return is_ascii_letter(c); });
  if (is_acronym) {
    std::string letters;
    for (const char c : undotted) (letters += c) += ' ';
    spellings.insert(phrase(letters));
  }
  std::string query;
  for (const std::string& each : spellings) {
    query += (query.empty() ? "" : " OR ") + each;
  }
  return "text : (" + query + ")";
}

bool is_word_byte(char c) {
  return is_ascii_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80;
}

// How often the words stand in a text just so, as words of their own.
std::size_t count_words(std::string_view text, std::string_view words) {
  std::size_t count = 0;
  for (std::size_t at = text.find(words); at != std::string_view::npos;
       at = text.find(words, at + words.size())) {
    const std::size_t end = at + words.size();
    const bool is_whole = (at == 0 || !is_word_byte(text[at - 1])) &&
                          (end == text.size() || !is_word_byte(text[end]));
    count += is_whole ? 1 : 0;
  }
  return count;
}

class AliasTrial {
 public:
  AliasTrial(Reader& reader, Watchlist watchlist, const TrialName& name)
      : reader_{reader}, name_{name}, finder_{with_name(std::move(watchlist), name)} {}

  void read(const std::vector<Cell>& id) {
    const Table found = reader_.rows(
        "SELECT a.id, a.story_id, a.url, a.site, coalesce(a.published_at, a.first_seen_at), r.id, "
        "r.text FROM articles a JOIN revisions r ON r.id = a.revision_id WHERE a.id = ?1",
        id);
    if (found.rows.empty()) return;
    const auto& row = found.rows.front();
    const std::string text = cell_text(row[6]);
    const Prose prose{text};
    const std::size_t before = trial_.hits.size();
    for (const Mention& mention : finder_.find(prose)) {
      if (is_ours(mention)) trial_.hits.push_back(hit_of(row, mention));
    }
    ++trial_.read;
    const std::string lower = fold_case(name_.alias);
    if (lower != name_.alias) trial_.lower_case += count_words(text, lower);
    if (trial_.hits.size() == before) {
      pass_over(prose);
    } else {
      mark_known(row[5], before);
    }
  }

  [[nodiscard]] Trial take() { return std::move(trial_); }

 private:
  static MentionFinder with_name(Watchlist watchlist, const TrialName& name) {
    watchlist.merge({name.entity});
    return MentionFinder{watchlist};
  }

  // Found by the alias, and not by another name of the entity.
  [[nodiscard]] bool is_ours(const Mention& mention) const {
    return mention.listed && mention.kind == name_.entity.kind &&
           mention.name == name_.entity.name &&
           fold_case(mention.reason).find('"' + fold_case(name_.alias) + '"') != std::string::npos;
  }

  static TrialHit hit_of(const std::vector<Cell>& row, const Mention& mention) {
    const auto url = parse_url(cell_text(row[2]));
    TrialHit hit;
    hit.article_id = cell_text(row[0]);
    hit.story_id = cell_text(row[1]);
    hit.outlet = url ? url->host() : cell_text(row[3]);
    hit.url = cell_text(row[2]);
    hit.day = cell_text(row[4]).substr(0, 10);
    hit.text = mention.text;
    hit.sentence = collapse_white_space(mention.sentence);
    hit.start = mention.span.start;
    hit.end = mention.span.end;
    return hit;
  }

  // Which of the hits from `first` on are mentions of an entity already.
  void mark_known(const Cell& revision, std::size_t first) {
    const Table known = reader_.rows(
        "SELECT m.start, m.\"end\", e.name FROM mentions m JOIN entities e ON e.id = m.entity_id "
        "WHERE m.revision_id = ?1 AND NOT m.rejected ORDER BY m.start",
        {revision});
    for (std::size_t i = first; i < trial_.hits.size(); ++i) {
      TrialHit& hit = trial_.hits[i];
      for (const auto& row : known.rows) {
        const auto start = static_cast<std::size_t>(std::get<std::int64_t>(row[0]));
        const auto end = static_cast<std::size_t>(std::get<std::int64_t>(row[1]));
        if (start < hit.end && hit.start < end) hit.mention_of = cell_text(row[2]);
      }
    }
  }

  void pass_over(const Prose& prose) {
    ++trial_.passed_over;
    if (trial_.passed_sentences.size() == most_passed_sentences) return;
    const std::string wanted = fold_accents(name_.alias);
    for (const Sentence& sentence : prose.sentences()) {
      const std::string words{prose.text().substr(sentence.begin, sentence.end - sentence.begin)};
      if (fold_accents(words).find(wanted) == std::string::npos) continue;
      trial_.passed_sentences.push_back(collapse_white_space(words));
      return;
    }
  }

  Reader& reader_;
  const TrialName& name_;
  MentionFinder finder_;
  Trial trial_;
};

}  // namespace

Table articles_with_words(Reader& reader, const std::string& alias) {
  if (is_unspaced(alias)) {
    return reader.rows(
        "SELECT a.id FROM articles a JOIN revisions r ON r.id = a.revision_id WHERE instr(r.text, "
        "?1) > 0 ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.id DESC",
        {alias});
  }
  return reader.rows(
      "SELECT a.id FROM article_search s JOIN articles a ON a.id = s.rowid WHERE article_search "
      "MATCH ?1 ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.id DESC",
      {index_query(alias)});
}

Trial try_alias(Reader& reader, Watchlist watchlist, const TrialName& name, std::size_t most,
                const std::function<void(std::size_t)>& progress) {
  const Table candidates = articles_with_words(reader, name.alias);
  AliasTrial trial{reader, std::move(watchlist), name};
  const std::size_t read = std::min(most, candidates.rows.size());
  for (std::size_t i = 0; i < read; ++i) {
    trial.read(candidates.rows[i]);
    progress(i + 1);
  }
  Trial result = trial.take();
  result.candidates = candidates.rows.size();
  return result;
}

}  // namespace stakeout
