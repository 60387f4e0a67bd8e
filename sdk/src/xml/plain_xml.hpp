// SPDX-License-Identifier: Apache-2.0
//
// The plain part of XML, which is nearly all of it in files that programs write: tags, text, and
// references to single characters, in UTF-8, below a root element. Reading it takes a quarter of
// the instructions of a parser of all of XML. Anything else, mistakes included, is not read but
// reported as odd, and left to that parser: this one refuses no document, and accepts none that
// the other would refuse.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

struct XmlPair {
  std::string_view name;
  std::string_view value;
};

enum class PlainToken : std::uint8_t {
  kStart,
  kStartAndEnd,  // <a/>
  kEnd,
  kText,
  kIncomplete,  // the text ends within it
  kOdd,         // comments, CDATA, the root's end, names that are not ASCII, mistakes
};

// Knows the elements that are open below the root.
class PlainXml {
 public:
  // Reads the token at `at`, which moves behind it; kIncomplete and kOdd leave it where it is.
  // REQUIRES: `text` is valid UTF-8 from `at` on.
  PlainToken next(std::string_view text, std::size_t& at);

  // Of the token read last; valid as long as its text.
  std::string_view name() const { return name_; }
  std::span<const XmlPair> attributes() const { return attributes_; }
  std::string_view characters() const { return characters_; }

  // The start tags of the open elements, without attributes: what another parser has to be given
  // to go on from here.
  std::string open_tags() const;

 private:
  class Tag;
  PlainToken read_text(std::string_view text, std::size_t& at);
  PlainToken read_lines_before(std::string_view text, std::size_t& at, std::size_t mark);
  PlainToken read_reference(std::string_view text, std::size_t& at);
  PlainToken read_line_end(std::string_view text, std::size_t& at);
  PlainToken read_start(std::string_view text, std::size_t& at);
  PlainToken read_end(std::string_view text, std::size_t& at);
  std::string_view innermost() const { return std::string_view(names_).substr(starts_.back()); }

  std::string_view name_;
  std::string_view characters_;
  std::vector<XmlPair> attributes_;
  std::string resolved_;  // what references stand for; views point into it
  std::string names_;     // of the open elements, one behind the other
  std::vector<std::size_t> starts_;
};

}  // namespace sluice
