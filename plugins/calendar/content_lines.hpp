// SPDX-License-Identifier: Apache-2.0
//
// The lines of calendars and contacts (RFC 5545, section 3.1; RFC 6350, section 3.3; vCard 2.1):
// unfolded, with their parameters, values as they stand or without their escapes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::calendar {

// `bytes`, not decoded yet, with each line that is folded behind a byte of 0x80 or above joined to
// the next: it may be folded within a character (RFC 5545, section 3.1), whose halves no decoder
// reads. In UTF-16, no line end is followed by a blank of one byte.
std::string with_whole_characters(std::string_view bytes);

struct Property {
  std::string group;  // vCard: "item1" of "item1.TEL"
  std::string name;   // in upper case
  // By name in upper case; several values of one are divided by commas. Those without a name
  // (vCard 2.1) are of TYPE.
  std::map<std::string, std::string> parameters;
  std::string value;  // decoded if it was quoted-printable, else as it stands

  std::string parameter(const std::string& key) const {
    const auto found = parameters.find(key);
    return found == parameters.end() ? std::string() : found->second;
  }
  // Without escapes: `\n`, `\,`, `\;`, `\\`.
  std::string text() const;
  // The fields that semicolons divide, each without escapes.
  std::vector<std::string> fields() const;
  // The values that commas divide.
  std::vector<std::string> list() const;
};

// BEGIN to END, with all within it.
struct Component {
  std::string name;  // "VEVENT"
  std::vector<Property> properties;
  std::vector<Component> components;

  // The first of that name; nullptr if there is none.
  const Property* find(std::string_view name) const;
  std::vector<const Property*> all(std::string_view name) const;
  std::string text(std::string_view name) const;
};

// Reads a file one line after another.
class LineReader {
 public:
  // `text`: UTF-8, which must outlive it.
  explicit LineReader(std::string_view text) : rest_(text) {}

  // The next line that is one; nothing at the end.
  std::optional<Property> next();
  // The component whose BEGIN was just read: up to its END, or to the end of the file.
  Component read_component(std::string name) { return read_component(std::move(name), 0); }

  std::size_t damaged_lines() const { return damaged_; }
  bool is_cut_off() const { return is_cut_off_; }

 private:
  Component read_component(std::string name, int depth);
  // As read_component, but keeps nothing.
  void skip_component();
  std::string unfolded_line();

  std::string_view rest_;
  std::size_t damaged_ = 0;
  bool is_cut_off_ = false;
};

}  // namespace sluice::calendar
