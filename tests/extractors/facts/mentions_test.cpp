#include "extractors/facts/mentions.h"

#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// A small list of invented names, so that the cases do not hang on the shipped one.
const MentionFinder& finder() {
  static const MentionFinder built{
      Watchlist{parse_watchlist(R"(kind,name,category,aliases,country,parent,context,wikidata
vendor,Lantern Systems,spyware,Lantern,il,,spyware|phone|surveillance|ZAP,
vendor,Borealis,forensics,Borealis Labs|BRLS,ca,,,
vendor,Northbridge Aero,defence,Northbridge,us,,,
agency,U.S. Border Wardens,border,Border Wardens|ZAP,us,U.S. Department of Rivers,migrants|detention|wardens,
agency,U.S. Department of Rivers,it,Department of Rivers|Rivers Department|DOR,us,,,
agency,River Crimes Investigations,police,RCI,us,U.S. Border Wardens,,
agency,Ruritania Ministry of Defence,defence,Ministry of Defence,xr,,Ruritania|Ruritanian,
agency,Freedonia Ministry of Defence,defence,Ministry of Defence,xf,,Freedonia|Freedonian,
agency,City Guard,police,Garde de la Cité,fr,,,
agency,Ministère de l'Onde,it,,fr,,,
agency,Bureau of Flood Investigations,it,,us,U.S. Department of Rivers,,
agency,River Guard of Zion,police,משרד הנהרות,il,,,
agency,Stream Office,police,河川庁,jp,,,
vendor,Gull,spyware,,il,,phone,
vendor,Orchard,it,,us,,@public-buyers,
)",
                                "test")
                    .entities}};
  return built;
}

// "vendor Name|words; agency Name|words", in the order of the text; '?' marks what is not listed.
std::string found_in(std::string_view text) {
  const Prose prose{text};
  std::string found;
  for (const Mention& mention : finder().find(prose)) {
    found.append(found.empty() ? "" : "; ").append(word_of(mention.kind));
    found.append(mention.listed ? " " : "? ").append(mention.name);
    if (mention.text != mention.name) found.append("|").append(mention.text);
  }
  return found;
}

struct Case {
  std::string_view text;
  std::string_view found;
};

template <std::size_t N>
void check(const Case (&cases)[N]) {
  for (const auto& [text, found] : cases) {
    CAPTURE(text);
    CHECK(found_in(text) == found);
  }
}

}  // namespace

TEST_CASE("a listed name is found by its words, as words of their own") {
  const Case cases[] = {
      {"They hired Borealis.", "vendor Borealis"},
      {"They hired Borealis's people and Borealis’ lawyers.", "vendor Borealis; vendor Borealis"},
      {"A Borealis-built box; the anti-Borealis vote.", "vendor Borealis; vendor Borealis"},
      {"BOREALIS WINS AGAIN IN THE NORTH", "vendor Borealis|BOREALIS"},
      {"A borealis was seen, and two Borealises.", ""},
      {"Borealis\nLabs", "vendor Borealis"},
      {"The B.R.L.S. share fell.", "vendor Borealis|B.R.L.S."},
      {"La garde de la cité", ""},
      {"La Garde de la Cite", "agency City Guard|Garde de la Cite"},
  };
  check(cases);
}

TEST_CASE("nothing is found inside addresses") {
  const Case cases[] = {
      {"See https://borealis.example/Borealis for more.", ""},
      {"Write to press@Borealis.example or go to www.Borealis.example.", ""},
      {"It was on Borealis.com and on blog.Borealis too.", ""},
      {"He works for Borealis.", "vendor Borealis"},
  };
  check(cases);
}

TEST_CASE("the longest name wins, and a chain is split") {
  const Case cases[] = {
      {"Borealis Labs won.", "vendor Borealis|Borealis Labs"},
      {"The Department of Rivers's Border Wardens",
       "agency U.S. Department of Rivers|Department of Rivers; agency U.S. Border Wardens|Border "
       "Wardens"},
      {"RCI River Crimes Investigations",
       "agency River Crimes Investigations|RCI; agency River Crimes Investigations"},
  };
  check(cases);
}

