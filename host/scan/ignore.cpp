#include "scan/ignore.h"

#include <algorithm>
#include <sluice/lines.hpp>

#include "platform/error.h"

namespace sluice::scan {
namespace {

// Without the spaces at its end, unless a backslash guards them.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\')
      ++at;
    else if (line[at] == ' ')
      continue;
    end = std::min(at + 1, line.size());
  }
  return line.substr(0, end);
}

}  // namespace

std::optional<PathPattern> PathPattern::parse(std::string_view text) {
  const bool directories_only = text.ends_with('/');
  if (directories_only) text.remove_suffix(1);
  const bool whole_path = text.find('/') != std::string_view::npos;
  if (text.starts_with('/')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  auto glob = Glob::parse(text);
  if (!glob) return std::nullopt;
  return PathPattern(std::move(*glob), whole_path, directories_only);
}

bool PathPattern::matches(std::string_view path, PathKind kind) const {
  if (directories_only_ && kind != PathKind::kDirectory) return false;
  if (whole_path_) return glob_.matches(path);
  return glob_.matches(path.substr(path.rfind('/') + 1));
}

IgnoreRules::IgnoreRules(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (unsigned number = 1; !text.empty(); ++number) {
    const std::string_view whole = without_trailing_spaces(next_line(text));
    std::string_view line = whole;
    if (line.starts_with('#')) continue;
    const bool keeps = line.starts_with('!');
    if (keeps) line.remove_prefix(1);
    if (auto pattern = PathPattern::parse(line)) {
      rules_.push_back({std::move(*pattern), keeps ? Verdict::kKeep : Verdict::kIgnore,
                        std::string(whole), number});
    }
  }
}

const IgnoreRules::Rule* IgnoreRules::deciding_rule(std::string_view path, PathKind kind) const {
  const auto last = std::find_if(rules_.rbegin(), rules_.rend(), [&](const Rule& rule) {
    return rule.pattern.matches(path, kind);
  });
  return last == rules_.rend() ? nullptr : &*last;
}

IgnoreRules::Verdict IgnoreRules::verdict(std::string_view path, PathKind kind) const {
  const Rule* rule = deciding_rule(path, kind);
  return rule == nullptr ? Verdict::kNone : rule->verdict;
}

std::string Decision::text() const {
  if (rule == nullptr) return {};
  const std::string line = level->has_lines ? ":" + std::to_string(rule->line) : "";
  return level->origin + line + ": " + rule->text;
}

Decision decide(const IgnoreLevel* level, std::string_view path, PathKind kind) {
  for (; level != nullptr; level = level->above.get()) {
    const auto* rule = level->rules.deciding_rule(path.substr(level->offset), kind);
    if (rule != nullptr) return {rule->verdict, level, rule};
  }
  return {};
}

Selection::Selection(const std::vector<std::string>& globs) {
  for (const std::string& glob : globs) {
    std::string_view text = glob;
    Item item;
    item.excludes = text.starts_with('!');
    if (item.excludes) text.remove_prefix(1);
    const auto fail = [&](std::string_view cause) {
      throw Error("use the glob", glob, cause, "quote it, and put a \\ before a literal [ or {",
                  ExitCode::kUsage);
    };
    const auto alternatives = expand_braces(text);
    if (!alternatives) fail("a { is not closed, or it has too many alternatives");
    for (const std::string& alternative : *alternatives) {
      auto pattern = PathPattern::parse(alternative);
      if (!pattern) fail("it is empty, a [ is not closed, or it ends in a \\");
      item.alternatives.push_back(std::move(*pattern));
    }
    has_including_ = has_including_ || !item.excludes;
    globs_.push_back(std::move(item));
  }
}

std::size_t Selection::last_match(std::string_view path, PathKind kind,
                                  std::size_t of_parent) const {
  for (std::size_t number = globs_.size(); number > of_parent; --number) {
    for (const PathPattern& pattern : globs_[number - 1].alternatives) {
      if (pattern.matches(path, kind)) return number;
    }
  }
  return of_parent;
}

bool Selection::takes_file(std::size_t match) const {
  return match == kNone ? !has_including_ : !globs_[match - 1].excludes;
}

bool Selection::enters_directory(std::size_t match) const {
  return match == kNone || !globs_[match - 1].excludes;
}

}  // namespace sluice::scan
