#include "extractors/stories/sequence_diff.h"

#include <algorithm>

namespace stakeout {
namespace {

constexpr int most_edits = 1000;

// The middle parts of two sequences, without the beginning and the end that they share.
struct Window {
  const std::vector<std::uint64_t>& a;
  const std::vector<std::uint64_t>& b;
  std::size_t begin = 0;  // the same for both
  int a_size = 0;
  int b_size = 0;

  [[nodiscard]] bool is_equal_at(int x, int y) const {
    return a[begin + static_cast<std::size_t>(x)] == b[begin + static_cast<std::size_t>(y)];
  }
};

Window trimmed(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t front = 0;
  while (front < shorter && a[front] == b[front]) ++front;
  std::size_t back = 0;
  while (back < shorter - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  return {a, b, front, static_cast<int>(a.size() - front - back),
          static_cast<int>(b.size() - front - back)};
}

// The furthest x on each diagonal k = x - y that some number of edits reaches, for -edits <= k <=
// edits.
class Frontier {
 public:
  explicit Frontier(int edits) : edits_{edits}, x_(2 * static_cast<std::size_t>(edits) + 1) {}

  int& at(int diagonal) { return x_[static_cast<std::size_t>(diagonal + edits_)]; }
  [[nodiscard]] int at(int diagonal) const {
    return x_[static_cast<std::size_t>(diagonal + edits_)];
  }

 private:
  int edits_;
  std::vector<int> x_;
};

// Whether the furthest path on a diagonal comes from the one above it, by an insertion.
bool comes_by_insertion(const Frontier& before, int edits, int diagonal) {
  if (diagonal == -edits) return true;
  return diagonal != edits && before.at(diagonal - 1) < before.at(diagonal + 1);
}

// The frontiers of 0, 1, 2... edits, up to the one that reaches both ends; empty when that takes
// too many.
std::vector<Frontier> search(const Window& window) {
  std::vector<Frontier> frontiers;
  // One diagonal more on both sides than edits made, so that a frontier can ask its neighbours.
  for (int edits = 0; edits <= most_edits; ++edits) {
    Frontier frontier{edits + 1};
    for (int k = -edits; k <= edits; k += 2) {
      int x = 0;
      if (edits > 0) {
        const Frontier& before = frontiers.back();
        x = comes_by_insertion(before, edits, k) ? before.at(k + 1) : before.at(k - 1) + 1;
      }
      while (x < window.a_size && x - k < window.b_size && window.is_equal_at(x, x - k)) ++x;
      frontier.at(k) = x;
      if (x >= window.a_size && x - k >= window.b_size) {
        frontiers.push_back(std::move(frontier));
        return frontiers;
      }
    }
    frontiers.push_back(std::move(frontier));
  }
  return {};
}

// Lengthens the edit in front by one that touches it, or puts a new one there.
void put_in_front(std::vector<SequenceEdit>& reversed, const SequenceEdit& edit) {
  if (!reversed.empty() && edit.a_end == reversed.back().a_begin &&
      edit.b_end == reversed.back().b_begin) {
    reversed.back().a_begin = edit.a_begin;
    reversed.back().b_begin = edit.b_begin;
  } else {
    reversed.push_back(edit);
  }
}

std::vector<SequenceEdit> trace_back(const Window& window, const std::vector<Frontier>& frontiers) {
  std::vector<SequenceEdit> reversed;
  int k = window.a_size - window.b_size;
  for (int edits = static_cast<int>(frontiers.size()) - 1; edits > 0; --edits) {
    const Frontier& before = frontiers[static_cast<std::size_t>(edits) - 1];
    const bool inserts = comes_by_insertion(before, edits, k);
    k += inserts ? 1 : -1;
    const int x = before.at(k);
    const auto a_begin = window.begin + static_cast<std::size_t>(x);
    const auto b_begin = window.begin + static_cast<std::size_t>(x - k);
    put_in_front(reversed, inserts ? SequenceEdit{a_begin, a_begin, b_begin, b_begin + 1}
                                   : SequenceEdit{a_begin, a_begin + 1, b_begin, b_begin});
  }
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

}  // namespace

std::vector<SequenceEdit> diff_sequences(const std::vector<std::uint64_t>& a,
                                         const std::vector<std::uint64_t>& b) {
  const Window window = trimmed(a, b);
  if (window.a_size == 0 && window.b_size == 0) return {};
  const bool is_one_sided = window.a_size == 0 || window.b_size == 0;
  const std::vector<Frontier> frontiers = is_one_sided ? std::vector<Frontier>{} : search(window);
  if (frontiers.empty()) {
    return {{window.begin, window.begin + static_cast<std::size_t>(window.a_size), window.begin,
             window.begin + static_cast<std::size_t>(window.b_size)}};
  }
  return trace_back(window, frontiers);
}

}  // namespace stakeout
