// SPDX-License-Identifier: Apache-2.0
//
// An OpenDocument file of a single XML file, as libodfgen reports its elements.
#pragma once

#include <libodfgen/libodfgen.hxx>
#include <string>

namespace sluice::legacy {

class FlatDocument : public OdfDocumentHandler {
 public:
  void startDocument() override {}
  void endDocument() override {}
  void startElement(const char* name, const librevenge::RVNGPropertyList& attributes) override;
  void endElement(const char* name) override;
  void characters(const librevenge::RVNGString& text) override;

  // Whether the document was too large for memory, and its end is missing.
  bool is_full() const { return xml_.size() > kMaxBytes; }
  std::string take() { return std::move(xml_); }

 private:
  // Documents of these programs come from disks of a few megabytes.
  static constexpr std::size_t kMaxBytes = std::size_t{256} << 20;

  void append(const char* text);

  std::string xml_;
};

}  // namespace sluice::legacy
