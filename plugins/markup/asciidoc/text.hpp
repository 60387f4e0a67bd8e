// SPDX-License-Identifier: Apache-2.0
//
// Text of AsciiDoc within a paragraph: marks, macros, links.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "markup/asciidoc/document.hpp"

namespace sluice::markup::asciidoc {

// The address of an image in the folder that the attribute imagesdir names.
std::string image_address(std::string_view folder, std::string_view target);

// It has many functions: one for each kind of mark and macro. They share the text that is not
// written yet.
class Text {
 public:
  Text(Output& to, const Attributes& attributes, const Places& places)
      : to_(to), out_(to.out), attributes_(attributes), places_(places) {}

  // `keeps_lines`: each line end is a break.
  void write(std::string_view text, bool keeps_lines = false);
  // Ends the paragraph.
  void write_paragraph(std::string_view text, bool keeps_lines = false);
  // Footnotes that the text called, at the end of the document.
  void write_notes();

 private:
  struct Macro {
    std::string_view name;
    std::string_view target;
    std::string_view content;
    std::size_t size = 0;
  };

  void marks(std::string_view text, int depth);
  std::size_t construct(std::string_view text, std::size_t at, int depth);
  std::size_t letter(std::string_view text, std::size_t at, int depth);
  std::size_t styled(std::string_view text, std::size_t at, int depth, std::optional<Style> style);
  std::size_t script(std::string_view text, std::size_t at, int depth);
  std::size_t code(std::string_view text, std::size_t at, int depth);
  bool is_compat() const;
  std::size_t compat_quoted(std::string_view text, std::size_t at, int depth);
  std::size_t compat_code(std::string_view text, std::size_t at, int depth);
  std::size_t curved(std::string_view inner, std::string_view opening, std::string_view closing,
                     int depth);
  std::size_t passed(std::string_view text, std::size_t at);
  std::size_t quoted(std::string_view text, std::size_t at, int depth);
  std::size_t bracket(std::string_view text, std::size_t at, int depth);
  std::size_t cross_reference(std::string_view text, std::size_t at, int depth);
  std::size_t attribute(std::string_view text, std::size_t at, int depth);
  std::size_t entity(std::string_view text, std::size_t at);
  std::size_t sign(std::string_view text, std::size_t at);
  std::size_t address(std::string_view text, std::size_t at, int depth);
  std::size_t mail_address(std::string_view text, std::size_t at);
  std::size_t macro(std::string_view text, std::size_t at, int depth);
  bool write_macro(const Macro& found, int depth);
  std::size_t index_term(std::string_view text, std::size_t at, int depth);
  void link(const std::string& target, std::string_view shown, int depth);
  void within(const std::string& target, std::string_view shown, int depth);
  void note(std::string_view name, std::string_view text);
  void flush();

  Output& to_;
  MarkdownWriter& out_;
  const Attributes& attributes_;
  const Places& places_;
  std::string plain_;
  bool keeps_lines_ = false;
  std::deque<std::string> notes_;
  std::map<std::string, std::size_t, std::less<>> named_notes_;
  std::size_t replaced_ = 0;
};

}  // namespace sluice::markup::asciidoc
