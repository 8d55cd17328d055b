#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
  CLI::App program{"Stakeout keeps watch on the news for vendors, agencies and their contracts",
                   "stakeout"};
  program.require_subcommand(1);
  CLI::App* inspect =
      program.add_subcommand("inspect", "What the extractors make of given files, as JSON lines");
  inspect->require_subcommand(1);
  int exit_code = 0;
  CLI11_PARSE(program, argc, argv);
  return exit_code;
}
