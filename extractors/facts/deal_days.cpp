#include "extractors/facts/deal_days.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "extractors/facts/deal_options.h"
#include "extractors/facts/deal_terms.h"
#include "extractors/facts/deal_wording.h"
#include "extractors/text/date_time.h"

namespace stakeout {
namespace {

constexpr std::size_t cue_reach_before = 30;
constexpr std::size_t cue_reach_after = 8;
constexpr std::size_t front = 3;  // tokens: "On Monday, the department has ... issued"
constexpr std::size_t cue_reach_after_front = 20;
constexpr std::size_t noun_reach = 4;
constexpr std::size_t date_noun_reach = 9;  // "the contract between the two, in 2015"

enum class DayKind { none, announced, signed_day, starts, ends };

struct Reading {
  DayKind kind = DayKind::none;
  std::string rule;
  TokenRange by = {};
};

// What a cue makes of a date beside it.
Reading reading_of(const CueHit& hit, bool cue_before) {
  const TokenRange by{hit.first, hit.end};
  const std::string& detail = hit.cue->detail;
  const std::string& rule = hit.cue->rule;
  switch (hit.cue->kind) {
    case CueKind::day:
      if (detail == "ends_behind") return {DayKind::ends, rule, by};
      if (detail == "ends") return {cue_before ? DayKind::ends : DayKind::none, rule, by};
      if (detail == "starts") return {DayKind::starts, rule, by};
      if (detail == "signed") return {DayKind::signed_day, rule, by};
      if (detail == "announced") return {DayKind::announced, rule, by};
      return {DayKind::none, rule, by};
    case CueKind::act:
      if (detail.ends_with("proposed")) return {DayKind::none, rule, by};
      return {DayKind::signed_day, rule, by};
    case CueKind::state:
      if (detail == "extended" || detail == "modified") return {DayKind::signed_day, rule, by};
      if (detail == "cancelled" || detail == "expired") return {DayKind::ends, rule, by};
      return {DayKind::none, rule, by};
    default:
      return {};
  }
}

bool decides(const CueHit& hit) {
  return hit.is(CueKind::day) || hit.is(CueKind::act) || hit.is(CueKind::state);
}

const CueHit* strong_noun_in(const DealScene& scene, TokenRange range) {
  for (const CueHit& hit : scene.cues_in(range)) {
    if (hit.is(CueKind::noun) && hit.cue->detail.starts_with("strong")) return &hit;
  }
  return nullptr;
}

bool has_strong_noun(const DealScene& scene, TokenRange range) {
  return strong_noun_in(scene, range) != nullptr;
}

// "the executive order that the president signed": the verb is about something else.
bool is_of_no_deal(const DealScene& scene, const CueHit& verb) {
  const TokenRange lead = before(scene, verb.first, noun_reach * 2);
  const CueHit* block = scene.last_cue(lead, CueKind::block);
  return block != nullptr && block->cue->detail == "paper" &&
         !has_strong_noun(scene, {block->end, verb.first});
}

// "will not renew it, she said on Monday": not the day on which it runs out.
bool tells_no_renewal(const CueHit& cue) {
  return cue.is(CueKind::state) && cue.cue->detail == "expired" &&
         std::ranges::any_of(cue.cue->words,
                             [](const CueWord& word) { return word.folded.starts_with("renew"); });
}

// "terminated the contract, effective DATE": the day of the end.
bool is_ended_before(const DealScene& scene, const CueHit& day) {
  const TokenRange subject = before(scene, day.first, noun_reach);
  for (std::size_t i = subject.first; i < subject.end; ++i) {
    if (scene.is_word(i, DealWord::ending)) return true;
  }
  const CueHit* state = scene.last_cue(before(scene, day.first, cue_reach_before), CueKind::state);
  return state != nullptr && (state->cue->detail == "cancelled" || state->cue->detail == "expired");
}

// "from DATE to DATE", "DATE through DATE".
std::optional<Reading> range_reading(const DealScene& scene, const Placed<DateMention>& date) {
  const CueHit* day = scene.last_cue(before(scene, date.at.first, noun_reach), CueKind::day);
  if (day != nullptr && day->cue->detail == "other") return std::nullopt;
  const TokenRange lead = before(scene, date.at.first, 1);
  if (lead.first < lead.end && scene.is_word(lead.first, DealWord::between)) return Reading{};
  // "between May 2019 and June 2020": the span in which something was spent.
  if (lead.first < lead.end && scene.is_word(lead.first, DealWord::conjunction)) {
    for (const auto& other : items_in(scene.dates, before(scene, date.at.first, 6))) {
      const TokenRange head = before(scene, other.at.first, 1);
      if (head.first < head.end && scene.is_word(head.first, DealWord::between)) return Reading{};
    }
  }
  const TokenRange next = after(scene, date.at.end, 2);
  const TokenRange last = before(scene, date.at.first, 2);
  for (std::size_t i = next.first; i < next.end; ++i) {
    if (scene.is_word(i, DealWord::range_joint) && !items_in(scene.dates, {i, i + 3}).empty()) {
      return Reading{DayKind::starts, "first-day-of-range", {i, i + 1}};
    }
  }
  for (std::size_t i = last.first; i < last.end; ++i) {
    if (!scene.is_word(i, DealWord::range_joint)) continue;
    for (const auto& other : items_in(scene.dates, before(scene, i, 6))) {
      if (other.at.end + 1 >= i) return Reading{DayKind::ends, "last-day-of-range", {i, i + 1}};
    }
  }
  return std::nullopt;
}

// "officials said on Friday", "in a statement on Friday".
bool is_day_of_saying(const DealScene& scene, TokenRange date) {
  const std::size_t limit = before(scene, date.first, noun_reach).first;
  for (std::size_t i = date.first; i > limit; --i) {
    if (scene.is_word(i - 1, DealWord::says)) return true;
    if (!scene.is_word(i - 1, DealWord::day_lead)) return false;
  }
  return false;
}

// What the date is the date of, by the cue nearest to it.
Reading read_date(const DealScene& scene, const Placed<DateMention>& date) {
  if (const auto range = range_reading(scene, date)) return *range;
  if (const auto lead = lead_of_term_start(scene, date)) {
    return {DayKind::starts, "term-start", *lead};
  }
  const CueHit* best = cue_of_date(scene, date);
  // Not "said on Friday that it had signed", which is the first that is known of it.
  const bool is_told_before =
      best == nullptr || (best->is(CueKind::act) && best->end <= date.at.first);
  if (is_told_before && is_day_of_saying(scene, date.at)) return {};
  constexpr std::size_t close = 2;  // "an agreement in 2021"
  const CueHit* beside = strong_noun_in(scene, before(scene, date.at.first, close));
  const bool is_nearer = best != nullptr && beside != nullptr && best->end <= beside->first;
  if (is_nearer && best->is(CueKind::day)) {
    return {DayKind::signed_day, "date-by-noun", {beside->first, beside->end}};
  }
  if (best != nullptr) {
    if (is_of_no_deal(scene, *best) || ends_a_halt(scene, *best) || tells_no_renewal(*best)) {
      return {};
    }
    if (best->is(CueKind::day) && best->cue->detail == "starts" && is_ended_before(scene, *best)) {
      return {DayKind::ends, best->cue->rule, {best->first, best->end}};
    }
    return reading_of(*best, best->first < date.at.first);
  }
  const CueHit* noun = strong_noun_in(scene, before(scene, date.at.first, date_noun_reach));
  if (noun == nullptr) noun = strong_noun_in(scene, after(scene, date.at.end, noun_reach));
  if (noun == nullptr) return {};
  return {DayKind::signed_day, "date-by-noun", {noun->first, noun->end}};
}

bool names_a_year(const DealScene& scene, TokenRange range) {
  for (std::size_t i = range.first; i < range.end; ++i) {
    const std::string& word = scene.prose.tokens()[i].folded;
    if (word.size() == 4 && scene.prose.tokens()[i].kind == TokenKind::number) return true;
  }
  return false;
}

// The day of that month and day nearest to the end that signing and term give.
std::optional<PartialDate> implied_end(const Deal& deal, int month, int day) {
  const auto& from = deal.starts_on ? deal.starts_on : deal.signed_on;
  if (!from || !deal.term || !from->value.month()) return std::nullopt;
  const auto term = days_of_term(deal.term->value);
  if (!term) return std::nullopt;
  const auto end = from->value.first_day() + *term;
  std::optional<PartialDate> best;
  for (int year = from->value.year(); year <= from->value.year() + 60; ++year) {
    const auto date = PartialDate::make(year, month, day);
    if (!date) continue;
    if (!best ||
        std::chrono::abs(date->first_day() - end) < std::chrono::abs(best->first_day() - end)) {
      best = date;
    }
  }
  return best;
}

// Month and day of "September 29" or "29 September".
std::optional<std::pair<int, int>> yearless_day(const Prose& prose, TokenRange range) {
  if (range.end - range.first != 2) return std::nullopt;
  const auto& tokens = prose.tokens();
  const bool word_first = tokens[range.first].kind == TokenKind::word &&
                          tokens[range.first + 1].kind == TokenKind::number;
  const bool number_first = tokens[range.first].kind == TokenKind::number &&
                            tokens[range.first + 1].kind == TokenKind::word;
  if (!word_first && !number_first) return std::nullopt;
  // Any leap year will do.
  const auto read = parse_date_time(std::string{prose.words(range.first, range.end)} + " 2000");
  const auto* date = read ? std::get_if<PartialDate>(&*read) : nullptr;
  if (date == nullptr || !date->is_full()) return std::nullopt;
  return std::pair{*date->month(), *date->day()};
}

constexpr std::string_view until_rule = "until-cue";  // of data/deal_dates.tsv
constexpr std::string_view year_rule = ", year of signing and term";

// The deal stated in this sentence that stands nearest to `at`; true when it is this one, or when
// the sentence states none.
bool is_nearest(const std::vector<Deal>& deals, const Deal& deal, std::size_t sentence,
                TokenRange at) {
  const auto gap = [&](const Deal& d) {
    const TokenRange between = gap_between(d.anchor, at);
    return between.end - between.first;
  };
  if (deal.sentence != sentence) {
    return std::ranges::all_of(deals_of(deals, sentence), &Deal::is_notice);
  }
  return std::ranges::none_of(deals_of(deals, sentence), [&](const Deal& other) {
    return &other != &deal && !other.is_notice && gap(other) < gap(deal);
  });
}

// "in 2014", and later "on October 29, 2014".
bool is_within(const PartialDate& closer, const PartialDate& known) {
  return closer != known && closer.first_day() >= known.first_day() &&
         closer.last_day() <= known.last_day();
}

class DayReader {
 public:
  DayReader(const DealScene& scene, const std::optional<PartialDate>& published,
            const std::vector<Deal>& deals, Deal& deal)
      : scene_{scene}, published_{published}, deals_{deals}, deal_{deal} {}

