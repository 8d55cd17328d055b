#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "extractors/stories/assign.h"

// Documents of several sources, and which of them are copies of one text: cut, retitled, reworded,
// reported anew, quoted the next day, or made after one template.

namespace stakeout {
namespace {

struct Document {
  std::string source;  // documents of one source are one story
  std::string site;
  std::string day;
  std::string title;
  std::string text;
};

const std::string intrusion =
    "A group of 14 clinics in the Midwest has told regulators that intruders copied patient files "
    "from its network earlier this year.\n\n"
    "Larkfield Health said the intruders entered on March 3 through a remote access appliance that "
    "had not been patched, and were noticed nine days later.\n\n"
    "The notice filed with the state says that 182,000 people are affected. Names, birth dates and "
    "insurance numbers were taken; the company said it had no evidence that card data was.\n\n"
    "A group calling itself Quiet Tern claimed responsibility on its site and published what it "
    "said was a sample of the files.\n\n"
    "The company has hired the forensics firm Aldgate and is offering two years of credit "
    "monitoring. It did not pay the ransom, a spokeswoman said.";

const std::string shortened =
    "A group of 14 clinics in the Midwest has told regulators that intruders copied patient files "
    "from its network earlier this year.\n\n"
    "Larkfield Health said the intruders entered on March 3 through a remote access appliance that "
    "had not been patched.\n\n"
    "The notice filed with the state says that 182,000 people are affected. Names, birth dates and "
    "insurance numbers were taken.\n\n"
    "The company has hired the forensics firm Aldgate and is offering two years of credit "
    "monitoring.";

const std::string reworded =
    "A chain of 14 clinics in the Midwest has informed regulators that trespassers duplicated "
    "patient documents from its network before in this year.\n\n"
    "Larkfield Health stated the trespassers got in on March 3 via a remote entry device that had "
    "not been fixed, and were spotted nine days afterwards.\n\n"
    "The announcement lodged with the state states that 182,000 persons are impacted. Names, dates "
    "of birth and insurance figures were stolen; the firm stated it had no proof that card "
    "information was.\n\n"
    "A gang naming itself Quiet Tern took credit on its website and released what it claimed was a "
    "specimen of the documents.\n\n"
    "The firm has engaged the forensics company Aldgate and is giving two years of credit "
    "observation. It did not hand over the ransom, a spokesperson stated.";

const std::string next_week =
    "The group behind the March intrusion at Larkfield Health has published what it says is the "
    "complete set of stolen files, more than 400 gigabytes.\n\n"
    "The release on Saturday came after a deadline had passed. Larkfield said it was reviewing the "
    "material with the FBI, and asked people not to download it.\n\n"
    "Among the files are scans of driving licences and lists of employees, according to two "
    "researchers who looked at the index.\n\n"
    "Larkfield Health said last week the intruders entered on March 3 through a remote access "
    "appliance that had not been patched, and were noticed nine days later.\n\n"
    "The notice filed with the state says that 182,000 people are affected. Names, birth dates and "
    "insurance numbers were taken; the company said it had no evidence that card data was.\n\n"
    "The company has hired the forensics firm Aldgate and is offering two years of credit "
    "monitoring. It did not pay the ransom, a spokeswoman said.";

const std::string own_report =
    "Letters began arriving this week in the mailboxes of people who have been treated at "
    "Larkfield Health, warning them that their names, birth dates and insurance numbers are in the "
    "hands of criminals.\n\n"
    "The chain, which has 14 clinics in three states, noticed the break-in on March 12, nine days "
    "after it began, but needed until late summer to find out whose data had been taken.\n\n"
    "Patients reached by phone were angry. \"I found out from a gang's website before I found out "
    "from my doctor,\" said Laura Pruitt of Des Moines.\n\n"
    "The attorney general has opened an inquiry into the delay. The gang, Quiet Tern, was also "
    "behind an attack on a school district in May.";

std::string award(const std::string& work, const std::string& contractor, const std::string& number,
                  const std::string& value, const std::string& place) {
  return "The Directorate of Coastal Services has awarded a contract for " + work +
         ".\n\nContractor: " + contractor + "\nContract number: " + number + "\nValue: " + value +
         " including two option years\nPlace of performance: " + place +
         "\n\nThe award was made on the basis of the lowest price among technically acceptable "
         "offers. Questions may be sent to the contracting officer, Lorraine Petty. Protests must "
         "be filed within ten days of this notice.";
}

std::string results(const std::string& company, const std::string& revenue,
                    const std::string& income, const std::string& quote, const std::string& boss) {
  return company +
         " today announced financial results for its second quarter ended June 30, 2024.\n\n"
         "Revenue was $" +
         revenue + " million. Net income was $" + income + " million.\n\n\"" + quote + "\" said " +
         boss + ", chief executive officer of " + company +
         ".\n\nThe company will host a conference call today at 5:00 p.m. Eastern time to discuss "
         "these results. A live webcast and a replay will be available in the investor relations "
         "section of the company's website. This release contains forward-looking statements that "
         "involve risks and uncertainties.";
}

const std::string leitstelle =
    "Der Stadtrat von Altenbrück hat am Dienstagabend dem Bau einer neuen Leitstelle für Feuerwehr "
    "und Rettungsdienst zugestimmt.\n\n"
    "Das Gebäude am Nordring soll 23,4 Millionen Euro kosten und im Herbst 2028 in Betrieb gehen. "
    "Den Auftrag erhielt die Firma Kessler & Brandt aus Münster.\n\n"
    "„Die alte Leitstelle ist seit Jahren am Ende“, sagte Oberbürgermeisterin Katrin Vogelsang. "
    "Die Technik stamme aus dem Jahr 1996, Ersatzteile gebe es kaum noch.\n\n"
    "Gegen den Bau stimmten 12 der 58 Mitglieder des Rates.";

std::vector<Document> documents() {
  return {
      {"intrusion", "breachdesk.example", "2024-09-12",
       "Clinic group says patient files were copied in March intrusion", intrusion},
      {"intrusion", "healthit.example", "2024-09-13", "Larkfield Health breached",
       intrusion + "\n\nThis article first appeared on Breach Desk."},
      {"intrusion", "dailybrief.example", "2024-09-13",
       "Larkfield Health intrusion: 182,000 affected", shortened},
      {"intrusion", "securityecho.example", "2024-09-14",
       "Clinic chain states that patient documents were duplicated", reworded},
      {"next week", "breachdesk.example", "2024-09-19", "Quiet Tern leaks all Larkfield files",
       next_week},
      {"own report", "prairienews.example", "2024-09-13",
       "182,000 Larkfield patients warned after data theft", own_report},
      {"towers", "coastalservices.example", "2024-09-10", "Notice of award: maintenance of towers",
       award("the maintenance of radar and camera towers",
             "Meridian Fieldworks LLC, Corpus Christi", "70CS-24-C-0187", "$12,480,000",
             "towers between Port Isabel and Rockport")},
      {"boats", "coastalservices.example", "2024-09-11", "Notice of award: repair of boats",
       award("the repair of patrol boats", "Saltmarsh Marine Inc., Mobile", "70CS-24-C-0191",
             "$3,115,400", "boat houses in Gulfport and Biloxi")},
      {"more towers", "coastalservices.example", "2024-09-17",
       "Notice of award: maintenance of towers",
       award("the maintenance of radar and camera towers",
             "Meridian Fieldworks LLC, Corpus Christi", "70CS-24-C-0203", "$1,940,000",
             "towers between Galveston and Freeport")},
      {"Norvane", "prfeed.example", "2024-08-03", "Norvane Systems reports second quarter results",
       results("Norvane Systems", "212.4", "18.1", "Demand from public customers held up well,",
               "Ellen Park")},
      {"Tallis", "prfeed.example", "2024-08-03", "Tallis Robotics reports second quarter results",
       results("Tallis Robotics", "87.9", "2.2", "We shipped more arms than in any quarter before,",
               "Omar Reyes")},
      {"leitstelle", "altenbruecker.example", "2024-09-11",
       "Stadtrat stimmt für neue Leitstelle der Feuerwehr", leitstelle},
      {"leitstelle", "regionalfunk.example", "2024-09-12",
       "Altenbrück baut für 23,4 Millionen Euro",
       leitstelle.substr(0, leitstelle.find("„Die alte"))},
  };
}

TEST_CASE("cut, retitled and reworded copies join, reports, follow-ups and templates do not") {
  const std::vector<Document> all = documents();
  std::vector<StoryDocument> given;
  for (const Document& document : all) {
    given.push_back({"https://" + document.site + "/" + std::to_string(given.size()),
                     document.title, document.day, document.site, document.text});
  }
  const std::vector<std::size_t> stories = assign_stories(given);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      CAPTURE(all[i].title);
      CAPTURE(all[j].title);
      CHECK((stories[i] == stories[j]) == (all[i].source == all[j].source));
    }
  }
}

}  // namespace
}  // namespace stakeout
