#include "extractors/stories/assign.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "extractors/stories/furniture.h"
#include "extractors/stories/match.h"

namespace stakeout {
namespace {

using Pair = std::pair<std::size_t, std::size_t>;  // first < second

// Groups that can only grow together; the name of a group is its smallest member.
class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }

  std::size_t find(std::size_t member) {
    while (parent_[member] != member) {
      parent_[member] = parent_[parent_[member]];
      member = parent_[member];
    }
    return member;
  }

  void join(std::size_t a, std::size_t b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

void mark_all_furniture(std::vector<StoryFingerprint>& fingerprints) {
  std::unordered_map<std::uint64_t, SiteFurniture> of_host;
  for (const StoryFingerprint& f : fingerprints) {
    if (f.host_hash != 0) of_host[f.host_hash].count(f);
  }
  for (StoryFingerprint& f : fingerprints) {
    if (f.host_hash != 0) mark_furniture(f, of_host[f.host_hash]);
  }
}

bool is_within_window(const StoryFingerprint& a, const StoryFingerprint& b) {
  return !a.day || !b.day || std::abs(*a.day - *b.day) <= story_window_days;
}

// The first document of each text that occurs word for word more than once, and its copies.
void join_verbatim_copies(const std::vector<StoryFingerprint>& fingerprints, Groups& groups) {
  std::unordered_map<std::uint64_t, std::size_t> first_with;
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    if (fingerprints[i].text_hash == 0) continue;
    groups.join(first_with.emplace(fingerprints[i].text_hash, i).first->second, i);
  }
}

std::vector<Pair> find_candidates(const std::vector<StoryFingerprint>& fingerprints) {
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> documents_of_key;
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    for (const std::uint64_t key : candidate_keys(fingerprints[i])) {
      documents_of_key[key].push_back(i);
    }
  }
  std::map<Pair, int> shared;
  for (const auto& [key, documents] : documents_of_key) {
    if (documents.size() > story_key_limit) continue;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      for (std::size_t j = i + 1; j < documents.size(); ++j) ++shared[{documents[i], documents[j]}];
    }
  }
  std::vector<Pair> candidates;
  for (const auto& [pair, keys] : shared) {
    const bool is_near = is_within_window(fingerprints[pair.first], fingerprints[pair.second]);
    if (keys >= story_shared_keys && is_near) candidates.push_back(pair);
  }
  return candidates;
}

// Joins the weak pairs that have a third document which is a copy of one and weakly matches the
// other. Looks only at the groups as they are before, so that weak links never form a chain.
void join_weak_pairs(const std::vector<Pair>& weak, Groups& groups) {
  std::map<std::pair<std::size_t, std::size_t>, int> links;  // document, and group it is drawn to
  for (const auto& [a, b] : weak) {
    ++links[{a, groups.find(b)}];
    ++links[{b, groups.find(a)}];
  }
  std::vector<Pair> joins;
  for (const auto& [link, count] : links) {
    if (count >= 2 && groups.find(link.first) != link.second) joins.push_back(link);
  }
  for (const auto& [document, group] : joins) groups.join(document, group);
}

}  // namespace

std::vector<std::size_t> assign_stories(const std::vector<StoryDocument>& documents) {
  std::vector<StoryFingerprint> fingerprints;
  fingerprints.reserve(documents.size());
  for (const StoryDocument& document : documents) {
    fingerprints.push_back(make_fingerprint(document));
  }
  mark_all_furniture(fingerprints);
  Groups groups{documents.size()};
  join_verbatim_copies(fingerprints, groups);
  std::vector<Pair> weak;
  for (const auto& [a, b] : find_candidates(fingerprints)) {
    if (!may_be_copies(fingerprints[a], fingerprints[b])) continue;
    const SameStory same = compare_stories(fingerprints[a], fingerprints[b]).same;
    if (same == SameStory::yes) groups.join(a, b);
    if (same == SameStory::maybe) weak.emplace_back(a, b);
  }
  join_weak_pairs(weak, groups);
  std::vector<std::size_t> stories(documents.size());
  for (std::size_t i = 0; i < stories.size(); ++i) stories[i] = groups.find(i);
  return stories;
}

}  // namespace stakeout
