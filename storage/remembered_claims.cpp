#include "storage/remembered_claims.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "storage/entity_rows.h"

namespace stakeout {
namespace {

// Columns of claims c and revisions r for read_row(), from `first` on.
const char* const columns =
    "r.article_id, c.vendor_id, c.agency_id, (SELECT quote FROM claim_evidence e WHERE e.claim_id "
    "= "
    "c.id AND e.field = 'vendor' ORDER BY e.position LIMIT 1), (SELECT quote FROM claim_evidence e "
    "WHERE e.claim_id = c.id AND e.field = 'agency' ORDER BY e.position LIMIT 1), "
    "coalesce(c.amount || '-' || coalesce(c.amount_max, '') || ' ' || c.currency, ''), c.quote";

RememberedClaim read_row(const Query& q, int first) {
  return {0,
          q.integer(first),
          q.maybe_integer(first + 1),
          q.maybe_integer(first + 2),
          q.text(first + 3),
          q.text(first + 4),
          q.text(first + 5),
          q.text(first + 6)};
}

bool same_party(std::optional<std::int64_t> a, std::optional<std::int64_t> b,
                const std::string& words_of_a, const std::string& words_of_b) {
  return a == b || (a && b && !words_of_a.empty() && words_of_a == words_of_b);
}

bool same_quote(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a == b;
  return a.find(b) != std::string::npos || b.find(a) != std::string::npos;
}

std::set<std::string> words_of(const std::string& text) {
  std::istringstream in{text};
  return {std::istream_iterator<std::string>{in}, {}};
}

// One has nearly all words of the other: a copy with another name for the day, or a comma less.
bool like_quote(const std::string& a, const std::string& b) {
  if (same_quote(a, b)) return true;
  const auto first = words_of(a);
  const auto second = words_of(b);
  const auto common = static_cast<std::size_t>(std::count_if(
      first.begin(), first.end(), [&](const std::string& word) { return second.contains(word); }));
  return common * 5 >= std::max(first.size(), second.size()) * 4;
}

class Likeness {
 public:
  Likeness(Connection& connection, const RememberedClaim& claim)
      : lines_{connection}, claim_{claim} {}

  // How much another claim has in common with this one; 0: it is another.
  int of(const RememberedClaim& other) {
    const bool vendor =
        same_party(claim_.vendor_id, other.vendor_id, claim_.vendor_words, other.vendor_words);
    const bool sum = claim_.sum == other.sum;
    const bool agency =
        same_party(claim_.agency_id, other.agency_id, claim_.agency_words, other.agency_words) ||
        (sum && !claim_.sum.empty() && is_part(other));
    const bool quote = same_quote(claim_.quote, other.quote);
    const int points = int{agency} + int{sum} + int{quote};
    // What another article says of the same deal in words of its own stands for itself.
    if (claim_.article_id != other.article_id && !like_quote(claim_.quote, other.quote)) return 0;
    if (!vendor) return points == 3 && (claim_.agency_id || !claim_.sum.empty()) ? 2 : 0;
    if (!claim_.vendor_id && !agency) return 0;
    return points >= 2 ? 1 + points : 0;
  }

 private:
  // One agency is the other, or a part of it, or not known.
  bool is_part(const RememberedClaim& other) {
    if (!claim_.agency_id || !other.agency_id) return true;
    const auto above = [&](std::int64_t low, std::int64_t high) {
      const auto& line = lines_.line_of(low);
      return std::find(line.begin(), line.end(), high) != line.end();
    };
    return above(*claim_.agency_id, *other.agency_id) || above(*other.agency_id, *claim_.agency_id);
  }

  AgencyLines lines_;
  const RememberedClaim& claim_;
};

}  // namespace

std::optional<RememberedClaim> read_claim_to_remember(Connection& connection,
                                                      std::int64_t claim_id) {
  static const std::string sql =
      std::string{"SELECT "} + columns +
      " FROM claims c JOIN revisions r ON r.id = c.revision_id WHERE c.id = ?";
  Query q{connection, sql.c_str(), claim_id};
  if (!q.next()) return std::nullopt;
  return read_row(q, 0);
}

std::int64_t remember_claim(Connection& connection, RememberedClaim claim) {
  return insert(connection,
                "INSERT INTO remembered_claims (article_id, vendor_id, agency_id, vendor_words, "
                "agency_words, sum, quote) VALUES (?, ?, ?, ?, ?, ?, ?)",
                claim.article_id, claim.vendor_id, claim.agency_id, claim.vendor_words,
                claim.agency_words, claim.sum, claim.quote);
}

std::optional<RememberedClaim> remembered_claim(Connection& connection, std::int64_t id) {
  Query q{connection,
          "SELECT article_id, vendor_id, agency_id, vendor_words, agency_words, sum, quote FROM "
          "remembered_claims WHERE id = ?",
          id};
  if (!q.next()) return std::nullopt;
  RememberedClaim claim = read_row(q, 0);
  claim.id = id;
  return claim;
}

std::vector<std::int64_t> claims_like(Connection& connection, const RememberedClaim& claim) {
  static const std::string sql =
      std::string{"SELECT c.id, c.revision_id, "} + columns +
      " FROM articles a JOIN revisions r ON r.article_id = a.id JOIN claims c ON c.revision_id = "
      "r.id WHERE a.id IN (SELECT ?1 UNION SELECT id FROM articles WHERE story_id = (SELECT "
      "story_id FROM articles WHERE id = ?1))";
  struct Best {
    int points = 0;
    std::vector<std::int64_t> claims;
  };
  std::map<std::int64_t, Best> by_revision;
  Likeness likeness{connection, claim};
  Query q{connection, sql.c_str(), claim.article_id};
  while (q.next()) {
    const int points = likeness.of(read_row(q, 2));
    Best& best = by_revision[q.integer(1)];
    if (points == 0 || points < best.points) continue;
    if (points > best.points) best = {points, {}};
    best.claims.push_back(q.integer(0));
  }
  std::vector<std::int64_t> ids;
  for (const auto& [revision, best] : by_revision) {
    ids.insert(ids.end(), best.claims.begin(), best.claims.end());
  }
  return ids;
}

}  // namespace stakeout
