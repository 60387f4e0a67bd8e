// SPDX-License-Identifier: Apache-2.0
//
// Where blocks of Org files may end. The ends of a text are found once: a search from each line
// that begins a block would go through all lines again where the ends are missing.
#pragma once

#include <algorithm>
#include <map>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "markup/source.hpp"

namespace sluice::markup {

// Each function returns the first such line from `from` on; npos if there is none.
class OrgEnds {
 public:
  static constexpr std::size_t npos = std::string_view::npos;

  explicit OrgEnds(const Lines& lines) {
    for (std::size_t at = 0; at < lines.size(); ++at) add(lines[at], at);
  }

  // "#+end_KIND"; `kind` in lower case.
  std::size_t block(std::string_view kind, std::size_t from) const {
    return first(blocks_, kind, from);
  }
  // ":END:".
  std::size_t drawer(std::size_t from) const { return first(drawers_, from); }
  // A heading of the first level.
  std::size_t section(std::size_t from) const { return first(sections_, from); }
  // One with "\end{NAME}" in it.
  std::size_t environment(std::string_view name, std::size_t from) const {
    return first(environments_, name, from);
  }
  // One with "\]" in it.
  std::size_t formula(std::size_t from) const { return first(formulas_, from); }

 private:
  using Places = std::vector<std::size_t>;
  using NamedPlaces = std::map<std::string, Places, std::less<>>;

  static constexpr std::size_t kMaxName = 200;  // of an environment; names are single words

  static std::size_t first(const Places& places, std::size_t from) {
    const auto found = std::lower_bound(places.begin(), places.end(), from);
    return found == places.end() ? npos : *found;
  }
  static std::size_t first(const NamedPlaces& places, std::string_view name, std::size_t from) {
    const auto found = places.find(name);
    return found == places.end() ? npos : first(found->second, from);
  }

  void add(std::string_view line, std::size_t at) {
    constexpr std::string_view kBlock = "#+end_";
    constexpr std::string_view kEnvironment = "\\end{";
    const std::string_view words = trimmed(line);
    if (starts_with_ignoring_ascii_case(words, kBlock))
      blocks_[ascii_lower(words.substr(kBlock.size()))].push_back(at);
    if (equal_ignoring_ascii_case(words, ":END:")) drawers_.push_back(at);
    if (line.starts_with("* ")) sections_.push_back(at);
    if (line.find("\\]") != npos) formulas_.push_back(at);
    for (std::size_t mark = line.find(kEnvironment); mark != npos;
         mark = line.find(kEnvironment, mark + 1)) {
      const std::string_view name = line.substr(mark + kEnvironment.size(), kMaxName);
      const std::size_t end = name.find('}');
      if (end != npos) environments_[std::string(name.substr(0, end))].push_back(at);
    }
  }

  NamedPlaces blocks_;
  Places drawers_;
  Places sections_;
  NamedPlaces environments_;
  Places formulas_;
};

}  // namespace sluice::markup
