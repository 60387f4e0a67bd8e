// SPDX-License-Identifier: Apache-2.0
//
// What the stories of one document (its body, notes, headers) share.
#pragma once

#include <memory>
#include <optional>
#include <sluice/embedded_objects.hpp>
#include <sluice/left_out.hpp>
#include <sluice/opc.hpp>
#include <sluice/opc_images.hpp>
#include <string>
#include <string_view>

#include "docx/bookmarks.hpp"
#include "docx/languages.hpp"
#include "docx/notes.hpp"
#include "docx/numbering.hpp"
#include "docx/settings.hpp"
#include "docx/styles.hpp"

namespace sluice::docx {

class Document {
 public:
  // Reads the parts that the main part needs. `job` and `package` must outlive it. Throws Failure
  // if there is no main part, or it cannot be read.
  Document(Job& job, const OpcPackage& package, const Settings& settings);

  // The element that holds the body's blocks.
  XmlNode body() const { return body_; }
  const std::string& defect() const { return main_.defect(); }
  // The part of a relationship of this type as XML; without root if there is none.
  XmlPart part_of(std::string_view type) const;
  // The fragment of the heading that holds a bookmark, or empty.
  std::string_view fragment_of(std::string_view bookmark);
  // Adds the notes and warnings about what is not written.
  void tell_what_is_left_out() const;

  Job& job;
  const OpcPackage& package;
  const Settings settings;
  const OpcRelationships relationships;  // of the main part
  // Whether Word left marks where its pages ended; only these count then. Set before main_ is read.
  bool has_rendered_breaks = false;

 private:
  std::string main_bytes();
  XmlPart main_;
  XmlNode body_;
  std::optional<Bookmarks> bookmarks_;

 public:
  Styles styles;
  Numbering numbering;
  OpcImages images;
  Notes notes;
  BookmarkNames bookmark_names;
  Languages languages;
  std::string title;  // of the first paragraph that is one
  std::size_t missing_images = 0;
  TextLeftOuts left_out;
  LeftOut hidden_html;  // in parts that are HTML
  EmbeddedObjects objects;
  bool left_something_out = false;  // what this converter cannot show
};

}  // namespace sluice::docx
