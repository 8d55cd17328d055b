#include "storage/claim_threads.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "storage/deal_rules.h"

namespace stakeout {
namespace {

constexpr int same_award_likeness = 100;

// How sure it is that `late` is what became of `early`; nothing when it can only be a correction.
std::optional<int> likeness(const DealClaim& early, const DealClaim& late) {
  if (!agencies_fit(early, late)) return std::nullopt;
  if (same_award(early, late)) return same_award_likeness + common_ground(early, late);
  if (!may_be_one_deal(early, late)) return std::nullopt;
  return common_ground(early, late);
}

bool may_be_correction(const DealClaim& early, const DealClaim& late) {
  if (!agencies_fit(early, late)) return false;
  const bool other_amount = early.value && late.value && !amounts_agree(*early.value, *late.value);
  const bool other_signing =
      early.signed_on && late.signed_on && gap_days(*early.signed_on, *late.signed_on) > 0;
  if (awards_differ(early, late)) {
    return early.value && late.value && !other_amount && !other_signing;
  }
  return !other_amount || !other_signing;
}

// The threads of one article, which grow revision by revision.
class ArticleThreads {
 public:
  // The claims of the next revision, in the order of the text.
  void add_revision(const std::vector<const DealClaim*>& claims) {
    std::vector<std::size_t> rest(claims.size());
    for (std::size_t i = 0; i < rest.size(); ++i) rest[i] = i;
    open_.assign(threads_.size(), true);
    const std::int64_t before = last_revision_;
    if (!threads_.empty()) {
      join_alike(claims, rest);
      join_corrected(claims, rest, before);
    }
    for (const std::size_t i : rest) threads_.push_back({claims[i]});
    if (!claims.empty()) last_revision_ = claims.front()->revision;
  }

  [[nodiscard]] const std::vector<ClaimThread>& threads() const { return threads_; }

 private:
  void join(std::size_t thread, const DealClaim* claim) {
    threads_[thread].push_back(claim);
    open_[thread] = false;
  }

  // The surest pairs first; of equals those that stand first in the text.
  void join_alike(const std::vector<const DealClaim*>& claims, std::vector<std::size_t>& rest) {
    std::vector<std::tuple<int, std::size_t, std::size_t>> pairs;
    for (std::size_t t = 0; t < threads_.size(); ++t) {
      for (const std::size_t i : rest) {
        const auto points = likeness(*threads_[t].back(), *claims[i]);
        if (points) pairs.emplace_back(-*points, t, i);
      }
    }
    std::sort(pairs.begin(), pairs.end());
    for (const auto& [points, thread, i] : pairs) {
      const auto at = std::find(rest.begin(), rest.end(), i);
      if (!open_[thread] || at == rest.end()) continue;
      join(thread, claims[i]);
      rest.erase(at);
    }
  }

  // Only what the revision before said can be corrected.
  void join_corrected(const std::vector<const DealClaim*>& claims, std::vector<std::size_t>& rest,
                      std::int64_t before) {
    std::map<std::size_t, std::vector<std::size_t>> threads_of, claims_of;
    for (std::size_t t = 0; t < threads_.size(); ++t) {
      if (!open_[t] || threads_[t].back()->revision != before) continue;
      for (const std::size_t i : rest) {
        if (!may_be_correction(*threads_[t].back(), *claims[i])) continue;
        threads_of[i].push_back(t);
        claims_of[t].push_back(i);
      }
    }
    for (const auto& [i, threads] : threads_of) {
      if (threads.size() != 1 || claims_of[threads.front()].size() != 1) continue;
      join(threads.front(), claims[i]);
      std::erase(rest, i);
    }
  }

  std::vector<ClaimThread> threads_;
  std::vector<bool> open_;  // by thread: without a claim of the revision that is being added
  std::int64_t last_revision_ = 0;
};

}  // namespace

std::vector<ClaimThread> claim_threads(const std::vector<const DealClaim*>& claims) {
  std::map<std::int64_t, std::map<std::int64_t, std::vector<const DealClaim*>>> articles;
  for (const DealClaim* claim : claims) articles[claim->article][claim->revision].push_back(claim);
  std::vector<ClaimThread> all;
  for (auto& [article, revisions] : articles) {
    ArticleThreads threads;
    for (auto& [revision, its] : revisions) {
      std::sort(its.begin(), its.end(),
                [](const DealClaim* a, const DealClaim* b) { return a->order < b->order; });
      threads.add_revision(its);
    }
    all.insert(all.end(), threads.threads().begin(), threads.threads().end());
  }
  std::sort(all.begin(), all.end(), [](const ClaimThread& a, const ClaimThread& b) {
    return reported_before(*a.front(), *b.front());
  });
  return all;
}

std::vector<ClaimThread> living_threads(const std::vector<const DealClaim*>& claims) {
  auto threads = claim_threads(claims);
  std::erase_if(threads, [](const ClaimThread& thread) { return !thread.back()->current; });
  return threads;
}

}  // namespace stakeout
