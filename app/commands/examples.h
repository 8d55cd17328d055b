#pragma once

namespace CLI {
class App;
}

namespace stakeout {

// Puts the examples of examples.tsv at the end of each command's help. After all commands are
// there.
void add_examples(CLI::App& program);

}  // namespace stakeout
