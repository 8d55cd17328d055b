#pragma once

#include <cstdint>
#include <set>
#include <type_traits>
#include <vector>

#include "storage/connection.h"

namespace stakeout {

// The full-text index of the articles' latest titles and texts.
//
// SQLite writes what an article adds to the index at the end of each statement, some dozen pages of
// it. Articles that are saved in one transaction therefore come in together, by one statement at
// its end.
class SearchIndex {
 public:
  // The connection outlives it.
  explicit SearchIndex(Connection& connection) : connection_{connection} {}

  // Connection::write() for work that changes what is indexed.
  template <class Work>
  auto write(Work work) {
    return connection_.write([&] {
      const bool is_outermost = !is_in_write_;
      if (!is_outermost) return work();
      const InWrite in_write{*this};
      if constexpr (std::is_void_v<decltype(work())>) {
        work();
        add_waiting();
      } else {
        auto result = work();
        add_waiting();
        return result;
      }
    });
  }

  // Within write(): call forget() before what is indexed of an article changes, add() after.
  void forget(std::int64_t article_id);
  // Of many by one statement. None of them waits.
  void forget(const std::vector<std::int64_t>& article_ids);
  void add(std::int64_t article_id) { waiting_.insert(article_id); }

 private:
  // While it lives, write() is under way. However that ends, nothing waits afterwards.
  class InWrite {
   public:
    explicit InWrite(SearchIndex& index) : index_{index} { index_.is_in_write_ = true; }
    ~InWrite() {
      index_.is_in_write_ = false;
      index_.waiting_.clear();
    }
    InWrite(const InWrite&) = delete;
    InWrite& operator=(const InWrite&) = delete;

   private:
    SearchIndex& index_;
  };

  void add_waiting();

  Connection& connection_;
  bool is_in_write_ = false;
  std::set<std::int64_t> waiting_;  // articles that are not indexed yet
};

}  // namespace stakeout
