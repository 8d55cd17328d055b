#pragma once

#include <string>

#include "extractors/values/url.h"

namespace stakeout {

// The key of a document, as far as an address alone can tell: two addresses that lead to one
// document should have the same. It is an address itself, and its own canonical form.
//
// Redirect pages and AMP caches that carry their target in the address are unwrapped. http becomes
// https on the default ports, tracking parameters and session ids go, parameters are ordered by
// name (values of one name keep their order), and of fragments only "#!..." stays. Which names
// those are is in data/url_parameters.tsv. What may choose content stays as it is: case and a
// trailing slash of the path, unknown parameters, "www." and mobile hosts.
[[nodiscard]] std::string canonical_url(const Url& url);

}  // namespace stakeout
