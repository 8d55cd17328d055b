#include "extractors/facts/csv.h"

#include <algorithm>

namespace stakeout {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_newline(char c) {
  return c == '\n' || c == '\r';
}

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_{text} {
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
    last_quote_ = text_.rfind('"');
  }

  std::vector<CsvRecord> records() {
    std::vector<CsvRecord> all;
    while (at_ < text_.size()) {
      skip_blanks();
      if (at_end_of_line()) {
        skip_newline();
      } else if (text_[at_] == '#') {
        skip_line();
      } else {
        all.push_back(record());
      }
    }
    return all;
  }

 private:
  CsvRecord record() {
    CsvRecord record;
    record.line = line_;
    const std::size_t begin = at_;
    while (true) {
      skip_blanks();
      std::string cell;
      if (at_ >= text_.size() || text_[at_] != '"') {
        cell = read_plain();
      } else if (!read_quoted(cell)) {
        record.cells.clear();
        record.fault = "a quote is not closed, or text follows it";
        at_ = begin;
        line_ = record.line;
        skip_line();
        return record;
      }
      record.cells.push_back(std::move(cell));
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      skip_newline();
      return record;
    }
  }

  std::string read_plain() {
    const std::size_t begin = at_;
    while (!at_end_of_line() && text_[at_] != ',') ++at_;
    std::size_t end = at_;
    while (end > begin && is_blank(text_[end - 1])) --end;
    return std::string{text_.substr(begin, end - begin)};
  }

  // False when the quote is not closed before the end of the file, or is followed by more text.
  bool read_quoted(std::string& cell) {
    if (at_ == last_quote_) return false;  // nothing closes it: no need to read on to the end
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"') {
        if (at_ >= text_.size() || text_[at_] != '"') {
          skip_blanks();
          return at_end_of_line() || text_[at_] == ',';
        }
        ++at_;
      }
      if (c == '\n') ++line_;
      cell.push_back(c);
    }
    return false;
  }

  [[nodiscard]] bool at_end_of_line() const {
    return at_ >= text_.size() || is_newline(text_[at_]);
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  void skip_line() {
    while (!at_end_of_line()) ++at_;
    skip_newline();
  }

  void skip_newline() {
    if (at_ >= text_.size()) return;
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t last_quote_ = std::string_view::npos;
};

}  // namespace

std::vector<CsvRecord> read_csv(std::string_view text) {
  return CsvReader{text}.records();
}

}  // namespace stakeout