  void run() {
    read(deal_.sentence);
    for (const std::size_t s : deal_.sentences) {
      if (s != deal_.sentence) read(s);
    }
    if (deals_.size() == 1) read_rest();
    if (!deal_.signed_on) deal_.signed_on = announced_;
    settle_year();
    read_yearless_end();
  }

 private:
  void read(std::size_t sentence) {
    const TokenRange range = scene_.tokens_of(sentence);
    for (const auto& duration : items_in(scene_.durations, range)) {
      if (deal_.term || !is_nearest(deals_, deal_, sentence, duration.at)) continue;
      const TokenRange next = after(scene_, duration.at.end, 2);
      const bool about_deal = sentence == deal_.sentence || has_strong_noun(scene_, range) ||
                              follows_deal(sentence) || scene_.has_cue(next, CueKind::noun);
      // The length of an extension is the term of what has a sum of its own: "extended by a year,
      // for $2 million".
      const bool has_own_sum = deal_.sum && range.contains(deal_.sum->at.first);
      if (!has_own_sum && is_extension_length(scene_, duration)) continue;
      const auto words = about_deal ? term_words(scene_, duration) : std::nullopt;
      if (!words) continue;
      deal_.term = {duration.fact->iso, duration.at, "term", *words};
      deal_.longest_term = term_with_options(scene_, duration);
    }
    for (const auto* date : nearest_first(range)) {
      const bool about_deal = sentence == deal_.sentence || deal_.is_notice ||
                              scene_.has_cue(range, CueKind::noun) || follows_deal(sentence) ||
                              tells_act_of_party(range) || opens_with_pronoun(sentence);
      if (about_deal && is_nearest(deals_, deal_, sentence, date->at)) take(*date);
    }
  }

