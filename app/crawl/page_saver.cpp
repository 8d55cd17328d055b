#include "app/crawl/page_saver.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "app/crawl/site_furniture.h"
#include "app/crawl/story.h"
#include "extractors/facts/extractor_version.h"
#include "extractors/stories/left_out.h"
#include "extractors/stories/revisions.h"
#include "extractors/text/canonical_url.h"
#include "extractors/values/url.h"

namespace stakeout {
namespace {

std::string_view without_www(std::string_view host) {
  return host.starts_with("www.") ? host.substr(4) : host;
}

// The address that a page gives itself counts only when it is one of its own site.
std::string trusted_canonical(const Article& page) {
  const auto own = parse_url(page.canonical_url);
  const auto fetched = parse_url(page.url);
  if (!own || !fetched || without_www(own->host()) != without_www(fetched->host())) return {};
  return canonical_url(*own);
}

std::vector<TextChange> as_changes(std::vector<PassageChange> changes) {
  std::vector<TextChange> out;
  for (PassageChange& change : changes)
    out.push_back({std::move(change.before), std::move(change.after), change.weight});
  return out;
}

// Whether an article names somebody on the watchlist, or tells of a contract.
bool is_of_note(const Facts& facts) {
  return !facts.claims.empty() || std::ranges::any_of(facts.mentions, &Mention::listed);
}

}  // namespace

// The text of the revision before, without what is known to be furniture by now: it is replaced in
// the store where that is news, so that what is left out of both is no change of the article.
// `whole` is the new text with its furniture.
std::string PageSaver::earlier_text(const StoredText& before, const std::string& whole,
                                    const ArticleRecord& record, Timestamp now) {
  TextReading reading{record.page.text, record.page.left_out, record.facts, record.extractor};
  if (whole_text(before.text, before.left_out) != whole) {
    reading = read_again(store_, before, record.page.left_out, finder_);
  }
  if (reading.text != before.text) store_.pare_text(before, reading, now);
  return reading.text;
}

ArticleRecord PageSaver::record_of(PageToSave& what, const FetchResponse& response) {
  StoryDecision story = decide_story(store_, what.article_id, what.page.fingerprint);
  ArticleRecord record;
  record.article_id = what.article_id;
  record.page = std::move(what.page.article);
  record.page.canonical_url = trusted_canonical(record.page);
  record.facts = std::move(what.page.facts);
  record.extractor = std::to_string(extractor_version);
  record.from_feed = what.from_feed;
  record.reason = what.reason;
  record.etag = response.validators.etag;
  record.last_modified = response.validators.last_modified;
  record.marks = std::move(story.marks);
  record.copies_of = std::move(story.copies_of);
  record.quiet = what.quiet;
  return record;
}

SavedArticle PageSaver::save(PageToSave what, const FetchResponse& response, Timestamp now) {
  const auto before = store_.latest_text(what.article_id);
  const bool is_compared = before && !before->dropped_at;
  const std::string whole = is_compared ? what.page.article.text : std::string{};
  const bool is_as_before = is_compared && whole_text(before->text, before->left_out) == whole;
  mark_site_furniture(store_, what.article_id, what.page.fingerprint);
  leave_out_furniture(store_, what.article_id, before ? before->left_out : std::vector<LeftOut>{},
                      finder_, what.page);
  ArticleRecord record = record_of(what, response);
  if (before && !is_compared) record.change = ChangeClass::minor;  // no news, whatever it is
  if (is_compared) {
    RevisionDiff diff =
        compare_revisions(earlier_text(*before, whole, record, now), record.page.text);
    record.change = diff.change_class;
    record.changes = as_changes(std::move(diff.changes));
  }
  const bool is_news = !what.had_page || record.change == ChangeClass::substantive;
  record.looks = what.looks + (is_news ? 0 : 1);
  if (!record.from_feed && what.next_look)
    record.revisit_at = what.next_look(is_of_note(record.facts), record.looks);
  const SavedArticle saved = store_.save_article(record, now);
  if (archive_ != nullptr && !record.from_feed && !response.body.empty() &&
      is_for_archive(record.page, record.facts)) {
    const bool is_its_text = saved.new_revision || is_as_before;
    archive_->keep({saved.article_id, is_its_text ? std::optional{saved.revision_id} : std::nullopt,
                    record.page.url, what.by_proxy},
                   response);
  }
  pare_earlier_articles(store_, record.page, what.article_id, finder_, now);
  return saved;
}

}  // namespace stakeout
