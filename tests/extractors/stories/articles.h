#pragma once

#include <string>
#include <utility>

#include "extractors/stories/fingerprint.h"

// Articles written for the tests: one report, copies of it, and what only resembles it.

namespace stakeout::test_articles {

inline const char* const report_text =
    "The harbour authority of Kelmouth has signed a $4.6 million agreement with Brightwater "
    "Sensing "
    "to fit forty patrol boats with thermal cameras, according to documents released on "
    "Tuesday.\n\n"
    "The agreement, which runs for three years, obliges the company to train eighty officers and "
    "to "
    "keep spare lenses in a warehouse near Dunholt. Inspectors will visit the yard every "
    "quarter.\n\n"
    "Marta Oyelaran, who heads the procurement office, told councillors that two other bidders had "
    "withdrawn after the insurance terms were published in February. She declined to name them.\n\n"
    "Fishermen in the bay have complained that the cameras would record their families on shore. A "
    "petition with 2,311 signatures was handed to the mayor, Tobias Renk, before the vote.\n\n"
    "Brightwater, founded in 2009 by former naval engineers, supplied similar equipment to the "
    "island of Vessey, where an audit later found that a third of the devices had corroded within "
    "eighteen months. The firm replaced them and blamed a subcontractor for the faulty seals.\n\n"
    "The first boats are expected to leave the workshop in September, and the authority plans to "
    "publish footage statistics twice a year.";

// The same report after a rewording service: other words for many, names and figures kept.
inline const char* const reworded_text =
    "The port authority of Kelmouth has inked a $4.6 million deal with Brightwater Sensing to "
    "equip "
    "forty patrol vessels with thermal cameras, in line with paperwork launched on Tuesday.\n\n"
    "The deal, which runs for 3 years, obliges the corporate to coach eighty officers and to hold "
    "spare lenses in a depot close to Dunholt. Inspectors will visit the yard each quarter.\n\n"
    "Marta Oyelaran, who leads the procurement workplace, advised councillors that two different "
    "bidders had withdrawn after the insurance phrases were printed in February. She refused to "
    "name them.\n\n"
    "Fishermen within the bay have complained that the cameras would movie their households on "
    "shore. A petition with 2,311 signatures was given to the mayor, Tobias Renk, ahead of the "
    "ballot.\n\n"
    "Brightwater, based in 2009 by former naval engineers, provided comparable gear to the island "
    "of Vessey, the place an audit later discovered that a third of the gadgets had corroded "
    "inside "
    "eighteen months. The agency replaced them and blamed a subcontractor for the defective "
    "seals.\n\n"
    "The primary boats are anticipated to depart the workshop in September, and the authority "
    "plans "
    "to publish footage statistics twice a yr.";

// Another newspaper on the same event: the facts are the same, the wording is its own.
inline const char* const other_report_text =
    "Kelmouth will mount thermal cameras on its whole fleet of patrol boats under a contract worth "
    "$4.6 million that goes to Brightwater Sensing, a maker of marine instruments.\n\n"
    "Critics on the town council called the purchase rushed. \"Nobody has explained to us who gets "
    "to see these pictures,\" said Ines Falk, an independent member, after a stormy session.\n\n"
    "Mayor Tobias Renk defended the plan, pointing to nine rescues last winter in which crews had "
    "searched for hours in the dark. He promised that recordings would be wiped after a week.\n\n"
    "Residents gathered outside the town hall with banners, and a lawyers' group said it was "
    "preparing a complaint to the data protection commissioner.\n\n"
    "Shares of the supplier rose by six per cent on the news. Analysts at Corvin Bank said more "
    "coastal towns were likely to follow, because grants from the maritime fund expire next year.";

inline StoryDocument document(std::string url, std::string title, std::string published,
                              std::string text) {
  return {std::move(url), std::move(title), std::move(published), {}, std::move(text)};
}

inline StoryDocument report() {
  return document("https://www.kelmouth-courier.example/news/1", "Harbour boats to get cameras",
                  "2024-03-05T09:00:00Z", report_text);
}

inline StoryDocument reworded() {
  return document("https://news-mirror.example/a/77", "Port vessels set to get cameras",
                  "2024-03-06", reworded_text);
}

inline StoryDocument other_report() {
  return document("https://coastal-times.example/kelmouth", "Row over cameras in Kelmouth",
                  "2024-03-05", other_report_text);
}

}  // namespace stakeout::test_articles
