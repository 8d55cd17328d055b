// docs/research.md: every statement, command and script of it is run over the store of
// research_store.h and has to give the answer that the page prints below it. After a change that is
// meant, `./dev golden` rewrites the answers, and the difference is part of the change to be read.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "tests/app/research_store.h"
#include "tests/support/program.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  REQUIRE_MESSAGE(stream.is_open(), file);
  return {std::istreambuf_iterator<char>{stream}, {}};
}

// A line of the page outside of its blocks, or a whole block between "```language" and "```".
struct Part {
  std::string language;  // empty: a line
  std::string text;
};

std::vector<Part> parts_of(const std::string& page) {
  std::vector<Part> parts;
  std::istringstream in{page};
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    const bool fence = line.starts_with("```");
    if (fence && !inside)
      parts.push_back({line.substr(3), ""});
    else if (!fence && inside)
      parts.back().text += line + "\n";
    else if (!fence)
      parts.push_back({"", line + "\n"});
    if (fence) inside = !inside;
  }
  return parts;
}

std::string page_of(const std::vector<Part>& parts) {
  std::string page;
  for (const Part& part : parts)
    page += part.language.empty() ? part.text : "```" + part.language + "\n" + part.text + "```\n";
  return page;
}

// The answers of a store to the blocks of the page.
class Answers {
 public:
  Answers() {
    fs::create_directory(store_.folder.path() / "bin");
    fs::create_symlink(STAKEOUT_PROGRAM, store_.folder.path() / "bin" / "stakeout");
    if (shell("python3 -c 'import pandas'") == 0) languages_.insert("python");
    if (shell("Rscript -e 'library(RSQLite)'") == 0) languages_.insert("r");
  }

  // Whether the language's interpreter is on this machine.
  [[nodiscard]] bool can_run(const std::string& language) const {
    return languages_.contains(language);
  }

  [[nodiscard]] std::string run(const Part& block) const {
    if (block.language == "sql") {
      const ProgramRun answer = run_program(
          {"--config", "stakeout.toml", "query", "--csv", block.text}, store_.folder.path());
      CHECK_MESSAGE(answer.exit_code == 0, answer.err);
      return without_returns(answer.out);
    }
    store_.folder.write("block", block.text);
    const std::string program = block.language == "python" ? "python3"
                                : block.language == "r"    ? "Rscript"
                                                           : "sh -e";
    CHECK_MESSAGE(shell(program + " block") == 0, content_of(store_.folder.path() / "err.txt"));
    return without_returns(content_of(store_.folder.path() / "out.txt"));
  }

 private:
  // Runs a command in the store's folder, with `stakeout` in its path; its exit status.
  [[nodiscard]] int shell(const std::string& command) const {
    const std::string folder = store_.folder.path().string();
    return std::system(("cd '" + folder + "' && PATH=\"" + folder +
                        "/bin:/usr/bin:/bin\" STAKEOUT_CONFIG=stakeout.toml LC_ALL=C.UTF-8 " +
                        command + " > out.txt 2> err.txt < /dev/null")
                           .c_str());
  }

  static std::string without_returns(std::string text) {
    std::erase(text, '\r');
    return text;
  }

  ResearchStore store_;
  std::set<std::string> languages_{"sql", "sh"};
};

}  // namespace

TEST_CASE("every block of docs/research.md gives the golden answer that is printed below it") {
  const fs::path file = fs::current_path() / "../../docs/research.md";
  const bool rewrite = std::getenv("STAKEOUT_REWRITE_GOLDEN") != nullptr;
  const Answers answers;
  std::vector<Part> parts = parts_of(content_of(file));
  std::size_t questions = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& block = parts[i];
    if (block.text.starts_with("### ")) {
      CHECK(block.text.starts_with("### " + std::to_string(++questions) + ". "));
    }
    if (block.language.empty() || block.language == "csv") continue;
    CAPTURE(block.text);
    REQUIRE(i + 1 < parts.size());
    REQUIRE(parts[i + 1].language == "csv");
    if (!answers.can_run(block.language)) continue;
    const std::string answer = answers.run(block);
    if (rewrite)
      parts[i + 1].text = answer;
    else
      CHECK(answer == parts[i + 1].text);
    CHECK_FALSE(answer.empty());
  }
  CHECK(questions == 20);
  if (rewrite) std::ofstream{file, std::ios::binary} << page_of(parts);
}

}  // namespace stakeout
