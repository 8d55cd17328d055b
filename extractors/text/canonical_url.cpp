#include "extractors/text/canonical_url.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "extractors/text/ascii.h"
#include "extractors/text/table.h"

namespace stakeout {

std::string_view url_parameters_table();

namespace {

// Addresses that are longer carry no other one: each level of wrapping costs a pass over it.
constexpr std::size_t longest_wrapper = 8'192;

// Names of one kind: whole ones, and those with a "*".
class NameSet {
 public:
  void add(std::string_view name) {
    const std::string folded = ascii_lower(name);
    const std::size_t star = folded.find('*');
    if (star == std::string::npos) {
      whole_.insert(folded);
    } else {
      patterns_.emplace_back(folded.substr(0, star), folded.substr(star + 1));
    }
  }

  [[nodiscard]] bool contains(std::string_view name) const {
    const std::string folded = ascii_lower(name);
    return whole_.contains(folded) || std::ranges::any_of(patterns_, [&](const auto& pattern) {
             const auto& [head, tail] = pattern;
             return folded.size() >= head.size() + tail.size() && folded.starts_with(head) &&
                    folded.ends_with(tail);
           });
  }

 private:
  std::unordered_set<std::string> whole_;
  std::vector<std::pair<std::string, std::string>> patterns_;
};

struct Redirect {
  std::string_view path;  // "*": any
  std::vector<std::string_view> parameters;
};

// The rows of data/url_parameters.tsv for one site.
struct SiteRules {
  NameSet parameters;
  NameSet sessions;
  std::vector<Redirect> redirects;
  std::vector<std::string_view> caches;
};

using Rules = std::unordered_map<std::string_view, SiteRules>;

Rules read_rules() {
  Rules rules;
  for (const auto& row : read_table(url_parameters_table())) {
    SiteRules& site = rules[row.at(1)];
    const std::string_view kind = row.at(0);
    if (kind == "parameter") site.parameters.add(row.at(2));
    if (kind == "session") site.sessions.add(row.at(2));
    if (kind == "redirect") site.redirects.push_back({row.at(2), {row.begin() + 3, row.end()}});
    if (kind == "cache") site.caches.push_back(row.at(2));
  }
  return rules;
}

// The rules that hold for a host: its own, those of each domain it lies in, those of a name under
// any suffix ("google.*"), and everybody's. The root's dot at the end does not matter.
std::vector<const SiteRules*> rules_for(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  static const Rules rules = read_rules();
  std::vector<const SiteRules*> found;
  const auto add = [&](std::string_view site) {
    if (const auto it = rules.find(site); it != rules.end()) found.push_back(&it->second);
  };
  add("*");
  for (std::string_view domain = host;;) {
    add(domain);
    const std::size_t dot = domain.find('.');
    if (dot == std::string_view::npos) return found;
    // A national suffix has one label or two: "google.de", "google.co.uk".
    if (std::ranges::count(domain, '.') <= 2) add(std::string{domain.substr(0, dot)} + ".*");
    domain.remove_prefix(dot + 1);
  }
}

template <class Test>
bool any_rule(const std::vector<const SiteRules*>& rules, const Test& test) {
  return std::ranges::any_of(rules, [&](const SiteRules* site) { return test(*site); });
}

struct Parts {
  std::string_view path;
  std::string_view query;     // without "?"
  std::string_view fragment;  // without "#"
};

Parts parts_of(const Url& url) {
  const std::string_view whole = url.path_and_query();
  const std::size_t mark = whole.find('?');
  Parts parts{whole.substr(0, mark), {}, {}};
  if (mark != std::string_view::npos) parts.query = whole.substr(mark + 1);
  const std::string_view text = url.text();
  const std::size_t hash = text.find('#');
  if (hash != std::string_view::npos) parts.fragment = text.substr(hash + 1);
  return parts;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t end = text.find(separator);
    pieces.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return pieces;
    text.remove_prefix(end + 1);
  }
}

std::string_view name_of(std::string_view parameter) {
  return parameter.substr(0, parameter.find('='));
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char l = ascii_lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

std::string without_escapes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                           hex_value(text[i + 2]) >= 0;
    if (is_escape) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::optional<Url> usable(std::string_view address) {
  auto url = parse_url(address);
  return url ? std::optional{std::move(*url)} : std::nullopt;
}

std::optional<Url> parameter_target(const Redirect& redirect, const Parts& parts) {
  if (redirect.path != "*" && redirect.path != parts.path) return std::nullopt;
  for (const std::string_view wanted : redirect.parameters) {
    for (const std::string_view parameter : split(parts.query, '&')) {
      const std::string_view name = name_of(parameter);
      if (name != wanted || name.size() == parameter.size()) continue;
      if (auto target = usable(without_escapes(parameter.substr(name.size() + 1)))) return target;
    }
  }
  return std::nullopt;
}

// "/c/s/example.org/story" in an AMP cache is https://example.org/story.
std::optional<Url> cached_target(std::string_view prefix, const Url& url) {
  std::string_view rest = url.path_and_query();
  if (!rest.starts_with(prefix)) return std::nullopt;
  rest.remove_prefix(prefix.size());
  const bool is_https = rest.starts_with("s/");
  if (is_https) rest.remove_prefix(2);
  // A host has a dot; what has none is another page of the cache's own site.
  if (rest.substr(0, rest.find('/')).find('.') == std::string_view::npos) return std::nullopt;
  return usable((is_https ? "https://" : "http://") + std::string{rest});
}

std::string canonical_path(std::string_view path, const std::vector<const SiteRules*>& rules) {
  const auto is_session = [&](std::string_view name) {
    return any_rule(rules, [&](const SiteRules& site) { return site.sessions.contains(name); });
  };
  std::string out;
  for (const std::string_view segment : split(path.substr(1), '/')) {
    const std::vector<std::string_view> pieces = split(segment, ';');
    if (pieces.size() == 1 && segment.starts_with('(') && is_session(segment)) continue;
    out += '/';
    out += pieces.front();
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      if (is_session(name_of(pieces[i]))) continue;
      out += ';';
      out += pieces[i];
    }
  }
  return out.empty() ? "/" : out;
}

std::string canonical_query(std::string_view query, const std::vector<const SiteRules*>& rules) {
  std::vector<std::string_view> kept;
  for (const std::string_view parameter : split(query, '&')) {
    const bool is_dropped = parameter.empty() || any_rule(rules, [&](const SiteRules& site) {
                              return site.parameters.contains(name_of(parameter));
                            });
    if (!is_dropped) kept.push_back(parameter);
  }
  std::ranges::stable_sort(kept, {}, name_of);
  std::string out;
  for (const std::string_view parameter : kept) {
    out += out.empty() ? '?' : '&';
    out += parameter;
  }
  return out;
}

std::string canonical_origin(const Url& url) {
  std::string host = url.host();
  if (host.ends_with('.')) host.pop_back();
  const bool usual = url.port() == (url.scheme() == "http" ? 80 : 443);
  return usual ? "https://" + host : url.scheme() + "://" + host + ":" + std::to_string(url.port());
}

// Where an address leads that only leads on.
std::optional<Url> target_of(const Url& url, const std::vector<const SiteRules*>& rules) {
  const Parts parts = parts_of(url);
  for (const SiteRules* site : rules) {
    for (const Redirect& redirect : site->redirects) {
      if (auto target = parameter_target(redirect, parts)) return target;
    }
    for (const std::string_view prefix : site->caches) {
      if (auto target = cached_target(prefix, url)) return target;
    }
  }
  return std::nullopt;
}

// The canonical form of an address that leads nowhere else.
std::string plain_form(const Url& url, const std::vector<const SiteRules*>& rules) {
  const Parts parts = parts_of(url);
  const bool keeps_fragment = parts.fragment.starts_with('!');
  return canonical_origin(url) + canonical_path(parts.path, rules) +
         canonical_query(parts.query, rules) +
         (keeps_fragment ? "#" + std::string{parts.fragment} : "");
}

}  // namespace

std::string canonical_url(const Url& given) {
  Url url = given;
  while (true) {
    const std::vector<const SiteRules*> rules = rules_for(url.host());
    std::string plain = plain_form(url, rules);
    const auto clean = parse_url(plain);
    auto target =
        clean && plain.size() <= longest_wrapper ? target_of(*clean, rules) : std::nullopt;
    // What is wrapped is shorter than its wrapper, so this comes to an end.
    if (!target || target->text().size() >= plain.size()) return plain;
    url = std::move(*target);
  }
}

}  // namespace stakeout
