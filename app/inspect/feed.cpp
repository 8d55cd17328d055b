#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>

#include "app/inspect/inspect.h"
#include "extractors/feeds/parse_feed.h"

namespace stakeout {
namespace {

Json instant_or_null(const std::optional<Timestamp>& time) {
  return time ? Json(to_rfc3339(*time)) : Json(nullptr);
}

Json enclosure_json(const Enclosure& enclosure) {
  return Json{{"url", text_or_null(enclosure.url)},
              {"type", text_or_null(enclosure.type)},
              {"length", enclosure.length ? Json(*enclosure.length) : Json(nullptr)}};
}

Json entry_json(const Entry& entry) {
  Json enclosures = Json::array();
  for (const Enclosure& enclosure : entry.enclosures) {
    enclosures.push_back(enclosure_json(enclosure));
  }
  return Json{{"id", text_or_null(entry.id)},
              {"title", text_or_null(entry.title)},
              {"link", text_or_null(entry.link)},
              {"published", instant_or_null(entry.published)},
              {"updated", instant_or_null(entry.updated)},
              {"author", text_or_null(entry.author)},
              {"summary", text_or_null(entry.summary)},
              {"content", text_or_null(entry.content)},
              {"categories", entry.categories},
              {"enclosures", std::move(enclosures)}};
}

Json feed_json(std::string_view file, const Feed& feed) {
  Json entries = Json::array();
  for (const Entry& entry : feed.entries) entries.push_back(entry_json(entry));
  return Json{{"file", file},
              {"format", text_or_null(feed.format)},
              {"title", text_or_null(feed.title)},
              {"link", text_or_null(feed.link)},
              {"description", text_or_null(feed.description)},
              {"language", text_or_null(feed.language)},
              {"updated", instant_or_null(feed.updated)},
              {"entries", std::move(entries)},
              {"warnings", feed.warnings}};
}

// What is no feed prints as an empty one, with the reason as its warning.
Feed parsed_or_empty(std::string_view bytes, const FeedContext& context) {
  auto feed = parse_feed(bytes, context);
  if (feed) return std::move(*feed);
  Feed empty;
  empty.warnings.push_back(feed.error().message);
  return empty;
}

}  // namespace

void add_inspect_feed(CLI::App& inspect, int& exit_code) {
  struct Options {
    std::vector<std::string> files;
    FeedContext context;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* command = inspect.add_subcommand("feed", "The entries of RSS, Atom and JSON feeds");
  command->add_option("FILE", options->files, "Feeds; - or none is standard input");
  command->add_option("--url", options->context.url, "The address that the feed came from");
  command->add_option("--content-type", options->context.content_type,
                      "The Content-Type that it came with");
  command->callback([options, &exit_code] {
    const auto answer = [&options](std::string_view file, std::string_view bytes) {
      return feed_json(file, parsed_or_empty(bytes, options->context));
    };
    exit_code = inspect_files(options->files, answer, std::cout);
  });
}

}  // namespace stakeout
