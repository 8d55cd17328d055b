#include "app/crawl/upkeep.h"

#include <utility>

#include "alerts/value_words.h"
#include "app/size_words.h"

namespace stakeout {

RetentionLimits limits_of(const RetentionSettings& retention, Timestamp now) {
  const auto before = [now](const std::optional<std::chrono::milliseconds>& kept) {
    return kept ? std::optional{now -
                                std::chrono::duration_cast<std::chrono::seconds>(*kept).count()}
                : std::nullopt;
  };
  return {before(retention.texts), before(retention.feed_texts)};
}

std::string words_of(const Dropped& dropped) {
  std::string words;
  if (dropped.texts > 0) words = counted(dropped.texts, "text", "texts");
  if (dropped.feed_texts > 0) {
    words += (words.empty() ? "" : " and ") + std::string{"the feeds' words of "} +
             counted(dropped.feed_texts, "entry", "entries");
  }
  if (words.empty()) return words;
  return words + ", " + size_words(static_cast<std::uintmax_t>(dropped.bytes)) + " in all";
}

bool is_clock_ahead(std::optional<Timestamp> last_work, Timestamp now) {
  constexpr std::chrono::seconds a_week = std::chrono::hours{7 * 24};
  return last_work && now > *last_work + a_week.count();
}

void Upkeep::begin(bool drops) {
  part_ = drops && (retention_.texts || retention_.feed_texts) ? Part::drop : Part::analyze;
  dropped_up_to_ = 0;
  tables_.reset();
  counted_tables_ = 0;
  dropped_ = {};
}

bool Upkeep::step(Timestamp now) {
  const auto go_on = [this](bool has_more, Part next) {
    if (!has_more) part_ = next;
  };
  switch (part_) {
    case Part::drop:
      go_on(drop(now), Part::analyze);
      break;
    case Part::analyze:
      go_on(analyze(), Part::merge);
      break;
    case Part::merge:
      go_on(store_.merge_search_index(), Part::give_back);
      break;
    case Part::give_back:
      go_on(store_.give_back_pages(), Part::end);
      break;
    case Part::end:
      break;
  }
  return part_ != Part::end;
}

bool Upkeep::drop(Timestamp now) {
  const DropStep step = store_.drop_old(limits_of(retention_, now), dropped_up_to_, now);
  dropped_ += step.dropped;
  dropped_up_to_ = step.next.value_or(dropped_up_to_);
  return step.next.has_value();
}

bool Upkeep::analyze() {
  if (!tables_) {
    tables_ = store_.tables_to_analyze();
  } else if (!tables_->empty()) {
    store_.analyze(tables_->back());
    tables_->pop_back();
    ++counted_tables_;
  }
  return !tables_->empty();
}

}  // namespace stakeout
