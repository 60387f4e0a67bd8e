// SPDX-License-Identifier: Apache-2.0
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/dates.hpp>
#include <sluice/opc.hpp>

namespace sluice {
namespace {

// Whether it begins as a date does (W3CDTF, ISO 8601): 2024-03-01.
bool is_date(std::string_view value) {
  if (iso_date_size(value) < 10) return false;
  // What was never set: 1601 is where Windows time begins.
  return value.substr(0, 4) >= "1900" && value.substr(5, 2) != "00" && value.substr(8, 2) != "00";
}

bool is_count(std::string_view value) {
  return is_ascii_number(value) && value.size() < 8 && value != "0";
}

XmlPart properties(const OpcPackage& package, std::string_view type) {
  const OpcRelationship* relationship = package.package_relationships().first_of(type);
  return relationship == nullptr ? XmlPart() : package.readable_xml(relationship->target);
}

void set(Job& job, std::string_view key, XmlNode node) {
  const std::string value = one_line(xml_text(node));
  if (!value.empty()) job.set_metadata(key, value);
}

void set_date(Job& job, std::string_view key, XmlNode node) {
  const std::string value = one_line(xml_text(node));
  if (is_date(value)) job.set_metadata(key, value);
}

}  // namespace

void set_office_metadata(Job& job, const OpcPackage& package) {
  const XmlPart core = properties(package, "core-properties");
  const XmlNode root = core.root();
  set(job, "title", root.child("dc:title"));
  set(job, "author", root.child("dc:creator"));
  set(job, "description", root.child("dc:description"));
  set(job, "keywords", root.child("cp:keywords"));
  set(job, "language", root.child("dc:language"));
  set_date(job, "created", root.child("dcterms:created"));
  set_date(job, "modified", root.child("dcterms:modified"));

  // Strict documents name the type in one word.
  XmlPart extended = properties(package, "extended-properties");
  if (!extended.root()) extended = properties(package, "extendedProperties");
  for (const char* count : {"ep:Slides", "ep:Pages"}) {
    const std::string value = one_line(xml_text(extended.root().child(count)));
    if (!is_count(value)) continue;
    job.set_metadata("pages", value);
    break;
  }
}

}  // namespace sluice
