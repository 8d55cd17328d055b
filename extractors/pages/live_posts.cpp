#include "extractors/pages/live_posts.h"

#include <algorithm>
#include <unordered_map>

#include "extractors/pages/bare_address.h"
#include "extractors/pages/row_names.h"
#include "extractors/text/ascii.h"

namespace stakeout {
namespace {

constexpr std::size_t fewest = 3;   // posts of a row
constexpr double most_of_it = 0.4;  // of the page's prose

bool is_part_of_number(char c) {
  return is_ascii_alphanumeric(c) || c == ':' || c == '.' || c == ',' || c == '$';
}

// Two numbers with a colon, a point or an "h" between them, the second one of two digits, and no
// third: "14:05", "9.30 Uhr", "14h05".
bool begins_with_time_of_day(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_ascii_digit(text[end])) ++end;
  if (end < 1 || end > 2 || end + 2 >= text.size()) return false;
  const char mark = text[end];
  if (mark != ':' && mark != '.' && mark != 'h') return false;
  if (text[end + 1] < '0' || text[end + 1] > '5' || !is_ascii_digit(text[end + 2])) return false;
  const int hour = end == 1 ? text[0] - '0' : (text[0] - '0') * 10 + text[1] - '0';
  const std::string_view behind = text.substr(end + 3);
  const bool goes_on = !behind.empty() && (is_ascii_digit(behind.front()) || behind.front() == '%');
  const bool is_date =
      mark == '.' && behind.size() > 1 && behind[0] == '.' && is_ascii_digit(behind[1]);
  return hour <= 24 && !goes_on && !is_date;
}

class PostSearch {
 public:
  PostSearch(const PageTree& tree, const std::vector<Marks>& marks, const TextSums& sums,
             std::string_view address)
      : tree_{tree}, marks_{marks}, sums_{sums}, address_{bare_address(address)} {
    path_ = address_.substr(std::min(address_.find('/'), address_.size()));
  }

  LivePosts run() {
    LivePosts found;
    if (!has_times()) return found;
    std::unordered_map<std::uint64_t, Row> rows;
    std::vector<Candidate> candidates;
    std::uint32_t comments_end = 0;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      if (marks_[i].has(Mark::comments)) comments_end = std::max(comments_end, tree_[i].end);
      if (i < comments_end || !may_be_post(i)) continue;
      Row& row = rows[row_name(tree_, i)];
      const std::uint32_t time = is_post(i) ? time_of(i) : 0;
      ++(time != 0 ? row.posts : row.others);
      if (time == 0) continue;
      row.prose += sums_.prose_in(i);
      candidates.push_back({i, time});
    }
    for (const Candidate& candidate : candidates) {
      const Row& row = rows[row_name(tree_, candidate.post)];
      if (!row.is_live_blog(sums_.prose())) continue;
      found.posts.push_back(candidate.post);
      found.times.push_back(candidate.time);
    }
    if (found.posts.empty()) find_times_alone(found);
    return found;
  }

 private:
  struct Candidate {
    std::uint32_t post;
    std::uint32_t time;
  };
  struct Row {
    std::size_t posts = 0;
    std::size_t others = 0;
    std::uint64_t prose = 0;

    // Most of the row, and of what the page says.
    [[nodiscard]] bool is_live_blog(std::uint64_t all) const {
      return posts >= fewest && posts > 2 * others &&
             static_cast<double>(prose) > most_of_it * static_cast<double>(all);
    }
  };

  [[nodiscard]] bool has_times() const {
    std::size_t times = 0;
    for (std::uint32_t i = 1; i < tree_.size() && times < fewest; ++i) times += is_time(i) ? 1 : 0;
    return times >= fewest;
  }

  [[nodiscard]] bool is_time(std::uint32_t i) const {
    constexpr std::uint32_t longest = 60;  // bytes
    return tree_[i].tag == Tag::text && tree_[i].text_end - tree_[i].text_begin <= longest &&
           has_time_of_day(tree_.text(i));
  }

  [[nodiscard]] bool may_be_post(std::uint32_t i) const {
    constexpr std::uint32_t some_prose = 40;
    switch (tree_[i].tag) {
      case Tag::div:
      case Tag::li:
      case Tag::article:
      case Tag::section:
        return sums_.prose_in(i) >= some_prose && !marks_[i].has(Mark::hidden);
      default:
        return false;
    }
  }

  // The first nodes of a post say when it was written.
  [[nodiscard]] std::uint32_t time_of(std::uint32_t post) const {
    const std::uint32_t end = std::min(tree_[post].end, post + most_nodes);
    for (std::uint32_t i = post + 1; i < end; ++i) {
      if (is_time(i)) return i;
    }
    return 0;
  }

  // No heading at its beginning leads to another page.
  [[nodiscard]] bool is_post(std::uint32_t post) const {
    const std::uint32_t end = std::min(tree_[post].end, post + most_nodes);
    std::uint32_t heading_end = 0;
    for (std::uint32_t i = post + 1; i < end; ++i) {
      if (heading_level(tree_[i].tag) > 0) heading_end = std::max(heading_end, tree_[i].end);
      const bool is_link = tree_[i].tag == Tag::a && i < heading_end;
      const bool is_around =
          tree_[i].tag == Tag::a && heading_level(tree_[std::min(i + 1, end - 1)].tag) > 0;
      if ((is_link || is_around) && !leads_to_itself(tree_.attribute(i, Attribute::href)))
        return false;
    }
    return true;
  }

  // Lines of times between the posts' paragraphs, all in one element that has most of the text.
  void find_times_alone(LivePosts& found) const {
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> rows;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      if (!is_time(i)) continue;
      const std::uint32_t line = tree_[i].parent;
      const bool is_alone = tree_[line].end == i + 1 && line != 0;
      if (is_alone && sums_.prose_share(tree_[line].parent) > most_of_it)
        rows[row_name(tree_, line)].push_back(i);
    }
    for (const auto& [name, times] : rows) {
      if (times.size() >= fewest) found.times.insert(found.times.end(), times.begin(), times.end());
    }
  }

  // To a place on this page, or to one of its posts: "#p3", "?post=3", "/live/a/p3".
  [[nodiscard]] bool leads_to_itself(std::string_view href) const {
    href = ascii_trimmed(href);
    if (href.empty() || href.front() == '#' || href.front() == '?') return true;
    const bool is_path = href.front() == '/' && !href.starts_with("//");
    const std::string_view own = is_path ? path_ : address_;
    if (path_.size() < 2) return false;
    const std::string_view to = is_path ? href : bare_address(href);
    if (!to.starts_with(own)) return false;
    return to.size() == own.size() || std::string_view{"/?#"}.find(to[own.size()]) != npos;
  }

  static constexpr std::size_t npos = std::string_view::npos;
  static constexpr std::uint32_t most_nodes = 40;  // of a post that are looked at

  const PageTree& tree_;
  const std::vector<Marks>& marks_;
  const TextSums& sums_;
  std::string_view address_;  // of the page, without scheme and query
  std::string_view path_;
};

}  // namespace

bool has_time_of_day(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const bool is_number =
        is_ascii_digit(text[at]) && (at == 0 || !is_part_of_number(text[at - 1]));
    if (is_number && begins_with_time_of_day(text.substr(at))) return true;
    ++at;
  }
  return false;
}

LivePosts find_live_posts(const PageTree& tree, const std::vector<Marks>& marks,
                          const TextSums& sums, std::string_view address) {
  return PostSearch{tree, marks, sums, address}.run();
}

}  // namespace stakeout
