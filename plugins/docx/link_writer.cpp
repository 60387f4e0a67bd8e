// SPDX-License-Identifier: Apache-2.0
#include "docx/link_writer.hpp"

#include <sluice/url.hpp>
#include <sluice/utf8.hpp>

#include "docx/elements.hpp"

namespace sluice::docx {

bool LinkWriter::begin(const std::string& url, std::string_view bookmark, std::string_view title) {
  if (runs_.is_hidden() || context_.flow().is_code()) return false;
  if (!url.empty()) {
    context_.out.begin_link(url, title);
    return true;
  }
  // Headings say the same with and without links.
  if (context_.is_rehearsal) return false;
  const std::string_view fragment = context_.document.fragment_of(bookmark);
  if (fragment.empty()) return false;
  context_.out.begin_link("#" + std::string(fragment), title);
  return true;
}

void LinkWriter::begin_hyperlink(XmlNode node) {
  std::string bookmark = node.attribute("w:anchor").value();
  const OpcRelationship* relationship = context_.relationships.find(node.attribute("r:id").value());
  std::string url = relationship == nullptr ? std::string() : relationship->target;
  if (url.starts_with('#')) {  // writers put fragments into relationships, too
    bookmark = url.substr(1);
    url.clear();
  } else if (!url.empty() && !bookmark.empty()) {
    url += "#" + bookmark;
  }
  links_.push_back(begin(url, bookmark, node.attribute("w:tooltip").value()));
}

void LinkWriter::end_hyperlink() {
  if (links_.empty()) return;
  if (links_.back()) context_.out.end_link();
  links_.pop_back();
}

void LinkWriter::subdocument(XmlNode node) {
  const OpcRelationship* relationship = context_.relationships.find(node.attribute("r:id").value());
  if (relationship == nullptr) return;
  begin_hyperlink(node);
  runs_.text(valid_utf8(percent_decode(relationship->target)));
  end_hyperlink();
}

void LinkWriter::field_character(XmlNode node, Role role) {
  const std::string_view type = node.attribute("w:fldCharType").value();
  if (type == "begin") {
    begin_field(node);
  } else if (type == "separate") {
    begin_result(role);
  } else if (type == "end") {
    end_field();
  }
}

// A form's boxes and menus have no result: what they show is in their data.
void LinkWriter::begin_field(XmlNode node) {
  const XmlNode data = node.child("w:ffData");
  if (const XmlNode box = data.child("w:checkBox")) {
    const XmlNode checked = box.child("w:checked");
    runs_.text(is_on(checked ? checked : box.child("w:default")) ? "\u2612" : "\u2610");
  } else if (const XmlNode list = data.child("w:ddList")) {
    int chosen = list.child("w:result").attribute("w:val").as_int(0);
    for (const XmlNode entry : list.children("w:listEntry")) {
      if (chosen-- == 0) runs_.text(value_of(entry));
    }
  }
  fields_.begin();
}

void LinkWriter::begin_result(Role role) {
  FieldStack::Open* open = fields_.separate();
  if (open == nullptr) return;
  const Field field = parse_field(open->instruction);
  switch (field.kind) {
    case Field::Kind::kResult:
      break;
    case Field::Kind::kLink:
    case Field::Kind::kReference:
      open->is_link = begin(field.url, field.bookmark, field.title);
      break;
    case Field::Kind::kPageReference:
      if (role == Role::kContents) {
        fields_.hide_result(*open);
      } else {
        open->is_link = begin({}, field.bookmark, {});
      }
      break;
    case Field::Kind::kSymbol:
      runs_.text(field.text);
      fields_.hide_result(*open);
      break;
  }
}

void LinkWriter::end_field() {
  if (fields_.end().is_link) context_.out.end_link();
}

void LinkWriter::end_fields() {
  while (!fields_.is_empty()) end_field();
}

void LinkWriter::end_unfinished_fields() {
  for (std::size_t ended = fields_.end_unfinished(); ended > 0; --ended) {
    context_.document.job.warn("broken-field", "a field's instruction has no end");
  }
}

}  // namespace sluice::docx
