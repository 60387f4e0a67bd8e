// SPDX-License-Identifier: Apache-2.0
//
// What abi.h says about texts, as functions: the host and RecordingJob check by the same ones. Each
// `..._fault` is empty if the text is as it must be, and otherwise says what is wrong with it.
#pragma once

#include <sluice/ext/document_links.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <sluice/counted.hpp>
#include <string>
#include <string_view>

namespace sluice::abi_rules {

inline constexpr std::size_t kMaxKeyBytes = 32;
inline constexpr std::size_t kMaxCodeBytes = 64;

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
inline bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}

// The warning for assets that were opened and never finished.
inline std::string unfinished_assets(std::ptrdiff_t count) {
  return counted(count, "asset was never finished and is left out",
                 "assets were never finished and are left out");
}

// The same for documents within it.
inline std::string unfinished_children(std::ptrdiff_t count) {
  return counted(static_cast<std::uint64_t>(count), "document within it was never finished and is",
                 "documents within it were never finished and are") +
         " left out";
}

// The note for links to other sources that stay as the author wrote them.
inline std::string unfollowed_links(std::uint64_t count) {
  return counted(count, "link to another source stays", "links to other sources stay") +
         " as written: a document may have 200,000, and 6 MB of them";
}

// The warning for a body that is not UTF-8.
inline std::string replaced_characters(std::uint64_t count) {
  return counted(count, "broken character was replaced by U+FFFD",
                 "broken characters were replaced by U+FFFD");
}

// 1 to `most` of [a-z0-9-].
inline bool is_word(std::string_view text, std::size_t most) {
  return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), [](char c) {
    return is_lower(c) || is_digit(c) || c == '-';
  });
}

// Of sluice.positions: "page" and 3.
inline bool is_part(std::string_view unit, std::uint64_t number) {
  return is_word(unit, 32) && number >= 1;
}
// The sidecar that the host makes of the parts of a document.
inline constexpr std::string_view kPartsKind = "parts";

// Of sluice.document-links: relative, and the file has a name.
inline constexpr std::size_t kMaxLinkText = 4 << 10;
inline bool is_link_path(std::string_view path) {
  return !path.empty() && path.front() != '/';
}
inline bool is_link_text(std::string_view text) {
  constexpr std::string_view kForbidden("\r\n\0", 3);
  return text.size() <= kMaxLinkText && text.find_first_of(kForbidden) == std::string_view::npos;
}
// `is_utf8`: the host's and the SDK's own.
template <class IsUtf8>
std::string document_link_fault(const sluice_document_link& link, IsUtf8 is_utf8) {
  const auto text = [](sluice_str str) {
    return std::string_view(str.data, static_cast<std::size_t>(str.size));
  };
  if (link.lookup != SLUICE_LINK_BY_PATH && link.lookup != SLUICE_LINK_BY_NAME) {
    return "a link to a document is looked up by path or by name";
  }
  if (!is_link_path(text(link.path))) return "a link to a document needs a relative path";
  for (const sluice_str& one : {link.path, link.fragment, link.written, link.before, link.after}) {
    if (!is_link_text(text(one)) || !is_utf8(text(one))) {
      return "the texts of a link to a document are UTF-8, on one line, of at most 4 KiB";
    }
  }
  return {};
}
template <class IsUtf8>
std::string anchor_fault(std::string_view name, std::string_view anchor, IsUtf8 is_utf8) {
  const auto is_sound = [&](std::string_view text) {
    return !text.empty() && text.size() <= 1024 && is_link_text(text) && is_utf8(text);
  };
  return is_sound(name) && is_sound(anchor)
             ? std::string()
             : "an anchor and its name are UTF-8, on one line, of 1 byte to 1 KiB";
}

inline bool is_sidecar_kind(std::string_view kind) {
  return is_word(kind, kMaxKeyBytes);
}

