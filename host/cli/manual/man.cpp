#include "cli/manual/man.h"

#include <algorithm>
#include <sluice/lines.hpp>

#include "cli/manual/manual.h"
#include "cli/settings.h"

namespace sluice::cli {
namespace {

// mandoc's own style: no source line beyond this.
constexpr std::size_t kMaxRoffLine = 78;

// `text` with a line end in place of a blank wherever a line would be too long.
std::string wrapped(const std::string& text) {
  std::string out;
  std::size_t line_begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const bool is_first = out.size() == line_begin;
    const bool may_begin = text[at] != '.' && text[at] != '\'';
    if (!is_first && may_begin && out.size() + 1 + (end - at) - line_begin > kMaxRoffLine) {
      out += '\n';
      line_begin = out.size();
    } else if (!is_first) {
      out += ' ';
    }
    out += text.substr(at, end - at);
    if (end < text.size() && text[end] == '\n') {
      out += '\n';
      line_begin = out.size();
    }
    at = end + 1;
  }
  return out;
}

// Text of a paragraph in roff: each sentence begins a line, and what stands between backquotes is
// bold.
std::string roff_text(std::string_view text) {
  std::string out;
  bool is_code = false;
  bool begins_line = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (begins_line && (c == '.' || c == '\'')) out += "\\&";
    begins_line = false;
    if (c == '`') {
      is_code = !is_code;
      out += is_code ? "\\fB" : "\\fR";
    } else if (c == '\\') {
      out += "\\e";
    } else if (c == '-' && is_code) {
      out += "\\-";  // an ASCII hyphen, which can be copied to a shell
    } else if (c == ' ' && !is_code && i > 0 && text[i - 1] == '.' && i + 1 < text.size() &&
               (std::isupper(static_cast<unsigned char>(text[i + 1])) != 0 || text[i + 1] == '`')) {
      out += '\n';
      begins_line = true;
    } else {
      out += c;
    }
  }
  return wrapped(out);
}

// A word as the argument of a macro: never the name of another macro, nor a bare delimiter.
std::string roff_word(std::string_view word) {
  std::string out = "\"\\&";
  for (const char c : word) {
    if (c == '"') {
      out += "\\(dq";
    } else if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

// "Fl g , Fl -glob Ar GLOB".
std::string roff_option(const OptionPage& option) {
  std::string out;
  for (const std::string_view name : option.spellings()) {
    out += (out.empty() ? "Fl " : " , Fl ") + std::string(name.substr(1));
  }
  return option.is_flag() ? out : out + " Ar " + roff_word(option.value);
}

std::string page_name(const CommandPage& page) {
  std::string name = "sluice-" + std::string(page.name);
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

class ManPrinter {
 public:
  ManPrinter(const std::string& name, int section, const std::string& date,
             std::string_view summary) {
    std::string title = name;
    std::transform(title.begin(), title.end(), title.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    line(".\\\" Printed by sluice_manual from the table of commands and settings.");
    line(".Dd " + date);
    line(".Dt " + title + " " + std::to_string(section));
    line(".Os");
    head("NAME");
    line(".Nm " + name);
    std::string about(summary);
    about.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(about.front())));
    line(".Nd " + about);
  }

  std::string take_text() { return std::move(text_); }

  void line(const std::string& text) { text_ += text + "\n"; }
  void head(const std::string& title) { line(".Sh " + title); }
  void paragraphs(std::string_view text) {
    for (bool is_first = true; !text.empty(); is_first = false) {
      if (!is_first) line(".Pp");
      line(roff_text(next_line(text)));
    }
  }
  void options(std::span<const OptionPage> options) {
    line(".Bl -tag -width Ds");
    for (const OptionPage& option : options) {
      line(".It " + roff_option(option));
      line(roff_text(std::string(option.summary) + "."));
      if (option.is_repeatable) line("May be repeated.");
      const std::string value = default_of(option);
      if (!value.empty()) line(roff_text("Default: " + value + "."));
    }
    line(".El");
  }
  void exit_codes(const std::vector<ExitCode>& codes) {
    head("EXIT STATUS");
    line(".Bl -tag -width Ds");
    for (const ExitCode code : codes) {
      line(".It " + std::to_string(static_cast<int>(code)));
      std::string text = std::string(meaning(code)) + ".";
      text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
      line(roff_text(text));
    }
    line(".El");
  }
  void examples(const std::vector<Example>& examples) {
    head("EXAMPLES");
    bool is_first = true;
    for (const Example& example : examples) {
      if (!is_first) line(".Pp");
      is_first = false;
      std::string purpose = roff_text(example.purpose);
      purpose.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(purpose[0])));
      line(purpose + ":");
      line(".Pp");
      line(".Dl " + roff_word(example.command));
    }
  }
  // "name", section.
  void see_also(const std::vector<std::pair<std::string, int>>& pages) {
    head("SEE ALSO");
    for (std::size_t i = 0; i < pages.size(); ++i) {
      line(".Xr " + pages[i].first + " " + std::to_string(pages[i].second) +
           (i + 1 < pages.size() ? " ," : ""));
    }
  }

 private:
  std::string text_;
};

