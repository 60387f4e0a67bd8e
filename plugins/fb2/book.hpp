// SPDX-License-Identifier: Apache-2.0
//
// Writes the bodies of a FictionBook as Markdown. The tree is walked without recursion; what is
// within the notes' body is written at the end, note by note as they were called.
#pragma once

#include <map>
#include <optional>
#include <sluice/heading_anchor.hpp>
#include <sluice/markdown_writer.hpp>
#include <sluice/plugin.hpp>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::fb2 {

class Book {
 public:
  // `root`: the element FictionBook. Both must outlive it.
  Book(Job& job, XmlNode root);

  void set_metadata();
  void write(bool has_cover);
  bool has_content() const { return out_.has_content(); }

 private:
  void find_places(XmlNode body);
  void write_body(XmlNode body);
  void write_below(XmlNode node);
  void write_notes();
  Walk enter(XmlNode node);
  void leave(XmlNode node);
  bool enter_block(XmlNode node);
  void leave_block(XmlNode node);
  void begin_link(XmlNode node);
  bool call_note(XmlNode node);
  void picture(XmlNode node);
  std::optional<sluice_asset> asset_of(const std::string& id);

  Job& job_;
  XmlNode root_;
  MarkdownWriter out_;
  std::map<std::string, XmlNode, std::less<>> pictures_;  // elements "binary" by their ids
  std::map<std::string, std::optional<sluice_asset>> assets_;
  std::map<std::string, XmlNode, std::less<>> notes_;        // sections of the bodies of notes
  std::map<std::string, std::string, std::less<>> anchors_;  // of headings, by the ids of sections
  HeadingAnchors headings_;
  std::vector<std::string> called_;            // ids of notes in the order of their labels
  std::map<std::string, std::size_t> labels_;  // of those that were called
  int depth_ = 0;                              // of sections
  int top_level_ = 1;                          // of the headings of sections
  bool in_title_ = false;
  std::size_t missing_ = 0;  // pictures
  std::uint64_t steps_ = 0;
};

// All text below `node` in one line.
std::string text_of(XmlNode node);

}  // namespace sluice::fb2
