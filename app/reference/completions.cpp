#include <algorithm>

#include "app/reference/command_tree.h"

namespace stakeout {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

// Within single quotes of bash and zsh.
std::string quoted(const std::string& text) {
  return "'" + replaced(text, "'", "'\\''") + "'";
}

std::string fish_quoted(const std::string& text) {
  return "'" + replaced(replaced(text, "\\", "\\\\"), "'", "\\'") + "'";
}

// The program's own options may stand anywhere.
std::vector<CommandWord> options_of(const CommandNode& node, const CommandNode& program) {
  std::vector<CommandWord> options = node.options;
  if (&node == &program) return options;
  for (const CommandWord& option : program.options) {
    const bool is_known = std::ranges::any_of(
        options, [&](const CommandWord& own) { return own.names == option.names; });
    if (!is_known) options.push_back(option);
  }
  return options;
}

std::vector<const CommandNode*> all_nodes(const CommandNode& program) {
  std::vector<const CommandNode*> nodes{&program};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const CommandNode& node = *nodes[i];
    for (const CommandNode& below : node.commands) nodes.push_back(&below);
  }
  return nodes;
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
  return out;
}

// "'stakeout feeds'|'stakeout feeds add'": every path of a command, as patterns of a case.
std::string path_patterns(const CommandNode& program) {
  std::vector<std::string> paths;
  for (const CommandNode* node : all_nodes(program)) paths.push_back(quoted(node->path));
  return joined(paths, "|");
}

}  // namespace

std::string bash_completion(const CommandNode& program) {
  std::string values;
  std::string names;
  for (const CommandNode* node : all_nodes(program)) {
    std::vector<std::string> words;
    for (const CommandNode& below : node->commands) words.push_back(below.name);
    for (const CommandWord& option : options_of(*node, program)) {
      words.insert(words.end(), option.names.begin(), option.names.end());
      if (option.value.empty()) continue;
      for (const std::string& name : option.names) {
        // Without choices it is a name of a file, or what nobody can know.
        values += "    " + quoted(node->path + " " + name) +
                  ") names=" + quoted(joined(option.choices, " ")) + " ;;\n";
      }
    }
    for (const CommandWord& word : node->words)
      words.insert(words.end(), word.choices.begin(), word.choices.end());
    names += "      " + quoted(node->path) + ") names=" + quoted(joined(words, " ")) + " ;;\n";
  }
  return "# bash completion of stakeout\n"
         "_stakeout() {\n"
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  local at=" +
         program.name +
         " word names\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    case \"$at $word\" in\n"
         "      " +
         path_patterns(program) +
         ") at=\"$at $word\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$at $previous\" in\n" +
         values +
         "    *)\n"
         "    case $at in\n" +
         names +
         "    esac ;;\n"
         "  esac\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$names\" -- \"$current\")\n"
         "}\n"
         "complete -o default -F _stakeout " +
         program.name + "\n";
}

std::string zsh_completion(const CommandNode& program) {
  std::string values;
  std::string names;
  for (const CommandNode* node : all_nodes(program)) {
    std::string entries;
    // _describe parts a name from its description at the first colon.
    const auto add = [&](const std::string& name, const std::string& description) {
      entries += " " + quoted(replaced(name, ":", "\\:") + ":" + description);
    };
    for (const CommandNode& below : node->commands) add(below.name, below.description);
    for (const CommandWord& word : node->words)
      for (const std::string& choice : word.choices) add(choice, word.description);
    for (const CommandWord& option : options_of(*node, program)) {
      for (const std::string& name : option.names) {
        add(name, option.description);
        if (option.value.empty()) continue;
        values += "    (" + quoted(node->path + " " + name) + ") " +
                  (option.choices.empty() ? std::string{"_files"}
                                          : "compadd -- " + joined(option.choices, " ")) +
                  "; return ;;\n";
      }
    }
    names += "    (" + quoted(node->path) + ") names=(" + entries + " ) ;;\n";
  }
  return "#compdef " + program.name +
         "\n"
         "_stakeout() {\n"
         "  local at=" +
         program.name +
         " word\n"
         "  local -a names\n"
         "  for word in \"${(@)words[2,CURRENT-1]}\"; do\n"
         "    case \"$at $word\" in\n"
         "      (" +
         path_patterns(program) +
         ") at=\"$at $word\" ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"$at ${words[CURRENT-1]}\" in\n" +
         values +
         "  esac\n"
         "  case $at in\n" +
         names +
         "  esac\n"
         "  _describe stakeout names || _files\n"
         "}\n"
         "_stakeout \"$@\"\n";
}

std::string fish_completion(const CommandNode& program) {
  std::string out =
      "# fish completion of stakeout\n"
      "function __stakeout_at\n"
      "  set -l at " +
      program.name +
      "\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    switch \"$at $word\"\n"
      "      case";
  for (const CommandNode* node : all_nodes(program)) out += " " + fish_quoted(node->path);
  out += "\n        set at \"$at $word\"\n    end\n  end\n  test \"$at\" = \"$argv\"\nend\n";
  for (const CommandNode* node : all_nodes(program)) {
    const std::string here =
        "complete -c " + program.name + " -n " + fish_quoted("__stakeout_at " + node->path) + " ";
    for (const CommandNode& below : node->commands)
      out += here + "-f -a " + below.name + " -d " + fish_quoted(below.description) + "\n";
    for (const CommandWord& word : node->words) {
      if (!word.choices.empty())
        out += here + "-f -a " + fish_quoted(joined(word.choices, " ")) + "\n";
    }
    for (const CommandWord& option : options_of(*node, program)) {
      out += here;
      for (const std::string& name : option.names)
        out += name.starts_with("--") ? "-l " + name.substr(2) + " " : "-s " + name.substr(1) + " ";
      if (!option.value.empty()) out += "-r ";
      if (!option.choices.empty()) out += "-f -a " + fish_quoted(joined(option.choices, " ")) + " ";
      out += "-d " + fish_quoted(option.description) + "\n";
    }
  }
  return out;
}

}  // namespace stakeout
