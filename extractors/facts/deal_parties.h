#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// A party chosen for a deal, and how sure its words make it.
struct Choice {
  const Party* party = nullptr;
  int score = 0;  // what the rules found for it, less its distance; see link_score()
  std::string_view rule;
  TokenRange by = {};  // the words that the rule rests on
};

// Links of this score and more rest on the words between name and deal, not on nearness alone.
inline constexpr int firm_link = 5;

// How well a named party fits the deal whose sum or noun stands at `anchor`, in the same sentence:
// points for a preposition ("with X"), a possessive or a noun right after it ("X's contract"), and
// for its side of the verb ("X won"); less one for each word of distance.
[[nodiscard]] Choice link_score(const DealScene& scene, const Party& party, TokenRange anchor);

// The best party of a kind in the sentence of `anchor`; none when it names none that may be one.
[[nodiscard]] std::optional<Choice> find_party(const DealScene& scene, EntityKind kind,
                                               TokenRange anchor);

// The rule of a party that the sentence of the deal itself does not name, but one before it.
inline constexpr std::string_view in_focus = "named-before";

// Finds the party that a sentence without one speaks of: of those named before, the one that is
// named most often and nearest; else the first one named in the next two sentences. Of the names
// before a sentence the last 1,000 are looked at. Borrows the scene; of use to one thread.
class PartyFocus {
 public:
  explicit PartyFocus(const DealScene& scene);

  [[nodiscard]] std::optional<Choice> find(EntityKind kind, std::size_t sentence,
                                           const std::vector<Deal>& deals);

 private:
  [[nodiscard]] std::optional<Choice> best_of(EntityKind kind, std::size_t sentence) const;
  // Adds `points` to the name of each deal's party that was told by `sentence`.
  void count_deals(EntityKind kind, std::size_t sentence, const std::vector<Deal>& deals,
                   int points);
  [[nodiscard]] static bool fits(const Party& party, EntityKind kind);

  const DealScene& scene_;
  // How often the text speaks of each name (DealScene::name_id) as a party, by EntityKind.
  std::array<std::vector<int>, 2> counts_;
};

// The deal's sentence, which does not name the one that the text is speaking of (`focus`), tells of
// others: its buyer or seller is a name that no mention covers, or `focus` is named only later, in
// a sentence with another buyer.
[[nodiscard]] bool speaks_of_others(const DealScene& scene, const Deal& deal, const Choice& focus);

[[nodiscard]] Found<DealParty> to_found(const Choice& choice);

}  // namespace stakeout
