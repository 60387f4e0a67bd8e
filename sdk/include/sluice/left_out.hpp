// SPDX-License-Identifier: Apache-2.0
//
// What a converter leaves out of a document by one of its options, told once: a reader learns that
// it is there, what it begins with, and how to keep it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// The line of the configuration that sets an option of a converter: "[plugin.docx] comments =
// true". Empty if one of the names is.
std::string setting_of(std::string_view plugin, std::string_view option);
// What a message about so many things that are left out ends with: "; to convert them, set " and
// the setting. Empty if there is none.
std::string how_to_convert(std::uint64_t count, std::string_view setting);

class LeftOut {
 public:
  // `one` and `many`: what is left out, with the verb ("comment is", "comments are"). `option`: the
  // one that keeps it ("comments"), or empty if there is none. All three outlive this.
  LeftOut(std::string_view one, std::string_view many, std::string_view option)
      : one_(one), many_(many), option_(option) {}

  // Counts it, but for blanks and for a text that was counted before: footers repeat.
  void add(std::string_view text);
  // Counts a file, by the last part of its path.
  void add_file(std::string_view path) { add(path.substr(path.find_last_of("/\\") + 1)); }
  // Counts one whose text is not read.
  void add_unread() { ++count_; }
  std::size_t count() const { return count_; }

  // "2 comments are left out (to keep them, set [plugin.docx] comments = true): "Who says so?"
  // ..."; empty if nothing was. `plugin`: the id that options are set by; empty where nobody can
  // set them.
  std::string message(std::string_view plugin) const;
  // Adds this message, if there is one, as the note `left-out`.
  void tell(Job& job, std::string_view plugin) const;

 private:
  std::string_view one_;
  std::string_view many_;
  std::string_view option_;
  std::size_t count_ = 0;
  std::set<std::size_t> known_;  // hashes of the texts
  std::vector<std::string> samples_;
};

// Sounds and films, which are no text: their files.
inline LeftOut media_left_out() {
  return {"sound or film is", "sounds and films are", ""};
}

// What the options that documents of word processors have in common leave out.
struct TextLeftOuts {
  LeftOut hidden = {"piece of hidden text is", "pieces of hidden text are", "hidden_text"};
  LeftOut margins = {"header or footer is", "headers and footers are", "headers_footers"};
  // Of which those of the first section alone can be kept.
  LeftOut later_margins = {"header or footer of a later section is",
                           "headers and footers of later sections are", ""};
  LeftOut comments = {"comment is", "comments are", "comments"};
  LeftOut media = media_left_out();

  std::array<const LeftOut*, 5> all() const {
    return {&hidden, &margins, &later_margins, &comments, &media};
  }
  void tell(Job& job, std::string_view plugin) const;
  // Why a document has no text to show: that what there is was left out, or else `nothing`.
  std::string why_empty(std::string_view nothing, std::string_view plugin) const;
};

}  // namespace sluice
