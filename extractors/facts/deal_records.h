#pragma once

#include <vector>

#include "extractors/facts/deal.h"
#include "extractors/facts/deal_scene.h"

namespace stakeout {

// The deals of records and tables, as procurement data is printed:
//
//     Vendor: Acme Optics Inc.              Date | Vendor | Agency | Amount
//     Agency: Coast Office                  2024-05-02 | Acme | Coast Office | $26,000
//     Value: $1,240,000
//
// A record is a run of lines that begin with a label of data/record_labels.tsv and a colon; a label
// that comes again begins the next record. A row is a line of at least three cells that names a
// vendor and an agency or a sum; a date in it is what the head of its column says, and without a
// head the only date is the day of signing. A deal needs a vendor, and a sum or both an agency and
// a number. The deals come in the order of the text.
[[nodiscard]] std::vector<Deal> find_records(const DealScene& scene);

}  // namespace stakeout