inline bool is_metadata_key(std::string_view key) {
  if (key.empty() || key.size() > kMaxKeyBytes || !is_lower(key[0])) return false;
  for (const std::string_view host_key : {"source", "sha256", "media_type", "converter"}) {
    if (key == host_key) return false;
  }
  return std::all_of(key.begin(), key.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

// "2024", "2024-05", "2024-05-31", and behind a full date "T12:00", "T12:00:00.5", "Z", "+02:00"
// (ISO 8601, extended format). Numbers within their ranges.
inline bool is_iso_date(std::string_view text) {
  const auto number = [&text](std::size_t digits, int low, int high) {
    if (text.size() < digits) return false;
    int value = 0;
    for (const char c : text.substr(0, digits)) {
      if (!is_digit(c)) return false;
      value = value * 10 + (c - '0');
    }
    text.remove_prefix(digits);
    return value >= low && value <= high;
  };
  const auto next_is = [&text](char c) {
    if (text.empty() || text[0] != c) return false;
    text.remove_prefix(1);
    return true;
  };
  if (!number(4, 0, 9999)) return false;
  if (text.empty()) return true;
  if (!next_is('-') || !number(2, 1, 12)) return false;
  if (text.empty()) return true;
  if (!next_is('-') || !number(2, 1, 31)) return false;
  if (text.empty()) return true;
  if (!next_is('T') || !number(2, 0, 24) || !next_is(':') || !number(2, 0, 59)) return false;
  if (next_is(':')) {
    if (!number(2, 0, 60)) return false;
    if (next_is('.')) {
      if (!number(1, 0, 9)) return false;
      while (!text.empty() && is_digit(text[0])) text.remove_prefix(1);
    }
  }
  if (text.empty() || text == "Z") return true;
  return (next_is('+') || next_is('-')) && number(2, 0, 23) &&
         (text.empty() || ((next_is(':'), number(2, 0, 59)) && text.empty()));
}

// Subtags of letters and digits with `-` between them, the first of letters (BCP 47, section 2.1).
inline bool is_language_tag(std::string_view text) {
  bool first = true;
  while (true) {
    const std::string_view part = text.substr(0, text.find('-'));
    if (part.empty() || part.size() > 8) return false;
    for (const char c : part) {
      if (!is_letter(c) && (first || !is_digit(c))) return false;
    }
    if (part.size() == text.size()) return true;
    text.remove_prefix(part.size() + 1);
    first = false;
  }
}

// The value of a metadata key that has a form of its own. REQUIRES: not empty.
inline std::string metadata_fault(std::string_view key, std::string_view value) {
  const auto fault = [&](const char* form) {
    return std::string(key) + " \"" + std::string(value.substr(0, 100)) + "\" is not " + form;
  };
  if ((key == "created" || key == "modified") && !is_iso_date(value)) {
    return fault("a date of ISO 8601, as in 2024-05-31");
  }
  if (key == "language" && !is_language_tag(value)) {
    return fault("a language tag of BCP 47, as in en-GB");
  }
  if (key == "pages" && (value.size() > 18 || !std::all_of(value.begin(), value.end(), is_digit))) {
    return fault("a decimal number");
  }
  return {};
}

inline constexpr std::size_t kMaxFrontMatterBytes = std::size_t{64} << 10;

// The name that a line of a block mapping in column 1 begins an entry with, without its quotes;
// empty if it begins none (YAML 1.2, sections 7.4.2 and 8.2.2, without `?`).
inline std::string_view entry_name(std::string_view line) {
  std::size_t end = std::string_view::npos;
  std::string_view name;
  if (line.starts_with('"') || line.starts_with('\'')) {
    const std::size_t close = line.find(line[0], 1);
    if (close == std::string_view::npos) return {};
    name = line.substr(1, close - 1);
    end = line.find_first_not_of(' ', close + 1);
    if (end == std::string_view::npos || line[end] != ':') return {};
  } else {
    if (line.empty() || std::string_view(" \t#-?:,[]{}&*!|>%@`").find(line[0]) != line.npos)
      return {};
    for (end = line.find(':'); end != line.npos; end = line.find(':', end + 1)) {
      if (end + 1 == line.size() || line[end + 1] == ' ' || line[end + 1] == '\t') break;
    }
    if (end == std::string_view::npos) return {};
    name = line.substr(0, line.find_last_not_of(' ', end - 1) + 1);
    if (name.find(" #") != name.npos) return {};
  }
  const bool is_whole = end + 1 == line.size() || line[end + 1] == ' ' || line[end + 1] == '\t';
  return is_whole ? name : std::string_view();
}

// Calls `visit` with each line of `text`, without its line end.
template <class Visit>
void each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Whether `yaml`, which has passed front_matter_fault, has an entry of this name; small and capital
// letters of ASCII are the same, as in the tools that read notes.
inline bool has_entry(std::string_view yaml, std::string_view name) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  bool found = false;
  each_line(yaml, [&](std::string_view line) {
    const std::string_view other = entry_name(line);
    found = found || (other.size() == name.size() &&
                      std::equal(name.begin(), name.end(), other.begin(),
                                 [&](char a, char b) { return lower(a) == lower(b); }));
  });
  return found;
}

// The rules of sluice_front_matter for the lines of a text in UTF-8. That the values are YAML is
// the converter's affair: a bad one spoils its own document alone.
inline std::string front_matter_fault(std::string_view yaml) {
  std::string fault;
  bool has_name = false;
  if (yaml.size() > kMaxFrontMatterBytes) return "front matter is longer than 64 KiB";
  if (!yaml.ends_with('\n')) return "front matter does not end with a line end";
  each_line(yaml, [&](std::string_view line) {
    const bool has_control = std::any_of(line.begin(), line.end(), [](char c) {
      return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7F';
    });
    if (has_control) fault = "front matter has a control character";
    if (line.starts_with("---") || line.starts_with("...")) fault = "front matter ends too early";
    if (line.empty() || std::string_view(" \t#").find(line[0]) != line.npos) return;
    if (has_name && (line == "-" || line.starts_with("- ") || line[0] == ']' || line[0] == '}')) {
      return;
    }
    has_name = !entry_name(line).empty();
    if (!has_name) fault = "front matter has a line that is no entry";
  });
  if (!has_name && fault.empty()) fault = "front matter has no entry";
  return fault;
}

}  // namespace sluice::abi_rules
