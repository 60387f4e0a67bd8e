// Between the steps of parse_args(): what was given for the options and the operand of a command,
// as words. For args*.cpp alone.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/args.h"
#include "cli/manual/manual.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace sluice::cli {

// The words given to one command, as CLI11 keeps them. Options are asked for by their long name,
// "--glob", and must be on the command's page.
class Given {
 public:
  Given() = default;
  explicit Given(const CommandPage& page) : page_(&page) {}

  // Makes CLI11 know these options, or this operand.
  void declare(CLI::App& app, std::span<const OptionPage> options);
  void declare(CLI::App& app, const OperandPage& operand);

  const CommandPage& page() const { return *page_; }
  bool has(std::string_view option) const { return count(option) > 0; }
  // How often it was given.
  std::size_t count(std::string_view option) const;
  // Nothing if the option was not given.
  std::optional<std::string> text(std::string_view option) const;
  const std::vector<std::string>& texts(std::string_view option) const;
  // What was given for the operand; each is refused if it is empty. `what`, "a path", is for the
  // message.
  std::vector<std::string> operands(const std::string& what) const;
  // The same, as they are.
  const std::vector<std::string>& words() const;
  // The same, where one at least is needed.
  std::vector<std::string> required_operands(const std::string& what) const;
  std::string required_operand(const std::string& what) const;
  // The options that nobody has asked for.
  std::vector<std::string> unread() const;

 private:
  const CLI::Option& option(std::string_view name) const;

  const CommandPage* page_ = nullptr;
  std::map<std::string, const CLI::Option*, std::less<>> options_;
  const CLI::Option* operand_ = nullptr;
  mutable std::set<std::string, std::less<>> read_;
};

// Throws Error (kUsage).
[[noreturn]] void refuse(const std::string& cause, const std::string& next);
[[noreturn]] void refuse_value(const std::string& option, const std::string& given,
                               const std::string& wanted);

// Throw Error (kUsage) for values that do not fit.
GlobalArgs typed_global(const Given& given);
Command typed_command(const Given& given);

// Of the commands that work with a queue; the second argument only selects the function.
Command typed(const Given& given, const QueueInitArgs*);
Command typed(const Given& given, const QueueSubmitArgs*);
Command typed(const Given& given, const QueueStatusArgs*);
Command typed(const Given& given, const QueueRetryArgs*);
Command typed(const Given& given, const QueueCancelArgs*);
Command typed(const Given& given, const QueueCommitArgs*);
Command typed(const Given& given, const WorkArgs*);
ConvertingArgs typed_converting(const Given& given);
ScanArgs typed_scan(const Given& given);

// For the test of the manual: the options on the command's page that its typed() ignores.
std::vector<std::string> unread_options(const std::vector<std::string>& arguments);

}  // namespace sluice::cli
