#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "app/crawl/plan.h"
#include "app/inspect/explain.h"
#include "app/inspect/inspect.h"
#include "app/logging.h"
#include "app/session.h"
#include "extractors/facts/facts.h"
#include "extractors/facts/rule_notes.h"
#include "extractors/facts/watchlist.h"
#include "extractors/pages/extract_article.h"
#include "extractors/text/prose.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Json or_null(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json(nullptr);
}

Json or_null(const std::optional<PartialDate>& date) {
  return date ? Json(to_string(*date)) : Json(nullptr);
}

Json high_end(const Money& money) {
  return money.is_range() ? Json(decimal_string(money.high())) : Json(nullptr);
}

// {"text","start","end"}: what every fact begins with.
Json place(const std::string& text, Span span) {
  return Json{{"text", text}, {"start", span.start}, {"end", span.end}};
}

Json entity_json(const Mention& mention, bool explain) {
  Json json{{"kind", word_of(mention.kind)}, {"name", mention.name}};
  json.update(place(mention.text, mention.span));
  json["listed"] = mention.listed;
  if (explain) json["reason"] = mention.reason;
  return json;
}

Json money_json(const MoneyMention& mention, bool explain) {
  Json json = place(mention.text, mention.span);
  json["amount"] = decimal_string(mention.money.low());
  json["currency"] = mention.money.currency().code();
  json["amount_max"] = high_end(mention.money);
  json["qualifier"] = word_of(mention.qualifier);
  json["role"] = word_of(mention.role);
  if (explain) json["reason"] = mention.reason;
  return json;
}

Json date_json(const DateMention& mention) {
  Json json = place(mention.text, mention.span);
  json["from"] = to_string(mention.from);
  json["to"] = to_string(mention.to);
  return json;
}

Json duration_json(const DurationMention& mention) {
  Json json = place(mention.text, mention.span);
  json["iso"] = mention.iso;
  return json;
}

Json fields_json(const std::vector<FieldEvidence>& fields) {
  Json list = Json::array();
  for (const FieldEvidence& field : fields) {
    Json json{{"field", field.field},      {"value", field.value},  {"quote", field.quote},
              {"start", field.span.start}, {"end", field.span.end}, {"rule", field.rule}};
    json["by"] = field.tie.empty() ? Json(nullptr) : place(field.tie, field.tie_span);
    json["means"] = note_of_rule(field.rule);
    list.push_back(std::move(json));
  }
  return list;
}

// Every state that the text reports of the deal, in the order in which they came about.
Json history_json(const std::vector<StatusReport>& history) {
  Json list = Json::array();
  for (const StatusReport& report : history) {
    list.push_back({{"status", word_of(report.status)},
                    {"happened", or_null(report.on)},
                    {"again", report.again},
                    {"quote", report.quote},
                    {"by", place(report.words, report.span)},
                    {"rule", report.rule},
                    {"means", note_of_rule(report.rule)}});
  }
  return list;
}

Json contract_json(const Claim& claim, bool explain) {
  Json json{{"vendor", or_null(claim.vendor)}, {"agency", or_null(claim.agency)}};
  json["amount"] = claim.value ? Json(decimal_string(claim.value->low())) : Json(nullptr);
  json["amount_max"] = claim.value ? high_end(*claim.value) : Json(nullptr);
  json["currency"] = claim.value ? Json(claim.value->currency().code()) : Json(nullptr);
  json["qualifier"] = claim.qualifier ? Json(word_of(*claim.qualifier)) : Json(nullptr);
  json["term"] = or_null(claim.term);
  json["signed"] = or_null(claim.signed_on);
  json["starts"] = or_null(claim.starts_on);
  json["ends"] = or_null(claim.ends_on);
  json["status"] = claim.status ? Json(word_of(*claim.status)) : Json(nullptr);
  json["award_id"] = or_null(claim.award_id);
  json["evidence"] = {{"start", claim.evidence.start}, {"end", claim.evidence.end}};
  if (!explain) return json;
  json["fields"] = fields_json(claim.fields);
  json["history"] = history_json(claim.history);
  json["sentences"] = Json::array();
  for (const Span span : claim.sentences) {
    json["sentences"].push_back({{"start", span.start}, {"end", span.end}});
  }
  return json;
}

// What was kept out, the rule, and the words by which.
Json passed_json(const PassedOver& passed) {
  Json json{{"what", passed.what}};
  json.update(place(passed.text, passed.span));
  json["name"] = text_or_null(passed.name);
  json["rule"] = passed.rule;
  json["by"] = passed.by.empty() ? Json(nullptr) : place(passed.by, passed.by_span);
  json["means"] = note_of_passing(passed.rule);
  json["detail"] = text_or_null(passed.detail);
  json["times"] = passed.times;
  return json;
}

template <class T, class ToJson>
Json list_json(const std::vector<T>& items, const ToJson& to_json) {
  Json list = Json::array();
  for (const T& item : items) list.push_back(to_json(item));
  return list;
}

