#include <charconv>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "alerts/plain_words.h"
#include "app/commands/commands.h"
#include "app/crawl/system_clock.h"
#include "app/output.h"
#include "app/session.h"
#include "extractors/text/unicode.h"
#include "storage/store.h"

namespace stakeout {
namespace {

// One of the things that can be rejected.
struct Rejectable {
  const char* kind;
  const char* help;
  const char* id_help;
  const char* known;      // SQL: a row when there is such an id (?1)
  const char* where_ids;  // where a person finds the ids
  bool (Store::*reject)(std::int64_t, const std::string&, Timestamp);
  bool (Store::*restore)(std::int64_t, Timestamp);
};

constexpr Rejectable rejectables[] = {
    {"claim", "What an article says of a contract is not so, or is no contract",
     "The id of the claim, as show contract and show article print it",
     "SELECT 1 FROM claims WHERE id = ?1",
     "`stakeout show contract ID` and `stakeout show article ID` print the ids of claims",
     &Store::reject_claim, &Store::restore_claim},
    {"mention", "A name in an article is not the vendor or agency that it was taken for",
     "The id of the mention, as the listing mentions prints it",
     "SELECT 1 FROM mentions WHERE id = ?1",
     "`stakeout mentions` prints the ids of mentions in its first column", &Store::reject_mention,
     &Store::restore_mention},
    {"join", "An article is no copy of the story that it was joined to",
     "The id of the article, as show story prints it",
     "SELECT 1 FROM articles WHERE id = ?1 AND story_id IS NOT NULL",
     "`stakeout show story ID` prints the ids of its articles", &Store::reject_join,
     &Store::restore_join},
};

struct RejectWords {
  std::string given_id;
  std::int64_t id = 0;  // given_id, once it is read
  std::string why;
  bool undo = false;
};

std::string checked_why(const RejectWords& words) {
  constexpr std::size_t longest_why = 1000;
  const std::string why = collapse_white_space(without_control_characters(words.why));
  if (why.empty() && !words.undo) {
    throw CommandError{2,
                       "--why: say in a few words why it is wrong; they are kept, and go out with "
                       "the correction"};
  }
  if (!is_valid_utf8(why) || count_code_points(why) > longest_why) {
    throw CommandError{2, "--why: at most 1000 characters of text"};
  }
  return why;
}

// "; contract 7 has the claims 12, 13" for somebody who gave the id of a contract.
std::string hint_for(Reader& reader, const Rejectable& thing, std::int64_t id) {
  if (std::string_view{thing.kind} != "claim") return "";
  const Table claims =
      reader.rows("SELECT id FROM v_claims WHERE contract_id = ?1 ORDER BY id LIMIT 10", {id});
  std::string ids;
  for (const auto& row : claims.rows) ids += (ids.empty() ? "" : ", ") + cell_text(row.front());
  return ids.empty() ? "" : "; contract " + std::to_string(id) + " has the claims " + ids;
}

// What is rejected of a kind: ids and words.
Table rejections(Reader& reader, const Rejectable& thing) {
  return reader.rows("SELECT id, what, article_id FROM v_rejections WHERE kind = ?1",
                     {std::string{thing.kind}});
}

// A claim or mention stands again; of a join it is the parting that is taken back.
void say_what_changed(const Rejectable& thing, const Table& before, const Table& after, bool undo) {
  const char* const undone =
      std::string_view{thing.kind} == "join" ? "taken back: " : "stands again: ";
  const Table& more = undo ? before : after;
  const Table& less = undo ? after : before;
  for (const auto& row : more.rows) {
    bool is_new = true;
    for (const auto& known : less.rows) is_new = is_new && known != row;
    if (!is_new) continue;
    std::cout << (undo ? undone : "rejected: ") << plain_words(cell_text(row[1])) << " (article "
              << cell_text(row[2]) << ", id " << cell_text(row[0]) << ")\n";
  }
}

// A claim that rests on a name which is rejected stands until it is rejected itself.
void say_which_claims_stand(Reader& reader, std::int64_t mention) {
  const Table claims = reader.rows(
      "SELECT c.id, c.contract_id, c.quote FROM v_claims c JOIN v_articles a ON a.id = "
      "c.article_id JOIN revisions r ON r.article_id = a.id JOIN mentions m ON m.revision_id = "
      "r.id WHERE m.id = ?1 AND m.entity_id IN (c.vendor_id, c.agency_id) ORDER BY c.id",
      {mention});
  for (const auto& row : claims.rows) {
    const std::string id = cell_text(row[0]);
    std::cout << "claim " << id << " still names it: \"" << plain_words(cell_text(row[2]))
              << "\"; reject it, too, with: stakeout reject claim " << id << " --why TEXT\n";
  }
}

std::int64_t checked_id(const Rejectable& thing, const std::string& given) {
  std::int64_t id = 0;
  const auto [end, fault] = std::from_chars(given.data(), given.data() + given.size(), id);
  if (fault == std::errc{} && end == given.data() + given.size()) return id;
  throw CommandError{2, std::string{"reject "} + thing.kind + ": '" + given +
                            "' is no id, which is a number; " + thing.where_ids};
}

// Throws CommandError (1) when there is nothing to reject: it is rejected, or the article has no
// story with others.
void check_stands(Reader& reader, const Rejectable& thing, std::int64_t id) {
  const std::string what = std::string{thing.kind} + " " + std::to_string(id);
  const Table known = reader.rows("SELECT why FROM v_rejections WHERE kind = ?1 AND id = ?2",
                                  {std::string{thing.kind}, id});
  if (!known.rows.empty()) {
    throw CommandError{
        1, what + " is rejected already: " + plain_words(cell_text(known.rows.front().front())) +
               "; for another reason take it back first: stakeout reject " + what + " --undo"};
  }
  if (std::string_view{thing.kind} != "join") return;
  const Table others = reader.rows(
      "SELECT 1 FROM articles a JOIN articles o ON o.story_id = a.story_id AND o.id <> a.id "
      "WHERE a.id = ?1",
      {id});
  if (others.rows.empty()) {
    throw CommandError{1, "article " + std::to_string(id) +
                              " is the only one of its story: there is no join to reject"};
  }
}

void run_reject(const Session& session, const Rejectable& thing, RejectWords words) {
  words.id = checked_id(thing, words.given_id);
  const std::string why = checked_why(words);
  const std::filesystem::path database = session.existing_database();
  Store store{database};
  Reader reader{database};
  const std::string id = std::to_string(words.id);
  if (reader.rows(thing.known, {words.id}).rows.empty()) {
    throw CommandError{
        1, std::string{"there is no "} +
               (std::string_view{thing.kind} == "join" ? "article in a story" : thing.kind) + " " +
               id + "; " + thing.where_ids + hint_for(reader, thing, words.id)};
  }
  if (!words.undo) check_stands(reader, thing, words.id);
  const Table before = rejections(reader, thing);
  const Timestamp now = SystemClock{}.now();
  const bool done = words.undo ? (store.*thing.restore)(words.id, now)
                               : (store.*thing.reject)(words.id, why, now);
  if (!done) {
    throw CommandError{1, std::string{thing.kind} + " " + id +
                              " is not rejected; see what is with: stakeout query 'select * from "
                              "v_rejections'"};
  }
  say_what_changed(thing, before, rejections(reader, thing), words.undo);
  if (std::string_view{thing.kind} == "mention" && !words.undo) {
    say_which_claims_stand(reader, words.id);
  }
}

void add_reject(CLI::App& reject, Session& session, const Rejectable& thing) {
  CLI::App* command = reject.add_subcommand(thing.kind, thing.help);
  const auto words = std::make_shared<RejectWords>();
  command->add_option("ID", words->given_id, thing.id_help)->required();
  CLI::Option* why = command->add_option("--why", words->why,
                                         "Why, in a few words; kept, and told with the correction");
  command->add_flag("--undo", words->undo, "Take the rejection back")->excludes(why);
  command->callback([&session, &thing, words] { run_reject(session, thing, *words); });
}

}  // namespace

void add_reject_commands(CLI::App& program, Session& session) {
  CLI::App* reject = program.add_subcommand(
      "reject", "Says that a claim, a mention or a copy is wrong; no later crawl brings it back");
  reject->require_subcommand(1);
  reject->footer(
      "It holds for copies of the same story too, and for `reprocess`. Whoever was sent what is\n"
      "rejected gets a correction. What is rejected, and why, is in v_rejections and in `show`.\n\n"
      "  stakeout show contract 12                       # prints the ids of its claims\n"
      "  stakeout reject claim 40 --why 'a lawsuit, not a contract'\n"
      "  stakeout reject mention 311 --why 'the chess player'\n"
      "  stakeout reject join 7 --why 'another deal of the same day'\n"
      "  stakeout reject claim 40 --undo");
  for (const Rejectable& thing : rejectables) add_reject(*reject, session, thing);
}

}  // namespace stakeout
