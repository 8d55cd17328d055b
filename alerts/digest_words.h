#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace stakeout {

struct Digest;

// The words of a digest's lines and of its subject. All UTF-8, for a person.

// "; 4 articles in 3 outlets"; empty for a story that one article tells.
[[nodiscard]] std::string outlets_words(std::int64_t articles, std::int64_t outlets);

// "; 7 articles tell of it, 3 with another sum"
[[nodiscard]] std::string tellers_words(std::int64_t articles, std::int64_t with_another_sum);

// Why a mention is told: "found by the alias \"ICE\" near its context word: federal".
[[nodiscard]] std::string found_words(const std::string& words, const std::string& rule);

// Why a fact of a contract is told: "\"stop-work order\" says that work was stopped".
[[nodiscard]] std::string read_words(const std::string& words, const std::string& rule);

// What is in a digest, for its subject.
struct DigestContents {
  std::size_t corrections = 0;
  std::size_t new_contracts = 0;
  std::size_t changed_contracts = 0;
  std::size_t changes = 0;  // of contracts
  std::size_t stories = 0;
  std::size_t articles = 0;  // changed or gone
  std::size_t names = 0;     // worth adding
  std::size_t feeds = 0;
  std::set<std::int64_t> contracts{};   // their ids, new and changed
  std::vector<std::string> parties{};   // "Paragon / ICE", in the order of the digest, each once
  std::string news{};                   // what is told last of a contract
  std::vector<std::string> vendors{};   // in the news
  std::vector<std::string> agencies{};  // in the news where no vendor is
  std::string story{};                  // the title of the only one
  std::string correction{};             // what the first one is about

  // Adds what is told of a contract.
  void about(const std::string& whom, std::string what);
};

// What is inside: of one contract, vendor or agency what there is to tell of it, "Paragon / ICE:
// stop-work order reported (3 stories, 1 fact changed)"; of more their numbers and the first names.
[[nodiscard]] std::string subject_words(const DigestContents& contents);

// What stands at the end of every digest that tells something: how far it can be trusted, and how a
// reader gets less of it. Empty for one that tells nothing.
[[nodiscard]] std::string closing_words(const Digest& digest);

}  // namespace stakeout
