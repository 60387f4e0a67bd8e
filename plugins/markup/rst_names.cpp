// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <sluice/blanks.hpp>
#include <sluice/utf8.hpp>

#include "markup/converters.hpp"
#include "markup/rst_text.hpp"

namespace sluice::markup {
namespace {

std::string unicode(std::string_view value) {
  std::string out;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(' '), value.size());
    const std::string_view word = value.substr(0, end);
    value = trimmed(value.substr(end));
    const bool is_code =
        word.starts_with("0x") || word.starts_with("U+") || word.starts_with("\\u");
    if (word.starts_with("..")) break;
    if (is_code && word.size() <= 8) {
      append_utf8(out, static_cast<char32_t>(
                           std::strtoul(std::string(word.substr(2)).c_str(), nullptr, 16)));
    } else {
      out += word;
    }
  }
  return out;
}

void read_target(std::string_view rest, RstNames& names) {
  std::size_t colon = rest.find(": ");
  if (rest.starts_with("_`")) {
    const std::size_t tick = rest.find('`', 2);
    if (tick != std::string_view::npos) colon = rest.find(':', tick);
  }
  if (colon == std::string_view::npos) return;
  std::string_view target = trimmed(rest.substr(colon + 1));
  if (target.ends_with('_') && target.find("://") == std::string_view::npos) return;
  names.targets.emplace(rst_name(rest.substr(1, colon - 1)), target);
}

void read_substitution(std::string_view rest, RstNames& names) {
  const std::size_t bar = rest.find('|', 1);
  if (bar == std::string_view::npos) return;
  const std::string name = rst_name(rest.substr(1, bar - 1));
  const std::string_view behind = trimmed(rest.substr(bar + 1));
  const std::size_t colons = behind.find("::");
  if (colons == std::string_view::npos) return;
  const std::string_view value = trimmed(behind.substr(colons + 2));
  const std::string_view kind = behind.substr(0, colons);
  if (kind == "image") names.images.emplace(name, value);
  if (kind == "replace") names.substitutions.emplace(name, value);
  if (kind == "unicode") names.substitutions.emplace(name, unicode(value));
}

}  // namespace

std::string note_label(std::string_view written, std::size_t& automatic) {
  if (written == "#" || written == "*") return "auto-" + std::to_string(++automatic);
  if (written.starts_with('#')) written.remove_prefix(1);
  return std::string(written);
}

RstNames find_rst_names(const Lines& lines) {
  RstNames names;
  std::size_t automatic = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = trimmed(lines[i]);
    if (!line.starts_with(".. ")) continue;
    const std::string_view rest = trimmed(line.substr(3));
    if (rest.starts_with('_')) {
      read_target(rest, names);
    } else if (rest.starts_with('|')) {
      read_substitution(rest, names);
    } else if (rest.starts_with('[') && rest.find(']') != std::string_view::npos) {
      names.notes.insert(note_label(rest.substr(1, rest.find(']') - 1), automatic));
    }
  }
  return names;
}

Canary RstConverter::canary() const {
  return {"caf\xC3\xA9\n====\n\n* ``one``\n", "canary.rst", "text/x-rst",
          "# caf\u00E9\n\n- `one`\n"};
}

}  // namespace sluice::markup
