// SPDX-License-Identifier: Apache-2.0
#include "docx/document.hpp"

#include <html/hidden_text.hpp>
#include <utility>

namespace sluice::docx {

Document::Document(Job& the_job, const OpcPackage& the_package, const Settings& the_settings)
    : job(the_job),
      package(the_package),
      settings(the_settings),
      relationships(the_package.relationships(the_package.main_part())),
      main_(parse_xml(main_bytes(), the_package.main_part(), office_namespaces())),
      body_(main_.root().child("w:body")),
      styles(part_of("styles")),
      numbering(part_of("numbering")),
      images(the_job, the_package),
      notes(the_package, relationships),
      bookmark_names(the_job),
      hidden_html(html::hidden_elements()),
      objects(the_job, the_settings.embedded) {
  if (!body_ && main_.defect().empty() && main_.root().child("w:p")) body_ = main_.root();
  if (!body_) {
    throw Failure(Outcome::kMalformed,
                  package.main_part() + " holds no document body: it is no Word document");
  }
}

std::string Document::main_bytes() {
  std::string bytes = package.read(package.main_part());
  has_rendered_breaks = bytes.find("lastRenderedPageBreak") != std::string::npos;
  return bytes;
}

XmlPart Document::part_of(std::string_view type) const {
  const OpcRelationship* relationship = relationships.first_of(type);
  return relationship == nullptr ? XmlPart() : package.readable_xml(relationship->target);
}

void Document::tell_what_is_left_out() const {
  left_out.tell(job, settings.plugin);
  hidden_html.tell(job, {});
  objects.tell(settings.plugin);
}

std::string_view Document::fragment_of(std::string_view bookmark) {
  if (!bookmarks_) {
    bookmarks_.emplace(*this, Numbering(part_of("numbering")));
  }
  return bookmarks_->fragment_of(bookmark);
}

}  // namespace sluice::docx
