#include "tests/support/news_wire.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace stakeout {
namespace {

constexpr std::size_t articles_a_day = 2'000;
constexpr std::size_t hosts = 500;
constexpr std::size_t tail_names = 300'000;
constexpr std::size_t beat_count = 400;
constexpr std::size_t recent_events = 60;
constexpr std::size_t recent_sources = 200;
constexpr std::size_t people_of_event = 6;

// A name of the tail by its number: two to four syllables, no two names alike.
std::string name_of(std::size_t number) {
  static constexpr std::array syllables = {"bar", "den", "fol", "gri", "hal", "jor", "kel", "lum",
                                           "mir", "nov", "ost", "per", "qua", "ros", "sil", "tor",
                                           "ulm", "ver", "wen", "yar", "zel", "cam", "dra", "eth"};
  std::string name;
  do {
    name += syllables[number % syllables.size()];
    number /= syllables.size();
  } while (number > 0);
  name += "o";
  name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return name;
}

std::string capitalised(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') words.front() -= 'a' - 'A';
  return words;
}

Entity listed(EntityKind kind, const std::string& name, std::size_t number) {
  static constexpr std::array categories = {"spyware", "data-broker", "biometrics", "drones"};
  Entity entity;
  entity.kind = kind;
  entity.name = name;
  entity.category = kind == EntityKind::vendor ? categories[number % categories.size()] : "border";
  return entity;
}

}  // namespace

std::string news_page(const WireArticle& article) {
  std::string page = "<!doctype html><html><head><title>" + article.title +
                     "</title><meta property=\"article:published_time\" content=\"" +
                     to_rfc3339(article.published) + "\"><style>";
  for (int i = 0; i < 300; ++i) page += fmt::format(".box-{} {{ margin: {}px }}\n", i, i);
  page += "</style><script>";
  for (int i = 0; i < 600; ++i) page += fmt::format("window.slots.push(['slot-{}', {}]);\n", i, i);
  page += "</script></head><body><header><nav><ul>";
  for (int i = 0; i < 120; ++i) {
    page += fmt::format("<li class=\"item\"><a href=\"/section/{}\">Section {}</a></li>", i, i);
  }
  page += "</ul></nav></header><main><article><h1>" + article.title + "</h1>";
  for (std::size_t at = 0; at < article.text.size();) {
    const std::size_t end = std::min(article.text.find("\n\n", at), article.text.size());
    page += "<p>" + article.text.substr(at, end - at) + "</p>";
    at = end + 2;
  }
  page += "</article></main><aside>";
  for (int i = 0; i < 60; ++i) {
    page += fmt::format(
        "<div class=\"card\"><a href=\"/read/{}\"><img src=\"/{}.jpg\" alt=\"\"></a>"
        "<span>More {}</span></div>",
        i, i, i);
  }
  return page + "</aside><footer><p>All rights reserved.</p></footer></body></html>";
}

NewsWire::NewsWire(const std::filesystem::path& word_frequency, std::uint32_t seed)
    : chance_{seed} {
  std::ifstream table{word_frequency};
  if (!table) throw std::runtime_error{"no word table at " + word_frequency.string()};
  std::vector<double> weights;
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream cells{line};
    double tenths = 0;
    cells >> tenths;
    for (std::string word; cells >> word;) {
      words_.push_back(word);
      weights.push_back(std::exp(-tenths / 10));
    }
  }
  word_choice_ = std::discrete_distribution<std::size_t>{weights.begin(), weights.end()};
  for (std::size_t i = 0; i < beat_count; ++i) {
    beats_.push_back(name_of(tail_names + 2 * i) + " " + name_of(tail_names + 2 * i + 1));
  }
  for (std::size_t i = 0; i < 200; ++i) {
    watchlist_.push_back(listed(EntityKind::vendor, name_of(2 * tail_names + i) + " Analytics", i));
  }
  vendors_ = watchlist_.size();
  for (std::size_t i = 0; i < 50; ++i) {
    watchlist_.push_back(
        listed(EntityKind::agency, name_of(3 * tail_names + i) + " Border Police", i));
  }
  begin_event();
}

std::size_t NewsWire::below(std::size_t count) {
  return std::uniform_int_distribution<std::size_t>{0, count - 1}(chance_);
}

