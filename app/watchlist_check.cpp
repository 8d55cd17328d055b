#include "app/watchlist_check.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "app/edit_distance.h"
#include "extractors/facts/alias_risk.h"
#include "extractors/facts/categories.h"
#include "extractors/text/country_codes.h"
#include "extractors/text/unicode.h"

namespace stakeout {
namespace {

// An entity as one line of a file gives it, and as it is when all files are merged.
struct Row {
  const NamedWatchlist* list = nullptr;
  std::size_t line = 0;
  const Entity* given = nullptr;
  const Entity* merged = nullptr;

  [[nodiscard]] std::string place() const { return list->name + ":" + std::to_string(line); }
};

constexpr std::size_t longest_compared = 200;  // bytes of a word whose nearest is looked for

std::string form_key(std::string_view form) {
  return fold_accents(collapse_white_space(form));
}

std::string quoted(const std::string& words) {
  return "'" + words + "'";
}

class WatchlistChecker {
 public:
  explicit WatchlistChecker(const std::vector<NamedWatchlist>& files) : files_{files} {
    for (const NamedWatchlist& list : files) merged_.merge(list.file.entities);
    for (const NamedWatchlist& list : files) {
      for (std::size_t i = 0; i < list.file.entities.size(); ++i) add_row(list, i);
    }
    for (const Entity& entity : merged_.entities()) {
      ++names_[fold_case(entity.name)];
      if (!entity.wikidata.empty()) by_wikidata_[entity.wikidata].push_back(&entity);
      claim(entity, entity.name);
      for (const std::string& alias : entity.aliases) claim(entity, alias);
    }
  }

  std::vector<WatchlistFinding> check() {
    for (const NamedWatchlist& list : files_) {
      if (list.is_checked) check_lines(list);
    }
    for (const Row& row : rows_) {
      if (!row.list->is_checked) continue;
      check_twice(row);
      check_forms(row);
      check_words(row);
      check_parent(row);
      check_wikidata(row);
    }
    std::stable_sort(findings_.begin(), findings_.end(), [&](const auto& a, const auto& b) {
      return std::tuple{place_of(a.file), a.line} < std::tuple{place_of(b.file), b.line};
    });
    return std::move(findings_);
  }

 private:
  void add_row(const NamedWatchlist& list, std::size_t i) {
    const Entity& given = list.file.entities[i];
    const Entity* merged = merged_.find(given.kind, given.name);
    first_row_.try_emplace(merged, rows_.size());
    used_lines_.emplace(&list, list.file.lines[i]);
    rows_.push_back({&list, list.file.lines[i], &given, merged});
  }

  void claim(const Entity& entity, const std::string& form) {
    auto& owners = owners_[form_key(form)];
    if (std::find(owners.begin(), owners.end(), &entity) == owners.end()) {
      owners.push_back(&entity);
    }
  }

  [[nodiscard]] std::size_t place_of(const std::string& file) const {
    const auto at = std::find_if(files_.begin(), files_.end(),
                                 [&](const NamedWatchlist& list) { return list.name == file; });
    return static_cast<std::size_t>(at - files_.begin());
  }

  void error(const Row& row, std::string what, std::string advice) {
    findings_.push_back(
        {true, row.list->name, row.line, row.given->name, std::move(what), std::move(advice)});
  }
  void warn(const Row& row, std::string what, std::string advice) {
    findings_.push_back(
        {false, row.list->name, row.line, row.given->name, std::move(what), std::move(advice)});
  }

  // Lines that the reader of the file could not use, in whole or in part: "FILE:LINE: reason".
  void check_lines(const NamedWatchlist& list) {
    for (const std::string& warning : list.file.warnings) {
      std::string_view rest = std::string_view{warning}.substr(list.name.size() + 1);
      const std::size_t colon = rest.find(':');
      const std::size_t line = std::stoul(std::string{rest.substr(0, colon)});
      rest.remove_prefix(colon + 2);
      findings_.push_back({true, list.name, line, "", std::string{rest}, advice_for(list, line)});
    }
  }

  [[nodiscard]] std::string advice_for(const NamedWatchlist& list, std::size_t line) const {
    if (!list.file.is_readable) return "save it as CSV in UTF-8; nothing of it is used";
    return used_lines_.contains({&list, line}) ? "mend the cell; the line is used without it"
                                               : "mend the line; it is not used";
  }

  void check_twice(const Row& row) {
    const Row& first = rows_[first_row_.at(row.merged)];
    if (&first != &row) {
      if (first.list == row.list) {
        error(row, "is listed already in line " + std::to_string(first.line),
              "put the two lines into one");
      } else if (first.list->is_checked) {
        warn(row, "is listed already at " + first.place() + ", which this line overrides",
             "put the two lines into one, if that is not what you want");
      }
      return;
    }
    if (names_[fold_case(row.merged->name)] > 1) {
      warn(row, "is the name of a vendor and of an agency",
           "keep one of the two, or tell them apart by their names");
    }
  }

  void check_forms(const Row& row) {
    std::set<std::string> seen{row.given->name};
    check_form(row, row.given->name);
    for (const std::string& alias : row.given->aliases) {
      if (alias == "-") continue;
      if (!seen.insert(alias).second) {
        warn(row, "has " + quoted(alias) + " twice", "leave one out");
        continue;
      }
      check_form(row, alias);
    }
  }

