#include "storage/fact_rows.h"

#include "storage/entity_rows.h"

namespace stakeout {
namespace {

void insert_mentions(Connection& connection, std::int64_t article_id, std::int64_t revision_id,
                     const std::vector<Mention>& mentions) {
  for (const Mention& mention : mentions) {
    const std::int64_t entity = entity_row(connection, mention.kind, mention.name, mention.listed);
    run(connection,
        "INSERT INTO mentions (revision_id, entity_id, text, start, \"end\", sentence, reason, "
        "rejected) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, EXISTS (SELECT 1 FROM rejected_mentions "
        "WHERE article_id = ?8 AND entity_id = ?2 AND text = ?3))",
        revision_id, entity, mention.text, mention.span.start, mention.span.end, mention.sentence,
        given(mention.reason), article_id);
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

std::int64_t upsert_claim(Connection& connection, std::int64_t revision_id, std::size_t position,
                          const Claim& claim) {
  const auto vendor = party_row(connection, EntityKind::vendor, claim.vendor, claim.vendor_listed);
  const auto agency = party_row(connection, EntityKind::agency, claim.agency, claim.agency_listed);
  const auto& value = claim.value;
  Query q{
      connection,
      "INSERT INTO claims (revision_id, position, vendor_id, agency_id, amount, amount_max, "
      "currency, qualifier, term, signed_on, starts_on, ends_on, status, award_id, quote, start, "
      "\"end\") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (revision_id, position) DO UPDATE SET vendor_id = excluded.vendor_id, "
      "agency_id = excluded.agency_id, amount = excluded.amount, amount_max = "
      "excluded.amount_max, currency = excluded.currency, qualifier = excluded.qualifier, term = "
      "excluded.term, signed_on = excluded.signed_on, starts_on = excluded.starts_on, ends_on = "
      "excluded.ends_on, status = excluded.status, award_id = excluded.award_id, quote = "
      "excluded.quote, start = excluded.start, \"end\" = excluded.\"end\" RETURNING id",
      revision_id,
      position,
      vendor,
      agency,
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
    run(connection, "INSERT INTO claim_evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)", claim_id,
        ++position, field.field, field.value, field.quote, field.span.start, field.span.end,
        given(field.rule));
  }
  position = 0;
  for (const StatusReport& report : claim.history) {
    run(connection, "INSERT INTO claim_history VALUES (?, ?, ?, ?, ?)", claim_id, ++position,
        word_of(report.status), report.on, report.quote);
  }
}

// SQL that marks the claims of a revision which a person has rejected.
const std::string& mark_rejected_sql() {
  static const std::string sql =
      std::string{
          "UPDATE claims SET rejected = EXISTS (SELECT 1 FROM rejected_claims x "
          "WHERE x.article_id = ?2 AND x.signature = "} +
      claim_signature_sql + ") WHERE revision_id = ?1";
  return sql;
}

}  // namespace

void replace_fact_rows(Connection& connection, std::int64_t article_id, std::int64_t revision_id,
                       const Facts& facts) {
  run(connection, "DELETE FROM mentions WHERE revision_id = ?", revision_id);
  insert_mentions(connection, article_id, revision_id, facts.mentions);
  std::size_t position = 0;
  for (const Claim& claim : facts.claims) {
    const std::int64_t id = upsert_claim(connection, revision_id, ++position, claim);
    replace_claim_details(connection, id, claim);
  }
  run(connection, "DELETE FROM claims WHERE revision_id = ? AND position > ?", revision_id,
      position);
  if (position > 0) run(connection, mark_rejected_sql().c_str(), revision_id, article_id);
}

}  // namespace stakeout
