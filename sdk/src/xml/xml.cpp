// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <new>
#include <pugixml.hpp>
#include <sluice/plugin.hpp>
#include <sluice/xml.hpp>
#include <utility>

#include "xml/xml_names.hpp"
#include "xml/xml_text.hpp"

namespace sluice {

struct XmlPart::Content {
  std::string text;  // the tree points into it
  pugi::xml_document document;
  std::string defect;
};

XmlPart::XmlPart() = default;
XmlPart::XmlPart(XmlPart&&) noexcept = default;
XmlPart& XmlPart::operator=(XmlPart&&) noexcept = default;
XmlPart::~XmlPart() = default;

XmlNode XmlPart::root() const {
  return XmlNode(content_ ? content_->document.document_element().internal_object() : nullptr);
}

const std::string& XmlPart::defect() const {
  static const std::string kNone;
  return content_ ? content_->defect : kNone;
}

namespace {

unsigned parser_flags(const XmlOptions& options) {
  const unsigned blanks =
      options.blanks == XmlBlanks::kAll ? pugi::parse_ws_pcdata : pugi::parse_ws_pcdata_single;
  return pugi::parse_minimal | pugi::parse_escapes | pugi::parse_cdata | pugi::parse_eol |
         pugi::parse_wconv_attribute | blanks;
}

std::string describe(const pugi::xml_parse_result& result) {
  std::string reason;
  switch (result.status) {
    case pugi::status_bad_start_element:
    case pugi::status_bad_end_element:
    case pugi::status_bad_attribute:
    case pugi::status_unrecognized_tag:
      reason = "a tag is broken or cut off";
      break;
    case pugi::status_end_element_mismatch:
      reason = "tags do not match, or the end is missing";
      break;
    default:
      reason = "it is cut off";
      break;
  }
  return reason + ", at byte " + std::to_string(result.offset);
}

}  // namespace

XmlPart parse_xml(std::string bytes, std::string_view name,
                  std::span<const XmlNamespace> namespaces, const XmlOptions& options) {
  const auto fail = [name](Outcome outcome, const std::string& reason) {
    return Failure(outcome, std::string(name) + ": " + reason);
  };
  if (bytes.size() > options.max_bytes) {
    throw fail(Outcome::kLimit, "the XML is larger than " + std::to_string(options.max_bytes) +
                                    " bytes, more than a converter reads");
  }
  XmlPart part;
  part.content_ = std::make_unique<XmlPart::Content>();
  std::string& text = part.content_->text;
  text = xml::to_utf8(std::move(bytes));
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
  xml::mend_references(text);
  if (xml::declares_entities(text)) {
    throw fail(Outcome::kMalformed,
               "its document type declares entities, which such files must not have; save it anew "
               "with the program that made it");
  }
  const pugi::xml_parse_result result = part.content_->document.load_buffer_inplace(
      text.data(), text.size(), parser_flags(options), pugi::encoding_utf8);
  if (result.status == pugi::status_out_of_memory) throw std::bad_alloc();
  if (!part.root()) {
    throw fail(Outcome::kMalformed, "there is no complete XML element in it");
  }
  if (!result) part.content_->defect = describe(result);
  if (!xml::canonize(part.content_->document.document_element(), namespaces, options.max_depth)) {
    throw fail(Outcome::kLimit,
               "elements are nested more than " + std::to_string(options.max_depth) + " deep");
  }
  return part;
}

std::string xml_text(XmlNode node) {
  std::string text;
  walk_xml(
      node,
      [&text](XmlNode below) {
        text += below.value();
        return Walk::kInto;
      },
      [](XmlNode) {});
  return text;
}

namespace {

constexpr std::string_view entity_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return {};
  }
}

}  // namespace

void append_xml_escaped(std::string& out, std::string_view text) {
  // In one piece up to the next of the four: most text has none.
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view entity = entity_of(text[at]);
    if (entity.empty()) continue;
    out += text.substr(from, at - from);
    out += entity;
    from = at + 1;
  }
  out += text.substr(from);
}

XmlNode choose_alternate(XmlNode alternate_content, std::span<const std::string_view> understood) {
  const auto is_understood = [understood](XmlNode choice) {
    std::string_view needs = choice.attribute("Requires").value();
    while (true) {
      needs.remove_prefix(std::min(needs.find_first_not_of(' '), needs.size()));
      if (needs.empty()) return true;
      const std::string_view prefix = needs.substr(0, needs.find(' '));
      if (std::find(understood.begin(), understood.end(), prefix) == understood.end()) return false;
      needs.remove_prefix(prefix.size());
    }
  };
  for (const XmlNode choice : alternate_content.children("mc:Choice")) {
    if (is_understood(choice)) return choice;
  }
  return alternate_content.child("mc:Fallback");
}

}  // namespace sluice
