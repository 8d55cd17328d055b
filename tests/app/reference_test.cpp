// The commands as completions and the manual page have them.
#include <CLI/CLI.hpp>
#include <doctest/doctest.h>

#include "app/reference/command_tree.h"
#include "tests/support/temporary_folder.h"

namespace stakeout {
namespace {

// A program with a group, options that take one of two values, and words that shells take for
// something else.
CommandNode sample() {
  static CLI::App program{"Keeps watch", "stakeout"};
  if (program.get_subcommands({}).empty()) {
    program.add_option("--config")->type_name("FILE")->description("The settings file");
    CLI::App* group = program.add_subcommand("feeds", "The feeds: what's with them");
    group->footer("  stakeout feeds add https://example.org/feed\n\nAdds *one* feed.");
    CLI::App* add = group->add_subcommand("add", "Adds feeds");
    add->add_option("URL")->description("The address")->required();
    add->add_flag("-n,--dry-run")->description("Only says what it would do");
    CLI::App* digest = program.add_subcommand("digest", "One message");
    static std::string format;
    digest->add_option("--format", format)->check(CLI::IsMember({"text", "html"}));
    program.add_subcommand("secret", "")->group("");
  }
  return command_tree(program);
}

// What bash offers for the last of the words, parted by blanks.
std::string offered(const std::string& words) {
  const TemporaryFolder folder;
  const auto script = folder.write("c.bash", bash_completion(sample()) + "COMP_WORDS=(" + words +
                                                 ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                                                 "_stakeout\necho \"${COMPREPLY[*]}\"\n");
  std::string out;
  FILE* const shell = popen(("bash " + script.string() + " 2>&1").c_str(), "r");
  REQUIRE(shell != nullptr);
  for (int c = 0; (c = std::fgetc(shell)) != EOF;) out += static_cast<char>(c);
  CHECK(pclose(shell) == 0);
  return out;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("bash completes commands, those below them, options and their values") {
  CHECK(offered("stakeout fe") == "feeds\n");
  CHECK(offered("stakeout feeds a") == "add\n");
  CHECK(offered("stakeout feeds add --d") == "--dry-run\n");
  CHECK(offered("stakeout digest --format ''") == "text html\n");
  CHECK(offered("stakeout --config x.toml di") == "digest\n");
  CHECK(offered("stakeout digest --con") == "--config\n");
  CHECK(offered("stakeout sec") == "\n");
}

TEST_CASE("descriptions are quoted in the scripts of zsh and fish") {
  CHECK(contains(zsh_completion(sample()), "'feeds:The feeds: what'\\''s with them'"));
  CHECK(contains(fish_completion(sample()), "-f -a feeds -d 'The feeds: what\\'s with them'"));
  CHECK(contains(fish_completion(sample()), "-l format -r -f -a 'text html'"));
  CHECK(contains(fish_completion(sample()), "-s n -l dry-run -d"));
}

TEST_CASE("the manual has every command with its options and examples, and marks nothing up") {
  const std::string page = commands_in_markdown(sample());
  CHECK(contains(page, "## stakeout feeds add URL\n\nAdds feeds."));
  CHECK(contains(page, "*URL*\n:   The address\n"));
  CHECK(contains(page, "**-n**, **--dry-run**\n:   Only says"));
  CHECK(contains(page, "**--format** text|html"));
  CHECK(contains(page, "    stakeout feeds add https://example.org/feed\n"));
  CHECK(contains(page, "Adds \\*one\\* feed."));
  CHECK_FALSE(contains(page, "secret"));
}

}  // namespace stakeout
