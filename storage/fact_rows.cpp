#include "storage/fact_rows.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "storage/entity_rows.h"

namespace stakeout {
namespace {

void insert_mentions(Connection& connection, std::int64_t revision_id,
                     const std::vector<Mention>& mentions) {
  for (const Mention& mention : mentions) {
    const std::int64_t entity = entity_row(connection, mention.kind, mention.name, mention.listed);
    run(connection,
        "INSERT INTO mentions (revision_id, entity_id, text, start, \"end\", sentence, reason) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        revision_id, entity, mention.text, mention.span.start, mention.span.end, mention.sentence,
        given(mention.reason));
  }
}

std::optional<std::int64_t> party_row(Connection& connection, EntityKind kind,
                                      const std::optional<std::string>& name, bool listed) {
  if (!name || name->empty()) return std::nullopt;
  return entity_row(connection, kind, *name, listed);
}

template <class E>
std::optional<std::string_view> word_of_maybe(std::optional<E> value) {
  return value ? std::optional{word_of(*value)} : std::nullopt;
}

// A claim on its way to its row.
struct PartiedClaim {
  const Claim& claim;
  std::optional<std::int64_t> vendor;
  std::optional<std::int64_t> agency;
  std::optional<std::int64_t> row;  // the one that it goes on in; not set: a new one
  bool is_news = true;              // no contract is known from it, and it may make one now
};

// A row that a revision has.
struct ClaimRow {
  std::int64_t id = 0;
  std::string vendor;
  std::string vendor_words;
  std::string agency;
  std::string sum;
  std::string quote;
  bool has_contract = false;
  bool taken = false;
};

std::vector<PartiedClaim> with_parties(Connection& connection, const std::vector<Claim>& claims) {
  std::vector<PartiedClaim> out;
  out.reserve(claims.size());
  for (const Claim& claim : claims) {
    out.push_back({claim,
                   party_row(connection, EntityKind::vendor, claim.vendor, claim.vendor_listed),
                   party_row(connection, EntityKind::agency, claim.agency, claim.agency_listed),
                   std::nullopt});
  }
  return out;
}

std::string id_text(std::optional<std::int64_t> id) {
  return id ? std::to_string(*id) : std::string{};
}

std::string sum_text(std::optional<std::int64_t> low, std::optional<std::int64_t> high,
                     std::string_view currency) {
  return id_text(low) + '-' + id_text(high) + ' ' + std::string{currency};
}

std::vector<ClaimRow> claim_rows(Connection& connection, std::int64_t revision_id) {
  std::vector<ClaimRow> rows;
  Query q{connection,
          "SELECT c.id, c.vendor_id, (SELECT e.quote FROM claim_evidence e WHERE e.claim_id = c.id "
          "AND e.field = 'vendor' ORDER BY e.position LIMIT 1), c.agency_id, c.amount, "
          "c.amount_max, c.currency, c.quote, c.contract_id FROM claims c WHERE c.revision_id = ? "
          "ORDER BY c.position",
          revision_id};
  while (q.next()) {
    rows.push_back(
        {q.integer(0), id_text(q.maybe_integer(1)), q.text(2), id_text(q.maybe_integer(3)),
         sum_text(q.maybe_integer(4), q.maybe_integer(5), q.text(6)), q.text(7), !q.is_null(8)});
  }
  return rows;
}

ClaimRow as_row(const PartiedClaim& partied) {
  const auto& value = partied.claim.value;
  const auto& fields = partied.claim.fields;
  const auto named = std::find_if(fields.begin(), fields.end(), [](const FieldEvidence& field) {
    return field.field == "vendor";
  });
  return {0,
          id_text(partied.vendor),
          named == fields.end() ? "" : named->quote,
          id_text(partied.agency),
          value ? sum_text(value->low(),
                           value->is_range() ? std::optional{value->high()} : std::nullopt,
                           value->currency().code())
                : sum_text(std::nullopt, std::nullopt, {}),
          partied.claim.quote};
}

// What two claims have in common that are one claim read twice.
struct Likeness {
  enum class Vendor { same, same_words, any } vendor;
  bool agency;
  bool sum;
  bool quote;
};

// The closest first. A vendor that is listed now, or by another name, is the same by its words.
// From one vendor to another a contract passes only where everything else is as it was.
constexpr Likeness likenesses[] = {{Likeness::Vendor::same, true, true, true},
                                   {Likeness::Vendor::same, true, true, false},
                                   {Likeness::Vendor::same, true, false, true},
                                   {Likeness::Vendor::same, false, true, true},
                                   {Likeness::Vendor::same_words, true, true, true},
                                   {Likeness::Vendor::same_words, true, true, false},
                                   {Likeness::Vendor::same_words, true, false, true},
                                   {Likeness::Vendor::same_words, false, true, true},
                                   {Likeness::Vendor::any, true, true, true}};

// nullopt when there is too little to go by: a claim without a vendor is filed by its agency.
std::optional<std::string> key_of(const ClaimRow& row, const Likeness& likeness) {
  std::string key;
  switch (likeness.vendor) {
    case Likeness::Vendor::same:
      if (row.vendor.empty() && !likeness.agency) return std::nullopt;
      key = row.vendor;
      break;
    case Likeness::Vendor::same_words:
      if (row.vendor.empty() || row.vendor_words.empty()) return std::nullopt;
      key = row.vendor_words;
      break;
    case Likeness::Vendor::any:
      if (row.vendor.empty() || row.quote.empty()) return std::nullopt;
      break;
  }
  for (const auto& [counts, part] : {std::pair{likeness.agency, &row.agency},
                                     {likeness.sum, &row.sum},
                                     {likeness.quote, &row.quote}}) {
    key += '\n';
    if (counts) key += *part;
  }
  return key;
}

// Finds for each claim the row of the one that said the same, in whatever place of the list: what
// was in front of it may have gone.
void find_rows(std::vector<ClaimRow> rows, std::vector<PartiedClaim>& claims) {
  for (const Likeness& likeness : likenesses) {
    std::unordered_map<std::string, std::deque<ClaimRow*>> free_rows;
    for (ClaimRow& row : rows) {
      if (row.taken) continue;
      if (const auto key = key_of(row, likeness)) free_rows[*key].push_back(&row);
    }
    for (PartiedClaim& claim : claims) {
      if (claim.row) continue;
      const auto key = key_of(as_row(claim), likeness);
      const auto found = key ? free_rows.find(*key) : free_rows.end();
      if (found == free_rows.end() || found->second.empty()) continue;
      ClaimRow& row = *found->second.front();
      row.taken = true;
      claim.row = row.id;
      claim.is_news = !row.has_contract && !(likeness.agency && likeness.sum);
      found->second.pop_front();
    }
  }
}

// Writes a claim into its row, which keeps its id and its contract, or into a new one.
std::int64_t write_claim(Connection& connection, std::int64_t revision_id, std::size_t position,
                         const PartiedClaim& partied) {
  const Claim& claim = partied.claim;
  const auto& value = claim.value;
  Query q{
      connection,
      "INSERT INTO claims (id, revision_id, position, vendor_id, agency_id, amount, amount_max, "
      "currency, qualifier, term, signed_on, starts_on, ends_on, status, award_id, quote, start, "
      "\"end\") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET position = excluded.position, vendor_id = "
      "excluded.vendor_id, "
      "agency_id = excluded.agency_id, amount = excluded.amount, amount_max = "
      "excluded.amount_max, currency = excluded.currency, qualifier = excluded.qualifier, term = "
      "excluded.term, signed_on = excluded.signed_on, starts_on = excluded.starts_on, ends_on = "
      "excluded.ends_on, status = excluded.status, award_id = excluded.award_id, quote = "
      "excluded.quote, start = excluded.start, \"end\" = excluded.\"end\" RETURNING id",
      partied.row,
      revision_id,
      position,
      partied.vendor,
      partied.agency,
      value ? std::optional{value->low()} : std::nullopt,
      value && value->is_range() ? std::optional{value->high()} : std::nullopt,
      value ? std::optional{value->currency().code()} : std::nullopt,
      word_of_maybe(claim.qualifier),
      claim.term,
      claim.signed_on,
      claim.starts_on,
      claim.ends_on,
      word_of_maybe(claim.status),
      claim.award_id,
      claim.quote,
      claim.evidence.start,
      claim.evidence.end};
  q.next();
  return q.integer(0);
}

void replace_claim_details(Connection& connection, std::int64_t claim_id, const Claim& claim) {
  run(connection, "DELETE FROM claim_evidence WHERE claim_id = ?", claim_id);
  run(connection, "DELETE FROM claim_history WHERE claim_id = ?", claim_id);
  std::int64_t position = 0;
  for (const FieldEvidence& field : claim.fields) {
    run(connection, "INSERT INTO claim_evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", claim_id,
        ++position, field.field, field.value, field.quote, field.span.start, field.span.end,
        given(field.rule), given(field.sentence));
  }
  position = 0;
  for (const StatusReport& report : claim.history) {
    run(connection, "INSERT INTO claim_history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", claim_id,
        ++position, word_of(report.status), report.on, report.quote, report.again, report.words,
        report.span.start, report.span.end, given(report.rule));
  }
}

// The ids of the entities that a revision names.
std::set<std::int64_t> mentioned_ids(Connection& connection, std::int64_t revision_id) {
  std::set<std::int64_t> ids;
  Query q{connection, "SELECT entity_id FROM mentions WHERE revision_id = ?", revision_id};
  while (q.next()) ids.insert(q.integer(0));
  return ids;
}

// `claims` have the rows that they go on in.
void write_claims(Connection& connection, std::int64_t revision_id,
                  const std::vector<PartiedClaim>& claims) {
  // Out of the way of the places that are given out now; what keeps such a place has gone.
  run(connection, "UPDATE claims SET position = -position WHERE revision_id = ?", revision_id);
  std::size_t position = 0;
  for (const PartiedClaim& claim : claims) {
    const std::int64_t id = write_claim(connection, revision_id, ++position, claim);
    replace_claim_details(connection, id, claim.claim);
  }
  run(connection, "DELETE FROM claims WHERE revision_id = ? AND position < 0", revision_id);
}

}  // namespace

void replace_fact_rows(Connection& connection, std::int64_t revision_id, const Facts& facts) {
  run(connection, "DELETE FROM mentions WHERE revision_id = ?", revision_id);
  insert_mentions(connection, revision_id, facts.mentions);
  std::vector<PartiedClaim> claims = with_parties(connection, facts.claims);
  find_rows(claim_rows(connection, revision_id), claims);
  write_claims(connection, revision_id, claims);
}

void pare_fact_rows(Connection& connection, std::int64_t revision_id, const Facts& facts) {
  const std::set<std::int64_t> known = mentioned_ids(connection, revision_id);
  std::vector<Mention> mentions;
  for (const Mention& mention : facts.mentions) {
    if (known.contains(entity_row(connection, mention.kind, mention.name, mention.listed)))
      mentions.push_back(mention);
  }
  run(connection, "DELETE FROM mentions WHERE revision_id = ?", revision_id);
  insert_mentions(connection, revision_id, mentions);
  std::vector<PartiedClaim> claims = with_parties(connection, facts.claims);
  find_rows(claim_rows(connection, revision_id), claims);
  std::vector<PartiedClaim> kept;
  std::copy_if(claims.begin(), claims.end(), std::back_inserter(kept),
               [](const PartiedClaim& claim) { return !claim.is_news; });
  write_claims(connection, revision_id, kept);
}

}  // namespace stakeout
