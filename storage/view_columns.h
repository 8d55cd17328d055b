#pragma once

#include "storage/connection.h"

namespace stakeout {

// Fills the table behind v_columns with what schema/columns.tsv says of each column of the views,
// so that the file explains itself. Within the transaction of the caller, after the views are made.
void describe_columns(Connection& connection);

}  // namespace stakeout
