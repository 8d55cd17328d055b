#pragma once

#include "crawler/fetcher.h"

namespace stakeout {

// A network on which nothing is ever answered.
class SilentFetcher final : public Fetcher {
 public:
  void start(FetchRequest, Done) override {}
  void resume() override {}
};

}  // namespace stakeout
