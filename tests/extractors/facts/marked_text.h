#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extractors/values/facts.h"

namespace stakeout {

// A text with its facts marked, so that a test of what is made of facts needs no finder of facts:
//
//     [V Acme] won a [M 2000000 $2 million] contract from [A Border Office] in [D 2024-05 May 2024]
//     for [T P1Y one year]. Fined: [P 500 $500].
//
// V: vendor, A: agency, M: contract sum in USD, P: penalty, D: date, T: duration. A name written as
// "Acme=Acme Optics Inc." is the mention "Acme" of the entity "Acme Optics Inc.". ASCII only, so
// that bytes are code points.
struct MarkedText {
  explicit MarkedText(std::string_view marked);

  std::string text;
  Facts facts;  // without claims
};

}  // namespace stakeout
