#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/log_field.h"
#include "extractors/values/timestamp.h"

namespace stakeout {

struct Session;

// The levels of syslog(3), as the journal has them.
enum class Severity { critical = 2, error = 3, warning = 4, info = 6, debug = 7 };

// Messages go to stderr, or straight to the journal, so that stdout holds nothing but the answer.
// The service says what it does; the other commands only what needs attention, unless -v.
//
// Session::log_format says in what form: "text"; "json", an object a line with time, level, message
// and the fields; "journal", entries with PRIORITY and a STAKEOUT_* for each field. Without it that
// is the journal where systemd connected stderr to it ($JOURNAL_STREAM, systemd.exec(5)), else
// text. Where the journal's socket is not there, its lines go to stderr with "<4>" before them
// (sd-daemon(3)).
void set_up_logging(const Session& session, bool is_service);

// Says why a command failed, in that form.
void print_failure(const Session& session, const std::string& sentence);

// Tells the person who gave a command something about its answer, "nothing matches": a line as it
// is, or in that form as a message of level info, whatever level is logged from. Not for --quiet.
void print_note(std::string_view sentence);

// An error of this time as a whole line for stderr, in that form, for one who cannot log when it
// comes to it: the handler of a signal. For the journal with "<3>" before it.
[[nodiscard]] std::string error_line(std::string_view message, Timestamp time);

// The fields of a message in the journal: "PRIORITY=4", "MESSAGE=...", "STAKEOUT_FEED=...".
[[nodiscard]] std::vector<std::string> journal_entry(Severity severity, std::string_view message,
                                                     const LogField::Fields& fields);

// "<4>the message\n"; each line of it has its own "<4>".
[[nodiscard]] std::string prefixed_lines(Severity severity, std::string_view message);

}  // namespace stakeout
