// SPDX-License-Identifier: Apache-2.0
//
// Packages of the Open Packaging Conventions (ECMA-376, part 2): what DOCX, PPTX, XLSX and their
// like have in common. Finds parts the way Office does, by relationships and never by fixed names;
// a part that is missing is a part that is missing, not the end of the document.
//
//   const sluice::OpcPackage package(job);
//   const std::string main = package.main_part();
//   const sluice::XmlPart document = package.xml(main);
//   const sluice::OpcRelationships links = package.relationships(main);
//   if (const auto* styles = links.first_of("styles")) package.xml(styles->target);
//
// Part names are without the leading slash, as in the archive: "word/document.xml".
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <sluice/plugin.hpp>
#include <sluice/xml.hpp>
#include <sluice/zip.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

enum class OpcTarget : std::uint8_t { kPart, kExternal };

struct OpcRelationship {
  std::string id;
  // The last segment of the type's URI ("image", "hyperlink", "officeDocument"), which Transitional
  // and Strict documents have in common.
  std::string type;
  // kPart: the name of the part, resolved and as the archive has it; perhaps of a part that is not
  // there. kExternal: the URL as it stands.
  std::string target;
  OpcTarget mode = OpcTarget::kPart;
};

// The relationships of one part, or of the package (9.3).
class OpcRelationships {
 public:
  OpcRelationships() = default;
  explicit OpcRelationships(std::vector<OpcRelationship> all);
  OpcRelationships(OpcRelationships&&) noexcept = default;
  OpcRelationships& operator=(OpcRelationships&&) noexcept = default;

  std::span<const OpcRelationship> all() const { return all_; }
  // The one of this id, or nullptr. Valid as long as this object.
  const OpcRelationship* find(std::string_view id) const;
  // The first of this type whose target is a part, or nullptr.
  const OpcRelationship* first_of(std::string_view type) const;

 private:
  std::vector<OpcRelationship> all_;
  std::map<std::string_view, std::size_t> by_id_;  // keys point into all_
};

// `target` of a relationship, seen from the part `source` (empty: the package): absolute or
// relative, with `.`, `..` and backslashes, without fragment. Never leads out of the package.
std::string resolve_part(std::string_view source, std::string_view target);

// The prefixes under which this class parses parts: those that Office itself writes (w, r, a, pic,
// wp, m, v, o, mc, wps, c, dgm, p, xdr, ...), the spreadsheet's as x, with the Strict URIs. See
// opc_names.cpp for the table. Lives for ever.
std::span<const XmlNamespace> office_namespaces();

class OpcPackage {
 public:
  // Reads the archive's directory and the package's relationships. `job` or `bytes` must outlive
  // the package. A package that is encrypted ([MS-OFFCRYPTO]: AES, standard or agile) is opened with
  // `password` (UTF-8; may be empty), or with the one that Office uses where a document is only
  // protected against changes. Throws what Zip throws (sluice/zip.hpp); Failure(kEncrypted) also if
  // neither password fits.
  explicit OpcPackage(Job& job, const ZipLimits& limits = {}, std::string_view password = {});
  explicit OpcPackage(std::string_view bytes, const ZipLimits& limits = {});
  OpcPackage(OpcPackage&&) noexcept = default;

  // The part that the package is about: the target of its relationship `officeDocument` or, where
  // that leads nowhere, the part whose content type ends in `main+xml`. Throws
  // Failure(kMalformed) if there is none.
  const std::string& main_part() const;
  // The package's own relationships: core-properties, thumbnail, ...
  const OpcRelationships& package_relationships() const { return relationships_; }

  bool has(std::string_view part) const { return zip_.find(part) != nullptr; }
  // The bytes of a part. Throws what Zip::read throws, and Failure(kMalformed) if it is missing.
  std::string read(std::string_view part) const;
  // The part as XML under office_namespaces(); without a root if it is missing. Throws what
  // Zip::read and parse_xml throw.
  XmlPart xml(std::string_view part, const XmlOptions& options = {}) const;
  // The same, but without a root also where it is malformed: for parts that a document can do
  // without.
  XmlPart readable_xml(std::string_view part) const;
  // The relationships of a part (empty: of the package); none if they are missing or malformed.
  OpcRelationships relationships(std::string_view part) const;
  // The content type of a part by [Content_Types].xml (10.1), lower case; empty if it says none.
  std::string content_type(std::string_view part) const;

  const Zip& zip() const { return zip_; }

 private:
  struct ContentTypes {
    std::map<std::string, std::string> by_part;       // lower case
    std::map<std::string, std::string> by_extension;  // lower case
  };

  const ContentTypes& content_types() const;
  void read_package();

  std::unique_ptr<const std::string> decrypted_;  // what zip_ reads, if the source is encrypted
  Zip zip_;
  OpcRelationships relationships_;
  std::string main_part_;
  mutable std::optional<ContentTypes> content_types_;
};

// Puts what the core and extended properties say (part 2, 11; part 1, 22.2.2) into the job's front
// matter: title, author, created, modified, language, description, keywords, pages (of a
// presentation: its slides). Values that are no date or number are left out; properties that cannot
// be read are none. Throws what Job::set_metadata throws.
void set_office_metadata(Job& job, const OpcPackage& package);

}  // namespace sluice
