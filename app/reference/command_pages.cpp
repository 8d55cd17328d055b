#include <algorithm>
#include <string_view>

#include "app/reference/command_tree.h"

namespace stakeout {
namespace {

// Words that are to stand as they are, whatever Markdown makes of their characters.
std::string plain(std::string_view text) {
  constexpr std::string_view special = "\\`*_{}[]<>#|~^$@";
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// "**\-\-format** *TEXT* (text, html)"
std::string term_of(const CommandWord& word) {
  std::string names;
  for (const std::string& name : word.names)
    names += (names.empty() ? "**" : ", **") + plain(name) + "**";
  if (word.choices.empty())
    return word.value.empty() ? names : names + " *" + plain(word.value) + "*";
  std::string choices;
  for (const std::string& choice : word.choices)
    choices += (choices.empty() ? "" : "|") + plain(choice);
  return names + " " + choices;
}

void write_words(std::string& out, const std::vector<CommandWord>& words) {
  for (const CommandWord& word : words) {
    if (word.names.back() == "--help") continue;
    out += term_of(word) + "\n:   " + plain(word.description) + "\n\n";
  }
}

void write_command(std::string& out, const CommandNode& node) {
  std::string title = node.path;
  for (const CommandWord& word : node.words) title += " " + word.names.front();
  out += "## " + plain(title) + "\n\n" + plain(node.description) + ".\n\n";
  for (const CommandWord& word : node.words) {
    out += "*" + plain(word.names.front()) + "*\n:   " + plain(word.description) + "\n\n";
  }
  write_words(out, node.options);
  for (const CommandNode& below : node.commands) write_command(out, below);
  if (node.examples.empty()) return;
  // The lines of --help that begin with blanks are commands to be typed; the others are sentences.
  for (std::string_view rest = node.examples; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    out += line.starts_with("  ") ? "    " + std::string{line.substr(2)} : plain(line);
    out += '\n';
  }
  out += '\n';
}

}  // namespace

std::string commands_in_markdown(const CommandNode& program) {
  std::string out = "# OPTIONS\n\nThey may stand before or after the command.\n\n";
  write_words(out, program.options);
  out += "# COMMANDS\n\n";
  for (const CommandNode& command : program.commands) write_command(out, command);
  return out;
}

}  // namespace stakeout
