// Reads arbitrary bytes as a news text. Every span lies in the text and covers the words that the
// fact gives for itself; lists are in the order of the text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "extractors/facts/facts.h"
#include "extractors/text/unicode.h"

namespace {

using namespace stakeout;

void require(bool holds) {
  if (!holds) std::abort();
}

// Byte offsets of the text's code points, and its size at the end.
std::vector<std::size_t> offsets_of(std::string_view text) {
  std::vector<std::size_t> offsets;
  for (std::size_t at = 0; at < text.size(); at = code_point_at(text, at).next) {
    offsets.push_back(at);
  }
  offsets.push_back(text.size());
  return offsets;
}

class Checker {
 public:
  explicit Checker(std::string_view text) : text_{text}, offsets_{offsets_of(text)} {}

  void check(Span span, std::string_view words) const {
    require(span.start <= span.end && span.end < offsets_.size());
    const std::size_t begin = offsets_[span.start];
    require(text_.substr(begin, offsets_[span.end] - begin) == words);
  }

  template <class T>
  void check_list(const std::vector<T>& facts) const {
    std::size_t last = 0;
    for (const T& fact : facts) {
      check(fact.span, fact.text);
      require(last <= fact.span.start);
      last = fact.span.start;
    }
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> offsets_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const MentionFinder mentions{shipped_watchlist()};
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const Facts facts = extract_facts(text, {mentions, PartialDate::make(2024, 9, 27)});
  const Checker checker{text};
  checker.check_list(facts.mentions);
  checker.check_list(facts.money);
  checker.check_list(facts.dates);
  checker.check_list(facts.durations);
  for (const Claim& claim : facts.claims) {
    checker.check(claim.evidence, claim.quote);
    require(claim.vendor || (claim.agency && claim.value));
    require(claim.value.has_value() == claim.qualifier.has_value());
    for (const FieldEvidence& field : claim.fields) checker.check(field.span, field.quote);
  }
  return 0;
}
