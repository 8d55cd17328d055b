#include <algorithm>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "alerts/amount_words.h"
#include "alerts/plain_words.h"
#include "alerts/value_words.h"
#include "app/commands/show_pages.h"
#include "app/output.h"
#include "extractors/stories/word_diff.h"

namespace stakeout {
namespace {

constexpr ShownColumn mention_columns[] = {{"mention", "id", as_is},
                                           {"name", "name", as_is, 24},
                                           {"words", "text", as_is, 16},
                                           {"why", "reason", as_is, 24},
                                           {"sentence", "sentence", as_is, 40}};
constexpr ListingTable mention_shape{mention_columns, 4};

constexpr ShownColumn claim_columns[] = {
    {"claim", "id", as_is},          {"contract", "contract_id", as_is},
    {"between", "", parties_of, 24}, {"amount", "", amount_of, 16},
    {"status", "status", in_words},  {"quote", "quote", as_is, 40}};
constexpr ListingTable claim_shape{claim_columns, 5};

constexpr ShownColumn copy_columns[] = {
    {"article", "article_id", as_is}, {"why", "reason", as_is, 40}, {"url", "url", as_is, 40}};
constexpr ListingTable copy_shape{copy_columns, 2};

// "name: value", where there is a value.
void print_fact(const Page& page, const std::string& name, const std::string& value) {
  if (!value.empty()) print_words(page, name + ": " + value, 2);
}

void print_head(const Page& page, const NamedRow& article) {
  const std::string title = article.text("title");
  print_words(page, title.empty() ? article.text("url") : title, 0);
  std::string source = outlet_words(article.text("site"), article.text("url"));
  if (!article.text("byline").empty()) source += ", " + article.text("byline");
  if (!article.text("published_at").empty()) source += ", " + article.text("published_at");
  print_words(page, source, 2);
  if (!title.empty()) print_words(page, article.text("url"), 2);
  if (article.text("canonical_url") != article.text("url"))
    print_fact(page, "canonical address", article.text("canonical_url"));
  const std::string reason = article.text("reason");
  print_fact(page, "status",
             words_of_code(article.text("status")) + (reason.empty() ? "" : ": " + reason));
  if (article.text("modified_at") != article.text("published_at"))
    print_fact(page, "modified", article.text("modified_at"));
  print_fact(page, "language", article.text("language"));
  print_fact(page, "last fetched", article.text("last_fetched_at"));
  print_fact(page, "wishes of the publisher", article.text("robots"));
  print_fact(page, "story", article.text("story_id"));
}

// The text, each paragraph on lines of its own.
void print_text(const Page& page, std::string text) {
  if (text.empty()) return;
  print_title(page, "Text");
  for (std::size_t end = 0; !text.empty(); text.erase(0, std::min(end + 1, text.size()))) {
    end = std::min(text.find('\n'), text.size());
    print_words(page, text.substr(0, end), 2);
  }
}

// What the latest text is without, and why.
void print_left_out(const Page& page, const std::string& host, const Table& blocks) {
  if (blocks.rows.empty()) return;
  print_title(page, "Left out of the text");
  for (const auto& cells : blocks.rows) {
    const NamedRow block{blocks, cells};
    print_words(page,
                block.text("reason") + " of " + host + ": " + block.text("text") + " (in " +
                    block.text("articles") +
                    (block.text("articles") == "1" ? " other article)" : " other articles)"),
                2);
  }
}

// Of words that stand as they stood so many are shown on either side of a change.
constexpr std::size_t words_around = 12;

// "the first words … the last words", where there are many between. The first or the last are left
// out where no change is beside them.
std::string shortened_run(const std::string& words, bool is_first, bool is_last) {
  std::vector<std::size_t> starts{0};
  for (std::size_t at = words.find(' '); at != std::string::npos; at = words.find(' ', at + 1))
    starts.push_back(at + 1);
  const std::size_t head = is_first ? 0 : words_around;
  const std::size_t tail = is_last ? 0 : words_around;
  if (starts.size() <= head + tail + 1) return words;
  return words.substr(0, head == 0 ? 0 : starts[head]) + "…" +
         (tail == 0 ? "" : " " + words.substr(starts[starts.size() - tail]));
}

// [-struck out-] {+written in+}, with the words around.
std::string diff_words_of(const std::string& before, const std::string& after) {
  std::string diff;
  const auto runs = diff_words(before, after);
  for (std::size_t at = 0; at < runs.size(); ++at) {
    const std::string words = plain_words(runs[at].words);
    switch (runs[at].kind) {
      case DiffRun::Kind::removed:
        diff += " [-" + words + "-]";
        break;
      case DiffRun::Kind::added:
        diff += " {+" + words + "+}";
        break;
      case DiffRun::Kind::equal:
        diff += " " + shortened_run(words, at == 0, at + 1 == runs.size());
        break;
    }
  }
  return diff;
}

// "was dropped at 2024-10-08T07:00:00Z, as ..."
std::string dropped_words(const std::string& since) {
  return "was dropped at " + since +
         ", as [retention] in the settings says; its SHA-256 and all that is known of it are kept.";
}

void print_revisions(const Page& page, Reader& reader, std::int64_t id) {
  const Table texts = reader.rows(
      "SELECT number, fetched_at, title, text, change, text_dropped_at FROM v_revisions WHERE "
      "article_id = ?1 ORDER BY number",
      {id});
  if (texts.rows.size() < 2) return;
  print_title(page, "Revisions");
  for (std::size_t i = 0; i < texts.rows.size(); ++i) {
    const NamedRow after{texts, texts.rows[i]};
    const std::string change = after.text("change");
    print_words(page,
                after.text("number") + ", fetched " + after.text("fetched_at") +
                    (change.empty() ? "" : ", a " + change + " change"),
                2);
    if (i == 0) continue;
    const NamedRow before{texts, texts.rows[i - 1]};
    if (before.text("title") != after.text("title"))
      print_words(page, "title: " + diff_words_of(before.text("title"), after.text("title")), 4);
    const NamedRow& dropped = before.text("text_dropped_at").empty() ? after : before;
    if (const std::string since = dropped.text("text_dropped_at"); !since.empty()) {
      print_words(page, "One of the two texts " + dropped_words(since), 4);
    } else {
      print_words(page, diff_words_of(before.text("text"), after.text("text")), 4);
    }
  }
}

void print_hints(const Page& page, const std::string& id, const Table& mentions,
                 const Table& claims, bool has_copies) {
  if (mentions.rows.empty() && claims.rows.empty()) return;
  print_title(page, "More");
  print_hint(page, "All of it, with the words behind each field",
             "stakeout show article " + id + " --json");
  if (!mentions.rows.empty()) {
    print_hint(page, "A name that is not meant",
               "stakeout reject mention " + NamedRow{mentions, mentions.rows.front()}.text("id") +
                   " --why TEXT");
  }
  if (!claims.rows.empty()) {
    print_hint(page, "A claim that is wrong",
               "stakeout reject claim " + NamedRow{claims, claims.rows.front()}.text("id") +
                   " --why TEXT");
  }
  if (has_copies)
    print_hint(page, "No copy of the others", "stakeout reject join " + id + " --why TEXT");
}

}  // namespace

void print_article(const Page& page, Reader& reader, const std::vector<Section>& sections) {
  const Table& row = sections.front().table;
  const NamedRow article{row, row.rows.front()};
  const std::string id = article.text("id");
  print_head(page, article);
  if (const std::string since = article.text("text_dropped_at"); !since.empty()) {
    print_words(page, "The text " + dropped_words(since), 2);
  } else {
    print_text(page, article.text("text"));
  }
  print_left_out(page, outlet_words("", article.text("url")),
                 rows_of_section(sections, "left out"));
  const Table& mentions = rows_of_section(sections, "mentions");
  const Table& claims = rows_of_section(sections, "claims");
  print_titled_table(page, "Names", mentions, mention_shape);
  print_titled_table(page, "Claims", claims, claim_shape);
  Table copies = rows_of_section(sections, "copies");
  std::erase_if(copies.rows, [&](const auto& cells) {
    return !NamedRow{copies, cells}.text("rejected_at").empty();
  });
  print_titled_table(page, "Copies", copies, copy_shape);
  print_revisions(page, reader, std::get<std::int64_t>(article.cell("id")));
  Table rejected = rows_of_section(sections, "rejected");
  rejected.columns.emplace_back("article_id");
  for (auto& cells : rejected.rows) cells.push_back(article.cell("id"));
  print_rejections(page, rejected);
  print_alerts(page, sections);
  print_hints(page, id, mentions, claims, !copies.rows.empty());
}

}  // namespace stakeout
