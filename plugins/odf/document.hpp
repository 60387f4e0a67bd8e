// SPDX-License-Identifier: Apache-2.0
//
// An OpenDocument file: a package (ODF 1.3, part 2) or a single XML file (part 3, 3.1.2), which
// holds the same elements.
#pragma once

#include <map>
#include <optional>
#include <sluice/plugin.hpp>
#include <sluice/xml.hpp>
#include <sluice/xml_stream.hpp>
#include <sluice/zip.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::odf {

class Document {
 public:
  // Throws Failure: malformed, encrypted, limit, io.
  explicit Document(Job& job);
  // A single file that another format was lowered to. `defect`: why it is not all of the document,
  // or empty.
  Document(Job& job, std::string flat, std::string defect)
      : job_(job), flat_(std::move(flat)), defect_(std::move(defect)) {}

  bool is_package() const { return zip_.has_value(); }
  // Reads the content into a tree. Call it once, before body() and content_root().
  void read_content();
  // The first element of the body: office:text, office:spreadsheet, ...; or of a formula, math.
  XmlNode body() const;
  XmlNode content_root() const { return content_.root(); }
  // Of a package's styles.xml; of a single file the content, which has them too.
  XmlNode styles_root() const { return is_package() ? styles_.root() : content_.root(); }
  // office:meta, or none.
  XmlNode meta() const;
  // Why the content could not be read to its end, or empty.
  const std::string& defect() const { return defect_; }

  // Reports the content's elements in their order, for contents that no tree could hold. Returns
  // why it could not be read to its end, or empty.
  std::string stream_content(XmlHandler& handler);

  // A file of the package by a reference ("./Object 1", "Pictures/a.png"), or nothing if it is not
  // there. Throws Failure (limit, io); what is damaged is not there.
  std::optional<std::string> read(std::string_view reference) const;
  // A folder of the package that is a document of this type ("application/vnd.oasis...") within it,
  // as a file of its own; nothing if it is damaged or too large. Throws Failure (limit, io).
  std::optional<std::string> package_of(std::string_view reference,
                                        std::string_view media_type) const;
  bool has(std::string_view reference) const { return find(reference) != nullptr; }

 private:
  void refuse_encrypted() const;
  const ZipEntry* find(std::string_view reference) const;
  XmlPart parse(std::string_view name) const;

  Job& job_;
  std::optional<std::string> flat_;  // instead of the job's source
  std::optional<Zip> zip_;
  XmlPart content_;
  XmlPart styles_;
  XmlPart meta_;
  std::string defect_;
};

// Sets the front matter that the document's properties give (part 3, 4.3).
void set_metadata(Job& job, XmlNode meta);

}  // namespace sluice::odf
