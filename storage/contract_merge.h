#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extractors/values/claim.h"
#include "extractors/values/money.h"
#include "extractors/values/partial_date.h"
#include "extractors/values/words.h"

// Which claims are about one deal, and what they say together. Pure functions of the whole set of
// claims of one vendor: neither ids nor the order in which articles arrived change the outcome, so
// a crawl that was killed and continued ends with the same contracts.

namespace stakeout {

// A claim as merging sees it.
struct DealClaim {
  std::int64_t id = 0;  // only handed through
  std::int64_t article = 0;
  std::int64_t revision = 0;  // grows within the article; its claims are different deals
  std::int64_t story = 0;     // copies of one text speak once
  bool current = true;        // of the article's latest revision
  bool past = false;          // nobody is told of what it says
  std::string reported_at;    // when the article came out: an instant or a date
  std::string order;          // which comes first of two that came out at once

  std::vector<std::int64_t> agency_line;  // the agency and the bodies above it; empty: not known
  bool has_vendor = true;
  std::optional<Money> value;
  std::optional<Qualifier> qualifier;
  std::optional<std::string> term;
  std::optional<std::string> longest_term{};  // with all its options, where the claim tells them
  std::optional<PartialDate> signed_on;
  std::optional<PartialDate> starts_on;
  std::optional<PartialDate> ends_on;
  std::optional<Status> status;
  std::vector<StatusReport> history;
  std::optional<std::string> award_id;
  std::string quote;
};

// What a person has decided about two claims, by index.
struct DealRuling {
  std::size_t a = 0;
  std::size_t b = 0;
  bool same = false;
};

// Whether nothing speaks against the two claims (of one vendor) being about one deal:
//
//   - agency: the same, or one a part of the other, or one not known
//   - award id: equal settles it, different forbids it
//   - amount: equal, or equal when rounded, or one not known; after a modification it may differ
//     where the dates of signing agree
//   - term: the same, or that of one with all its options, where the sum or the day of signing does
//     not settle it
//   - dates: they overlap as far as they are known, with a week (signing) or a month (start, end)
//     of tolerance; nothing is reported as signed before it was signed
//   - a plan is not a deal that was reported to exist before
//   - two claims of one text are two deals
[[nodiscard]] bool may_be_one_deal(const DealClaim& a, const DealClaim& b);

// Sorts the claims of one vendor into deals: lists of indexes, each list in the order of the
// reports. What the revisions of one article say of one deal stays together (claim_threads.h), and
// what an article has taken back is in no list. A claim joins the deal that it has most in common
// with, among those against none of whose claims anything speaks. Where a text was corrected, it
// may agree with the old words or with the new ones. A claim that names only one party makes a deal
// of its own only with an amount or an award id; one that is in no list makes none.
[[nodiscard]] std::vector<std::vector<std::size_t>> group_deals(
    const std::vector<DealClaim>& claims, const std::vector<DealRuling>& rulings);

// An article that reports an event.
struct EventSource {
  std::int64_t article = 0;
  bool revised = false;  // in a later revision than the first that tells of the deal
  bool past = false;     // as in DealClaim

  friend bool operator==(const EventSource&, const EventSource&) = default;
};

// A dated change of a deal. Values are spelled as the database spells them: status words, dates,
// amounts in thousandths.
struct DealEvent {
  std::string field;  // "status", "amount", "term", "signed_on", "starts_on", "ends_on", "award_id"
  std::optional<std::string> before;
  std::string after;
  std::optional<PartialDate> happened_on;
  std::string reported_at;
  std::int64_t article = 0;          // that reports it first
  std::string quote;                 // the sentence that tells of it, else of the whole claim
  std::vector<EventSource> sources;  // that article, then the others that report it
  // Of the sentence those words by which the rule found it, where the claim's history has them;
  // else they are the words of `evidence`, for a field of the claim, by its column.
  std::string words{};
  Span span{};
  std::string rule{};
  std::int64_t claim = 0;
  std::string evidence{};
  ChangeCause cause = ChangeCause::change;

  friend bool operator==(const DealEvent&, const DealEvent&) = default;
};

// A value that readers were told of, and the one that an event told them it had been before;
// without that, it is the one with which the deal was told.
struct KnownChange {
  std::string field;
  std::optional<std::string> before;
  std::string after;
};

// What the claims of one deal say together. Of contradicting values the one that most stories
// state is taken, then the one with which the deal was told, then the most precise, then the
// earliest; the others stay in the claims. What a plan may cost counts as long as nothing else is
// known. Where readers were told another value to begin with, the first change leads from that one.
// Each article has one voice: what it said first, as precise as it is now. Then come the changes,
// in the order of the reports: what a modification or an extension says replaces amount and end,
// and an article that corrects itself changes what it had said, where that was what counted. Others
// that say the new value from then on, however many, do not undo that it was another one before:
// the changes start from what was said before the first of them, from the first report, or from
// where a change that readers know of started, if they lead from there to what counts in the end.
struct MergedDeal {
  std::optional<std::int64_t> agency;
  std::optional<Money> value;
  std::optional<Qualifier> qualifier;
  std::optional<std::string> term;
  std::optional<PartialDate> signed_on;
  std::optional<PartialDate> starts_on;
  std::optional<PartialDate> ends_on;
  std::optional<Status> status;
  std::optional<std::string> award_id;
  std::vector<DealEvent> events;  // in the order in which they happened
};

// `claims` is one list of group_deals(): not empty, in the order of the reports.
[[nodiscard]] MergedDeal merge_deal(const std::vector<const DealClaim*>& claims,
                                    const std::vector<KnownChange>& known = {});

}  // namespace stakeout
