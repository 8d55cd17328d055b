#pragma once

#include <string>
#include <vector>

#include "extractors/pages/page_facts.h"

namespace stakeout {

// The names of the authors: JSON-LD, then <meta>, microdata and links to authors, elements marked
// as byline near the title, lines near the title that begin with "By". Names of the site and
// addresses are no authors.
[[nodiscard]] std::vector<std::string> find_authors(const PageFacts& page);

}  // namespace stakeout
