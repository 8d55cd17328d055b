#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/text/prose.h"
#include "extractors/text/word_map.h"

namespace stakeout {

// What a cue tells about the words around it.
enum class CueKind {
  noun,   // names a deal: "contract"; detail "strong" or "weak", then perhaps a status
  block,  // holds a deal word and names no deal; detail "paper" for what may be signed all the
          // same: "executive order"
  act,    // makes or promises a deal; detail: who stands before it (buyer, seller, both, deal),
          // then the status
  state,  // says how a deal stands; detail: the status
  day,    // ties a date to a deal; detail: signed, announced, starts, ends, or other (no date
          // of a deal)
  vendor_ref,     // points back to a vendor: "the company"
  agency_ref,     // points back to an agency
  both_ref,       // points back to both: "the two sides"
  rival,          // what follows is no party: "unlike", "rival"
  beaten,         // what stands before is no party: "had sued"
  hedge,          // what follows has not happened: "could", "not"
  part,           // the sum that follows is a part or a consequence of a deal: "obligates"
  another,        // what follows is a deal of its own: "an earlier"; detail "former": one before it
  oversight,      // a body that judges deals more often than it makes them
  sum,            // tells what a sum is for; detail: the role. For roles.h
  private_buyer,  // whose purchases are no business of a public body: "the retailer"
  notice,         // the frame of an award notice: "is the contracting activity"
  successor,      // speaks of what is planned in the place of a deal: "its successor"
  correction,     // opens a note about what the article had wrong: "anywhere", or at the start of a
                  // paragraph, always ("note") or where that speaks of an error ("head")
  invites         // who is to offer for what is planned: "will ask X and Y for offers"
};

// A word of a cue's phrase, or a gap of up to four words ("...").
struct CueWord {
  std::string folded;
  WordHash hash = 0;
  bool is_gap = false;
};

struct Cue {
  std::vector<CueWord> words;
  CueKind kind = CueKind::noun;
  std::string detail;
  std::string rule;   // what a person finds it by in data/
  std::string table;  // the file there, without its extension: "deal_verbs"
};

// A table and its name.
struct CueSource {
  std::string_view name;
  std::string_view text;
};

// Tokens [first, end) of a text that a cue matched. The cue belongs to the table.
struct CueHit {
  std::size_t first = 0;
  std::size_t end = 0;
  const Cue* cue = nullptr;

  [[nodiscard]] bool is(CueKind kind) const { return cue->kind == kind; }
};

// The phrases by which deals are recognised. A row of a table is
//
//     rule TAB kind TAB detail TAB phrase | phrase | ...
//
// Immutable; any number of threads may share one.
class CueTable {
 public:
  // Rows with an unknown kind or without phrases are left out.
  explicit CueTable(std::span<const CueSource> tables);

  // In the order of the text. At each place the longest phrase wins, of two as long one
  // without a gap, and a token belongs to one cue; a phrase with a gap ("...") takes only its first
  // word, so that cues inside are found. No cue crosses the end of a sentence.
  [[nodiscard]] std::vector<CueHit> find(const Prose& prose) const;

  [[nodiscard]] const std::vector<Cue>& cues() const { return cues_; }

 private:
  // A cue as what its second word leaves of it: most are told apart by that.
  struct Candidate {
    WordHash second = 0;
    bool has_second = false;  // else the phrase ends or has a gap there
    std::uint32_t cue = 0;    // index into cues_
  };

  void add(Cue cue);
  [[nodiscard]] CueHit longest_at(const Prose& prose, std::size_t token) const;

  std::vector<Cue> cues_;
  WordMap<std::vector<Candidate>> by_first_;  // by their first word
};

// The tables that come with the program.
[[nodiscard]] const CueTable& deal_cues();

}  // namespace stakeout
