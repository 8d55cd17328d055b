#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace stakeout {

// The closed word lists of the program's output. An enumerator is spelled as its word, and the list
// beside it holds the words in the same order: word_of(Status::stop_work) is "stop_work".

enum class EntityKind { vendor, agency };
enum class Qualifier { exact, about, up_to, at_least, range };
// What an amount is for.
enum class Role { contract, penalty, funding, revenue, acquisition, budget, other };
// The state of a contract as an article reports it.
enum class Status {
  proposed,
  awarded,
  signed_,  // "signed" is a keyword of C++
  under_review,
  stop_work,
  resumed,
  modified,
  extended,
  cancelled,
  expired,
  denied
};
enum class AlertKind {
  new_mention,
  new_contract,
  contract_changed,
  correction,
  article_changed,
  article_gone,
  unlisted_name,
  feed_failing,
  feed_recovered,
  feed_silent,
  feed_gone,
  feed_moved
};
// How much two fetches of one page differ.
enum class ChangeClass { no_change, minor, substantive };
// Why a contract's value is another one: it was changed; an article put right what it had said; or
// most reports tell otherwise than readers were told.
enum class ChangeCause { change, correction, contradiction };
// What a page shows of its article. Of a wall, an error, an empty page and what is no page there is
// no text; of a stub or a paywall the beginning.
enum class PageState {
  fine,
  stub,     // the text breaks off
  paywall,  // the rest is for subscribers
  wall,     // it asks for consent, or whether a person is there
  error,    // it says that there is no such page, or no access
  empty,    // no running text; its scripts may have some
  no_page,  // a document, a picture, an archive, other binary data
};

template <class E>
inline constexpr std::array<std::string_view, 0> words_for{};
template <>
inline constexpr std::array words_for<EntityKind> = {std::string_view{"vendor"},
                                                     std::string_view{"agency"}};
template <>
inline constexpr std::array words_for<Qualifier> =
    std::to_array<std::string_view>({"exact", "about", "up_to", "at_least", "range"});
template <>
inline constexpr std::array words_for<Role> = std::to_array<std::string_view>(
    {"contract", "penalty", "funding", "revenue", "acquisition", "budget", "other"});
template <>
inline constexpr std::array words_for<Status> = std::to_array<std::string_view>(
    {"proposed", "awarded", "signed", "under_review", "stop_work", "resumed", "modified",
     "extended", "cancelled", "expired", "denied"});
template <>
inline constexpr std::array words_for<AlertKind> = std::to_array<std::string_view>(
    {"new_mention", "new_contract", "contract_changed", "correction", "article_changed",
     "article_gone", "unlisted_name", "feed_failing", "feed_recovered", "feed_silent", "feed_gone",
     "feed_moved"});
template <>
inline constexpr std::array words_for<ChangeClass> =
    std::to_array<std::string_view>({"no_change", "minor", "substantive"});
template <>
inline constexpr std::array words_for<ChangeCause> =
    std::to_array<std::string_view>({"change", "correction", "contradiction"});
template <>
inline constexpr std::array words_for<PageState> = std::to_array<std::string_view>(
    {"fine", "stub", "paywall", "wall", "error", "empty", "no_page"});

template <class E>
[[nodiscard]] constexpr std::string_view word_of(E value) {
  return words_for<E>.at(static_cast<std::size_t>(value));
}

// The enumerator that a word names: find_word<Status>("stop_work").
template <class E>
[[nodiscard]] constexpr std::optional<E> find_word(std::string_view word) {
  for (std::size_t i = 0; i < words_for<E>.size(); ++i) {
    if (words_for<E>[i] == word) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace stakeout
