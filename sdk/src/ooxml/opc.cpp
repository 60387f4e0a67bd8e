// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/compound_file.hpp>
#include <sluice/opc.hpp>
#include <sluice/url.hpp>
#include <utility>

#include "ooxml/office_crypto.hpp"

namespace sluice {
namespace {

std::string_view without_slash(std::string_view name) {
  return name.starts_with('/') ? name.substr(1) : name;
}

// The part that holds the relationships of `source` (9.3.3).
std::string relationships_part(std::string_view source) {
  const std::size_t slash = source.rfind('/');
  const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
  return std::string(source.substr(0, name)) + "_rels/" + std::string(source.substr(name)) +
         ".rels";
}

std::string last_segment(std::string_view uri) {
  const std::size_t slash = uri.find_last_of("/#");
  return std::string(slash == std::string_view::npos ? uri : uri.substr(slash + 1));
}

void push_segments(std::vector<std::string_view>& segments, std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find_first_of("/\\"), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (!segment.empty() && segment != ".") {
      segments.push_back(segment);
    }
  }
}

// An address as it stands, but for files: Windows' backslashes, perhaps encoded, are slashes there.
std::string external_target(std::string_view target) {
  if (!starts_with_ignoring_ascii_case(target, "file:")) return std::string(target);
  std::string out;
  for (std::size_t at = 0; at < target.size(); ++at) {
    const bool is_encoded = equal_ignoring_ascii_case(target.substr(at, 3), "%5C");
    out += is_encoded || target[at] == '\\' ? '/' : target[at];
    if (is_encoded) at += 2;
  }
  return out;
}

// Nothing if the source is not encrypted.
std::unique_ptr<const std::string> decrypted_source(Job& job, std::string_view password) {
  std::array<std::uint8_t, 8> start{};
  const std::size_t got = job.read(0, start);
  if (std::string_view(reinterpret_cast<const char*>(start.data()), got) !=
      kCompoundFileMark) {
    return nullptr;
  }
  const std::string_view bytes = job.source_text();
  if (!detail::is_encrypted_package(bytes)) return nullptr;
  return std::make_unique<const std::string>(detail::decrypted_package(bytes, password));
}

}  // namespace

std::string resolve_part(std::string_view source, std::string_view target) {
  target = url_path(target);
  std::vector<std::string_view> segments;
  const bool absolute = target.starts_with('/') || target.starts_with('\\');
  const std::size_t slash = source.rfind('/');
  if (!absolute && slash != std::string_view::npos) {
    push_segments(segments, source.substr(0, slash));
  }
  push_segments(segments, target);
  std::string part;
  for (const std::string_view segment : segments) {
    if (!part.empty()) part += '/';
    part += segment;
  }
  return part;
}

OpcRelationships::OpcRelationships(std::vector<OpcRelationship> all) : all_(std::move(all)) {
  for (std::size_t i = 0; i < all_.size(); ++i) by_id_.emplace(all_[i].id, i);
}

const OpcRelationship* OpcRelationships::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &all_[found->second];
}

const OpcRelationship* OpcRelationships::first_of(std::string_view type) const {
  const auto found = std::find_if(all_.begin(), all_.end(), [type](const OpcRelationship& one) {
    return one.type == type && one.mode == OpcTarget::kPart;
  });
  return found == all_.end() ? nullptr : &*found;
}

OpcPackage::OpcPackage(Job& job, const ZipLimits& limits, std::string_view password)
    : decrypted_(decrypted_source(job, password)),
      zip_(decrypted_ ? Zip(*decrypted_, limits) : Zip(job, limits)) {
  read_package();
}
OpcPackage::OpcPackage(std::string_view bytes, const ZipLimits& limits) : zip_(bytes, limits) {
  read_package();
}

void OpcPackage::read_package() {
  relationships_ = relationships({});
  const OpcRelationship* main = relationships_.first_of("officeDocument");
  if (main != nullptr && has(main->target)) {
    main_part_ = main->target;
    return;
  }
  for (const auto& [part, type] : content_types().by_part) {
    if (type.ends_with("main+xml") && has(part)) main_part_ = part;
  }
}

const std::string& OpcPackage::main_part() const {
  if (main_part_.empty()) {
    throw Failure(Outcome::kMalformed,
                  "the package has no main document: its relationships lead to none");
  }
  return main_part_;
}

std::string OpcPackage::read(std::string_view part) const {
  const ZipEntry* entry = zip_.find(part);
  if (entry == nullptr) {
    throw Failure(Outcome::kMalformed,
                  "the package has no part named \"" + std::string(part) + "\"");
  }
  return zip_.read(*entry);
}

XmlPart OpcPackage::xml(std::string_view part, const XmlOptions& options) const {
  const ZipEntry* entry = zip_.find(part);
  if (entry == nullptr) return {};
  return parse_xml(zip_.read(*entry), part, office_namespaces(), options);
}

XmlPart OpcPackage::readable_xml(std::string_view part) const {
  try {
    return xml(part);
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;
    return {};
  }
}

OpcRelationships OpcPackage::relationships(std::string_view source) const {
  const XmlPart part = readable_xml(relationships_part(source));
  std::vector<OpcRelationship> all;
  for (const XmlNode node : part.root().children("rel:Relationship")) {
    const std::string_view target = node.attribute("Target").value();
    OpcRelationship one;
    one.id = node.attribute("Id").value();
    one.type = last_segment(node.attribute("Type").value());
    if (equal_ignoring_ascii_case(node.attribute("TargetMode").value(), "External")) {
      one.mode = OpcTarget::kExternal;
      one.target = external_target(target);
    } else {
      one.target = resolve_part(source, target);
      // Writers disagree on whether names in the archive are percent-encoded (part 2, 10.2.4).
      if (!has(one.target)) {
        std::string decoded = percent_decode(one.target);
        if (has(decoded)) one.target = std::move(decoded);
      }
    }
    all.push_back(std::move(one));
  }
  return OpcRelationships(std::move(all));
}

const OpcPackage::ContentTypes& OpcPackage::content_types() const {
  if (content_types_) return *content_types_;
  ContentTypes types;
  const XmlPart part = readable_xml("[Content_Types].xml");
  for (const XmlNode node : part.root().children()) {
    const std::string type = ascii_lower(node.attribute("ContentType").value());
    if (named(node, "ct:Override")) {
      types.by_part.emplace(ascii_lower(without_slash(node.attribute("PartName").value())), type);
    } else if (named(node, "ct:Default")) {
      types.by_extension.emplace(ascii_lower(node.attribute("Extension").value()), type);
    }
  }
  content_types_ = std::move(types);
  return *content_types_;
}

std::string OpcPackage::content_type(std::string_view part) const {
  const ContentTypes& types = content_types();
  const std::string name = ascii_lower(without_slash(part));
  if (const auto found = types.by_part.find(name); found != types.by_part.end()) {
    return found->second;
  }
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return {};
  const auto found = types.by_extension.find(name.substr(dot + 1));
  return found == types.by_extension.end() ? std::string() : found->second;
}

}  // namespace sluice
