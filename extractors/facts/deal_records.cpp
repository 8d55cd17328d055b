#include "extractors/facts/deal_records.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "extractors/facts/award_ids.h"
#include "extractors/facts/phrases.h"
#include "extractors/text/table.h"

namespace stakeout {

namespace facts_data {
std::string_view record_labels();
}  // namespace facts_data

namespace {

constexpr std::size_t fewest_fields = 3;
constexpr std::size_t longest_name = 8;

enum class Label { vendor, agency, amount, award_id, signed_day, starts, ends, term };

constexpr std::array label_names = {
    std::pair{std::string_view{"vendor"}, Label::vendor},
    std::pair{std::string_view{"agency"}, Label::agency},
    std::pair{std::string_view{"amount"}, Label::amount},
    std::pair{std::string_view{"award_id"}, Label::award_id},
    std::pair{std::string_view{"signed"}, Label::signed_day},
    std::pair{std::string_view{"starts"}, Label::starts},
    std::pair{std::string_view{"ends"}, Label::ends},
    std::pair{std::string_view{"term"}, Label::term},
};

// The phrases' values are the enumerators of Label.
const PhraseTable& labels() {
  static const PhraseTable table = [] {
    PhraseTable phrases;
    for (const auto& row : read_table(facts_data::record_labels())) {
      const auto label = row.size() == 2 ? named(label_names, row[0]) : std::nullopt;
      if (!label) continue;
      for (std::string_view rest = row[1]; !rest.empty();) {
        const std::size_t bar = rest.find('|');
        phrases.add(rest.substr(0, bar), static_cast<std::size_t>(*label));
        rest = bar == std::string_view::npos ? std::string_view{} : rest.substr(bar + 1);
      }
    }
    return phrases;
  }();
  return table;
}

// The label that fills the whole of a cell.
std::optional<Label> label_of(const DealScene& scene, TokenRange cell) {
  const auto match = labels().starting_at(scene.prose.tokens(), cell.first);
  if (!match || cell.first + match->tokens != cell.end) return std::nullopt;
  return static_cast<Label>(match->value);
}

// A line of the text: the sentences of one paragraph.
struct Line {
  std::size_t first_sentence = 0;
  std::size_t end_sentence = 0;
  TokenRange tokens;
};

std::vector<Line> lines_of(const DealScene& scene) {
  std::vector<Line> lines;
  const auto& sentences = scene.prose.sentences();
  for (std::size_t s = 0; s < scene.sentence_count; ++s) {
    if (s == 0 || sentences[s - 1].paragraph != sentences[s].paragraph) {
      lines.push_back({s, s, {sentences[s].first_token, sentences[s].first_token}});
    }
    lines.back().end_sentence = s + 1;
    lines.back().tokens.end = sentences[s].end_token;
  }
  return lines;
}

// The first item of the range, as what a deal's field holds.
template <class Item>
const Item* first_in(const std::vector<Item>& items, TokenRange range) {
  const auto found = items_in(items, range);
  return found.empty() ? nullptr : &found.front();
}

const Party* party_in(const DealScene& scene, EntityKind kind, TokenRange range) {
  for (const Party& party : items_in(scene.parties, range)) {
    if (party.fact->kind == kind) return &party;
  }
  return nullptr;
}

// The first sum that may be a price: no fine, revenue or the like.
const Placed<MoneyMention>* price_in(const DealScene& scene, TokenRange range) {
  const auto* sum = first_in(scene.sums, range);
  const bool may_be =
      sum != nullptr && (sum->fact->role == Role::contract || sum->fact->role == Role::other ||
                         sum->fact->role == Role::budget);
  return may_be ? sum : nullptr;
}

Found<DealParty> found_party(const Party& party, std::string rule) {
  return {{party.fact->name, party.fact->listed, party.name}, party.at, std::move(rule)};
}

// A vendor that nobody knows: the words of its cell, when they look like a name.
std::optional<Found<DealParty>> name_in(const DealScene& scene, TokenRange cell) {
  if (cell.first == cell.end || cell.end - cell.first > longest_name) return std::nullopt;
  if (!scene.prose.tokens()[cell.first].starts_upper) return std::nullopt;
  DealParty vendor{std::string{scene.prose.words(cell.first, cell.end)}, false, {}};
  vendor.name_id = scene.name_id(vendor.name);
  return Found<DealParty>{std::move(vendor), cell, "record-vendor"};
}

void read_days(const DealScene& scene, TokenRange cell, Label label, Deal& deal) {
  const auto* date = first_in(scene.dates, cell);
  if (date == nullptr) return;
  const Found<PartialDate> from{date->fact->from, date->at, "record-date"};
  if (label == Label::signed_day && !deal.signed_on) deal.signed_on = from;
  if (label == Label::starts && !deal.starts_on) deal.starts_on = from;
  if (label == Label::ends && !deal.ends_on) {
    deal.ends_on = {date->fact->to, date->at, "record-date"};
  }
}

// Puts what a cell holds into the field that its label names; false when it holds nothing of that.
bool read_cell(const DealScene& scene, TokenRange cell, Label label, Deal& deal) {
  switch (label) {
    case Label::vendor:
      if (const Party* party = party_in(scene, EntityKind::vendor, cell)) {
        deal.vendor = found_party(*party, "record-vendor");
      } else {
        deal.vendor = name_in(scene, cell);
      }
      return deal.vendor.has_value();
    case Label::agency:
      if (const Party* party = party_in(scene, EntityKind::agency, cell)) {
        deal.agency = found_party(*party, "record-agency");
      }
      return deal.agency.has_value();
    case Label::amount:
      if (const auto* sum = price_in(scene, cell)) {
        deal.sum = {sum->fact, sum->at, "record-amount"};
      }
      return deal.sum.has_value();
    case Label::award_id:
      if (const auto ids = find_award_ids(scene, cell); !ids.empty()) deal.award_id = ids.front();
      return deal.award_id.has_value();
    case Label::term:
      if (const auto* duration = first_in(scene.durations, cell)) {
        deal.term = {duration->fact->iso, duration->at, "record-term"};
      }
      return deal.term.has_value();
    default:
      read_days(scene, cell, label, deal);
      return true;
  }
}

bool has_field(const Deal& deal, Label label) {
  switch (label) {
    case Label::vendor:
      return deal.vendor.has_value();
    case Label::agency:
      return deal.agency.has_value();
    case Label::amount:
      return deal.sum.has_value();
    case Label::award_id:
      return deal.award_id.has_value();
    default:
      return false;
  }
}

class RecordFinder {
 public:
  explicit RecordFinder(const DealScene& scene) : scene_{scene} {}

