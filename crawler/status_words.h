#pragma once

#include <string>

namespace stakeout {

// What is wrong with an answer, for people. The words are those of data/status_words.tsv.
struct StatusWords {
  std::string fault;   // "the server is overloaded or being mended (HTTP 503)"
  std::string advice;  // what the operator can do: "nothing, unless it lasts; then tell the site"
};

// For a status of HTTP that is no success.
[[nodiscard]] StatusWords status_words(int status);

}  // namespace stakeout
