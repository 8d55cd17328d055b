#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "extractors/values/result.h"

namespace CLI {
class App;
}

// `stakeout inspect KIND [FILE...]`: what the extractors make of given bytes, one JSON object a
// line, keys in a fixed order. One source file beside this header for each kind.

namespace stakeout {

struct Session;

using Json = nlohmann::ordered_json;

// The answer for one file. `file` is the name as given on the command line; the bytes are unpacked
// already when the file was gzip.
using InspectFile = std::function<Json(std::string_view file, std::string_view bytes)>;
// The answer for one line that was read as JSON, or why there is none.
using InspectLine = std::function<Result<Json>(Json line)>;

// What is done with the bytes of one file; prints its answer itself.
using TakeFile = std::function<void(std::string_view file, std::string_view bytes)>;

// Reads each file ("-" or no file: standard input) and hands it on; for a file that cannot be read
// prints {"file":...,"error":...}. Returns the exit code: 1 when there was such a file, else 0.
int take_files(const std::vector<std::string>& files, const TakeFile& take, std::ostream& out);

// Reads each file ("-" or no file: standard input), prints its answer, and for a file that cannot
// be read {"file":...,"error":...}. Returns the exit code: 1 when there was such a file, else 0.
int inspect_files(const std::vector<std::string>& files, const InspectFile& answer,
                  std::ostream& out);

// Reads JSON lines from the files or standard input and prints an answer for each; a line that is
// no JSON object gives {"error":...} and exit code 1 at the end.
int inspect_lines(const std::vector<std::string>& files, const InspectLine& answer,
                  std::ostream& out);

// What is done with one line that was read as JSON; an error when it cannot be used.
using TakeLine = std::function<Result<void>(Json line)>;

// Reads JSON lines like inspect_lines(), for answers that need all of them: prints the errors only.
int take_lines(const std::vector<std::string>& files, const TakeLine& take, std::ostream& out);

// One line of output; text that is not UTF-8 is printed with U+FFFD.
[[nodiscard]] std::string json_line(const Json& value);

// An empty string as null: what is not known is null.
[[nodiscard]] Json text_or_null(const std::string& text);

// The string under `key`; empty when there is none, or something else stands there.
[[nodiscard]] std::string text_at(const Json& object, const char* key);

// Registers the kinds of `stakeout inspect`, each in its own source file; a callback sets
// `exit_code`, which has to outlive the parse.
void add_inspect_article(CLI::App& inspect, int& exit_code);
void add_inspect_revisions(CLI::App& inspect, int& exit_code);
void add_inspect_stories(CLI::App& inspect, int& exit_code);
void add_inspect_robots(CLI::App& inspect, int& exit_code);
void add_inspect_url(CLI::App& inspect, int& exit_code);
void add_inspect_feed(CLI::App& inspect, int& exit_code);

// Registers `inspect text` in the same way; it reads with the watchlists of the settings, where the
// command names none. Throws CommandError when a watchlist or the settings cannot be read.
void add_inspect_text(CLI::App& inspect, Session& session);

}  // namespace stakeout