TEST_CASE("the span takes in what belongs to the name") {
  const Case cases[] = {
      {"Borealis Inc. won, Borealis, LLC lost.",
       "vendor Borealis|Borealis Inc.; vendor Borealis|Borealis, LLC"},
      {"It went to Borealis Inc.", "vendor Borealis|Borealis Inc."},
      {"Northbridge Space and Mission Systems won.",
       "vendor Northbridge Aero|Northbridge Space and Mission Systems"},
      {"the U.S. Department of Rivers and the US Rivers Department",
       "agency U.S. Department of Rivers; agency U.S. Department of Rivers|US Rivers Department"},
      {"River Crimes Investigations Division 3 signed.",
       "agency River Crimes Investigations|River Crimes Investigations Division 3"},
      {"The Ruritanian Ministry of Defence signed.",
       "agency Ruritania Ministry of Defence|Ministry of Defence"},
  };
  check(cases);
}

TEST_CASE("a company of general trade counts where a text speaks of public buyers") {
  const Case cases[] = {
      {"Orchard unveiled a cheaper tablet.", ""},
      {"Orchard won a contract to run the tablets of the schools.", "vendor Orchard"},
      {"Orchard obtuvo la licitación.", "vendor Orchard"},
      {"Orchard hosts the servers of ICE.", "vendor Orchard"},
      {"Orchard hosts a page about ice.", ""},
  };
  check(cases);
}

TEST_CASE("a short form counts beside a longer name or near a context word") {
  const Case cases[] = {
      {"Lantern was lit at dusk.", ""},
      {"A Lantern of hope for all phones.", ""},
      {"The spyware firm Lantern said no.", "vendor Lantern Systems|Lantern"},
      {"Lantern Systems said no. It rained. Then it rained. It rained on. At last Lantern agreed.",
       "vendor Lantern Systems; vendor Lantern Systems|Lantern"},
      {"Spyware is sold here. One. Two. Three. Four. Five. The Lantern burns.", ""},
      {"The Red Lantern opened a shop for phones.", ""},
      {"A zap of current ran through the phones of Lantern.", "vendor Lantern Systems|Lantern"},
      {"Zap! The migrants ran.", ""},
      {"ZAP holds migrants.", "agency U.S. Border Wardens|ZAP"},
  };
  check(cases);
}

TEST_CASE("a name of several bodies goes to the one that the text is about") {
  const Case cases[] = {
      {"In Ruritania the Ministry of Defence signed.",
       "agency Ruritania Ministry of Defence|Ministry of Defence"},
      {"Freedonia's Ministry of Defence signed.",
       "agency Freedonia Ministry of Defence|Ministry of Defence"},
      {"The Ministry of Defence signed.", "agency? Ministry of Defence"},
      {"Ruritania's Ministry of Defence wrote to the Freedonian Ministry of Defence.",
       "agency Ruritania Ministry of Defence|Ministry of Defence; agency Freedonia Ministry of "
       "Defence|Ministry of Defence"},
      {"The Ministry of Defence of Freedonia thanked Ruritania, and Ruritania thanked it.",
       "agency Freedonia Ministry of Defence|Ministry of Defence of Freedonia"},
      {"The Ministry of Defence in Freedonia thanked Ruritania, and Ruritania thanked it.",
       "agency Freedonia Ministry of Defence|Ministry of Defence"},
  };
  check(cases);
}

TEST_CASE("a short form counts beside a vendor of the same trade") {
  const Case cases[] = {
      {"Gull was there.", ""},
      {"Lantern Systems and Gull were there.", "vendor Lantern Systems; vendor Gull"},
      {"Borealis Labs and Gull were there.", "vendor Borealis|Borealis Labs"},
      {"Lantern Systems was there. Gull was not.", "vendor Lantern Systems"},
  };
  check(cases);
}

TEST_CASE("a short form of a vendor counts where a body pays it") {
  const Case cases[] = {
      {"The City Guard paid Gull.", "agency City Guard; vendor Gull"},
      {"The City Guard ended its contract with Gull.", "agency City Guard; vendor Gull"},
      {"The City Guard met with Gull.", "agency City Guard"},
      {"The boys paid Gull.", ""},
  };
  check(cases);
}