  // The dates of a sentence, those that stand nearer to the words for the deal before the others.
  [[nodiscard]] std::vector<const Placed<DateMention>*> nearest_first(TokenRange sentence) const {
    std::vector<const Placed<DateMention>*> dates;
    for (const auto& date : items_in(scene_.dates, sentence)) dates.push_back(&date);
    if (sentence.contains(deal_.anchor.first)) {
      std::ranges::stable_sort(dates, {}, [&](const Placed<DateMention>* date) {
        const TokenRange gap = gap_between(date->at, deal_.anchor);
        return gap.end - gap.first;
      });
    }
    return dates;
  }

  // The only deal of a text: sentences apart from it may tell from when to when it runs.
  void read_rest() {
    for (std::size_t s = 0; s < scene_.sentence_count; ++s) {
      if (std::ranges::binary_search(deal_.sentences, s) || !may_tell_span(s)) continue;
      for (const auto& date : items_in(scene_.dates, scene_.tokens_of(s))) {
        const DayKind kind = read_date(scene_, date).kind;
        if (kind == DayKind::starts || kind == DayKind::ends) take(date);
      }
    }
  }

  // "The contract takes effect in May", "Term: March 2023 through February 2026".
  [[nodiscard]] bool may_tell_span(std::size_t sentence) const {
    const TokenRange range = scene_.tokens_of(sentence);
    const bool has_label = range.first + 1 < range.end &&
                           scene_.is_word(range.first, DealWord::term_preposition) &&
                           scene_.is_mark(range.first + 1, ":");
    if (!has_label && !has_strong_noun(scene_, range)) return false;
    return std::ranges::all_of(items_in(scene_.parties, range), [&](const Party& party) {
      return party.fact->kind == EntityKind::agency ||
             (deal_.vendor && party.name == deal_.vendor->value.name_id);
    });
  }

