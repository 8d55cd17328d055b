// Reading the settings, from files and environment, by the keys of config_keys.h.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <utility>

#include <toml++/toml.h>

#include "alerts/smtp.h"
#include "app/config_keys.h"
#include "app/config_values.h"
#include "app/edit_distance.h"
#include "app/settings.h"
#include "crawler/proxy.h"
#include "extractors/values/words.h"

namespace stakeout {
namespace {

namespace fs = std::filesystem;

template <class Table>
std::string unknown_key(const std::string& key, const Table& table) {
  const auto nearest = std::ranges::min_element(
      table, {}, [&](const auto& known) { return edit_distance(known.key, key); });
  return "unknown setting '" + key + "'; the nearest known one is '" + std::string{nearest->key} +
         "'";
}

// A relative path, as seen from the folder of the settings file.
std::string placed(const std::string& path, const fs::path& folder) {
  if (path.empty() || fs::path{path}.is_absolute()) return path;
  return (folder / path).lexically_normal().string();
}

// A text, or a bare number where one may stand for it.
std::optional<std::string> text_in(const toml::node& node, Kind kind) {
  if (const auto text = node.value_exact<std::string>()) return text;
  const auto number = node.value_exact<std::int64_t>();
  return number && is_numeric(kind) ? std::optional{std::to_string(*number)} : std::nullopt;
}

Result<Value> list_of(const toml::node& node, Kind kind, const fs::path& folder) {
  std::vector<std::string> texts;
  const auto add = [&](const toml::node& item) {
    const auto text = text_in(item, kind);
    if (text) texts.push_back(kind == Kind::paths ? placed(*text, folder) : *text);
    return text.has_value();
  };
  const toml::array* const array = node.as_array();
  const bool is_right = array == nullptr ? add(node) : std::ranges::all_of(*array, add);
  if (!is_right) {
    return fail(std::string{"a list of "} + (is_numeric(kind) ? "numbers" : "texts") +
                " is wanted here");
  }
  return checked_list(kind, std::move(texts));
}

Result<Value> value_of(const toml::node& node, Kind kind, const fs::path& folder) {
  if (is_list(kind)) return list_of(node, kind, folder);
  const auto text = text_in(node, kind);
  if (!text) return fail("a text in quotes is wanted here");
  if (const auto fault = fault_of(kind, *text)) return fail(*fault);
  return Value{kind == Kind::path ? placed(*text, folder) : *text};
}

struct Reading {
  struct Setting {
    Value value;
    std::string origin;
  };
  std::map<std::string_view, Setting> settings;  // by key
  std::vector<DigestSettings> digests;
  std::vector<FeedSettings> feeds;
  std::vector<SettingLine> table_lines;  // of [[feed]] and [[digest]]
  std::vector<std::string> faults;       // of the files, in the order of reading
};

// Goes on after a fault, so that all of them are told at once.
void note(const Result<void>& read, std::vector<std::string>& faults) {
  if (!read) faults.push_back(read.error().message);
}

std::string place_of(const toml::node& node, const fs::path& file) {
  return file.string() + ":" + std::to_string(node.source().begin.line);
}

// Fills `target` by the keys of one [[NAME]], and adds their lines as NAME[INDEX].KEY. False when
// there were faults.
template <class Target, class Keys>
bool read_table(const toml::table& table, const fs::path& file, const std::string& name,
                std::size_t index, const Keys& keys, Target& target, Reading& reading) {
  const std::size_t faults_before = reading.faults.size();
  for (const auto& [key, node] : table) {
    const std::string word{key.str()};
    const auto known =
        std::ranges::find_if(keys, [&](const auto& each) { return each.key == word; });
    if (known == std::end(keys)) {
      reading.faults.push_back(place_of(node, file) + ": in [[" + name +
                               "]]: " + unknown_key(word, keys));
      continue;
    }
    const auto value = value_of(node, known->kind, file.parent_path());
    if (!value) {
      reading.faults.push_back(place_of(node, file) + ": " + word + ": " + value.error().message);
      continue;
    }
    known->set(target, *value);
    reading.table_lines.push_back({name + "[" + std::to_string(index) + "]." + word,
                                   printed(known->kind, *value), place_of(node, file)});
  }
  return reading.faults.size() == faults_before;
}

std::string nearest_kind(const std::string& word) {
  return std::string{*std::ranges::min_element(
      words_for<AlertKind>, {},
      [&](std::string_view kind) { return edit_distance(std::string{kind}, word); })};
}

// `words` are of the list `key` of a [[digest]].
void check_kinds(const toml::table& table, const fs::path& file, const char* key,
                 const std::vector<std::string>& words, Reading& reading) {
  for (const std::string& word : words) {
    if (find_word<AlertKind>(word)) continue;
    reading.faults.push_back(place_of(*table.get(key), file) + ": " + key + ": '" + word +
                             "' is no kind of alert; the nearest one is '" + nearest_kind(word) +
                             "'");
  }
}

// What its mutes say together.
void check_mutes(const toml::table& table, const fs::path& file, const DigestSettings& digest,
                 Reading& reading) {
  const auto add = [&](const char* key, const std::string& what) {
    reading.faults.push_back(place_of(*table.get(key), file) + ": " + key + ": " + what);
  };
  const std::string correction{word_of(AlertKind::correction)};
  if (std::ranges::find(digest.mute_kinds, correction) != digest.mute_kinds.end())
    add("mute_kinds", "a correction cannot be muted: it takes back what its reader was sent");
  if (table.contains("currency") && !table.contains("min_amount"))
    add("currency", "it says what min_amount counts in, and there is no min_amount");
}

// Adds the digest even where something of it is wrong, so that what others have in common with it
// is told, too.
Result<void> read_digest(const toml::table& table, const fs::path& file, Reading& reading) {
  DigestSettings digest;
  digest.origin = place_of(table, file);
  digest.is_whole =
      read_table(table, file, "digest", reading.digests.size(), digest_keys(), digest, reading);
  check_kinds(table, file, "kinds", digest.kinds, reading);
  check_kinds(table, file, "mute_kinds", digest.mute_kinds, reading);
  check_mutes(table, file, digest, reading);
  const auto other = std::ranges::find(reading.digests, digest.name, &DigestSettings::name);
  const bool is_second = other != reading.digests.end() && !digest.name.empty();
  reading.digests.push_back(digest);
  if (digest.name.empty() && (digest.is_whole || !table.contains("name")))
    return fail(digest.origin + ": a [[digest]] needs a name");
  if (is_second)
    return fail(digest.origin + ": there is a [[digest]] '" + digest.name + "' already");
  return {};
}

// The proxy that a file holds instead of the settings, since its password is a secret.
Result<void> read_proxy_file(const std::string& file, const std::string& place,
                             std::string& proxy) {
  std::ifstream stream{file};
  std::string line;
  if (!std::getline(stream, line))
    return fail(place + ": proxy_file: " + file + " cannot be read or is empty");
  line.erase(line.find_last_not_of(" \t\r") + 1);
  auto read = parse_proxy(line);
  if (!read) return fail(place + ": proxy_file: " + file + ": " + read.error().message);
  proxy = std::move(*read);
  return {};
}

Result<void> read_feed(const toml::table& table, const fs::path& file, Reading& reading) {
  FeedSettings feed;
  feed.origin = place_of(table, file);
  const bool is_whole =
      read_table(table, file, "feed", reading.feeds.size(), feed_keys(), feed, reading);
  if (feed.url.empty() && (is_whole || !table.contains("url")))
    return fail(feed.origin + ": a [[feed]] needs the url of a feed");
  if (!is_whole) return {};
  if (!feed.proxy_file.empty()) {
    if (feed.proxy) return fail(feed.origin + ": give one of proxy and proxy_file");
    const auto got = read_proxy_file(feed.proxy_file, feed.origin, feed.proxy.emplace());
    if (!got) return got;
  }
  reading.feeds.push_back(std::move(feed));
  return {};
}

using ReadTable = Result<void> (*)(const toml::table&, const fs::path&, Reading&);

// Every item of [[name]].
void read_tables(const toml::array& array, const fs::path& file, const std::string& name,
                 ReadTable read_one, Reading& reading) {
  for (const toml::node& item : array) {
    if (item.is_table()) {
      note(read_one(*item.as_table(), file, reading), reading.faults);
    } else {
      reading.faults.push_back(place_of(item, file) + ": write [[" + name + "]]");
    }
  }
}

Result<void> read_key(const std::string& key, const toml::node& node, const fs::path& file,
                      Reading& reading) {
  const auto known = std::ranges::find(known_keys(), std::string_view{key}, &KnownKey::key);
  if (known == known_keys().end())
    return fail(place_of(node, file) + ": " + unknown_key(key, known_keys()));
  auto value = value_of(node, known->kind, file.parent_path());
  if (!value) return fail(place_of(node, file) + ": " + key + ": " + value.error().message);
  reading.settings.insert_or_assign(known->key,
                                    Reading::Setting{std::move(*value), place_of(node, file)});
  return {};
}

// What the parser says of a file that is no TOML, in words for somebody who is not a parser.
std::string plain_syntax_fault(const toml::parse_error& error) {
  const std::string said{error.description()};
  const auto has = [&](const char* part) { return said.find(part) != std::string::npos; };
  const bool is_open = has("string") && (has("control character") || has("end-of-file") ||
                                         has("terminat") || has("line-break"));
  if (is_open) return "a quote is opened here that nothing closes on this line";
  if (has("redefine") || has("duplicate")) {
    const std::size_t quote = std::min(said.find('\''), said.size());  // "... existing NAME 'KEY'"
    const std::string key = said.substr(quote, said.find('\'', quote + 1) + 1 - quote);
    return (key.empty() ? "what is set here" : key) +
           " is set above already, as a value or a table; leave one of the two";
  }
  return said;
}

void read_section(const std::string& name, const toml::table& section, const fs::path& file,
                  Reading& reading) {
  for (const auto& [inner, value] : section)
    note(read_key(name + "." + std::string{inner.str()}, value, file, reading), reading.faults);
}

Result<void> read_file(const fs::path& file, Reading& reading) {
  std::error_code ignored;
  if (fs::is_directory(file, ignored))
    return fail(file.string() + ": is a folder; name the settings file in it");
  toml::table root;
  try {
    root = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    return fail(file.string() + ":" + std::to_string(error.source().begin.line) + ": " +
                plain_syntax_fault(error));
  }
  for (const auto& [key, node] : root) {
    const std::string name{key.str()};
    const ReadTable read_one = name == "digest" ? read_digest
                               : name == "feed" ? read_feed
                                                : nullptr;
    if (const toml::array* array = node.as_array(); read_one != nullptr && array != nullptr) {
      read_tables(*array, file, name, read_one, reading);
    } else if (const toml::table* section = node.as_table(); section != nullptr) {
      read_section(name, *section, file, reading);
    } else {
      note(read_key(name, node, file, reading), reading.faults);
    }
  }
  return {};
}

std::optional<std::string> variable(const ConfigEnvironment& environment, std::string_view name) {
  for (const std::string& line : environment.variables) {
    if (line.size() > name.size() && line.starts_with(name) && line[name.size()] == '=') {
      return line.substr(name.size() + 1);
    }
  }
  return std::nullopt;
}

// "fetch.per_host_delay" as STAKEOUT_FETCH__PER_HOST_DELAY.
std::string variable_name(std::string_view key) {
  std::string name = "STAKEOUT_";
  for (const char c : key) {
    if (c == '.') {
      name += "__";
    } else {
      name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  }
  return name;
}

// A variable that is meant for a key of a section, which nobody has. Those without a section may be
// another program's.
void check_variable_names(const ConfigEnvironment& environment, std::vector<std::string>& faults) {
  static constexpr std::string_view prefix = "STAKEOUT_";
  std::vector<std::string> known;
  for (const KnownKey& each : known_keys()) known.push_back(variable_name(each.key));
  for (const std::string& line : environment.variables) {
    const std::string name = line.substr(0, line.find('='));
    if (!name.starts_with(prefix) || name.find("__", prefix.size()) == std::string::npos) continue;
    if (std::ranges::find(known, name) != known.end()) continue;
    const auto nearest = std::ranges::min_element(
        known, {}, [&](const std::string& each) { return edit_distance(each, name); });
    faults.push_back("$" + name + ": it sets nothing; the nearest known one is $" + *nearest);
  }
}

void read_environment(const ConfigEnvironment& environment, Reading& reading) {
  check_variable_names(environment, reading.faults);
  for (const KnownKey& known : known_keys()) {
    const std::string name = variable_name(known.key);
    const auto text = variable(environment, name);
    if (!text) continue;
    auto value = checked(known.kind, *text);
    if (!value) {
      reading.faults.push_back("$" + name + ": " + value.error().message);
      continue;
    }
    reading.settings.insert_or_assign(known.key, Reading::Setting{std::move(*value), "$" + name});
  }
}

// The faults by file and line.
std::vector<std::string> by_place(std::vector<std::string> faults) {
  // "FILE:LINE: WORDS"
  const auto place = [](const std::string& fault) {
    const std::string where = fault.substr(0, fault.find(": "));
    const std::size_t colon = std::min(where.rfind(':'), where.size());
    return std::pair{where.substr(0, colon),
                     std::atoi(where.c_str() + std::min(colon + 1, where.size()))};
  };
  std::ranges::stable_sort(faults, {}, place);
  return faults;
}

// The settings file to read, or an empty path when there is none.
Result<fs::path> file_to_read(const fs::path& named, const ConfigEnvironment& environment) {
  if (!named.empty()) {
    if (!fs::exists(named)) return fail(named.string() + ": there is no such settings file");
    return named;
  }
  if (const auto path = variable(environment, "STAKEOUT_CONFIG")) {
    if (!fs::exists(*path)) return fail("$STAKEOUT_CONFIG: there is no file " + *path);
    return fs::path{*path};
  }
  std::vector<fs::path> places;
  if (const auto home = variable(environment, "XDG_CONFIG_HOME")) {
    places.push_back(fs::path{*home} / "stakeout/stakeout.toml");
  } else if (const auto user_home = variable(environment, "HOME")) {
    places.push_back(fs::path{*user_home} / ".config/stakeout/stakeout.toml");
  }
  places.emplace_back("/etc/stakeout/stakeout.toml");
  std::error_code ignored;
  const auto found =
      std::ranges::find_if(places, [&](const fs::path& p) { return fs::exists(p, ignored); });
  return found == places.end() ? fs::path{} : *found;
}

std::vector<fs::path> with_drop_ins(const fs::path& file) {
  std::vector<fs::path> files;
  if (file.empty()) return files;
  files.push_back(file);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator{file.parent_path() / "conf.d", ignored}) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin() + 1, files.end());
  return files;
}

Settings typed(const Reading& reading) {
  Settings settings;
  for (const KnownKey& known : known_keys()) {
    const auto found = reading.settings.find(known.key);
    const bool is_set = found != reading.settings.end();
    const Value value = is_set ? found->second.value
                               : checked(known.kind, std::string{known.default_value}).value();
    known.set(settings, value);
    settings.lines.push_back({std::string{known.key}, printed(known.kind, value),
                              is_set ? found->second.origin : "default"});
  }
  settings.digests = reading.digests;
  settings.feed_settings = reading.feeds;
  settings.lines.insert(settings.lines.end(), reading.table_lines.begin(),
                        reading.table_lines.end());
  return settings;
}

Result<void> read_general_proxy_file(const Reading& reading, FetchSettings& fetch) {
  if (fetch.proxy_file.empty()) return {};
  const std::string& place = reading.settings.at("fetch.proxy_file").origin;
  if (!fetch.proxy.empty()) return fail(place + ": give one of fetch.proxy and fetch.proxy_file");
  return read_proxy_file(fetch.proxy_file, place, fetch.proxy);
}

// What two keys say together.
Result<void> check_smtp(const Reading& reading, const SmtpSettings& smtp) {
  const auto place = [&](const char* key) {
    const auto found = reading.settings.find(key);
    return found == reading.settings.end() ? std::string{} : found->second.origin + ": ";
  };
  if (!smtp.url.empty() && !smtp.sendmail.empty())
    return fail(place("smtp.sendmail") + "give one of smtp.url and smtp.sendmail");
  const bool is_in_the_clear =
      smtp.tls == "off" && !smtp.url.starts_with("smtps://") && !is_local_server(smtp.url);
  if (!smtp.username.empty() && !smtp.url.empty() && is_in_the_clear) {
    return fail(place("smtp.tls") +
                "smtp.tls = \"off\" would send the password for smtp.username in the clear");
  }
  return {};
}

}  // namespace

std::string in_lines(const std::vector<std::string>& faults) {
  std::string out;
  for (const std::string& fault : faults) out += (out.empty() ? "" : "\n") + fault;
  return out;
}

Settings default_settings() {
  return typed({});
}

SettingsReading read_settings(const fs::path& file, const ConfigEnvironment& environment) {
  const auto main_file = file_to_read(file, environment);
  if (!main_file) return {default_settings(), {main_file.error().message}};
  Reading reading;
  for (const fs::path& each : with_drop_ins(*main_file)) {
    note(read_file(each, reading), reading.faults);
  }
  read_environment(environment, reading);
  Settings settings = typed(reading);
  std::error_code error;
  settings.has_file = !main_file->empty() && !fs::is_character_file(*main_file, error);
  note(read_general_proxy_file(reading, settings.fetch), reading.faults);
  note(check_smtp(reading, settings.smtp), reading.faults);
  return {std::move(settings), by_place(std::move(reading.faults))};
}

Result<Settings> load_settings(const fs::path& file, const ConfigEnvironment& environment) {
  SettingsReading reading = read_settings(file, environment);
  if (!reading.faults.empty()) return fail(in_lines(reading.faults));
  return std::move(reading.settings);
}

}  // namespace stakeout
