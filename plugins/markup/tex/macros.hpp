// SPDX-License-Identifier: Apache-2.0
//
// The macros that a TeX source defines itself, put in their places, and its remarks taken out: what
// is left has the commands of LaTeX and its packages alone.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "markup/tex/scan.hpp"

namespace sluice::markup::tex {

// Macros with up to nine arguments in braces, by \newcommand, \def, \let and their kin;
// environments by \newenvironment; the branches of conditionals whose outcome the source says
// (\iffalse, \newif). Macros that calculate stay as they are. A conditional without its \fi is left
// out, and its text stays.
//
// A macro may stand for others without end: how deep and how much is bounded, and `is_cut_off` says
// whether that was reached; from there on they stay as they are.
class Macros {
 public:
  std::string expand(std::string_view source);
  bool is_cut_off() const { return is_cut_off_; }
  // The names of conditionals without a \fi, some of them if they are many.
  const std::set<std::string>& unclosed() const { return unclosed_; }

 private:
  struct Macro {
    std::string body;
    std::size_t arguments = 0;
    bool has_default = false;  // the first argument is optional
    std::string default_value;
  };
  struct Environment {
    Macro begin;
    std::string end;
  };

  void run(std::string_view text, int depth);
  std::size_t control(std::string_view text, std::size_t at, int depth);
  std::size_t remark(std::string_view text, std::size_t at);
  std::size_t definition(std::string_view text, std::size_t at, std::string_view name);
  std::size_t define_command(std::string_view text, std::size_t at);
  std::size_t define_primitive(std::string_view text, std::size_t at);
  std::size_t define_alias(std::string_view text, std::size_t at);
  std::size_t define_operator(std::string_view text, std::size_t at);
  std::size_t define_environment(std::string_view text, std::size_t at);
  std::size_t define_flag(std::string_view text, std::size_t at);
  std::size_t environment(std::string_view text, std::size_t at, std::string_view word, int depth);
  bool set_flag(std::string_view name);
  std::size_t conditional(std::string_view text, std::size_t at, std::string_view name);
  std::size_t branch_end(std::string_view text, std::size_t at, std::string_view name,
                         bool stops_at_else);
  void add_unclosed(std::string_view name);
  std::size_t use(const Macro& macro, std::string_view text, std::size_t at, int depth);
  std::size_t read_argument(std::string_view text, std::size_t at, std::string& argument);
  std::size_t read_group(std::string_view text, std::size_t at, std::string& content);
  std::size_t read_name(std::string_view text, std::size_t at, std::string& name);
  std::size_t read_arity(std::string_view text, std::size_t at, Macro& macro);
  void keep(const std::string& name, Macro macro);
  bool may_spend(std::size_t bytes);

  std::map<std::string, Macro, std::less<>> macros_;
  std::map<std::string, Environment, std::less<>> environments_;
  std::map<std::string, bool, std::less<>> flags_;  // of \newif, by their names behind \if
  std::string out_;
  std::size_t spent_ = 0;
  std::vector<std::string> open_branches_;  // the names of their conditionals
  std::set<std::string> unclosed_;
  bool is_cut_off_ = false;
};

}  // namespace sluice::markup::tex