  // "It was signed in May": the sentence after one that speaks of the deal, with no name of its
  // own.
  [[nodiscard]] bool follows_deal(std::size_t sentence) const {
    const auto& sentences = scene_.prose.sentences();
    return sentence > 0 && std::ranges::binary_search(deal_.sentences, sentence - 1) &&
           sentences[sentence].paragraph == sentences[sentence - 1].paragraph &&
           items_in(scene_.parties, scene_.tokens_of(sentence)).empty() &&
           items_in(scene_.sums, scene_.tokens_of(sentence)).empty();
  }

  // "turned to Acme in April": a side of the deal beside a verb of deals.
  [[nodiscard]] bool tells_act_of_party(TokenRange sentence) const {
    if (!scene_.has_cue(sentence, CueKind::act)) return false;
    return std::ranges::any_of(items_in(scene_.parties, sentence), [&](const Party& party) {
      return (deal_.vendor && party.name == deal_.vendor->value.name_id) ||
             (deal_.agency && party.name == deal_.agency->value.name_id);
    });
  }

  // "It was made in December, on the schedule of another body."
  [[nodiscard]] bool opens_with_pronoun(std::size_t sentence) const {
    const TokenRange range = scene_.tokens_of(sentence);
    return std::ranges::binary_search(deal_.sentences, sentence - 1) &&
           scene_.is_word(range.first, DealWord::pronoun) && scene_.has_cue(range, CueKind::act);
  }

