#include "fetch/robots.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "fetch/text.h"

namespace sluice::fetch {
namespace {

constexpr std::string_view kEveryAgent = "*";

bool is_same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return lower_letter(x) == lower_letter(y);
         });
}

// Section 2.2.1: letters, `_` and `-`; what follows (a version) does not count.
std::string_view product(std::string_view text) {
  const auto is_part = [](char c) {
    const char small = lower_letter(c);
    return (small >= 'a' && small <= 'z') || c == '_' || c == '-';
  };
  const auto* end = std::find_if_not(text.begin(), text.end(), is_part);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// `*` is any text, `$` at the end the end. Each `*` is tried once at every place: patterns are
// matched from left to right, and the first place that fits is as good as any later one.
bool matches(std::string_view pattern, std::string_view path) {
  const bool to_end = pattern.ends_with('$');
  if (to_end) pattern.remove_suffix(1);
  std::size_t star = std::min(pattern.find('*'), pattern.size());
  if (!path.starts_with(pattern.substr(0, star))) return false;
  if (star == pattern.size()) return !to_end || path.size() == pattern.size();
  path.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  while (true) {
    star = std::min(pattern.find('*'), pattern.size());
    const std::string_view part = pattern.substr(0, star);
    if (star == pattern.size()) {
      if (to_end) return path.ends_with(part);
      return path.find(part) != std::string_view::npos;
    }
    const std::size_t at = path.find(part);
    if (at == std::string_view::npos) return false;
    path.remove_prefix(at + part.size());
    pattern.remove_prefix(star + 1);
  }
}

}  // namespace

Robots::Robots(std::string_view text, std::string_view agent) {
  std::vector<Rule> own;
  std::vector<Rule> everybodys;
  bool has_own = false;
  bool in_own = false;
  bool in_everybodys = false;
  bool names_agents = false;  // the line before was a user-agent line
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = without_blanks(line.substr(0, line.find('#')));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = without_blanks(line.substr(0, colon));
    const std::string_view value = without_blanks(line.substr(colon + 1));
    if (is_same_word(key, "user-agent")) {
      if (!std::exchange(names_agents, true)) in_own = in_everybodys = false;
      if (is_same_word(product(value), agent)) in_own = has_own = true;
      if (value == kEveryAgent) in_everybodys = true;
      continue;
    }
    const bool allow = is_same_word(key, "allow");
    if (!allow && !is_same_word(key, "disallow")) continue;
    names_agents = false;
    if (value.empty()) continue;  // "Disallow:" forbids nothing
    if (in_own) own.push_back({allow, std::string(value)});
    if (in_everybodys) everybodys.push_back({allow, std::string(value)});
  }
  rules_ = has_own ? std::move(own) : std::move(everybodys);
}

bool Robots::allows(std::string_view path) const {
  if (path == "/robots.txt") return true;
  std::optional<Rule> best;
  for (const Rule& rule : rules_) {
    if (!matches(rule.pattern, path)) continue;
    const bool is_better =
        !best || rule.pattern.size() > best->pattern.size() ||
        (rule.pattern.size() == best->pattern.size() && rule.allow && !best->allow);
    if (is_better) best = rule;
  }
  return !best || best->allow;
}

}  // namespace sluice::fetch
