// SPDX-License-Identifier: Apache-2.0
//
// Builds Word documents in memory from the pieces that a test is about, and converts them.
#pragma once

#include <map>
#include <memory>
#include <sluice/testing.hpp>
#include <string>
#include <utility>
#include <vector>

#include "docx/converter.hpp"
#include "kit/zip_builder.h"

namespace sluice::test {

inline constexpr const char* kDocxType =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

class DocxFile {
 public:
  explicit DocxFile(std::string body) : body_(std::move(body)) {}

  DocxFile& styles(const std::string& content) {
    return part("styles", "word/styles.xml",
                "<w:styles " + names() + ">" + content + "</w:styles>");
  }
  DocxFile& numbering(const std::string& content) {
    return part("numbering", "word/numbering.xml",
                "<w:numbering " + names() + ">" + content + "</w:numbering>");
  }
  // A part of its own with a relationship of this type; returns after naming it `id`.
  DocxFile& part(const std::string& type, const std::string& name, const std::string& content,
                 const std::string& id = "") {
    parts_[name] = content;
    return relationship(id.empty() ? "rId_" + type : id, type, "/" + name);
  }
  DocxFile& relationship(const std::string& id, const std::string& type, const std::string& target,
                         const std::string& mode = "Internal") {
    relationships_ += "<Relationship Id='" + id + "' Type='" + types_ + type + "' Target='" +
                      target + "' TargetMode='" + mode + "'/>";
    return *this;
  }
  DocxFile& option(const std::string& name, const std::string& json) {
    options_[name] = json;
    return *this;
  }
  // The namespaces of ISO/IEC 29500 Strict, under odd prefixes.
  DocxFile& strict() {
    names_ =
        "xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main' "
        "xmlns:r='http://purl.oclc.org/ooxml/officeDocument/relationships'";
    types_ = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
    return *this;
  }
  DocxFile& main_name(std::string name) {
    main_ = std::move(name);
    return *this;
  }
  // The whole main part, in place of one around the body.
  DocxFile& main_content(std::string content) {
    content_ = std::move(content);
    return *this;
  }

  std::string bytes() const {
    test::ZipBuilder zip;
    zip.add("_rels/.rels", relationships("<Relationship Id='d' Type='" + types_ +
                                         "officeDocument' Target='" + main_ + "'/>"));
    const std::size_t slash = main_.rfind('/') + 1;
    zip.add(main_.substr(0, slash) + "_rels/" + main_.substr(slash) + ".rels",
            relationships(relationships_));
    zip.add(main_, content_.empty()
                       ? "<w:document " + names() + "><w:body>" + body_ + "</w:body></w:document>"
                       : content_);
    for (const auto& [name, content] : parts_) zip.add(name, content);
    return zip.build();
  }

  std::string names() const {
    return names_ +
           " xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
           " xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'"
           " xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'"
           " xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'"
           " xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
           " xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
           " xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram'"
           " xmlns:v='urn:schemas-microsoft-com:vml' "
           "xmlns:o='urn:schemas-microsoft-com:office:office'";
  }

  std::unique_ptr<RecordingJob> run() const {
    auto job = std::make_unique<RecordingJob>(bytes(), "file.docx", kDocxType);
    job->set_options(options());
    docx::DocxConverter converter;
    outcome_ = job->run(converter);
    return job;
  }
  std::string options() const {
    std::string json = "{\"password\":\"\"";
    for (const auto& [name, value] : options_) json += ",\"" + name + "\":" + value;
    return json + "}";
  }
  std::string markdown() const {
    const auto job = run();
    const bool made = outcome_ == Outcome::kOk || outcome_ == Outcome::kPartial;
    return made ? job->render("file") : "outcome: " + job->reason();
  }
  Outcome outcome() const {
    run();
    return outcome_;
  }

 private:
  static std::string relationships(const std::string& entries) {
    return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" +
           entries + "</Relationships>";
  }

  std::string body_;
  std::string content_;
  std::string main_ = "word/document.xml";
  std::string names_ =
      "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
      "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
  std::string types_ = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  std::string relationships_;
  std::map<std::string, std::string> parts_;
  std::map<std::string, std::string> options_ = {
      {"tracked_changes", "\"accept\""}, {"comments", "false"},          {"hidden_text", "false"},
      {"headers_footers", "false"},      {"embedded_documents", "true"}, {"page_markers", "true"},
      {"merged_cells", "\"empty\""}};
  mutable Outcome outcome_ = Outcome::kOk;
};

// A run, a paragraph, their properties.
inline std::string r(const std::string& text, const std::string& properties = "") {
  return "<w:r>" + (properties.empty() ? "" : "<w:rPr>" + properties + "</w:rPr>") +
         "<w:t xml:space='preserve'>" + text + "</w:t></w:r>";
}
inline std::string p(const std::string& runs, const std::string& properties = "") {
  return "<w:p>" + (properties.empty() ? "" : "<w:pPr>" + properties + "</w:pPr>") + runs +
         "</w:p>";
}
inline std::string styled(const std::string& style, const std::string& text,
                          const std::string& properties = "") {
  return p(r(text), "<w:pStyle w:val='" + style + "'/>" + properties);
}
inline std::string style(const std::string& id, const std::string& name,
                         const std::string& content = "", const std::string& type = "paragraph") {
  return "<w:style w:type='" + type + "' w:styleId='" + id + "'><w:name w:val='" + name + "'/>" +
         content + "</w:style>";
}
inline std::string based_on(const std::string& id) {
  return "<w:basedOn w:val='" + id + "'/>";
}

}  // namespace sluice::test