TEST_CASE("an altered name counts where the body is named otherwise, or two words of it are spun") {
  const Case cases[] = {
      {"ZAP holds migrants, and the Division of Rivers pays.",
       "agency U.S. Border Wardens|ZAP; agency U.S. Department of Rivers|Division of Rivers"},
      {"RCI signed, and River Crimes Inquiries paid.",
       "agency River Crimes Investigations|RCI; agency River Crimes Investigations|River Crimes "
       "Inquiries"},
      {"The DOR runs the Workplace of Flood Inquiries and the Bureau of Flood Inquiries.",
       "agency U.S. Department of Rivers|DOR; agency Bureau of Flood Investigations|Workplace of "
       "Flood Inquiries; agency Bureau of Flood Investigations|Bureau of Flood Inquiries"},
      {"The River Crimes Inquiries paid.", ""},
      {"The Workplace of Flood Inquiries paid.",
       "agency Bureau of Flood Investigations|Workplace of Flood Inquiries"},
      {"RCI signed, and river crimes inquiries went on.", "agency River Crimes Investigations|RCI"},
      {"Lantern Techniques, the spyware firm, said that Lantern Systems is its name.",
       "vendor Lantern Systems|Lantern Techniques; vendor Lantern Systems"},
  };
  check(cases);
}

TEST_CASE("a listed name with one wrong letter is the listed one") {
  const Case cases[] = {
      {"The contract went to Northbrige Aero Inc.", "vendor Northbridge Aero|Northbrige Aero Inc."},
      {"The contract went to Nortbridge Inc.", "vendor Northbridge Aero|Nortbridge Inc."},
      {"The contract went to Southbridge Aero Inc.", "vendor? Southbridge Aero Inc."},
      {"The contract went to Northbridge Acro Inc.", "vendor? Northbridge Acro Inc."},
      {"The Department of Rivars pays.", "agency? Department of Rivars"},
      {"The Bureau of Flood Investigatons pays.",
       "agency Bureau of Flood Investigations|Bureau of Flood Investigatons"},
  };
  check(cases);
}

TEST_CASE("names are found in scripts that fuse other words to them") {
  const Case cases[] = {
      {"משרד הנהרות רכש", "agency River Guard of Zion|משרד הנהרות"},
      {"נחתם במשרד הנהרות אתמול", "agency River Guard of Zion|משרד הנהרות"},
      {"ומהמשרד הנהרות", "agency River Guard of Zion|משרד הנהרות"},
      {"河川庁はBorealisの装置を買った。", "agency Stream Office|河川庁; vendor Borealis"},
      {"大河川の庁", ""},
  };
  check(cases);
}

TEST_CASE("Romance languages write the first word of a body small") {
  const Case cases[] = {
      {"Le ministère de l'Onde signe.", "agency Ministère de l'Onde|ministère de l'Onde"},
      {"Le ministère de l'onde signe.", ""},
      {"Le ministère de la Pluie signe.", "agency? Ministère de la Pluie|ministère de la Pluie"},
  };
  check(cases);
}

TEST_CASE("a name that is part of another is not found") {
  const Case cases[] = {
      {"John Borealis paid.", ""},
      {"The Borealis Stadium and Border Wardens Academy", ""},
      {"The Borealis Viewer is sold in shops.", "vendor Borealis"},  // a product
  };
  check(cases);
}

TEST_CASE("what the text introduces in parentheses is the name from there") {
  const Case cases[] = {
      {"Springfield Transit Authority (STA) met. The STA voted.",
       "agency? Springfield Transit Authority; agency? Springfield Transit Authority|STA; agency? "
       "Springfield Transit Authority|STA"},
      {"Acme Optical Works GmbH (“AOW”) won the contract. AOW is small.",
       "vendor? Acme Optical Works GmbH; vendor? Acme Optical Works GmbH|AOW; vendor? Acme Optical "
       "Works GmbH|AOW"},
      {"Riverside Communications Inspectorate (RCI) fined it. RCI was firm.",
       "agency? Riverside Communications Inspectorate; agency? Riverside Communications "
       "Inspectorate|RCI; agency? Riverside Communications Inspectorate|RCI"},
      {"The order went to Acme Inc. (R-Ohio)", "vendor? Acme Inc."},
  };
  check(cases);
}