bool NewsWire::happens(double chance) {
  return std::bernoulli_distribution{chance}(chance_);
}

// Ranks are drawn log-uniformly, which is Zipf's law.
std::string NewsWire::name() {
  const double rank = std::exp(std::uniform_real_distribution{0.0, std::log(tail_names)}(chance_));
  return name_of(static_cast<std::size_t>(rank) - 1);
}

std::string NewsWire::word() {
  return words_[word_choice_(chance_)];
}

std::string NewsWire::sentence(const std::vector<std::string>& people) {
  std::string out = capitalised(word());
  for (std::size_t words = 8 + below(18); words > 0; --words) {
    out += ' ';
    if (happens(0.03)) {
      out += people[below(people.size())];
    } else if (happens(0.01)) {
      const double rank =
          std::exp(std::uniform_real_distribution{0.0, std::log(beat_count)}(chance_));
      out += beats_[static_cast<std::size_t>(rank) - 1];
    } else if (happens(0.06)) {
      out += name();
    } else if (happens(0.02)) {
      out += std::to_string(2 + below(900));
    } else {
      out += word();
    }
  }
  return out + ".";
}

std::string NewsWire::deal_sentence() {
  static constexpr std::array months = {"January", "March", "May", "July", "October", "December"};
  const Entity& vendor = watchlist_[below(vendors_)];
  const Entity& agency = watchlist_[vendors_ + below(watchlist_.size() - vendors_)];
  return vendor.name + " signed a $" + std::to_string(2 + below(400)) +
         " million contract with the " + agency.name + " on " + months[below(months.size())] + " " +
         std::to_string(1 + below(28)) + ", 2024.";
}

void NewsWire::begin_event() {
  people_.clear();
  for (std::size_t i = 0; i < people_of_event; ++i) people_.push_back(name() + " " + name());
  events_.push_back(people_);
  if (events_.size() > recent_events) events_.pop_front();
}

NewsWire::Source NewsWire::new_source() {
  if (happens(0.6)) begin_event();
  const std::vector<std::string>& people = events_[below(events_.size())];
  Source source;
  source.number = sources_++;
  source.title = capitalised(word()) + " " + word() + " " + people.front() + " " + word();
  for (std::size_t paragraphs = 4 + below(9); paragraphs > 0; --paragraphs) {
    std::string paragraph = sentence(people);
    for (std::size_t more = 1 + below(3); more > 0; --more) paragraph += " " + sentence(people);
    source.paragraphs.push_back(paragraph);
  }
  if (happens(0.1)) {
    source.deal = deal_sentence();
    source.paragraphs[1] += " " + source.deal;
  }
  if (happens(0.2)) {
    source.copies_left =
        static_cast<std::size_t>(std::exp(std::uniform_real_distribution{0.7, 3.0}(chance_)));
  }
  return source;
}

WireArticle NewsWire::next() {
  const bool is_copy = !printed_.empty() && happens(0.45);
  const std::size_t at = is_copy ? below(printed_.size()) : 0;
  Source source = is_copy ? printed_[at] : new_source();
  WireArticle article;
  article.source = source.number;
  article.title = source.title;
  article.deal = source.deal;
  // A copy loses one of its later paragraphs.
  const std::size_t lost =
      is_copy ? 2 + below(source.paragraphs.size() - 2) : source.paragraphs.size();
  for (std::size_t i = 0; i < source.paragraphs.size(); ++i) {
    if (i == lost) continue;
    if (!article.text.empty()) article.text += "\n\n";
    article.text += source.paragraphs[i];
  }
  const std::string number = std::to_string(articles_);
  article.url = "https://outlet" + std::to_string(below(hosts)) + ".example/" + number;
  article.published =
      make_timestamp(2025, 1, 6) + static_cast<std::int64_t>(articles_ * 86'400 / articles_a_day);
  ++articles_;
  if (is_copy) {
    if (--printed_[at].copies_left == 0)
      printed_.erase(printed_.begin() + static_cast<std::ptrdiff_t>(at));
  } else if (source.copies_left > 0) {
    printed_.push_back(std::move(source));
    if (printed_.size() > recent_sources) printed_.pop_front();
  }
  return article;
}

}  // namespace stakeout