  std::vector<Deal> run() {
    for (const Line& line : lines_of(scene_)) {
      if (deals_.size() >= DealScene::most_deals) break;
      if (read_labelled(line)) continue;
      if (fields_ > 0 && has_other_label(line)) continue;
      end_record();
      read_row(line);
    }
    end_record();
    return std::move(deals_);
  }

 private:
  // "Label: value"; false when the line is none.
  bool read_labelled(const Line& line) {
    const auto match = labels().starting_at(scene_.prose.tokens(), line.tokens.first);
    if (!match) return false;
    const std::size_t colon = line.tokens.first + match->tokens;
    if (colon >= line.tokens.end || !scene_.is_mark(colon, ":")) return false;
    const auto label = static_cast<Label>(match->value);
    if (has_field(record_, label)) end_record();
    if (read_cell(scene_, {colon + 1, line.tokens.end}, label, record_)) ++fields_;
    add_sentences(line, record_);
    return true;
  }

  // "Item: boats": a label that tells no field.
  [[nodiscard]] bool has_other_label(const Line& line) const {
    constexpr std::size_t longest_label = 4;
    const std::size_t end = std::min(line.tokens.end, line.tokens.first + longest_label + 1);
    for (std::size_t i = line.tokens.first + 1; i < end; ++i) {
      if (scene_.is_mark(i, ":")) return true;
    }
    return false;
  }

  static void add_sentences(const Line& line, Deal& deal) {
    for (std::size_t s = line.first_sentence; s < line.end_sentence; ++s) {
      deal.sentences.push_back(s);
    }
  }

  void end_record() {
    if (fields_ >= fewest_fields) add(std::move(record_));
    record_ = {};
    fields_ = 0;
  }

  void add(Deal deal) {
    if (!deal.vendor || (!deal.sum && !(deal.agency && deal.award_id))) return;
    deal.anchor = deal.sum ? deal.sum->at : deal.vendor->at;
    deal.sentence = scene_.prose.sentence_of(deal.anchor.first);
    deals_.push_back(std::move(deal));
  }

  // The cells of a line, parted by bars.
  [[nodiscard]] std::vector<TokenRange> cells_of(TokenRange line) const {
    std::vector<TokenRange> cells;
    std::size_t first = line.first;
    for (std::size_t i = line.first; i <= line.end; ++i) {
      if (i < line.end && !scene_.is_mark(i, "|")) continue;
      if (i > first || i < line.end) cells.push_back({first, i});
      first = i + 1;
    }
    return cells;
  }

  void read_row(const Line& line) {
    const std::vector<TokenRange> cells = cells_of(line.tokens);
    if (cells.size() < fewest_fields) {
      heads_.clear();
      return;
    }
    if (read_heads(cells)) return;
    Deal deal;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto head = i < heads_.size() ? heads_[i] : std::nullopt;
      if (head && cells[i].first < cells[i].end) read_cell(scene_, cells[i], *head, deal);
    }
    fill_in(line.tokens, deal);
    add_sentences(line, deal);
    add(std::move(deal));
  }

  // A line of labels alone, two at least, is the head of a table.
  bool read_heads(const std::vector<TokenRange>& cells) {
    std::vector<std::optional<Label>> heads;
    for (const TokenRange cell : cells) heads.push_back(label_of(scene_, cell));
    const auto count =
        std::ranges::count_if(heads, [](const auto& head) { return head.has_value(); });
    if (count < 2) return false;
    heads_ = std::move(heads);
    return true;
  }

  // What no head names is known by what it is.
  void fill_in(TokenRange row, Deal& deal) const {
    if (!deal.vendor) {
      const Party* vendor = party_in(scene_, EntityKind::vendor, row);
      if (vendor != nullptr) deal.vendor = found_party(*vendor, "row-vendor");
    }
    if (!deal.agency) {
      const Party* agency = party_in(scene_, EntityKind::agency, row);
      if (agency != nullptr) deal.agency = found_party(*agency, "row-agency");
    }
    if (!heads_.empty()) return;
    const auto* sum = price_in(scene_, row);
    if (sum != nullptr) deal.sum = {sum->fact, sum->at, "row-amount"};
    const auto terms = items_in(scene_.durations, row);
    if (terms.size() == 1) deal.term = {terms.front().fact->iso, terms.front().at, "row-term"};
    const auto dates = items_in(scene_.dates, row);
    if (dates.size() == 1) {
      deal.signed_on = {dates.front().fact->from, dates.front().at, "row-date"};
    }
  }

  const DealScene& scene_;
  std::vector<Deal> deals_;
  Deal record_;
  std::size_t fields_ = 0;
  std::vector<std::optional<Label>> heads_;  // of the table whose rows are being read
};

}  // namespace

std::vector<Deal> find_records(const DealScene& scene) {
  return RecordFinder{scene}.run();
}

}  // namespace stakeout
