#include "app/crawl/report.h"

#include "alerts/value_words.h"

namespace stakeout {
namespace {

struct KindWords {
  AlertKind kind;
  const char* one;
  const char* many;
};

constexpr KindWords kind_words[] = {
    {AlertKind::new_contract, "new contract", "new contracts"},
    {AlertKind::contract_changed, "change of a contract", "changes of contracts"},
    {AlertKind::correction, "correction", "corrections"},
    {AlertKind::new_mention, "new mention", "new mentions"},
    {AlertKind::article_changed, "changed article", "changed articles"},
    {AlertKind::article_gone, "vanished article", "vanished articles"},
    {AlertKind::unlisted_name, "unlisted name", "unlisted names"},
    {AlertKind::feed_failing, "failing feed", "failing feeds"},
    {AlertKind::feed_recovered, "recovered feed", "recovered feeds"},
    {AlertKind::feed_silent, "silent feed", "silent feeds"},
    {AlertKind::feed_gone, "feed that is gone", "feeds that are gone"},
    {AlertKind::feed_moved, "feed that moved", "feeds that moved"},
};

// "3 alerts"
std::string alerts_of(const CrawlReport& report) {
  return counted(report.alerts.all_told(), "alert");
}

// ": 1 new contract, 2 new mentions"
std::string kinds_of(const CrawlReport& report) {
  std::string out;
  for (const KindWords& words : kind_words) {
    const auto told = report.alerts.told.find(words.kind);
    if (told != report.alerts.told.end())
      out += (out.empty() ? ": " : ", ") + counted(told->second, words.one, words.many);
  }
  return out;
}

// What nobody is told of, and why.
std::string past_of(const CrawlReport& report) {
  const std::size_t past = report.alerts.quiet;
  if (past == 0) return {};
  return std::to_string(past) + (past == 1 ? " thing is" : " things are") +
         " of the past, in what a feed had when it was first read, and " +
         (past == 1 ? "makes" : "make") + " no alert; see " + (past == 1 ? "it" : "them") +
         " with: stakeout alerts --past\n";
}

}  // namespace

void CrawlReport::add(const SavedArticle& saved) {
  articles += saved.new_revision ? 1 : 0;
  unchanged += saved.new_revision ? 0 : 1;
  mentions += saved.mentions;
  claims += saved.claims;
  new_contracts += saved.new_contracts;
}

std::string summary_of(const CrawlReport& report) {
  if (report.feeds_done == 0 && report.pages_done == 0) {
    return "nothing is due now" +
           (report.next_due ? "; the next feed or page is due at " + to_rfc3339(*report.next_due)
                            : std::string{}) +
           ". crawl --force asks all feeds at once\n";
  }
  std::string out = counted(report.feeds_done, "feed") +
                    " asked: " + std::to_string(report.feeds_unchanged) + " unchanged, " +
                    std::to_string(report.failed_feeds.size()) + " failed; " +
                    counted(report.new_entries, "new entry", "new entries") + "\n";
  out += counted(report.pages_done, "page") + " looked at: " + counted(report.articles, "article") +
         " stored, " + std::to_string(report.unchanged) + " unchanged, " +
         std::to_string(report.forbidden) + " forbidden by robots.txt, " +
         std::to_string(report.failed_pages) + " failed";
  if (report.postponed > 0)
    out += ", " + std::to_string(report.postponed) + " postponed (the host asked to wait)";
  out += "\n" + counted(report.mentions, "mention") + ", " +
         counted(report.claims, "contract claim") + "; " + alerts_of(report) + kinds_of(report) +
         "\n" + past_of(report);
  for (const FailedFetch& feed : report.failed_feeds)
    out += "failed: " + feed.url + ": " + feed.error + "\n";
  for (const FailedFetch& page : report.first_failed_pages)
    out += "failed page: " + page.url + ": " + page.error + "\n";
  const std::size_t more = report.failed_pages - report.first_failed_pages.size();
  if (more > 0) {
    out += "and " + counted(more, "more page") +
           "; all of them: query \"select url, status, reason from v_articles where status in "
           "('failed', 'gone', 'not_article')\"\n";
  }
  return out;
}

std::string line_of(const CrawlReport& report) {
  return counted(report.feeds_done, "feed") + ": " + std::to_string(report.feeds_unchanged) +
         " unchanged, " + std::to_string(report.failed_feeds.size()) + " failed, " +
         counted(report.new_entries, "new entry", "new entries") + "; " +
         counted(report.pages_done, "page") + ": " + counted(report.articles, "article") +
         " stored, " + std::to_string(report.failed_pages) + " failed; " +
         counted(report.mentions, "mention") + ", " + counted(report.claims, "contract claim") +
         ", " + alerts_of(report) +
         (report.alerts.quiet == 0 ? ""
                                   : ", " + std::to_string(report.alerts.quiet) + " of the past");
}

int exit_code_of(const CrawlReport& report) {
  return report.failed_feeds.empty() ? 0 : 3;
}

}  // namespace stakeout