void print_synopsis(ManPrinter& man, const CommandPage& page) {
  man.head("SYNOPSIS");
  man.line(".Nm sluice");
  man.line(".Cm " + std::string(page.name));
  man.line(".Op Ar OPTIONS");
  if (!page.operand) return;
  const std::string operand =
      "Ar " + roff_word(page.operand->value) + (page.operand->is_repeatable() ? " ..." : "");
  man.line(page.operand->is_required() ? "." + operand : ".Op " + operand);
}

// The commands of its group, and the program.
std::vector<std::pair<std::string, int>> related_pages(const CommandPage& page) {
  std::vector<std::pair<std::string, int>> pages = {{"sluice", 1}};
  for (const CommandPage* other : commands_of(page.group)) {
    if (other != &page) pages.emplace_back(page_name(*other), 1);
  }
  std::sort(pages.begin(), pages.end());
  pages.emplace_back("sluice.toml", 5);
  return pages;
}

ManPage man_of_command(const CommandPage& page, const std::string& date) {
  const std::string name = page_name(page);
  ManPrinter man(name, 1, date, page.summary);
  print_synopsis(man, page);
  man.head("DESCRIPTION");
  man.paragraphs(page.description);
  if (page.operand) {
    man.line(".Bl -tag -width Ds");
    man.line(".It Ar " + roff_word(page.operand->value));
    man.line(roff_text(std::string(page.operand->summary) + "."));
    man.line(".El");
  }
  if (!page.options.empty()) {
    man.line(".Pp");
    man.line("The options are:");
    man.options(page.options);
  }
  man.line(".Pp");
  man.line(".Xr sluice 1");
  man.line("describes the options of every command.");
  if (!page.alias.empty()) {
    man.line(".Pp");
    man.line(".Ic sluice " + std::string(page.alias));
    man.line("is the same command.");
  }
  man.exit_codes(exit_codes_of(page));
  man.examples(page.examples);
  man.see_also(related_pages(page));
  return {name, 1, man.take_text()};
}

void print_commands(ManPrinter& man) {
  for (int group = 0; group < static_cast<int>(Group::kHidden); ++group) {
    const auto pages = commands_of(static_cast<Group>(group));
    if (pages.empty()) continue;
    man.line(".Ss " + std::string(heading(static_cast<Group>(group))));
    man.line(".Bl -tag -width Ds");
    for (const CommandPage* page : pages) {
      man.line(".It Xr " + page_name(*page) + " 1");
      man.line(roff_text(std::string(page->summary) + "."));
    }
    man.line(".El");
  }
}

ManPage man_of_family(const Family& family, const std::string& date) {
  const std::string name = "sluice-" + std::string(family.name);
  ManPrinter man(name, 1, date, family.summary);
  man.head("SYNOPSIS");
  man.line(".Nm sluice");
  man.line(".Cm " + std::string(family.name));
  man.line(".Ar COMMAND");
  man.line(".Op Ar OPTIONS");
  man.head("DESCRIPTION");
  man.line("The commands are:");
  man.line(".Bl -tag -width Ds");
  for (const CommandPage* page : commands_of(family.name)) {
    man.line(".It Xr " + page_name(*page) + " 1");
    man.line(roff_text(std::string(page->summary) + "."));
  }
  man.line(".El");
  man.see_also({{"sluice", 1}, {"sluice.toml", 5}});
  return {name, 1, man.take_text()};
}

struct ManEntry {
  std::string_view name;
  std::string_view holds;
};

void print_places(ManPrinter& man, std::string_view macro, const std::vector<ManEntry>& places) {
  man.line(".Bl -tag -width Ds");
  for (const ManEntry& place : places) {
    man.line(".It " + std::string(macro) + " " + roff_word(place.name));
    man.line(roff_text(place.holds));
  }
  man.line(".El");
}

