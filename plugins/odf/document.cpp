// SPDX-License-Identifier: Apache-2.0
#include "odf/document.hpp"

#include <array>
#include <sluice/blanks.hpp>
#include <sluice/dates.hpp>
#include <sluice/url.hpp>
#include <utility>

#include "odf/elements.hpp"
#include "office_xml/stored_zip.hpp"

namespace sluice::odf {
namespace {

XmlOptions xml_options() {
  XmlOptions options;
  options.blanks = XmlBlanks::kAll;  // mixed content
  options.max_depth = kMaxNesting;
  return options;
}

bool is_lost(const Failure& failure) {
  return failure.outcome() == Outcome::kMalformed || failure.outcome() == Outcome::kUnsupported ||
         failure.outcome() == Outcome::kEncrypted;
}

}  // namespace

Document::Document(Job& job) : job_(job) {
  std::array<std::uint8_t, 4> head{};
  const std::size_t got = job.read(0, head);
  if (got < 2 || head[0] != 'P' || head[1] != 'K') return;
  zip_.emplace(job);
  refuse_encrypted();
  if (zip_->find("content.xml") == nullptr) {
    throw Failure(Outcome::kMalformed, "the document has no content.xml");
  }
  if (zip_->is_recovered()) defect_ = "the directory of the file is missing; it may be cut off";
  styles_ = parse("styles.xml");
  meta_ = parse("meta.xml");
}

// Part 2, 3.4: a package is encrypted file by file, and its manifest says with what.
void Document::refuse_encrypted() const {
  const XmlPart manifest = parse("META-INF/manifest.xml");
  for (const XmlNode entry : manifest.root().children("manifest:file-entry")) {
    const std::string_view path = value_of(entry, "manifest:full-path");
    const bool is_main = path == "content.xml" || path == "encrypted-package";
    if (is_main && entry.child("manifest:encryption-data")) {
      throw Failure(Outcome::kEncrypted, "the document is protected by a password");
    }
  }
}

// What is missing or damaged is a part without a root: only the content is indispensable.
XmlPart Document::parse(std::string_view name) const {
  const ZipEntry* const entry = zip_->find(name);
  if (entry == nullptr) return {};
  try {
    return parse_xml(zip_->read(*entry), name, odf_namespaces(), xml_options());
  } catch (const Failure& failure) {
    if (!is_lost(failure)) throw;
    return {};
  }
}

void Document::read_content() {
  if (is_package()) {
    content_ = parse_xml(zip_->read(*zip_->find("content.xml")), "content.xml", odf_namespaces(),
                         xml_options());
  } else {
    content_ = parse_xml(flat_ ? std::move(*flat_) : std::string(job_.source_text()), "the file",
                         odf_namespaces(), xml_options());
  }
  if (!content_.defect().empty()) defect_ = content_.defect();
}

XmlNode Document::body() const {
  const XmlNode root = content_.root();
  if (std::string_view(root.name()) == "math:math") return root;
  return root.child("office:body").find_child([](XmlNode child) { return child.is_element(); });
}

XmlNode Document::meta() const {
  return (is_package() ? meta_.root() : content_.root()).child("office:meta");
}

std::string Document::stream_content(XmlHandler& handler) {
  XmlStreamLimits limits;
  limits.depth = kMaxNesting;
  try {
    if (is_package()) {
      ZipStream bytes = zip_->stream(*zip_->find("content.xml"));
      stream_xml(bytes, "content.xml", odf_namespaces(), handler, limits);
      return {};
    }
    constexpr std::size_t kPiece = std::size_t{256} << 10;
    XmlStream stream("the file", odf_namespaces(), handler, limits);
    if (flat_) {
      stream.feed(*flat_);
      stream.finish();
      return {};
    }
    std::vector<std::uint8_t> piece(kPiece);
    std::uint64_t at = 0;
    while (const std::size_t got = job_.read(at, piece)) {
      job_.check_cancelled();
      stream.feed({reinterpret_cast<const char*>(piece.data()), got});
      at += got;
    }
    stream.finish();
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;
    return failure.what();
  }
  return {};
}

const ZipEntry* Document::find(std::string_view reference) const {
  if (!zip_ || !url_scheme(reference).empty()) return nullptr;
  while (reference.starts_with("./")) reference.remove_prefix(2);
  while (reference.ends_with('/')) reference.remove_suffix(1);
  if (const ZipEntry* const entry = zip_->find(reference)) return entry;
  return zip_->find(percent_decode(reference));
}

std::optional<std::string> Document::read(std::string_view reference) const {
  const ZipEntry* const entry = find(reference);
  if (entry == nullptr) return std::nullopt;
  try {
    return zip_->read(*entry);
  } catch (const Failure& failure) {
    if (!is_lost(failure)) throw;
    return std::nullopt;
  }
}

std::optional<std::string> Document::package_of(std::string_view reference,
                                                std::string_view media_type) const {
  constexpr std::size_t kMaxBytes = std::size_t{512} << 20;
  if (!zip_) return std::nullopt;
  while (reference.starts_with("./")) reference.remove_prefix(2);
  std::string folder = percent_decode(reference);
  if (!folder.ends_with('/')) folder += '/';
  office_xml::StoredZip package;
  package.add("mimetype", media_type);
  std::size_t count = 1;
  std::size_t size = 0;
  for (const ZipEntry& entry : zip_->entries()) {
    if (!entry.name.starts_with(folder) || entry.is_directory()) continue;
    job_.check_cancelled();
    const std::string name = entry.name.substr(folder.size());
    const auto bytes = read(entry.name);
    size += bytes ? bytes->size() + name.size() : 0;
    if (!bytes || size > kMaxBytes || ++count > office_xml::StoredZip::kMaxEntries) {
      return std::nullopt;
    }
    package.add(name, *bytes);
  }
  return package.finish();
}

void set_metadata(Job& job, XmlNode meta) {
  struct Field {
    const char* element;
    const char* key;
  };
  constexpr std::array<Field, 4> kFields = {{{"dc:title", "title"},
                                             {"dc:description", "description"},
                                             {"meta:initial-creator", "author"},
                                             {"dc:language", "language"}}};
  for (const Field& field : kFields) {
    const std::string value = one_line(meta.child_value(field.element));
    if (!value.empty()) job.set_metadata(field.key, value);
  }
  if (is_blank(meta.child_value("meta:initial-creator"))) {
    const std::string author = one_line(meta.child_value("dc:creator"));
    if (!author.empty()) job.set_metadata("author", author);
  }
  for (const auto& [element, key] :
       {std::pair("meta:creation-date", "created"), std::pair("dc:date", "modified")}) {
    std::string date = iso_date(meta.child_value(element));
    // Fractions of seconds, of up to nine digits, say nothing to a reader.
    if (const std::size_t dot = date.find('.'); dot != std::string::npos) date.resize(dot);
    if (!date.empty()) job.set_metadata(key, date);
  }
  std::string keywords;
  for (const XmlNode keyword : meta.children("meta:keyword")) {
    const std::string text = one_line(keyword.child_value());
    if (text.empty() || keywords.size() > 4'000) continue;
    keywords.append(keywords.empty() ? "" : ", ").append(text);
  }
  if (!keywords.empty()) job.set_metadata("keywords", keywords);
}

}  // namespace sluice::odf
