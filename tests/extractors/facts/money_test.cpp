#include "extractors/facts/money.h"

#include <string>

#include <doctest/doctest.h>

namespace stakeout {
namespace {

// "USD 2000000", "EUR 1-2 range", parted by "; ".
std::string summary(std::string_view text) {
  const Prose prose{text};
  std::string out;
  for (const MoneyMention& m : find_money(prose)) {
    if (!out.empty()) out += "; ";
    out += std::string{m.money.currency().code()} + " " + decimal_string(m.money.low());
    if (m.money.is_range()) out += "-" + decimal_string(m.money.high());
    if (m.qualifier != Qualifier::exact) out += " " + std::string{word_of(m.qualifier)};
  }
  return out;
}

struct Case {
  std::string_view text;
  std::string_view found;
};

}  // namespace

TEST_CASE("sums are read however news writes them") {
  const Case cases[] = {
      {"It won a $3 million order.", "USD 3000000"},
      {"It paid US$4.25bn and C$70k.", "USD 4250000000; CAD 70000"},
      {"A transfer of GBP9,100.50 went out.", "GBP 9100.5"},
      {"half a million euros", "EUR 500000"},
      {"a quarter of a billion pounds", "GBP 250000000"},
      {"three and a half million dollars", "USD 3500000"},
      {"two hundred and fifty thousand dollars", "USD 250000"},
      {"seventy-five Swiss francs", "CHF 75"},
      {"a nine-million-dollar plan", "USD 9000000"},
      {"a $7.5-million plan", "USD 7500000"},
      {"12 crore rupees, or Rs 5.5 lakh each", "INR 120000000; INR 550000"},
      {"the stock fell to 85 pence", "GBP 0.85"},
      {"four dollars and 20 cents", "USD 4.2"},
      {"€2½ million", "EUR 2500000"},
      {"$10 CAD, £12 GBP", "CAD 10; GBP 12"},
      {"8 million Australian dollars", "AUD 8000000"},
      {"30 USD million", "USD 30000000"},
      {"one point two five million dollars", "USD 1250000"},
      {"zwei Komma fünf Millionen Euro", "EUR 2500000"},
      {"$900 billions", "USD 900000000000"},
      {"40 million new Israeli shekels", "ILS 40000000"},
      {"GH¢ 4 million, Kč 5 million, 6m Czech crowns", "GHS 4000000; CZK 5000000; CZK 6000000"},
      {"30 millioner danske kroner", "DKK 30000000"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(summary(text) == found);
  }
}

TEST_CASE("eight languages have their own numbers, scales and currency names") {
  const Case cases[] = {
      {"un contrato de 3,2 millones de euros", "EUR 3200000"},
      {"los 14.500 millones de dólares", "USD 14500000000"},
      {"pour 2,5 milliards d'euros", "EUR 2500000000"},
      {"un marché de 30 M€", "EUR 30000000"},
      {"1\u202F234\u202F567,89 €", "EUR 1234567.89"},
      {"quatre-vingt-quinze mille dollars", "USD 95000"},
      {"rund 7 Mio. Euro für die Lizenz", "EUR 7000000 about"},
      {"siebenundneunzig Millionen Euro", "EUR 97000000"},
      {"een half miljoen euro", "EUR 500000"},
      {"vijfentwintig miljoen euro", "EUR 25000000"},
      {"oltre 3 miliardi di dollari", "USD 3000000000 at_least"},
      {"trecento milioni di euro", "EUR 300000000"},
      {"até R$ 2.500.000,00", "BRL 2500000 up_to"},
      {"250 miljoner svenska kronor", "SEK 250000000"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(summary(text) == found);
  }
}

TEST_CASE("sums in the other languages of the watchlist are read by their scales and currencies") {
  const Case cases[] = {
      {"ההסכם בהיקף של כ-85 מיליון שקל", "ILS 85000000"},
      {"שולמו 640 אלף ש\"ח", "ILS 640000"},
      {"عقد بقيمة 31 مليون دولار", "USD 31000000"},
      {"ugovor od 1,8 milijuna eura", "EUR 1800000"},
      {"umowa na 17 milionów złotych", "PLN 17000000"},
      {"smlouva za 2,2 miliardy Kč", "CZK 2200000000"},
      {"un contract de 3,5 milioane de lei", "RON 3500000"},
      {"szerződés 4,6 milliárd forint", "HUF 4600000000"},
      {"61 milyon dolarlık", ""},
      {"61 milyon dolar", "USD 61000000"},
      {"6,1 miljoonaa euroa", "EUR 6100000"},
      {"ύψους 7,2 εκατομμυρίων ευρώ", "EUR 7200000"},
      {"контракт на 410 миллионов рублей", "RUB 410000000"},
      {"договір на 12 мільйонів гривень", "UAH 12000000"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(summary(text) == found);
  }
}

TEST_CASE("whose pesos, kroner or dollars are meant follows from the country of the text") {
  const Case cases[] = {
      {"La policía de Jalisco pagó 30 millones de pesos.", "MXN 30000000"},
      {"La Policía de Bogotá pagó 30 millones de pesos.", "COP 30000000"},
      {"In Chile and in Mexico 30 million pesos were paid.", ""},
      {"Someone paid 30 million pesos.", ""},
      {"Politiet i Oslo betalte 30 millioner kroner.", "NOK 30000000"},
      {"México pagó 30 millones de pesos colombianos.", "COP 30000000"},
      {"Ottawa paid. The RCMP in Toronto got it for $3 million.", "CAD 3000000"},
      {"Ottawa paid. The RCMP in Toronto got it for US$3 million.", "USD 3000000"},
      {"Ottawa and Toronto and Washington paid $3 million.", "USD 3000000"},
      {"Ottawa paid $3 million.", "USD 3000000"},
      {"por mil 240 millones de pesos, dijo Sinaloa", "MXN 1240000000"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(summary(text) == found);
  }
}

TEST_CASE("a lone mark before three digits is read as the text's language has it") {
  const Case cases[] = {
      {"The price of the oil is $3.459 a gallon", "USD 3.459"},
      {"El precio de la casa es de $ 3.459", "USD 3459"},
      {"The fund has $4.125 billion", "USD 4125000000"},
      {"Der Fonds hat 4,125 Milliarden Dollar", "USD 4125000000"},
      {"3.459 €", "EUR 3459"},
      {"CHF 1'250.50", "CHF 1250.5"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(summary(text) == found);
  }
}

TEST_CASE("a range is one sum with two ends, and a change is two sums") {
  const Case cases[] = {
      {"It costs £4–6bn.", "GBP 4000000000-6000000000 range"},
      {"It costs $4-6 million.", "USD 4000000-6000000 range"},
      {"It costs between €4m and €6m.", "EUR 4000000-6000000 range"},
      {"It costs $400,000 to $2 million.", "USD 400000-2000000 range"},
      {"It costs 20 to 30 dollars.", "USD 20-30 range"},
      {"It costs EUR 4 to 6.5 bn.", "EUR 4000000000-6500000000 range"},
      {"Costa tra i 4 e i 6 milioni di euro.", "EUR 4000000-6000000 range"},
      {"Sales rose from $4 million to $6 million.", "USD 4000000; USD 6000000"},
      {"They cut it from $6m to $4m.", "USD 6000000; USD 4000000"},
      {"It paid $5 million and $6 million.", "USD 5000000; USD 6000000"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(summary(text) == found);
  }
}

TEST_CASE("the words around a sum say how exact it is") {
  const Case cases[] = {
      {"worth up to $5 million", "USD 5000000 up_to"},
      {"a maximum fine of $5 million", "USD 5000000 up_to"},
      {"a $5 million ceiling", "USD 5000000 up_to"},
      {"more than $5 million", "USD 5000000 at_least"},
      {"$5 million or more", "USD 5000000 at_least"},
      {"a not-to-exceed amount of $5 million", "USD 5000000 up_to"},
      {"Es waren über 5 Millionen Euro.", "EUR 5000000 at_least"},
      {"ein Vertrag über 5 Millionen Euro", "EUR 5000000"},
      {"der Rahmenvertrag mit der Firma Acme über 5 Millionen Euro", "EUR 5000000"},
      {"Der Vertrag kostet über 5 Millionen Euro.", "EUR 5000000 at_least"},
      {"ein Bußgeld über 5 Millionen Euro", "EUR 5000000"},
      {"un contrat d'un montant de 5 millions d'euros", "EUR 5000000"},
      {"een contract ter waarde van 5 miljoen euro", "EUR 5000000"},
      {"an estimated $5 million", "USD 5000000 about"},
      {"a row over the $5 million deal", "USD 5000000"},
      {"it turned over $5 million", "USD 5000000"},
  };
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(summary(text) == found);
  }
}

TEST_CASE("what names no number or no currency is no sum of money") {
  const std::string_view cases[] = {
      "Fans came for Euro 2016 and COP 21.",
      "They seized 40 pounds of heroin.",
      "The man weighs 210 pounds.",
      "a 40-pound bag",
      "Section 12 of the act",
      "tens of millions of dollars",
      "several thousand dollars",
      "a few million euros",
      "They won 3 games, all in 2024.",
      "ask Bob 4 times; TRY 5 WAYS",
      "a dollar is a dollar",
      "version 1.2.3 $",
      "the price in 2019 dollars",
      "",
  };
  for (const std::string_view text : cases) {
    CAPTURE(text);
    CHECK(summary(text).empty());
  }
}

TEST_CASE("a sum's span covers its sign, number and words, in code points") {
  const std::string text = "«Más» de €5 million-a-year";
  const Prose prose{text};
  const auto found = find_money(prose);
  REQUIRE(found.size() == 1);
  CHECK(found[0].text == "€5 million");
  CHECK(found[0].span == Span{9, 19});
  CHECK(found[0].role == Role::other);
}

TEST_CASE("numbers that do not fit are left out, not wrong") {
  CHECK(summary("$99999999999999999999").empty());
  CHECK(summary("$999999999999999 trillion").empty());
}

}  // namespace stakeout
