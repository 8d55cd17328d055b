#include "alerts/state_words.h"

#include <algorithm>
#include <array>

namespace stakeout {
namespace {

constexpr std::array<StateWords, words_for<Status>.size()> all_states{{
    {Status::proposed, "is to have", "planned", "proposed"},
    {Status::awarded, "has", "awarded", "award reported"},
    {Status::signed_, "has", "signed", "signing reported"},
    {Status::under_review, "has", "put on hold for a review", "under review"},
    {Status::stop_work, "has", "stopped by a stop-work order", "stop-work order reported"},
    {Status::resumed, "has", "resumed", "work resumed"},
    {Status::modified, "has", "changed", "modification reported"},
    {Status::extended, "has", "extended", "extension reported"},
    {Status::cancelled, "had", "cancelled", "cancellation reported"},
    {Status::expired, "had", "run out", "expiry reported"},
    {Status::denied, "was to have", "denied", "denied"},
}};

}  // namespace

const StateWords* find_state_words(std::string_view code) {
  const auto status = find_word<Status>(code);
  if (!status) return nullptr;
  return std::ranges::find(all_states, *status, &StateWords::status);
}

}  // namespace stakeout
