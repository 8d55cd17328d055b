#include "extractors/facts/roles.h"

#include <string>

#include <doctest/doctest.h>

#include "extractors/facts/money.h"

namespace stakeout {
namespace {

std::string roles(std::string_view text) {
  const Prose prose{text};
  auto money = find_money(prose);
  assign_roles(prose, money);
  std::string out;
  for (const MoneyMention& mention : money) {
    if (!out.empty()) out += " ";
    out += word_of(mention.role);
  }
  return out;
}

struct Case {
  std::string_view text;
  std::string_view found;
};

}  // namespace

TEST_CASE("the words of its sentence say what a sum is for") {
  const Case cases[] = {
      {"The sheriff signed a $4 million contract for body cameras.", "contract"},
      {"The port authority will pay Acme $3 million to install sensors.", "contract"},
      {"The department placed a $900,000 order with the supplier.", "contract"},
      {"A court fined the broker €3 million.", "penalty"},
      {"The firm agreed to pay $8 million to settle the suit.", "penalty"},
      {"The startup raised $30 million in a Series B round.", "funding"},
      {"Its lenders gave the firm a loan of £5 million.", "funding"},
      {"Revenue climbed to $70 million in the quarter.", "revenue"},
      {"The group posted a net loss of €12 million.", "revenue"},
      {"It acquired its rival for $400 million.", "acquisition"},
      {"The fund took a majority stake for $90 million.", "acquisition"},
      {"Congress appropriated $6 billion for the border.", "budget"},
      {"The city's budget grew to $2 billion.", "budget"},
      {"The shares closed at $12.", "other"},
      {"Hackers asked for a ransom of $2 million.", "other"},
      {"It is $5.", "other"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(roles(text) == found);
  }
}

TEST_CASE("each sum of a sentence has its own role") {
  CHECK(roles("After raising $40 million, it won a $2 million contract.") == "funding contract");
  CHECK(roles("The firm, fined €2 million in May, had sales of €90 million.") == "penalty revenue");
  CHECK(roles("It won a $2 million contract. A court fined it $1 million.") == "contract penalty");
}

TEST_CASE("a text without sums has no roles") {
  CHECK(roles("").empty());
  CHECK(roles("The contract was signed.").empty());
}

}  // namespace stakeout
