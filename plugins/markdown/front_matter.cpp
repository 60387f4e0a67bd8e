// SPDX-License-Identifier: Apache-2.0
#include "markdown/front_matter.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <sluice/abi_rules.hpp>
#include <sluice/blanks.hpp>
#include <vector>

#include "markdown/toml_to_yaml.hpp"
#include "markdown/yaml_check.hpp"

namespace sluice::markdown_plugin {
namespace {

// The next line of `text`, which is shortened by it.
std::string_view next_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

// `---` or `+++`, perhaps with blanks behind it.
bool is_fence(std::string_view line, std::string_view fence) {
  return line.starts_with(fence) && trimmed(line.substr(fence.size())).empty();
}

bool is_blank_or_comment(std::string_view line) {
  const std::string_view text = trimmed(line);
  return text.empty() || text.front() == '#';
}

// Whether the first line that says something is "name: value". Text between two rules is not.
bool begins_with_name(std::string_view yaml) {
  while (!yaml.empty()) {
    const std::string_view line = next_line(yaml);
    if (is_blank_or_comment(line)) continue;
    const std::string_view name = abi_rules::entry_name(line);
    return !name.empty() && name.find_first_of("`*[<|#") == std::string_view::npos;
  }
  return false;
}

// The first line of `rest` with the lines that belong to it: those that are indented, the items of
// a list, what closes brackets, and blank lines and comments between them. Takes them off `rest`.
std::string_view next_entry(std::string_view& rest) {
  const char* const begin = rest.data();
  next_line(rest);
  while (!rest.empty()) {
    std::string_view after = rest;
    const std::string_view line = next_line(after);
    const bool belongs = line.empty() || line == "-" || line.starts_with("- ") ||
                         std::string_view(" \t]}#").find(line.front()) != std::string_view::npos;
    if (!belongs) break;
    rest = after;
  }
  return {begin, static_cast<std::size_t>(rest.data() - begin)};
}

std::vector<std::string_view> split_entries(std::string_view yaml) {
  std::vector<std::string_view> entries;
  while (!yaml.empty()) entries.push_back(next_entry(yaml));
  return entries;
}

// Whether all entries are simple ones with names of their own: most notes have no other.
bool all_simple(const std::vector<std::string_view>& entries) {
  std::set<std::string_view> names;
  return std::all_of(entries.begin(), entries.end(), [&](std::string_view entry) {
    const auto name = simple_entry_name(entry);
    return name && names.insert(*name).second;
  });
}

bool is_readable(std::string_view yaml) {
  return abi_rules::front_matter_fault(yaml).empty() && is_yaml_mapping(yaml);
}

// Entries that are broken, or repeat a name, cost only themselves.
std::string readable_entries(const std::vector<std::string_view>& entries) {
  std::string out;
  for (const std::string_view entry : entries) {
    if (!is_readable(entry)) continue;
    const std::string_view name = abi_rules::entry_name(entry.substr(0, entry.find('\n')));
    if (name.empty() || abi_rules::has_entry(out, name)) continue;
    // Else what is published is no front matter for the next reader.
    if (out.empty() && !begins_with_name(entry)) continue;
    out += entry;
  }
  return out.empty() || is_readable(out) ? out : std::string();
}

void read_yaml(FrontMatter& out) {
  const std::vector<std::string_view> entries = split_entries(out.written);
  if (all_simple(entries) || is_readable(out.written)) {
    out.entries = out.written;
    return;
  }
  out.complete = false;
  out.entries = readable_entries(entries);
}

void read_toml(FrontMatter& out) {
  std::optional<std::string> yaml = toml_to_yaml(out.written);
  out.complete = yaml && (yaml->empty() || (begins_with_name(*yaml) && is_readable(*yaml)));
  if (out.complete) out.entries = std::move(*yaml);
}

}  // namespace

FrontMatter read_front_matter(std::string_view text) {
  FrontMatter out;
  std::string_view rest = text;
  const std::string_view first = next_line(rest);
  const bool is_yaml = is_fence(first, "---");
  if (!is_yaml && !is_fence(first, "+++")) return out;
  const char* const begin = rest.data();
  while (!rest.empty()) {
    const std::string_view line = next_line(rest);
    const auto read = static_cast<std::size_t>(line.data() - begin);
    if (read > abi_rules::kMaxFrontMatterBytes) return out;
    const bool is_end =
        is_yaml ? is_fence(line, "---") || is_fence(line, "...") : is_fence(line, "+++");
    if (!is_end) continue;
    out.written = {begin, read};
    // Jekyll's pages often have nothing between the two lines; two rules alone are two rules.
    const bool is_empty = read == 0 && !trimmed(rest).empty();
    if (is_yaml && !is_empty && !begins_with_name(out.written)) return FrontMatter();
    out.size = text.size() - rest.size();
    out.language = is_yaml ? "yaml" : "toml";
    if (!is_empty) is_yaml ? read_yaml(out) : read_toml(out);
    return out;
  }
  return out;
}

}  // namespace sluice::markdown_plugin
