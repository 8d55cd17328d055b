#include "extractors/pages/page_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extractors/text/table.h"

namespace stakeout {

std::string_view page_words_table();

namespace {

constexpr std::array<std::pair<std::string_view, PageWord>, 7> kind_names{{
    {"conjunction", PageWord::conjunction},
    {"before_date", PageWord::before_date},
    {"author_path", PageWord::author_path},
    {"document_ending", PageWord::document_ending},
    {"article_type", PageWord::article_type},
    {"work_type", PageWord::work_type},
    {"page_type", PageWord::page_type},
}};

}  // namespace

bool is_page_word_row(const std::vector<std::string_view>& row) {
  return row.size() == 2 && !row[1].empty() && named(kind_names, row[0]).has_value();
}

const std::vector<std::string_view>& page_words(PageWord kind) {
  static const auto read = [] {
    std::array<std::vector<std::string_view>, kind_names.size()> words;
    for (const auto& row : read_table(page_words_table())) {
      if (!is_page_word_row(row)) continue;
      words[static_cast<std::size_t>(*named(kind_names, row[0]))].push_back(row[1]);
    }
    return words;
  }();
  return read[static_cast<std::size_t>(kind)];
}

bool is_page_word(std::string_view word, PageWord kind) {
  const std::vector<std::string_view>& words = page_words(kind);
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace stakeout
