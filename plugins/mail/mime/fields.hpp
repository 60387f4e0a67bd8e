// SPDX-License-Identifier: Apache-2.0
//
// The header of a message or of one of its parts (RFC 5322, section 2.2): fields as they stand in
// the source, not decoded. Views into the source, which must outlive them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::mail {

struct Field {
  std::string_view name;
  std::string_view value;  // with its line ends, if it is folded
};

class Fields {
 public:
  // Reads the header that begins at `at` and moves `at` behind the blank line that ends it. A line
  // that is no field begins the body, unless a field that every mail has follows in the header:
  // then it is damage. `is_end(line start)` says whether a line ends the header though none is
  // blank.
  template <class IsEnd>
  static Fields read(std::string_view source, std::size_t& at, const IsEnd& is_end) {
    Fields fields;
    while (at < source.size() && !is_end(at)) {
      if (!fields.add_line(source, at)) break;
    }
    return fields;
  }

  // A header that begins a text and ends at a blank line.
  static Fields read(std::string_view source) {
    std::size_t at = 0;
    return read(source, at, [](std::size_t) { return false; });
  }

  // The first field of this name (ASCII case aside), as it stands in the source; empty without one.
  std::string_view raw(std::string_view name) const;
  bool has(std::string_view name) const;
  // All fields of this name, in order.
  std::vector<std::string_view> all(std::string_view name) const;
  bool empty() const { return fields_.empty(); }
  std::size_t size() const { return fields_.size(); }

 private:
  // False if the line ends the header.
  bool add_line(std::string_view source, std::size_t& at);

  std::vector<Field> fields_;
};

// The end of the line that begins at `at`, behind its line end ("\n", "\r\n" or "\r").
std::size_t end_of_line(std::string_view text, std::size_t at);
// A line without its end.
std::string_view without_line_end(std::string_view line);

// Length of the field's name that `line` begins with, or 0 (RFC 5322, 2.2; blanks before the colon
// as obsolete mail has them, 4.5).
std::size_t field_name_size(std::string_view line);
// Whether it is a field that tells a mail's header from other lines with a colon.
bool is_mail_field(std::string_view name);

// The value as one line, without the line ends and blanks that fold it.
std::string unfolded(std::string_view value);

}  // namespace sluice::mail
