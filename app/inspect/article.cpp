#include <iostream>

#include <CLI/CLI.hpp>

#include "app/inspect/inspect.h"
#include "extractors/pages/extract_article.h"
#include "extractors/text/date_time.h"

namespace stakeout {
namespace {

Json article_json(std::string_view file, const Article& article) {
  return Json{{"file", file},
              {"url", text_or_null(article.url)},
              {"title", text_or_null(article.title)},
              {"byline", text_or_null(article.byline)},
              {"published", text_or_null(article.published)},
              {"modified", text_or_null(article.modified)},
              {"language", text_or_null(article.language)},
              {"site", text_or_null(article.site)},
              {"canonical_url", text_or_null(article.canonical_url)},
              {"text", article.text},
              {"state", word_of(article.state)},
              {"warnings", article.warnings}};
}

std::string check_day(const std::string& text) {
  const auto day = parse_partial_date(text);
  return day && day->is_full() ? "" : "not a day such as 2024-09-27: " + text;
}

}  // namespace

void add_inspect_article(CLI::App& inspect, int& exit_code) {
  struct Options {
    std::vector<std::string> files;
    PageContext context;
    std::string fetched;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = inspect.add_subcommand("article", "The text and the data of article pages");
  command->add_option("FILE", options->files, "Pages; - or none is standard input");
  command->add_option("--url", options->context.url, "The address that the page came from");
  command
      ->add_option("--fetched", options->fetched,
                   "The day on which the page was fetched; later dates on it are not believed")
      ->type_name("YYYY-MM-DD")
      ->check(check_day);
  command->callback([options, &exit_code] {
    if (const auto day = parse_partial_date(options->fetched)) {
      options->context.fetched = instant_of(*day);
    }
    const auto answer = [&options](std::string_view file, std::string_view bytes) {
      return article_json(file, extract_article(bytes, options->context));
    };
    exit_code = inspect_files(options->files, answer, std::cout);
  });
}

}  // namespace stakeout
