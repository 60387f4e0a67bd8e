#include "cli/manual/complete.h"

#include <algorithm>
#include <set>

namespace sluice::cli {
namespace {

// The words in front of the one that is written, understood one after the other.
class LineInFront {
 public:
  void read(const std::string& word) {
    if (pending_ != nullptr) {
      set_value(word);
    } else if (!only_operands_ && word == "--") {
      only_operands_ = true;
    } else if (!only_operands_ && word.size() > 1 && word[0] == '-') {
      read_option(word);
    } else if (command_ == nullptr) {
      read_command(word);
    } else {
      ++operands_;
    }
  }

  const OptionPage* find_option(std::string_view name) const {
    const auto is_it = [&](const OptionPage& option) {
      const auto names = option.spellings();
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const auto options : known_options()) {
      const auto found = std::find_if(options.begin(), options.end(), is_it);
      if (found != options.end()) return &*found;
    }
    return nullptr;
  }

  std::vector<std::span<const OptionPage>> known_options() const {
    if (command_ == nullptr) return {global_options()};
    return {command_->options, global_options()};
  }

  const CommandPage* command() const { return command_; }
  std::string_view family() const { return family_; }
  bool is_help() const { return is_help_; }
  bool only_operands() const { return only_operands_; }
  const OptionPage* pending() const { return pending_; }
  std::size_t operands() const { return operands_; }
  bool is_given(const OptionPage& option) const { return given_.contains(&option); }
  const CompletionPlace& place() const { return place_; }

 private:
  void read_option(const std::string& word) {
    const std::size_t equals = word.find('=');
    const bool is_long = word.starts_with("--");
    const OptionPage* option = find_option(
        is_long ? word.substr(0, equals) : word.substr(0, std::min<std::size_t>(2, word.size())));
    if (option == nullptr) return;
    given_.insert(option);
    if (option->is_flag()) return;
    pending_ = option;
    if (is_long && equals != std::string::npos) set_value(word.substr(equals + 1));
    if (!is_long && word.size() > 2) set_value(word.substr(2));  // "-j3"
  }

  void set_value(const std::string& value) {
    if (pending_->long_name() == "--kb") place_.kb = value;
    if (pending_->long_name() == "--plugin") place_.plugins.push_back(value);
    pending_ = nullptr;
  }

  void read_command(const std::string& word) {
    if (word == "help" && family_.empty()) {
      is_help_ = true;
      return;
    }
    const std::string name = family_.empty() ? word : std::string(family_) + " " + word;
    if (const Family* family = find_family(name)) {
      family_ = family->name;
      return;
    }
    for (const CommandPage& page : all_commands()) {
      if (page.name == name || (!page.alias.empty() && page.alias == name)) command_ = &page;
    }
  }

  const CommandPage* command_ = nullptr;
  std::string_view family_;
  bool is_help_ = false;
  bool only_operands_ = false;
  const OptionPage* pending_ = nullptr;
  std::size_t operands_ = 0;
  std::set<const OptionPage*> given_;
  CompletionPlace place_;
};

void add(Completion& to, std::string_view word, std::string_view about, std::string_view written) {
  if (word.starts_with(written)) to.words.push_back({std::string(word), std::string(about)});
}

// Commands and families, or those of the family that was given.
Completion commands(const LineInFront& line, const std::string& written) {
  Completion found;
  const std::string_view family = line.family();
  for (const CommandPage& page : all_commands()) {
    if (page.group == Group::kHidden) continue;
    const std::size_t space = page.name.find(' ');
    if (!family.empty()) {
      if (page.name.substr(0, space) != family || space == std::string_view::npos) continue;
      add(found, page.name.substr(space + 1), page.summary, written);
    } else if (space == std::string_view::npos) {
      add(found, page.name, page.summary, written);
    }
  }
  if (!family.empty()) return found;
  for (const Family& one : all_families()) add(found, one.name, one.summary, written);
  if (!line.is_help()) add(found, "help", "Explain a command", written);
  return found;
}

// `front` stands before each: "--color=".
Completion values_of(Values values, const std::vector<std::string_view>& words,
                     const std::string& written, const std::string& front,
                     const CompletionPlace& place, const NamesOf& names_of) {
  Completion found;
  switch (values) {
    case Values::kAny:
      break;
    case Values::kPaths:
      found.files = Completion::Files::kAll;
      break;
    case Values::kFolders:
      found.files = Completion::Files::kFolders;
      break;
    case Values::kWords:
      for (const std::string_view word : words) add(found, word, "", written);
      break;
    case Values::kDocumentsAndPaths:
      found.files = Completion::Files::kAll;
      [[fallthrough]];
    case Values::kDocuments:
    case Values::kPlugins:
    case Values::kConverters:
    case Values::kPluginsAndConverters:
    case Values::kOptionKeys:
      found.words = names_of(values, written, place);
      break;
  }
  for (Candidate& one : found.words) one.word.insert(0, front);
  return found;
}

Completion options(const LineInFront& line, const std::string& written) {
  Completion found;
  for (const auto list : line.known_options()) {
    for (const OptionPage& option : list) {
      if (line.is_given(option) && !option.is_repeatable) continue;
      for (const std::string_view name : option.spellings()) {
        // Short ones only where the user has begun one: the long ones explain themselves.
        if (name.starts_with("--") || written == name || name == option.long_name()) {
          add(found, name, option.summary, written);
        }
      }
    }
  }
  return found;
}

}  // namespace

Completion complete(const std::vector<std::string>& words, const NamesOf& names_of) {
  if (words.empty()) return {};
  LineInFront line;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) line.read(words[i]);
  const std::string& written = words.back();
  if (const OptionPage* option = line.pending()) {
    return values_of(option->values, option->words, written, "", line.place(), names_of);
  }
  if (!line.only_operands() && written.starts_with('-') && !line.is_help()) {
    const std::size_t equals = written.find('=');
    const OptionPage* option = line.find_option(written.substr(0, equals));
    if (equals == std::string::npos) return options(line, written);
    if (option == nullptr || option->is_flag()) return {};
    return values_of(option->values, option->words, written.substr(equals + 1),
                     written.substr(0, equals + 1), line.place(), names_of);
  }
  if (line.command() == nullptr) return commands(line, written);
  const auto& operand = line.command()->operand;
  const bool is_wanted = operand && (operand->is_repeatable() || line.operands() == 0);
  if (!is_wanted || line.is_help()) return {};
  return values_of(operand->values, {}, written, "", line.place(), names_of);
}

}  // namespace sluice::cli