  void take(const Placed<DateMention>& date) {
    const Reading reading = read_date(scene_, date);
    const auto put = [&](std::optional<Found<PartialDate>>& field, const PartialDate& value) {
      if (!field || is_within(value, field->value)) {
        field = {value, date.at, reading.rule, reading.by};
      }
    };
    if (is_end_of_another(date, reading)) return;
    const bool one = date.fact->from == date.fact->to;
    switch (reading.kind) {
      case DayKind::none:
        return;
      case DayKind::announced:
        if (one && !is_to_come(date.fact->from)) put(announced_, date.fact->from);
        return;
      case DayKind::signed_day:
        if (deal_.changed && is_of_change(reading)) return;
        if (one && !is_to_come(date.fact->from)) put(deal_.signed_on, date.fact->from);
        return;
      case DayKind::starts:
        put(deal_.starts_on, date.fact->from);
        if (!one) put(deal_.ends_on, date.fact->to);
        return;
      case DayKind::ends:
        put(deal_.ends_on, date.fact->to);
        return;
    }
  }

  // "cancelled the contract with Bolt on May 5 and will pay Acme": what is told of the deal begins
  // with another verb behind the date.
  [[nodiscard]] bool is_end_of_another(const Placed<DateMention>& date,
                                       const Reading& reading) const {
    const auto hits = scene_.cues_in(reading.by);
    return !hits.empty() && hits.front().is(CueKind::state) && reading.by.first < date.at.first &&
           date.at.end <= deal_.anchor.first &&
           scene_.has_cue({date.at.end, deal_.anchor.first}, CueKind::act);
  }

  // "raised from $12 million to $15 million on May 5": by the words for the change.
  [[nodiscard]] bool is_of_change(const Reading& reading) const {
    const auto hits = scene_.cues_in(reading.by);
    return !hits.empty() && hits.front().is(CueKind::state);
  }

  [[nodiscard]] bool is_to_come(const PartialDate& date) const {
    return published_ && date.first_day() > published_->last_day();
  }

  // "runs out on September 29", where no year is known yet.
  void read_yearless_end() {
    for (const std::size_t s : deal_.sentences) {
      for (const CueHit& hit : scene_.cues_in(scene_.tokens_of(s))) {
        if (deal_.ends_on || !hit.is(CueKind::day) || hit.cue->detail != "ends") continue;
        const TokenRange next = after(scene_, hit.end, noun_reach);
        for (std::size_t i = next.first; i < next.end && !deal_.ends_on; ++i) {
          const auto day = yearless_day(scene_.prose, {i, std::min(i + 2, next.end)});
          const auto end = day ? implied_end(deal_, day->first, day->second) : std::nullopt;
          if (end) deal_.ends_on = {*end, {i, i + 2}, hit.cue->rule + std::string{year_rule}};
        }
      }
    }
  }

  // "extended it until December 31": the tense of the verb tells nothing of the year of that day.
  void take_nearest_year(Found<PartialDate>& end) const {
    if (!published_ || !end.value.month()) return;
    const auto distance = [&](const PartialDate& date) {
      return std::chrono::abs(date.first_day() - published_->first_day());
    };
    const auto next = PartialDate::make(end.value.year() + 1, *end.value.month(), end.value.day());
    if (next && distance(*next) < distance(end.value)) end.value = *next;
  }

