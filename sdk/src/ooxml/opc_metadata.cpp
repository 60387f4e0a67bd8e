// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sluice/opc.hpp>
#include <sluice/utf8.hpp>

namespace sluice {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// One line without blanks at its edges, short enough for the host.
std::string tidy(std::string_view value) {
  constexpr std::size_t kMaxBytes = 8 * 1024;
  std::string line;
  for (const char c : value.substr(0, utf8_cut(value, kMaxBytes))) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

// Whether it begins as a date does (W3CDTF, ISO 8601): 2024-03-01.
bool is_date(std::string_view value) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (value.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == 'd' ? !is_digit(value[i]) : value[i] != '-') return false;
  }
  // What was never set: 1601 is where Windows time begins.
  return value.substr(0, 4) >= "1900" && value.substr(5, 2) != "00" && value.substr(8, 2) != "00";
}

bool is_count(std::string_view value) {
  return !value.empty() && value.size() < 8 && value != "0" &&
         std::all_of(value.begin(), value.end(), is_digit);
}

XmlPart properties(const OpcPackage& package, std::string_view type) {
  const OpcRelationship* relationship = package.package_relationships().first_of(type);
  return relationship == nullptr ? XmlPart() : package.readable_xml(relationship->target);
}

void set(Job& job, std::string_view key, pugi::xml_node node) {
  const std::string value = tidy(xml_text(node));
  if (!value.empty()) job.set_metadata(key, value);
}

void set_date(Job& job, std::string_view key, pugi::xml_node node) {
  const std::string value = tidy(xml_text(node));
  if (is_date(value)) job.set_metadata(key, value);
}

}  // namespace

void set_office_metadata(Job& job, const OpcPackage& package) {
  const XmlPart core = properties(package, "core-properties");
  const pugi::xml_node root = core.root();
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
    const std::string value = tidy(xml_text(extended.root().child(count)));
    if (!is_count(value)) continue;
    job.set_metadata("pages", value);
    break;
  }
}

}  // namespace sluice
