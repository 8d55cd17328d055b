#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extractors/values/money.h"
#include "extractors/values/partial_date.h"
#include "extractors/values/span.h"
#include "extractors/values/words.h"

namespace stakeout {

// The words behind one field of a claim.
struct FieldEvidence {
  std::string field;  // "vendor", "agency", "amount", "term", "signed", "starts", "ends", "status",
                      // "award_id"; "options": the term with all its options, "P5Y"
  std::string value;  // the field's value as it is printed
  std::string quote;  // the words of the text
  Span span;
  std::string rule;           // the name of the rule that tied them to the claim
  std::string tie = {};       // the words by which it did: the verb, the preposition; may be empty
  Span tie_span = {};         // of `tie`
  std::string sentence = {};  // in which the words stand
};

// A state in which the text says that the deal is, or was.
struct StatusReport {
  Status status = Status::signed_;
  std::optional<PartialDate> on;  // when it came about, where the text says so
  std::string quote;              // the sentence that says so
  // The deal had been in this state before: "remains the winner", "upheld the award".
  bool again = false;
  std::string words = {};  // of the sentence, by which the rule found the state
  Span span = {};          // of `words`
  std::string rule = {};   // the name of the rule
};

// What one article says about one contract. A field that the text does not state is absent; nothing
// is guessed.
struct Claim {
  std::optional<std::string> vendor;  // canonical name, or the fullest form in the text
  std::optional<std::string> agency;
  bool vendor_listed = false;
  bool agency_listed = false;
  std::optional<Money> value;
  std::optional<Qualifier> qualifier;  // present exactly when value is
  std::optional<std::string> term;     // ISO 8601 duration: "P1Y"
  std::optional<PartialDate> signed_on;
  std::optional<PartialDate> starts_on;
  std::optional<PartialDate> ends_on;
  std::optional<Status> status;
  // Every state that the text reports, in the order in which they came about; `status` is the last
  // one that holds. An extractor that sees only that one leaves the list empty.
  std::vector<StatusReport> history;
  std::optional<std::string> award_id;
  Span evidence;      // the smallest run of sentences that states the deal
  std::string quote;  // the words of `evidence`
  std::vector<FieldEvidence> fields;
  std::vector<Span> sentences;  // that speak of the deal, in the order of the text
};

}  // namespace stakeout