TEST_CASE("what the text offers as another name is one") {
  const Case cases[] = {
      {"The Springfield Transit Authority, or STA, signed. The STA paid.",
       "agency? Springfield Transit Authority; agency? Springfield Transit Authority|STA; agency? "
       "Springfield Transit Authority|STA"},
      {"The Springfield Transit Authority, known as STA, signed.",
       "agency? Springfield Transit Authority; agency? Springfield Transit Authority|STA"},
      {"The Springfield Transit Authority, or FBJ, signed.",
       "agency? Springfield Transit Authority"},
  };
  check(cases);
}

TEST_CASE("a company is found by its legal form, and its beginning stands for it") {
  const Case cases[] = {
      {"They gave Acme Optics GmbH a contract. Acme agreed.",
       "vendor? Acme Optics GmbH; vendor? Acme Optics GmbH|Acme"},
      {"R&D Gear Inc. and Smith & Sons, LLC bid.",
       "vendor? R&D Gear Inc.; vendor? Smith & Sons, LLC"},
      {"Jane Doe of Acme Inc. spoke of the deal.", "vendor? Acme Inc."},
      {"Meanwhile Acme S.p.A. declined the order.", "vendor? Acme S.p.A."},
      {"The award of Acme Inc. (ACM.N) fell in Bend, Oregon, and Boulder, CO.",
       "vendor? Acme Inc."},
      {"Widgets Inc. won the contract. They sell widgets. Widgets are small.",
       "vendor? Widgets Inc."},
      {"The Company declined. A Limited edition.", ""},
      {"Global Systems Inc. won the contract; global systems fail.", "vendor? Global Systems Inc."},
      {"General Widgets Inc. won the contract. The General slept.", "vendor? General Widgets Inc."},
  };
  check(cases);
}

TEST_CASE("a company is found by what the text calls it") {
  const Case cases[] = {
      {"The spyware maker Acme sold it.", "vendor? Acme"},
      {"Acme, a maker of spyware, sold it.", "vendor? Acme"},
      {"A contract went to the reseller Acme Trading.", "vendor? Acme Trading"},
      {"Two spyware firms, Acme and Bcme Works, sold it.", "vendor? Acme; vendor? Bcme Works"},
      {"Dos empresas, Acme y la Sociedad de Obras, tienen contratos.",
       "vendor? Acme; vendor? Sociedad de Obras"},
      {"The venture firm Acme paid for the contract.", ""},
      {"The toy maker Acme sold a doll.", ""},
      {"The company from Ohio won the contract.", ""},
      {"Acme Optics, Fairfax, Virginia, was awarded $3 million.", "vendor? Acme Optics"},
  };
  check(cases);
}

TEST_CASE("a company counts by its legal form where a deal, a body or a vendor is near") {
  const Case cases[] = {
      {"Acme Toys Inc. opened a shop.", ""},
      {"Acme Toys Inc. opened a shop. One. Two. Three. Acme Toys Inc. won a contract.",
       "vendor? Acme Toys Inc.; vendor? Acme Toys Inc."},
      {"Acme Toys Inc. has a rival. The rival is Borealis.",
       "vendor? Acme Toys Inc.; vendor Borealis"},
      {"The Springfield Police Department paid Acme d.o.o.",
       "agency? Springfield Police Department; vendor? Acme d.o.o."},
      {"Der Leiter der Acme GmbH unterschrieb den Vertrag.", "vendor? Acme GmbH"},
      {"Die Firma Acme GmbH erhielt den Vertrag.", "vendor? Acme GmbH"},
      {"The deal was made by NORTH Lantern Systems Inc. in May.",
       "vendor Lantern Systems|Lantern Systems Inc."},
  };
  check(cases);
}

TEST_CASE("a company is found by its place in a deal and its last word") {
  const Case cases[] = {
      {"The mayor signed a contract with Acme Robotics.", "vendor? Acme Robotics"},
      {"Under the contract, Acme Optic Labs will run it.", "vendor? Acme Optic Labs"},
      {"The Springfield Police Department paid Acme Robotics.",
       "agency? Springfield Police Department; vendor? Acme Robotics"},
      {"The mayor signed a contract with Acme Hill.", ""},
      {"The mayor signed a contract with James Labs.", ""},
      {"The mayor danced with Acme Robotics.", ""},
      {"A contract for Acme Robotics fans was torn up.", ""},
      {"A contract with Acme Robotics Club was torn up.", ""},
      {"The Startup Challenge won a contract.", ""},
  };
  check(cases);
}