ManPage man_of_program(const std::string& date) {
  ManPrinter man("sluice", 1, date, "Turn documents into a Markdown knowledge base");
  man.head("SYNOPSIS");
  man.line(".Nm");
  man.line(".Op Ar OPTIONS");
  man.line(".Ar COMMAND");
  man.head("DESCRIPTION");
  man.paragraphs(
      "Sluice converts documents to Markdown files in a folder, the knowledge base, and keeps them "
      "current. Each document is converted in a sandbox of its own, and is committed whole or not "
      "at all. A second run converts only what is new or has changed.\n"
      "`sluice help COMMAND` prints what the manual page of a command says.\n");
  print_commands(man);
  man.line(".Ss Options of every command");
  man.line("They may stand before or after the command.");
  man.options(global_options());
  man.head("ENVIRONMENT");
  print_places(man, "Ev",
               {{"SLUICE_KB", "The knowledge base, where `--kb` is not given."},
                {"SLUICE_PLUGIN_PATH", "Folders of plugins, separated by colons."},
                {"SLUICE_<TABLE>_<KEY>",
                 "A setting, as in `SLUICE_LIMITS_MEMORY=4GiB`. See "
                 "sluice.toml(5)."},
                {"NO_COLOR", "Without colours, if it is set and not empty."}});
  man.head("FILES");
  print_places(man, "Pa",
               {{"~/.config/sluice/config.toml", "Your configuration; see sluice.toml(5)."},
                {"/etc/sluice/config.toml", "That of the computer, for all its users."},
                {"~/.local/share/sluice/plugins", "Your plugins; see sluice-plugin(7)."},
                {".sluice/",
                 "The registry and the configuration of a knowledge base; see "
                 "sluice-kb(7)."}});
  std::vector<ExitCode> codes;
  for (const ExitMeaning& one : all_exit_codes()) codes.push_back(one.code);
  man.exit_codes(codes);
  man.examples({{"sluice init ~/kb", "make a knowledge base"},
                {"sluice -C ~/kb add ~/Documents", "convert a folder into it"},
                {"sluice -C ~/kb list --failed", "see what failed, and what helps"}});
  man.see_also({{"sluice.toml", 5}, {"sluice-kb", 7}, {"sluice-plugin", 7}, {"sluice-sandbox", 7}});
  return {"sluice", 1, man.take_text()};
}

void print_settings(ManPrinter& man) {
  std::string_view table;
  for (const Key& key : all_keys()) {
    if (key.table != table) {
      if (!table.empty()) man.line(".El");
      table = key.table;
      man.line(".Ss " + roff_word("[" + std::string(table) + "] settings"));
      man.line(".Bl -tag -width Ds");
    }
    man.line(".It Ic " +
             roff_word(std::string(key.name) + " = " + toml_text(key, key.default_value)));
    man.line(roff_text(key.description));
    man.line(roff_text("Give it " + wanted(key) + "."));
    man.line("Variable:");
    man.line(".Ev " + key.variable() + " .");
  }
  if (!table.empty()) man.line(".El");
}

ManPage man_of_configuration(const std::string& date) {
  ManPrinter man("sluice.toml", 5, date, "The configuration of sluice");
  man.head("DESCRIPTION");
  man.paragraphs(
      "Sluice reads TOML files. From the strongest to the weakest, settings come from the command "
      "line, from the environment, from the knowledge base, from the user, from the "
      "administrator of the computer, from the installation, and from the program. `sluice config "
      "show` prints every setting with its origin, and "
      "`sluice config check` finds mistakes. An unknown key is an error.\n"
      "A knowledge base can come from somebody else. So Sluice ignores each setting in its file "
      "that would weaken your protection, and warns.\n"
      "The settings are shown with their defaults.\n");
  print_settings(man);
  man.line(".Ss " + roff_word("[limits.ID] settings"));
  man.paragraphs(
      "The keys of `[limits]` for one converter, but for `source` and those that begin with "
      "`tree_`. `sluice plugin list` shows the ids. `[sandbox.ID]` can set "
      "`documents_per_process` in the same way.\n");
  man.line(".Ss " + roff_word("[plugin.\"ID\"] settings"));
  man.paragraphs("Options of one plugin; `sluice plugin info ID` lists them.\n");
  man.head("FILES");
  print_places(man, "Pa",
               {{".sluice/config.toml", "Of a knowledge base."},
                {"~/.config/sluice/config.toml", "Of the user; `XDG_CONFIG_HOME` can move it."},
                {"/etc/sluice/config.toml", "Of the computer, for all its users."},
                {"share/sluice/config.toml", "Of the installation, below its prefix."}});
  man.examples({{"sluice config show", "see what is in effect"},
                {"SLUICE_LIMITS_TIMEOUT=600 sluice add ~/Documents", "set one for one run"}});
  man.see_also({{"sluice", 1}, {"sluice-config-check", 1}, {"sluice-config-show", 1}});
  return {"sluice.toml", 5, man.take_text()};
}

}  // namespace

std::vector<ManPage> man_pages(const std::string& date) {
  std::vector<ManPage> pages = {man_of_program(date)};
  for (const CommandPage& page : all_commands()) {
    if (page.group != Group::kHidden) pages.push_back(man_of_command(page, date));
  }
  for (const Family& family : all_families()) pages.push_back(man_of_family(family, date));
  pages.push_back(man_of_configuration(date));
  return pages;
}

}  // namespace sluice::cli
