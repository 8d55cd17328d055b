#include "app/crawl/workers.h"

#include <algorithm>
#include <utility>

#include <malloc.h>

namespace stakeout {
namespace {

// Worth the time to give all free memory back to the system.
constexpr std::size_t large_document = 4U << 20U;

std::size_t body_size_of(const CrawlResult& result) {
  const auto* const fetched = std::get_if<Fetched>(&result.outcome);
  return fetched == nullptr ? 0 : fetched->response.body.size();
}

std::size_t size_of(const Feed& feed) {
  std::size_t size = 0;
  for (const Entry& entry : feed.entries) {
    size += sizeof entry + entry.id.size() + entry.title.size() + entry.link.size() +
            entry.author.size() + entry.summary.size() + entry.content.size();
    for (const std::string& category : entry.categories) size += sizeof category + category.size();
    for (const Enclosure& each : entry.enclosures) size += sizeof each + each.url.size();
  }
  return size;
}

std::size_t size_of(const ExtractedPage& page) {
  constexpr std::size_t size_of_fact = 512;  // with its words
  return page.article.text.size() +
         size_of_fact * (page.facts.mentions.size() + page.facts.claims.size());
}

// About the memory that waits for the writer.
std::size_t size_of(const Finished& finished) {
  if (const auto* parsed = std::get_if<ParsedFeed>(&finished.parsed))
    return parsed->feed ? size_of(*parsed->feed) : 0;
  const auto* const page = std::get_if<ExtractedPage>(&finished.parsed);
  return page == nullptr ? 0 : size_of(*page) + body_size_of(finished.result);
}

}  // namespace

Workers::Workers(Crawler& crawler, EntryHints& hints, const MentionFinder& finder, WorkRoom& room,
                 Queue<Finished>& finished, const Vitals& vitals, const Clock& clock,
                 bool keep_bodies)
    : crawler_{crawler},
      room_{room},
      clock_{clock},
      keep_bodies_{keep_bodies},
      left_{std::max(1U, std::thread::hardware_concurrency())} {
  const unsigned count = left_;
  for (unsigned i = 0; i < count; ++i) {
    Heartbeat& heartbeat = heartbeats_.emplace_back(vitals);
    threads_.emplace_back([this, &heartbeat, &hints, &finder, &finished] {
      work(heartbeat, hints, finder, finished);
    });
  }
}

Workers::~Workers() {
  crawler_.stop();
  room_.open();
}

void Workers::work(Heartbeat& heartbeat, EntryHints& hints, const MentionFinder& finder,
                   Queue<Finished>& finished) {
  while (auto result = crawler_.next()) {
    const std::size_t size = body_size_of(*result);
    WorkRoom::Part part = room_.take(size);
    heartbeat.work(clock_.steady());
    Finished read = parse_result(std::move(*result), hints, finder, keep_bodies_);
    if (size >= large_document) malloc_trim(0);  // its tree was in small pieces
    part.resize(size_of(read));
    read.room = std::move(part);
    finished.push(std::move(read));
    heartbeat.rest();
  }
  if (--left_ == 0) finished.close();
}

std::string Workers::trouble(SteadyTime now) const {
  const bool stuck = std::ranges::any_of(
      heartbeats_, [&](const Heartbeat& heartbeat) { return heartbeat.is_late(now); });
  return stuck ? "a worker does not come to the end of a page or feed" : "";
}

}  // namespace stakeout
