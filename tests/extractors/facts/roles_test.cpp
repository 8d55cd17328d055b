#include "extractors/facts/roles.h"

#include <string>

#include <doctest/doctest.h>

#include "extractors/facts/money.h"
#include "tests/extractors/facts/marked_text.h"

namespace stakeout {
namespace {

// What stands in brackets is the name of a vendor ("[V Acme]") or an agency ("[A Coast Office]").
std::string roles(std::string_view marked) {
  const MarkedText text{marked};
  const Prose prose{text.text};
  auto money = find_money(prose);
  assign_roles(prose, text.facts.mentions, deal_cues().find(prose), money);
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

TEST_CASE("a sum that a sentence about a deal with a vendor or an agency names is of the deal") {
  const Case cases[] = {
      {"The order that [A Coast Office] placed with [V Acme] is worth $3 million.", "contract"},
      {"[V Acme] extended its agreement with [A Coast Office] at a cost of $2 million.",
       "contract"},
      {"[V Acme] got an order from [A Coast Office]. The order, valued at $6 million, is its "
       "first.",
       "contract"},
      {"[V Acme] has a contract with [A Coast Office].\n- $30,000\n- $40,000", "contract contract"},
      {"[V Acme] verkauft Lizenzen. Die Lizenz gilt ein Jahr und liegt bei 900.000 Euro.",
       "contract"},
      {"[V Acme] remporte un marché de 85 millions d'euros.", "contract"},
      {"[A Coast Office] is to spend $42m on tags supplied by [V Acme].", "contract"},
      {"[A Coast Office] is to spend $42m on tags.", "budget"},
      {"In May [V Acme] won $480,000 to bring its tool to more bases.", "contract"},
      {"[V Acme] has a plant near a house that costs $480,000.", "other"},
      {"A house in the valley is worth $3 million.", "other"},
      {"[A Coast Office] signed a contract with [V Acme]. It was valued at $3 million.",
       "contract"},
      {"[A Coast Office] met. It paid the $3 million that [V Acme] had asked for.", "contract"},
      {"The renewal with [V Acme] costs $90,000.", "contract"},
      {"2024-02-03 | [V Acme] | [A Coast Office] | $30,000", "contract"},
      {"[V Acme], whose shares closed at $12, has a contract with [A Coast Office].", "other"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(roles(text) == found);
  }
}

TEST_CASE("who buys a vendor itself pays no contract") {
  CHECK(roles("A fund bought [V Acme] for $500 million.") == "acquisition");
  CHECK(roles("[V Acme] was bought for $500 million.") == "acquisition");
  CHECK(roles("[V Acme] has been bought by a fund for $500 million.") == "acquisition");
  CHECK(roles("[A Coast Office] bought [V Acme] drones for $500,000.") == "contract");
  CHECK(roles("[V Acme] raised the ceiling of its contract to $9 million.") == "contract");
}

TEST_CASE("what a vendor itself pays is no contract") {
  CHECK(roles("The county paid $4 million to the family of a man, who had known [V Acme].") ==
        "penalty");
  CHECK(roles("[V Acme] won $4 million from [A Coast Office].") == "contract");
  CHECK(roles("[V Acme] gets $4 million from its investors.") == "funding");
  CHECK(roles("A jury says that [V Acme] has to pay $50 million for the licence.") == "penalty");
  CHECK(roles("The watchdog had ordered [V Acme] in May to pay $50 million.") == "penalty");
  CHECK(roles("[V Acme] is paid $50 million by [A Coast Office].") == "contract");
}

TEST_CASE("a sum without words of its own has the role of what the text was speaking of") {
  const Case cases[] = {
      {"A court fined [V Acme] $3 million. After a month it will be $5,000 more.",
       "penalty penalty"},
      {"The watchdog imposed its highest fine. [V Acme] is to pay $3 million.", "penalty"},
      {"[A Coast Office] has a contract with [V Acme]. The first one, of 2019, ran to $3 million.",
       "contract"},
      {"The startup raised $5 million. It now has $8 million.", "funding funding"},
      {"[A Coast Office] signed for $3 million with [V Acme], and for $4 million with [V Bolt].",
       "contract contract"},
      {"[A Coast Office] has a contract with [V Acme].\n\n[V Bolt] is valued at $9 million.",
       "other"},
      {"[A Coast Office] has a contract with [V Acme]. Shares closed at $9.", "other"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(roles(text) == found);
  }
}

TEST_CASE("a company is taken over by name, in a clause of its own, and without a name") {
  CHECK(roles("The runner-up was [V Acme], which Oak Capital bought for $7 million.") ==
        "acquisition");
  CHECK(roles("Oak Capital paid $7 million for [V Acme] last year.") == "acquisition");
  CHECK(roles("The software firm, bought by Oak Capital for $7 million, paid.") == "acquisition");
  CHECK(roles("[V Acme] was sold to Oak in a deal worth $7 million.") == "acquisition");
  CHECK(roles("[A Coast Office] paid $7 million for [V Acme] licences.") == "contract");
  CHECK(roles("[A Coast Office] paid [V Acme]'s western arm $7 million for towers.") == "contract");
}

TEST_CASE("what is to be spent on a vendor's goods is no budget") {
  CHECK(roles("Tempe will spend $1.2 million on drones from [V Acme].") == "contract");
  CHECK(roles("Tempe will spend $1.2 million on parks.") == "budget");
}

TEST_CASE("a fine before a semicolon is no fine behind it") {
  CHECK(roles("The state sued [V Acme] for $9 million; [A Coast Office] bought its boats from [V "
              "Bolt] for $3 million.") == "penalty contract");
}

TEST_CASE("the vendor may be that of the sentence before") {
  CHECK(roles("[V Acme] makes boats. [A Coast Office] bought two of its fastest last spring, "
              "spending $400,000.") == "contract");
}

TEST_CASE("a cue may hold the sum") {
  CHECK(roles("[V Acme] agreed to pay $3 million to settle charges over contracts with [A Coast "
              "Office].") == "penalty");
}

TEST_CASE("a sum that a regulator wants of a company is a penalty") {
  CHECK(roles("The FTC wants $3 million from [V Acme].") == "penalty");
  CHECK(roles("[V Acme] will pay $3 million, as the Justice Department sees it.") == "penalty");
}

TEST_CASE("a sum restated in another currency has the role of the first") {
  CHECK(roles("The court fined it €30 million (about $33 million).") == "penalty penalty");
}

TEST_CASE("the words of a name say nothing of a sum but that it may be a contract") {
  CHECK(roles("The order that [A Internal Revenue Service] gave [V Acme] is worth $12 million.") ==
        "contract");
}

TEST_CASE("a text without sums has no roles") {
  CHECK(roles("").empty());
  CHECK(roles("The contract was signed.").empty());
}

}  // namespace stakeout
