#include "extractors/text/prose.h"

#include <algorithm>
#include <bit>

#include "extractors/text/sentences.h"
#include "extractors/text/tokens.h"
#include "extractors/text/unicode.h"

namespace stakeout {

Prose::Prose(std::string_view text)
    : text_{text}, tokens_{cut_tokens(text)}, sentences_{cut_sentences(text, tokens_)} {
  sentence_of_token_.resize(tokens_.size());
  for (std::uint32_t s = 0; s < sentences_.size(); ++s) {
    for (std::uint32_t t = sentences_[s].first_token; t < sentences_[s].end_token; ++t) {
      sentence_of_token_[t] = s;
    }
  }
  blocks_.resize(text.size() / bytes_a_block + 1);
  for (std::size_t at = 0; at < text.size(); at = code_point_at(text, at).next) {
    blocks_[at / bytes_a_block].starts |= std::uint64_t{1} << (at % bytes_a_block);
  }
  for (std::size_t i = 1; i < blocks_.size(); ++i) {
    blocks_[i].before =
        blocks_[i - 1].before + static_cast<std::uint32_t>(std::popcount(blocks_[i - 1].starts));
  }
}

std::string_view Prose::words(std::size_t token) const {
  return words(token, token + 1);
}

std::string_view Prose::words(std::size_t first, std::size_t end) const {
  if (first >= end) return {};
  const std::size_t begin = tokens_[first].begin;
  return text_.substr(begin, tokens_[end - 1].end - begin);
}

std::size_t Prose::token_at_or_after(std::size_t byte) const {
  const auto token = std::ranges::lower_bound(tokens_, byte, {},
                                              [](const Token& t) { return std::size_t{t.begin}; });
  return static_cast<std::size_t>(token - tokens_.begin());
}

std::pair<std::size_t, std::size_t> Prose::tokens_of(const Span& span) const {
  const auto first = std::ranges::partition_point(
      tokens_, [&](const Token& token) { return code_points_before(token.end) <= span.start; });
  const auto end = std::partition_point(first, tokens_.end(), [&](const Token& token) {
    return code_points_before(token.begin) < span.end;
  });
  return {static_cast<std::size_t>(first - tokens_.begin()),
          static_cast<std::size_t>(end - tokens_.begin())};
}

std::size_t Prose::code_points_before(std::size_t byte) const {
  const Block& block = blocks_[byte / bytes_a_block];
  const std::uint64_t earlier = (std::uint64_t{1} << (byte % bytes_a_block)) - 1;
  return block.before + static_cast<std::size_t>(std::popcount(block.starts & earlier));
}

Span Prose::span_of_bytes(std::size_t begin, std::size_t end) const {
  return {code_points_before(begin), code_points_before(end)};
}

Span Prose::span_of_tokens(std::size_t first, std::size_t end) const {
  if (first >= end) return {};
  return span_of_bytes(tokens_[first].begin, tokens_[end - 1].end);
}

}  // namespace stakeout
