#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "app/commands/commands.h"
#include "app/crawl/system_clock.h"
#include "app/doctor/findings.h"
#include "app/inspect/inspect.h"
#include "app/session.h"

namespace stakeout {
namespace {

std::string word_of(Verdict verdict) {
  if (verdict == Verdict::good) return "ok";
  return verdict == Verdict::attention ? "look" : "FAULT";
}

std::vector<Finding> examine(const Session& session) {
  Settings settings = default_settings();
  std::vector<Finding> findings;
  try {
    settings = session.settings();
  } catch (const CommandError& error) {
    findings.push_back({"settings", Verdict::fault, error.what(),
                        "mend it; all that is wrong is shown by: stakeout config check"});
    return findings;
  }
  settings.database = session.database();
  const Timestamp now = SystemClock{}.now();
  for (const auto& check : {check_files(settings), check_store(settings, now),
                            check_digests(settings), std::vector{check_mail(settings)},
                            std::vector{check_metrics(settings)}, check_machine(settings, now)})
    findings.insert(findings.end(), check.begin(), check.end());
  return findings;
}

// "FAULT  disk         12 MB are free on the disk of /var/lib/stakeout. What to do: make room"
void print(const Finding& finding, bool is_colored) {
  const auto padded = [](std::string text, std::size_t width) {
    text.resize(std::max(text.size() + 1, width), ' ');
    return text;
  };
  const Paint paint = finding.verdict == Verdict::good        ? Paint::green
                      : finding.verdict == Verdict::attention ? Paint::yellow
                                                              : Paint::red;
  std::cout << painted(padded(word_of(finding.verdict), 7), paint, is_colored)
            << padded(finding.subject, 13) << finding.what;
  if (!finding.advice.empty()) std::cout << ". What to do: " << finding.advice;
  std::cout << '\n';
}

int run_doctor(const Session& session, bool as_json) {
  bool has_fault = false;
  for (const Finding& finding : examine(session)) {
    has_fault = has_fault || finding.verdict == Verdict::fault;
    if (as_json) {
      std::cout << json_line(Json{{"subject", finding.subject},
                                  {"verdict", word_of(finding.verdict)},
                                  {"what", finding.what},
                                  {"advice", finding.advice}});
    } else {
      print(finding, session.is_colored(STDOUT_FILENO));
    }
  }
  return has_fault ? 1 : 0;
}

}  // namespace

void add_doctor_command(CLI::App& program, Session& session) {
  CLI::App* command = program.add_subcommand(
      "doctor",
      "Whether all is well with settings, database, disk, clock, network, mail and feeds");
  const auto as_json = std::make_shared<bool>(false);
  command->add_flag("--json", *as_json, "One JSON object a line");
  command->footer(
      "One line for each thing: ok, look (it works, but somebody should see it) or FAULT, and what "
      "to "
      "do.\nEnds with 1 when there is a FAULT.");
  command->callback([&session, as_json] { session.exit_code = run_doctor(session, *as_json); });
}

}  // namespace stakeout
