// Source text of formatters, which is plain text with signs of its own: TeX, AsciiDoc, Org,
// reStructuredText. Asked only where the file's name leaves the format open.
#include <algorithm>
#include <array>

#include "plugin/sniff_parts.h"

namespace sluice::plugin {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view next_line_of(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (!line.empty() && kBlanks.find(line.back()) != std::string_view::npos)
    line.remove_suffix(1);
  return line;
}

bool begins(std::string_view text, std::string_view lower) {
  return text.size() >= lower.size() &&
         std::equal(lower.begin(), lower.end(), text.begin(), [](char wanted, char found) {
           return (found >= 'A' && found <= 'Z' ? static_cast<char>(found - 'A' + 'a') : found) ==
                  wanted;
         });
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '!';
  });
}

// \documentclass before any text: behind remarks and what prepares packages.
bool is_tex(std::string_view text) {
  while (!text.empty()) {
    const std::string_view whole = next_line_of(text);
    const std::string_view line =
        whole.substr(std::min(whole.find_first_not_of(kBlanks), whole.size()));
    if (line.empty() || line[0] == '%') continue;
    for (const std::string_view start : {"\\documentclass", "\\documentstyle"}) {
      const std::string_view behind = line.substr(std::min(start.size(), line.size()));
      if (line.starts_with(start) && (behind.empty() || behind[0] == '[' || behind[0] == '{'))
        return true;
    }
    const bool prepares = line.starts_with("\\RequirePackage") ||
                          line.starts_with("\\PassOptionsToPackage") ||
                          line.starts_with("\\PassOptionsToClass");
    if (!prepares) return false;
  }
  return false;
}

// Org's own keywords in the first line, or a mode line for Emacs.
bool is_org(std::string_view text) {
  std::string_view line;
  while (line.empty() && !text.empty()) line = next_line_of(text);
  for (const std::string_view mode : {"-*- mode: org", "-*- org -*-", "-*- mode:org"}) {
    if (line.find(mode) != std::string_view::npos) return true;
  }
  static constexpr auto kKeywords = std::to_array<std::string_view>(
      {"#+title:", "#+author:", "#+options:", "#+startup:", "#+filetags:", "#+setupfile:"});
  return std::any_of(kKeywords.begin(), kKeywords.end(),
                     [&](std::string_view keyword) { return begins(line, keyword); });
}

// "= Title", and in the lines below it an attribute, ":toc:" or ":name: value".
bool is_asciidoc(std::string_view text) {
  std::string_view line;
  while (text.size() > 1 && (line.empty() || line.starts_with("//"))) line = next_line_of(text);
  if (!line.starts_with("= ") || line.ends_with('=')) return false;
  for (int i = 0; i < 20 && !text.empty(); ++i) {
    line = next_line_of(text);
    if (line.empty()) return false;
    if (line[0] != ':') continue;
    const std::size_t colon = line.find(':', 1);
    if (colon == std::string_view::npos || !is_word(line.substr(1, colon - 1))) continue;
    if (colon + 1 == line.size() || line[colon + 1] == ' ') return true;
  }
  return false;
}

// A title with its line, and a directive that docutils or Sphinx know.
bool is_restructured(std::string_view text) {
  static constexpr auto kDirectives = std::to_array<std::string_view>(
      {"toctree",    "contents",  "note",           "warning",    "image",        "figure",
       "code-block", "code",      "literalinclude", "include",    "module",       "currentmodule",
       "automodule", "autoclass", "function",       "class",      "versionadded", "versionchanged",
       "seealso",    "highlight", "index",          "list-table", "csv-table",    "math",
       "admonition", "tip",       "important",      "sectnum",    "meta"});
  bool has_title = false;
  std::string_view above;
  while (!text.empty()) {
    const std::string_view line = next_line_of(text);
    const bool is_rule = line.size() > 2 && line.size() >= above.size() && !above.empty() &&
                         std::string_view("=-~^*#\"+`").find(line[0]) != std::string_view::npos &&
                         line.find_first_not_of(line[0]) == std::string_view::npos &&
                         above[0] != ' ' && above[0] != line[0];
    has_title = has_title || is_rule;
    if (line.starts_with(".. ")) {
      const std::size_t colons = line.find("::");
      const std::string_view name = line.substr(3, colons == line.npos ? 0 : colons - 3);
      const bool is_known =
          std::find(kDirectives.begin(), kDirectives.end(), name) != kDirectives.end();
      if (is_known && has_title) return true;
    }
    above = line;
  }
  return false;
}

}  // namespace

std::optional<TextHint> sniff_source_text(std::string_view text) {
  if (is_tex(text)) return TextHint{"text/x-tex", "\\documentclass before any text", true};
  if (is_org(text)) return TextHint{"text/x-org", "a keyword of Org in the first line", true};
  if (is_asciidoc(text))
    return TextHint{"text/x-asciidoc", "a title and attributes of AsciiDoc", true};
  if (is_restructured(text))
    return TextHint{"text/x-rst", "a title and a directive of reStructuredText", true};
  return std::nullopt;
}

}  // namespace sluice::plugin
