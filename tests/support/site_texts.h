#pragma once

#include <string>

// The articles of an invented site: what each has to itself, and its title.

namespace stakeout {

// Paragraphs that only one article has.
inline const std::string own[] = {
    "The harbour board closed the eastern quay on Tuesday after divers found cracks in three of "
    "its piles. Repairs are to begin before the winter storms, the engineers told the meeting.",
    "Teachers at the Linden school refused to mark examinations over unpaid overtime. The district "
    "offered half of the arrears and a date for the rest, which the union will vote on.",
    "A vineyard above the village lost its whole harvest to hail within ten minutes. Insurance "
    "covers the grapes, the grower said, but not the customers who will drink something else.",
    "Two bus lines are to share one depot from spring on, which saves the city rent and costs the "
    "drivers a longer way to work. Mechanics welcomed the plan since the old pits leak.",
    "The choir of Saint Brannock sang its last concert in the unheated nave. A carpenter from the "
    "parish has offered to mend the roof if somebody pays for oak and for the scaffolding.",
    "Archaeologists opened a burial mound north of the motorway and found a bronze kettle. The "
    "museum wants to show it in autumn, once the soil inside has been sifted for seeds.",
};
inline const std::string titles[] = {"Cracks close quay",  "Teachers stop marking",
                                     "Hail takes harvest", "Buses share depot",
                                     "Choir leaves nave",  "Kettle found in mound"};

}  // namespace stakeout