  void check_form(const Row& row, const std::string& form) {
    const Entity& entity = *row.merged;
    for (const Entity* other : owners_[form_key(form)]) {
      if (other == &entity) continue;
      // Where both have context words, a text goes to the one that its words speak for.
      if (!entity.context.empty() && !other->context.empty()) continue;
      error(row, quoted(form) + " is a name of " + other->name + " as well",
            "give it to one of the two, or give both context words: a text then goes to the one "
            "that its words speak for");
      break;
    }
    if (std::any_of(entity.context.begin(), entity.context.end(),
                    [&](const std::string& word) { return form_key(word) == form_key(form); })) {
      warn(row, quoted(form) + " is among its own context words, so that it always counts",
           "take it out of the context words");
    }
    const auto risk = risk_of_alias(form);
    if (risk && entity.context.empty()) {
      warn(row, quoted(form) + " " + *risk,
           "add context words (the column 'context'), or leave it out; see what it finds with: "
           "stakeout watchlist try '" +
               form + "'");
    }
  }

  void check_words(const Row& row) {
    const std::string& category = row.merged->category;
    std::vector<std::string> known;
    for (const Category& each : known_categories()) known.emplace_back(each.word);
    if (category.empty()) {
      warn(row, "has no category",
           "give it one, such as " + known.front() + "; --category and digests go by it");
    } else if (std::find(known.begin(), known.end(), category) == known.end()) {
      const std::string near = nearest_word(known, category);
      warn(row, "is of the unknown category " + quoted(category),
           near.empty()
               ? "use one of the known ones (stakeout watchlist check --help), or leave it "
                 "when it is a word of your own"
               : "did you mean " + near + "?");
    }
    const std::string& country = row.given->country;
    if (!country.empty() && country != "-" && !is_known_country(country)) {
      error(row, "is of the unknown country " + quoted(country),
            "use the two letters of ISO 3166, such as de or us, or eu, un, int");
    }
  }

  void check_parent(const Row& row) {
    const std::string& name = row.given->parent;
    if (name.empty() || name == "-") return;
    std::vector<const Entity*> line{row.merged};
    for (std::string parent = row.merged->parent; !parent.empty() && parent != "-";) {
      const Entity* next = find_any(line.back()->kind, parent);
      if (next == nullptr) {
        if (line.size() == 1) warn_of_parent(row, parent);
        return;
      }
      if (next == row.merged) {
        error(row, "is its own parent" + (line.size() == 1 ? "" : " by way of " + quoted(name)),
              "leave the parent of one of them empty");
        return;
      }
      // A loop further up is told where it is.
      if (std::find(line.begin(), line.end(), next) != line.end()) return;
      line.push_back(next);
      parent = next->parent;
    }
  }

  void warn_of_parent(const Row& row, const std::string& parent) {
    std::vector<std::string> names;
    for (const Entity& entity : merged_.entities()) {
      if (entity.kind == row.merged->kind) names.push_back(entity.name);
    }
    const auto owners = owners_.find(form_key(parent));
    const std::string near =
        owners != owners_.end() ? owners->second.front()->name : nearest_word(names, parent);
    warn(row, "has the parent " + quoted(parent) + ", which is on no list",
         near.empty() ? "list it, or leave the parent empty: filters by the parent do not find it"
                      : "did you mean " + quoted(near) + "?");
  }

  [[nodiscard]] const Entity* find_any(EntityKind kind, const std::string& name) const {
    const Entity* found = merged_.find(kind, name);
    if (found != nullptr) return found;
    return merged_.find(kind == EntityKind::vendor ? EntityKind::agency : EntityKind::vendor, name);
  }

  void check_wikidata(const Row& row) {
    const std::string& id = row.given->wikidata;
    if (id.empty() || id == "-") return;
    for (const Entity* other : by_wikidata_[id]) {
      if (other == row.merged) continue;
      warn(row, "has the Wikidata id of " + other->name + ", " + id,
           "look it up at https://www.wikidata.org/wiki/" + id);
      return;
    }
  }

  const std::vector<NamedWatchlist>& files_;
  Watchlist merged_;
  std::vector<Row> rows_;
  std::map<const Entity*, std::size_t> first_row_;
  std::set<std::pair<const NamedWatchlist*, std::size_t>> used_lines_;
  std::map<std::string, int> names_;
  std::map<std::string, std::vector<const Entity*>> owners_;  // by form_key()
  std::map<std::string, std::vector<const Entity*>> by_wikidata_;
  std::vector<WatchlistFinding> findings_;
};

}  // namespace

std::vector<WatchlistFinding> check_watchlists(const std::vector<NamedWatchlist>& files) {
  return WatchlistChecker{files}.check();
}

std::string nearest_word(const std::vector<std::string>& known, const std::string& word) {
  const std::string* nearest = nullptr;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t lengths = candidate.size() > word.size() ? candidate.size() - word.size()
                                                               : word.size() - candidate.size();
    if (lengths >= least || word.size() > longest_compared) continue;
    const std::size_t distance = edit_distance(fold_case(candidate), fold_case(word));
    if (distance >= least) continue;
    least = distance;
    nearest = &candidate;
  }
  return nearest == nullptr ? "" : *nearest;
}

}  // namespace stakeout