Json facts_json(std::string_view file, const Facts& facts, bool explain) {
  return Json{{"file", file},
              {"entities", list_json(facts.mentions,
                                     [&](const Mention& m) { return entity_json(m, explain); })},
              {"money", list_json(facts.money,
                                  [&](const MoneyMention& m) { return money_json(m, explain); })},
              {"dates", list_json(facts.dates, date_json)},
              {"durations", list_json(facts.durations, duration_json)},
              {"contracts",
               list_json(facts.claims, [&](const Claim& c) { return contract_json(c, explain); })}};
}

// The shipped list with what the command names, else the settings.
Watchlist watchlist_for(const Session& session, const std::vector<std::string>& named) {
  if (named.empty()) return read_watchlists(session.settings().watchlist);
  return read_watchlists({named.begin(), named.end()});
}

// The answer stands whatever the bytes are; a person is told why it may be empty.
void warn_if_no_text(std::string_view file, std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 1024);
  const std::string folded = fold_case(head);
  const char* what = nullptr;
  if (bytes.starts_with("%PDF-")) {
    what = "is a PDF; read its text out first, with: pdftotext";
  } else if (head.find('\0') != std::string_view::npos || !is_valid_utf8(bytes)) {
    what = "is no text in UTF-8: what is found in it may be wrong";
  } else if (folded.find("<html") != std::string::npos ||
             folded.find("<!doctype html") != std::string::npos) {
    what = "is HTML; the article of a page is read with: stakeout inspect text --page";
  }
  if (what != nullptr) print_note(std::string{file} + " " + what);
}

std::string check_date(const std::string& text) {
  return parse_partial_date(text) ? "" : "not a date such as 2024-09-27, 2024-09 or 2024: " + text;
}

struct Options {
  std::vector<std::string> files;
  std::vector<std::string> watchlists;
  std::string date;
  std::string explain;  // "json", "text", "auto" (text on a terminal), or empty
  bool pages = false;
  std::string url;  // of the page
};

// None when it is no date.
std::optional<PartialDate> day_of(const std::string& text) {
  const auto day = parse_partial_date(text);
  return day ? std::optional{*day} : std::nullopt;
}

// A text, and when it was published.
struct Reading {
  std::string text;
  std::optional<PartialDate> published;
};

// The article of a page, with its own date unless the command gives one.
Reading reading_of_page(std::string_view bytes, const std::string& url,
                        std::optional<PartialDate> given) {
  PageContext context;
  context.url = url;
  Article article = extract_article(bytes, context);
  if (!given && article.published.size() >= 10) {
    given = day_of(article.published.substr(0, 10));
  }
  return {std::move(article.text), given};
}

Reading reading_of_text(std::string_view file, std::string_view bytes,
                        std::optional<PartialDate> given) {
  warn_if_no_text(file, bytes);
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  return {std::string{bytes}, given};
}

int inspect_text(const Session& session, const Options& options) {
  const MentionFinder mentions{watchlist_for(session, options.watchlists)};
  const std::optional<PartialDate> given = day_of(options.date);
  const bool is_for_people =
      options.explain == "text" || (options.explain == "auto" && isatty(STDOUT_FILENO) == 1);
  const auto take = [&](std::string_view file, std::string_view bytes) {
    const Reading reading = options.pages ? reading_of_page(bytes, options.url, given)
                                          : reading_of_text(file, bytes, given);
    const Prose prose{reading.text};
    const FactContext context{mentions, reading.published};
    const Facts facts = extract_facts(prose, context);
    Json answer = facts_json(file, facts, !options.explain.empty());
    if (!options.explain.empty()) {
      answer["passed_over"] = list_json(explain_passed_over(prose, context, facts), passed_json);
    }
    if (is_for_people) {
      print_explained(std::cout, answer);
    } else {
      std::cout << json_line(answer);
    }
  };
  return take_files(options.files, take, std::cout);
}

}  // namespace

void add_inspect_text(CLI::App& inspect, Session& session) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      inspect.add_subcommand("text", "Vendors, agencies, money, dates and contracts in plain text");
  command->add_option("FILE", options->files, "Texts in UTF-8; - or none is standard input");
  command
      ->add_option("--date", options->date,
                   "When the text was published: relative dates are resolved against it")
      ->type_name("YYYY[-MM[-DD]]")
      ->check(check_date);
  // One file for each option, so that the texts may follow.
  command
      ->add_option("--watchlist", options->watchlists,
                   "A watchlist that adds to the shipped one, in place of those of the settings; "
                   "may be given several times")
      ->type_name("FILE")
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  CLI::Option* page = command->add_flag("--page", options->pages,
                                        "The FILEs are pages: read the article of each, with its "
                                        "own date unless --date gives one");
  command->add_option("--url", options->url, "The address that the page came from")->needs(page);
  command
      ->add_flag("--explain{auto}", options->explain,
                 "Say what found each name, what spoke for each role, which rule tied which words "
                 "to each field of a contract, and what was passed over and why; =text is for "
                 "people, as on a terminal, =json for programs, as in a pipe")
      ->check(CLI::IsMember({"auto", "text", "json"}));
  command->footer(
      "  stakeout inspect text --date 2025-05-30 --explain article.txt\n"
      "  stakeout inspect text --page --explain page.html   # why did this page match, or not?");
  command->callback([options, &session] { session.exit_code = inspect_text(session, *options); });
}

}  // namespace stakeout