TEST_CASE("a public body is found by the form of its name") {
  const Case cases[] = {
      {"The Springfield Police Department paid.", "agency? Springfield Police Department"},
      {"Los Angeles Police Department", "agency? Los Angeles Police Department"},
      {"The City of Springfield and the Springfield City Council voted.",
       "agency? City of Springfield; agency? City of Springfield|Springfield City Council"},
      {"The Springfield City Commission on Wednesday voted.",
       "agency? City of Springfield|Springfield City Commission"},
      {"The Springfield City Council met. The City Council voted.",
       "agency? City of Springfield|Springfield City Council; agency? City of Springfield|City "
       "Council"},
      {"The Clark County Board of Supervisors and the County of Clark",
       "agency? Clark County|Clark County Board of Supervisors; agency? Clark County|County of "
       "Clark"},
      {"The Ministry of Health and Welfare met the Ministry of Trade and ZIP.",
       "agency? Ministry of Health and Welfare; agency? Ministry of Trade"},
      {"La Secretaría de Obras y Servicios firmó.", "agency? Secretaría de Obras y Servicios"},
      {"Il Ministero della Salute ha firmato.", "agency? Ministero della Salute"},
      {"Le ministère ferme. Das Innenministerium zahlt.", "agency? Innenministerium"},
      {"The police department, the ministry and the city council met.", ""},
      {"The Nevada Department of Corrections met the Clark County Department of Roads.",
       "agency? Nevada Department of Corrections; agency? Clark County Department of Roads"},
      {"In June the Department of Roads and James Acme met.", "agency? Department of Roads"},
      {"The 55th Contracting Squadron paid.", "agency? 55th Contracting Squadron"},
      {"The Freedonian City Guard and the Freedonian City Police met.",
       "agency City Guard; agency? Freedonian City Police"},
      {"The House Rivers Committee and the Supreme Court met.", ""},
  };
  check(cases);
}

TEST_CASE("a mention shows its sentence and its reason") {
  const std::string_view text = "It rained. Borealis won a prize! It snowed.";
  const Prose prose{text};
  const std::vector<Mention> mentions = finder().find(prose);
  REQUIRE(mentions.size() == 1);
  CHECK(mentions.front().sentence == "Borealis won a prize!");
  CHECK(mentions.front().sentence_span == Span{11, 32});
  CHECK(mentions.front().span == Span{11, 19});
  CHECK(mentions.front().reason == "name \"Borealis\"");
}

TEST_CASE("of an endless sentence the words around the name are shown") {
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "word and ";
  const Prose prose{text += "Borealis"};
  const std::vector<Mention> mentions = finder().find(prose);
  REQUIRE(mentions.size() == 1);
  CHECK(mentions.front().sentence.size() < 2000);
  CHECK(mentions.front().sentence.ends_with("Borealis"));
}

TEST_CASE("every span covers the words of its mention") {
  const char* pieces[] = {"Borealis",
                          "Lantern Systems",
                          "(ZAP)",
                          "Inc.",
                          ",",
                          " ",
                          "\n",
                          "é",
                          "Police Department",
                          "City of",
                          "Acme",
                          "GmbH",
                          "and",
                          "\"",
                          "spyware",
                          "U.S.",
                          "Department of Rivers",
                          "’s",
                          "maker",
                          "\xFF",
                          "-",
                          "firm",
                          "Ministry of Defence",
                          "(",
                          ")",
                          "the",
                          ". The",
                          "awarded",
                          "Ohio"};
  const std::uint32_t seed = 20240927;
  CAPTURE(seed);
  std::mt19937 random{seed};
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      text += pieces[random() % std::size(pieces)];
      if (random() % 3 != 0) text += ' ';
    }
    CAPTURE(text);
    const Prose prose{text};
    std::size_t last = 0;
    for (const Mention& mention : finder().find(prose)) {
      const std::size_t begin = text.find(mention.text);
      REQUIRE(begin != text.npos);
      CHECK(mention.span.length() == count_code_points(mention.text));
      CHECK(mention.span.start >= last);
      CHECK(mention.sentence_span.contains(mention.span));
      CHECK_FALSE(mention.name.empty());
      CHECK_FALSE(mention.reason.empty());
      last = mention.span.end;
    }
  }
}

}  // namespace stakeout
