// SPDX-License-Identifier: Apache-2.0
//
// The content of one paragraph: text with its looks, links, fields, notes, pictures and formulas.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "odf/context.hpp"

namespace sluice::odf {

class InlineWriter {
 public:
  // `aside`: what stands beside the text (a text box, a chart, a table in a frame) and is written
  // behind the paragraph.
  InlineWriter(Context& context, std::vector<XmlNode>& asides)
      : context_(context), out_(context.out), asides_(asides) {}

  // Writes the content of a paragraph, without ending it. `look`: of its style.
  void write(XmlNode paragraph, const TextLook& look);
  // In a heading, bold is no emphasis.
  void write_heading(XmlNode heading, const TextLook& look);
  // The text of a paragraph of code, blanks as they are.
  static std::string code_of(XmlNode paragraph);
  // A mark of tracked changes, in a paragraph or between blocks.
  void change(XmlNode mark);
  // A frame on its own, outside of any paragraph.
  void frame(XmlNode frame);

 private:
  void content(XmlNode parent, const TextLook& look);
  void element(XmlNode node, const TextLook& look);
  bool field(XmlNode node, const TextLook& look);
  void text(std::string_view text, const TextLook& look);
  void wear(const TextLook& look);
  void end_code();
  void link(XmlNode node, const TextLook& look);
  void reference(XmlNode node, const TextLook& look);
  void note(XmlNode node);
  void comment(XmlNode node);
  bool picture(XmlNode frame);
  // A sound or film, with the picture that stands for it.
  void film(XmlNode frame, XmlNode played);
  void object(XmlNode frame, XmlNode object);
  void link_to(XmlNode frame, XmlNode object, std::string_view media_type);

  Context& context_;
  MarkdownWriter& out_;
  std::vector<XmlNode>& asides_;
  TextLook worn_;     // as it was begun
  std::string code_;  // adjacent pieces of code are one
  bool is_heading_ = false;
  bool is_alone_ = false;  // the paragraph has no text: a formula in it stands on its own
};

}  // namespace sluice::odf
