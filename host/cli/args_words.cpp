#include "cli/args_words.h"

#include <CLI/CLI.hpp>

namespace sluice::cli {
namespace {

[[noreturn]] void refuse_missing(const std::string& what, const CommandPage& page) {
  const std::string command = "sluice " + std::string(page.name);
  refuse(what + " is missing behind \"" + command + "\"", "see " + command + " --help");
}

}  // namespace

void Given::declare(CLI::App& app, std::span<const OptionPage> options) {
  for (const OptionPage& page : options) {
    const std::string names(page.names);
    CLI::Option* option = page.is_flag() ? app.add_flag(names) : app.add_option(names);
    if (page.is_repeatable) option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    options_.emplace(page.long_name(), option);
  }
}

void Given::declare(CLI::App& app, const OperandPage& operand) {
  CLI::Option* option = app.add_option("operand");
  if (operand.is_repeatable()) {
    option->expected(1, CLI::detail::expected_max_vector_size)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->allow_extra_args();
  }
  operand_ = option;
}

const CLI::Option& Given::option(std::string_view name) const {
  const auto found = options_.find(name);
  if (found == options_.end()) {
    throw std::logic_error("the manual has no option " + std::string(name) + " of this command");
  }
  read_.emplace(name);
  return *found->second;
}

std::vector<std::string> Given::unread() const {
  std::vector<std::string> names;
  for (const auto& [name, option] : options_) {
    if (!read_.contains(name)) names.push_back(name);
  }
  return names;
}

std::size_t Given::count(std::string_view name) const {
  return option(name).count();
}

std::optional<std::string> Given::text(std::string_view name) const {
  const CLI::Option& one = option(name);
  return one.count() == 0 ? std::nullopt : std::optional(one.results().front());
}

const std::vector<std::string>& Given::texts(std::string_view name) const {
  return option(name).results();
}

const std::vector<std::string>& Given::words() const {
  if (operand_ == nullptr) throw std::logic_error("the command takes no operand");
  return operand_->results();
}

std::vector<std::string> Given::operands(const std::string& what) const {
  for (const std::string& one : words()) {
    if (one.empty()) refuse_missing(what, *page_);
  }
  return words();
}

std::vector<std::string> Given::required_operands(const std::string& what) const {
  std::vector<std::string> all = operands(what);
  if (all.empty()) refuse_missing(what, *page_);
  return all;
}

std::string Given::required_operand(const std::string& what) const {
  return required_operands(what).front();
}

}  // namespace sluice::cli
