#include "extractors/facts/deal_state_order.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace stakeout {
namespace {

// Two reports of one state on days further apart than this are two changes.
constexpr std::chrono::days apart{7};

// A deal may have been turned down on a day before the one on which it was made.
void put_early_denials_first(std::vector<DealState>& states) {
  const auto beginning = std::ranges::find_if(states, [](const DealState& state) {
    return is_beginning(state.status.value) && !state.again && state.on;
  });
  if (beginning == states.end()) return;
  const PartialDate day = *beginning->on;
  std::stable_partition(states.begin(), states.end(), [&](const DealState& state) {
    return state.status.value == Status::denied && state.on &&
           state.on->last_day() < day.first_day();
  });
}

}  // namespace

int rank(Status status) {
  switch (status) {
    case Status::proposed:
      return 0;
    case Status::signed_:
    case Status::awarded:
      return 1;
    case Status::modified:
      return 2;
    case Status::extended:
      return 3;
    case Status::denied:
      return 4;
    case Status::under_review:
      return 5;
    case Status::stop_work:
      return 6;
    case Status::resumed:
      return 7;
    case Status::expired:
      return 8;
    case Status::cancelled:
      return 9;
  }
  return 0;
}

bool is_beginning(Status status) {
  return status == Status::signed_ || status == Status::awarded;
}

void add_state(DealState state, std::vector<DealState>& states) {
  for (DealState& known : states) {
    if (known.status.value != state.status.value || known.again != state.again) continue;
    const bool is_of_other_time = known.on && state.on &&
                                  (known.on->last_day() + apart < state.on->first_day() ||
                                   state.on->last_day() + apart < known.on->first_day());
    if (is_of_other_time) continue;
    if (!known.on && state.on) known = std::move(state);
    return;
  }
  states.push_back(std::move(state));
}

void put_in_order(std::vector<DealState>& states) {
  const auto place = [](const DealState& state) {
    return rank(state.again ? Status::resumed : state.status.value);
  };
  const auto begins = [](const DealState& state) {
    return rank(state.status.value) < rank(Status::modified) && !state.again;
  };
  std::ranges::stable_sort(states, {}, place);
  std::vector<DealState> dated;
  for (const DealState& state : states) {
    if (state.on && !begins(state)) dated.push_back(state);
  }
  std::ranges::stable_sort(dated, {}, [](const DealState& state) { return state.on->first_day(); });
  std::vector<DealState> ordered = std::move(dated);
  for (auto state = states.rbegin(); state != states.rend(); ++state) {
    if (state->on && !begins(*state)) continue;
    const auto behind = begins(*state) ? ordered.begin()
                                       : std::ranges::find_if(ordered, [&](const DealState& other) {
                                           return !begins(other) && place(other) >= place(*state);
                                         });
    ordered.insert(behind, *state);
  }
  states = std::move(ordered);
  put_early_denials_first(states);
}

}  // namespace stakeout
