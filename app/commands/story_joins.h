#pragma once

namespace stakeout {

// What ties the articles of a story (?1) together, as SELECTs whose work grows with the story and
// its joins and with nothing else of the store.

// Of each article but the first the join that ties it best to one that came before it: article_id,
// other_id, score ("0.76"), reason.
extern const char* const best_joins;

// Those that a person has taken out, of articles that are in the story or were: kind ("join"), id
// and article_id (the article that was taken out), what, why.
extern const char* const rejected_joins;

}  // namespace stakeout