  void settle_year() {
    if (!deal_.ends_on || names_a_year(scene_, deal_.ends_on->at)) return;
    if (deal_.ends_on->rule == until_rule) take_nearest_year(*deal_.ends_on);
    const PartialDate end = deal_.ends_on->value;
    if (deal_.signed_on && end.month() && end.last_day() < deal_.signed_on->value.first_day()) {
      const auto next = PartialDate::make(end.year() + 1, *end.month(), end.day());
      if (next && next->last_day() >= deal_.signed_on->value.first_day()) {
        deal_.ends_on->value = *next;
        deal_.ends_on->rule += year_rule;
      }
    }
    if (!end.is_full()) return;
    if (const auto implied = implied_end(deal_, *end.month(), *end.day())) {
      deal_.ends_on->value = *implied;
      deal_.ends_on->rule += year_rule;
    }
  }

  const DealScene& scene_;
  const std::optional<PartialDate>& published_;
  const std::vector<Deal>& deals_;
  Deal& deal_;
  std::optional<Found<PartialDate>> announced_;  // stands for the day of signing where none is told
};

// "on May 3, according to a record published on Friday": the verb speaks of Friday.
bool has_date_of_its_own(const DealScene& scene, const CueHit& hit) {
  return !items_in(scene.dates, after(scene, hit.end, noun_reach)).empty();
}

}  // namespace

const CueHit* cue_of_date(const DealScene& scene, const Placed<DateMention>& date) {
  const CueHit* best = nullptr;
  const std::size_t sentence = scene.tokens_of(date.sentence).first;
  const bool is_fronted = date.at.first < sentence + front;
  const std::size_t reach_after = is_fronted ? cue_reach_after_front : cue_reach_after;
  std::size_t best_gap = cue_reach_before + reach_after;
  for (const CueHit& hit : scene.cues_in(before(scene, date.at.first, cue_reach_before))) {
    if (!decides(hit) || scene.count_semicolons({hit.first, date.at.first}) > 0) continue;
    const std::size_t gap = date.at.first - std::min(date.at.first, hit.end);
    if (gap <= best_gap) {
      best = &hit;
      best_gap = gap;
    }
  }
  // "cancelled it on May 3 and will pay": what follows "and" is told of another day.
  const TokenRange next = after(scene, date.at.end, 1);
  const bool is_closed = best != nullptr && !is_fronted && next.first < next.end &&
                         scene.is_word(next.first, DealWord::conjunction);
  if (is_closed) return best;
  for (const CueHit& hit : scene.cues_in(after(scene, date.at.end, reach_after))) {
    const bool is_end = hit.is(CueKind::day) && hit.cue->detail == "ends";
    if (!decides(hit) || is_end || (best && has_date_of_its_own(scene, hit))) continue;
    if (const std::size_t gap = hit.first - date.at.end + 2; gap < best_gap) {
      best = &hit;
      best_gap = gap;
    }
  }
  return best;
}

std::optional<PartialDate> day_beside(const DealScene& scene, TokenRange anchor) {
  const TokenRange sentence = scene.tokens_of(scene.prose.sentence_of(anchor.first));
  const Placed<DateMention>* nearest = nullptr;
  std::size_t least = sentence.end - sentence.first;
  for (const auto& date : items_in(scene.dates, sentence)) {
    const TokenRange gap = gap_between(date.at, anchor);
    if (gap.end - gap.first > least || !items_in(scene.sums, gap).empty()) continue;
    nearest = &date;
    least = gap.end - gap.first;
  }
  if (nearest == nullptr || nearest->fact->from != nearest->fact->to) return std::nullopt;
  if (read_date(scene, *nearest).kind != DayKind::signed_day) return std::nullopt;
  return nearest->fact->from;
}

void add_days(const DealScene& scene, const std::optional<PartialDate>& published,
              std::vector<Deal>& deals) {
  for (Deal& deal : deals) DayReader{scene, published, deals, deal}.run();
}

}  // namespace stakeout
