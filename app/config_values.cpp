#include "app/config_values.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <utility>

#include <toml++/toml.h>

#include "alerts/mail_address.h"
#include "alerts/schedule.h"
#include "alerts/smtp.h"
#include "alerts/web_post.h"
#include "app/service/metrics_address.h"
#include "app/settings.h"
#include "crawler/address_range.h"
#include "crawler/proxy.h"
#include "extractors/values/money.h"

namespace stakeout {
namespace {

std::string in_quotes(std::string_view text) {
  std::ostringstream out;
  out << toml::value<std::string>{std::string{text}};
  return std::move(out).str();
}

bool is_proxy(Kind kind) {
  return kind == Kind::proxy || kind == Kind::feed_proxy;
}

template <class T>
std::optional<std::string> fault_in(const Result<T>& read) {
  return read ? std::nullopt : std::optional{read.error().message};
}

std::optional<std::string> fault_of_count(const std::string& text) {
  const bool digits = !text.empty() && text.size() <= 6 &&
                      text.find_first_not_of("0123456789") == std::string::npos && text != "0";
  if (digits) return std::nullopt;
  return "'" + text + "' is not a whole number from 1 to 999999";
}

std::optional<std::string> fault_of_story(const std::string& text) {
  const bool is_number = !text.empty() && text.size() <= 18 && text[0] != '0' &&
                         text.find_first_not_of("0123456789") == std::string::npos;
  if (is_number) return std::nullopt;
  return "'" + text + "' is no story; write its number, as in \"story 912\" of a digest";
}

constexpr const char* for_ever = "forever";

std::optional<std::string> fault_of_keeping_time(const std::string& text) {
  if (text == for_ever) return std::nullopt;
  const auto read = parse_duration(text);
  if (!read) return read.error().message + "; or write \"forever\"";
  if (*read >= std::chrono::days{1}) return std::nullopt;
  return "'" + text + "' is too short; write a day (\"1d\") at least, or \"forever\"";
}

std::optional<std::string> fault_of_proxy(Kind kind, const std::string& text) {
  if (text.empty() || (kind == Kind::feed_proxy && text == "direct")) return std::nullopt;
  return fault_in(parse_proxy(text));
}

std::optional<std::string> fault_of_choice(const std::string& text,
                                           std::initializer_list<std::string_view> words) {
  std::string known;
  for (const std::string_view word : words) {
    if (text == word) return std::nullopt;
    known += (known.empty() ? "\"" : " or \"") + std::string{word} + "\"";
  }
  return "'" + text + "' is not " + known;
}

// Of the kinds that the sending of digests needs.
std::optional<std::string> fault_of_mail(Kind kind, const std::string& text) {
  if (kind == Kind::mail_addresses) {
    if (is_mail_address(text)) return std::nullopt;
    return "'" + text + "' is no mail address; write one such as \"desk@example.org\"";
  }
  if (kind == Kind::post_addresses) return fault_in(check_post_url(text));
  if (kind == Kind::when_empty) return fault_of_choice(text, {"quiet", "send"});
  if (text.empty()) return std::nullopt;
  if (kind == Kind::mail_server) return fault_in(check_smtp_url(text));
  if (kind == Kind::mailbox) return fault_in(parse_mailbox(text));
  if (kind == Kind::schedule) return fault_in(parse_schedule(text));
  if (kind == Kind::tls_use) return fault_of_choice(text, {"required", "off"});
  return std::nullopt;
}

}  // namespace

int count_of(const Value& value) {
  return std::atoi(text_of(value).c_str());
}

std::vector<std::int64_t> numbers_of(const Value& value) {
  std::vector<std::int64_t> numbers;
  for (const std::string& text : texts_of(value)) numbers.push_back(std::stoll(text));
  return numbers;
}

std::chrono::milliseconds duration_of(const Value& value) {
  return parse_duration(text_of(value)).value();
}

std::optional<std::chrono::milliseconds> keeping_time_of(const Value& value) {
  return text_of(value) == for_ever ? std::nullopt : std::optional{duration_of(value)};
}

std::vector<std::chrono::milliseconds> durations_of(const Value& value) {
  std::vector<std::chrono::milliseconds> durations;
  for (const std::string& text : texts_of(value)) durations.push_back(parse_duration(text).value());
  return durations;
}

bool is_list(Kind kind) {
  return kind == Kind::texts || kind == Kind::intervals || kind == Kind::paths ||
         kind == Kind::address_ranges || kind == Kind::mail_addresses ||
         kind == Kind::post_addresses || kind == Kind::story_numbers;
}

bool is_numeric(Kind kind) {
  return kind == Kind::count || kind == Kind::duration || kind == Kind::time_limit ||
         kind == Kind::keeping_time || kind == Kind::size || kind == Kind::story_numbers ||
         kind == Kind::amount;
}

std::optional<std::string> fault_of(Kind kind, const std::string& text) {
  if (kind == Kind::count) return fault_of_count(text);
  if (kind == Kind::duration || kind == Kind::time_limit || kind == Kind::intervals) {
    const auto read = parse_duration(text);
    if (!read) return read.error().message;
    if (kind != Kind::duration && read->count() == 0)
      return "'" + text + "' leaves no time; write a duration above zero";
  }
  if (kind == Kind::keeping_time) return fault_of_keeping_time(text);
  if (kind == Kind::size) {
    const auto read = parse_size(text);
    if (!read) return read.error().message;
    if (*read == 0) return "'" + text + "' leaves no room; write a size above zero";
  }
  if (kind == Kind::address_ranges) {
    if (const auto read = parse_address_range(text); !read)
      return "'" + text + "': " + read.error().message;
  }
  if (kind == Kind::story_numbers) return fault_of_story(text);
  if (kind == Kind::amount) return fault_in(parse_amount(text));
  if (kind == Kind::currency && !Currency::make(text))
    return "'" + text + "' is no currency code such as \"USD\"";
  if (kind == Kind::metrics_address && !text.empty()) return fault_in(parse_metrics_address(text));
  if (is_proxy(kind)) return fault_of_proxy(kind, text);
  return fault_of_mail(kind, text);
}

Result<Value> checked(Kind kind, const std::string& text) {
  if (is_list(kind)) {
    std::istringstream words{text};
    std::vector<std::string> texts;
    for (std::string word; words >> word;) texts.push_back(word);
    return checked_list(kind, std::move(texts));
  }
  if (const auto fault = fault_of(kind, text)) return fail(*fault);
  return Value{text};
}

Result<Value> checked_list(Kind kind, std::vector<std::string> texts) {
  std::string faults;
  for (const std::string& text : texts) {
    if (const auto fault = fault_of(kind, text)) faults += (faults.empty() ? "" : "; ") + *fault;
  }
  if (!faults.empty()) return fail(faults);
  if (kind == Kind::intervals) {
    const auto durations = durations_of(Value{texts});
    if (std::ranges::adjacent_find(durations, std::greater_equal{}) != durations.end())
      return fail("each of these has to be longer than the one before");
    constexpr std::chrono::days longest{31};  // an article that is older is not looked at
    for (std::size_t i = 0; i < durations.size(); ++i) {
      if (durations[i] > longest)
        return fail("'" + texts[i] +
                    "' is longer than 31d, after which no page is looked at again");
    }
  }
  return Value{std::move(texts)};
}

std::string printed(Kind kind, const Value& value) {
  if (is_proxy(kind)) return in_quotes(without_password(text_of(value)));
  if (const auto* text = std::get_if<std::string>(&value)) return in_quotes(*text);
  std::string out = "[";
  for (const std::string& text : texts_of(value))
    out += (out.size() > 1 ? ", " : "") + in_quotes(text);
  return out + "]";
}

}  // namespace stakeout
