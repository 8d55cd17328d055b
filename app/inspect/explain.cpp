#include "app/inspect/explain.h"

#include <cstddef>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "alerts/plain_words.h"
#include "app/commands/feeds_layout.h"

namespace stakeout {
namespace {

class Explained {
 public:
  explicit Explained(std::ostream& out) : out_{out}, width_{terminal_width()} {}

  void print(const Json& answer) {
    line(0, text_at(answer, "file"));
    const Json& contracts = answer.at("contracts");
    if (contracts.empty()) line(2, "no contract");
    for (std::size_t i = 0; i < contracts.size(); ++i) print_contract(i + 1, contracts[i]);
    print_names(answer.at("entities"));
    print_sums(answer.at("money"));
    print_passed_over(answer.at("passed_over"));
    out_ << '\n';
  }

 private:
  void line(std::size_t indent, const std::string& words) {
    print_wrapped(out_, plain_words(words), indent, width_);
  }

  static std::string quoted(const std::string& words) { return "\"" + words + "\""; }

  static std::string or_unknown(const Json& object, const char* key) {
    const std::string text = text_at(object, key);
    return text.empty() ? "not said" : text;
  }

  void print_contract(std::size_t number, const Json& contract) {
    line(2, "contract " + std::to_string(number) + ": " + or_unknown(contract, "vendor") + " / " +
                or_unknown(contract, "agency"));
    for (const Json& field : contract.at("fields")) print_field(field);
    for (const Json& state : contract.at("history")) {
      const std::string day = text_at(state, "happened");
      line(4, "state: " + text_at(state, "status") + (day.empty() ? "" : " on " + day) + ", " +
                  quoted(text_at(state, "quote")));
    }
  }

  // "amount: 2000000, "$2 million"" and below it the rule with its table.
  void print_field(const Json& field) {
    line(4, text_at(field, "field") + ": " + text_at(field, "value") + ", " +
                quoted(text_at(field, "quote")));
    std::string rule = "rule " + text_at(field, "rule");
    if (field.at("by").is_object()) rule += " by " + quoted(text_at(field.at("by"), "text"));
    const std::string means = text_at(field, "means");
    line(8, means.empty() ? rule : rule + ": " + means);
  }

  // Each name once, with what found it.
  void print_names(const Json& entities) {
    std::vector<std::string> order;
    std::map<std::string, std::size_t> times;
    for (const Json& entity : entities) {
      const bool is_listed = entity.at("listed").get<bool>();
      std::string words = text_at(entity, "kind") + " " + text_at(entity, "name") +
                          (is_listed ? "" : " (unlisted)") + ": " + text_at(entity, "reason");
      if (times[words]++ == 0) order.push_back(std::move(words));
    }
    if (!order.empty()) line(2, "names");
    for (const std::string& words : order) line(4, words + times_of(times[words]));
  }

  void print_sums(const Json& sums) {
    if (!sums.empty()) line(2, "sums");
    for (const Json& sum : sums) {
      const std::string reason = text_at(sum, "reason");
      line(4, quoted(text_at(sum, "text")) + ": " + text_at(sum, "currency") + " " +
                  text_at(sum, "amount") + ", " + text_at(sum, "role") +
                  (reason.empty() ? "" : " for " + reason));
    }
  }

  void print_passed_over(const Json& passed_over) {
    if (!passed_over.empty()) line(2, "passed over");
    for (const Json& passed : passed_over) {
      const std::string name = text_at(passed, "name");
      std::string words = text_at(passed, "what") + " " + quoted(text_at(passed, "text"));
      if (!name.empty()) words += " (" + name + ")";
      line(4, words + times_of(passed.at("times").get<std::size_t>()));
      std::string why = text_at(passed, "rule");
      if (passed.at("by").is_object()) why += " by " + quoted(text_at(passed.at("by"), "text"));
      line(8, why + ": " + text_at(passed, "means"));
      const std::string detail = text_at(passed, "detail");
      if (!detail.empty()) line(8, detail);
    }
  }

  static std::string times_of(std::size_t times) {
    return times == 1 ? "" : " (" + std::to_string(times) + " times)";
  }

  std::ostream& out_;
  std::size_t width_;
};

}  // namespace

void print_explained(std::ostream& out, const Json& answer) {
  Explained{out}.print(answer);
}

}  // namespace stakeout
