// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/dates.hpp>
#include <sluice/plugin.hpp>
#include <sluice/xml.hpp>
#include <sluice/zip.hpp>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "epub/book.hpp"
#include "html/parse.hpp"
#include "html/paths.hpp"
#include "html/words.hpp"

namespace sluice::epub {
namespace {

constexpr auto kNames = std::to_array<XmlNamespace>({
    {"", "urn:oasis:names:tc:opendocument:xmlns:container"},
    {"", "http://www.idpf.org/2007/opf"},
    {"", "http://openebook.org/namespaces/oeb-package/1.0/"},
    {"opf", "http://www.idpf.org/2007/opf"},
    {"dc", "http://purl.org/dc/elements/1.1/"},
    {"dc", "http://purl.org/dc/elements/1.0/"},
    {"enc", "http://www.w3.org/2001/04/xmlenc#"},
});
constexpr std::string_view kContainer = "META-INF/container.xml";
constexpr std::string_view kEncryption = "META-INF/encryption.xml";

bool is_text_type(std::string_view type) {
  return type == "application/xhtml+xml" || type == "text/html" || type == "text/x-oeb1-document" ||
         type == "application/x-dtbook+xml" || type == "text/xml" || type == "application/xml";
}
bool is_text_name(std::string_view path) {
  return ends_with_ignoring_ascii_case(path, ".xhtml") ||
         ends_with_ignoring_ascii_case(path, ".html") ||
         ends_with_ignoring_ascii_case(path, ".htm");
}

bool is_readable(const Item& item) {
  return is_text_type(item.media_type) || item.media_type.starts_with("image/") ||
         is_text_name(item.path);
}

// The tree of metadata, manifest and spine.
class PackageReader {
 public:
  PackageReader(std::string path, const XmlPart& part)
      : path_(std::move(path)), root_(part.root()) {}

  Package read() {
    read_items();
    read_spine();
    read_metadata();
    return std::move(package_);
  }

 private:
  XmlNode section(const char* name) const {
    for (XmlNode child : root_.children()) {
      if (named(child, name)) return child;
    }
    return {};
  }

  void read_items() {
    for (XmlNode node : section("manifest").children()) {
      if (!named(node, "item")) continue;
      Item item;
      item.id = node.attribute("id").value();
      item.path = html::locate(path_, node.attribute("href").value()).path;
      item.media_type = node.attribute("media-type").value();
      item.fallback = node.attribute("fallback").value();
      item.is_navigation = html::has_word(node.attribute("properties").value(), "nav");
      by_id_.emplace(item.id, package_.items.size());
      package_.items.push_back(std::move(item));
    }
  }

  // The item itself, or the first of its fallbacks that can be read; they may lead in a circle.
  std::size_t readable(std::size_t item) const {
    std::unordered_set<std::size_t> seen;
    std::size_t at = item;
    while (!is_readable(package_.items[at]) && seen.insert(at).second) {
      const auto found = by_id_.find(package_.items[at].fallback);
      if (found == by_id_.end()) break;
      at = found->second;
    }
    return is_readable(package_.items[at]) ? at : item;
  }

  void read_spine() {
    const XmlNode spine = section("spine");
    std::unordered_set<std::size_t> seen;
    std::vector<std::size_t> aside;
    for (XmlNode node : spine.children()) {
      if (!named(node, "itemref")) continue;
      const auto found = by_id_.find(node.attribute("idref").value());
      if (found == by_id_.end()) {
        note("the reading order names files that the book does not list");
      } else if (seen.insert(found->second).second) {
        // What is read out of turn (notes, answers: EPUB 3.3, 5.7.2) follows the text. A cover,
        // which is first, stays there.
        const bool linear = std::string_view(node.attribute("linear").value()) != "no";
        auto& order = linear || package_.spine.empty() ? package_.spine : aside;
        order.push_back(readable(found->second));
      }
    }
    package_.spine.insert(package_.spine.end(), aside.begin(), aside.end());
    const auto ncx = by_id_.find(spine.attribute("toc").value());
    if (ncx != by_id_.end()) package_.ncx = package_.items[ncx->second].path;
    for (const Item& item : package_.items) {
      if (package_.ncx.empty() && item.media_type == "application/x-dtbncx+xml") {
        package_.ncx = item.path;
      }
    }
  }

  void note(std::string defect) {
    if (package_.defect.empty()) package_.defect = std::move(defect);
  }

  void add(const std::string& key, const std::string& value) {
    if (value.empty()) return;
    std::string& known = package_.metadata[key];
    known += (known.empty() ? "" : ", ") + value;
  }
  void set(const std::string& key, const std::string& value) {
    if (!value.empty()) package_.metadata.emplace(key, value);
  }

  // The elements of the metadata; EPUB 2 may put them one level deeper (OPF 2.0.1, 2.2).
  void read_metadata() {
    const XmlNode metadata = section("metadata");
    for (XmlNode node : metadata.children()) {
      if (named(node, "dc-metadata") || named(node, "x-metadata")) {
        for (XmlNode inner : node.children()) read_field(inner);
      } else {
        read_field(node);
      }
    }
  }

  void read_field(XmlNode node) {
    const std::string value = one_line(xml_text(node));
    const std::string_view name = node.name();
    if (name == "dc:title") return set("title", value);
    if (name == "dc:creator") return add("author", value);
    if (name == "dc:language") return set("language", value);
    if (name == "dc:publisher") return set("publisher", value);
    if (name == "dc:subject") return add("keywords", value);
    if (name == "dc:description") return set("description", plain(value));
    if (name == "dc:date") return read_date(node, value);
    if (name == "dc:identifier") return read_identifier(node, value);
    const std::string_view property = node.attribute("property").value();
    if (name == "meta" && property == "dcterms:modified")
      set("modified", iso_date(value, DatePrecision::kYear));
  }

  void read_date(XmlNode node, const std::string& value) {
    std::string_view event = node.attribute("event").value();
    if (event.empty()) event = node.attribute("opf:event").value();
    set(event == "modification" ? "modified" : "created", iso_date(value, DatePrecision::kYear));
  }

  void read_identifier(XmlNode node, const std::string& value) {
    std::string_view scheme = node.attribute("scheme").value();
    if (scheme.empty()) scheme = node.attribute("opf:scheme").value();
    constexpr std::string_view kUrn = "urn:isbn:";
    const bool urn = value.size() > kUrn.size() && starts_with_ignoring_ascii_case(value, kUrn);
    if (urn) return set("isbn", value.substr(kUrn.size()));
    if (scheme == "ISBN" || scheme == "isbn") set("isbn", value);
  }

  // Descriptions often hold HTML.
  static std::string plain(const std::string& text) {
    if (text.find('<') == std::string::npos) return text;
    return html::parse_html(text).inner_text(html::kRootNode);
  }

  const std::string path_;
  const XmlNode root_;
  Package package_;
  std::unordered_map<std::string, std::size_t> by_id_;
};

XmlPart part_of(const Zip& container, const std::string& path) {
  const ZipEntry* const entry = container.find(path);
  if (entry == nullptr) return {};
  return parse_xml(container.read(*entry), path, kNames);
}

std::string package_path(const Zip& container) {
  try {
    const XmlPart part = part_of(container, std::string(kContainer));
    for (XmlNode files : part.root().children()) {
      for (XmlNode file : files.children()) {
        const std::string path = html::locate({}, file.attribute("full-path").value()).path;
        if (named(file, "rootfile") && container.find(path) != nullptr) return path;
      }
    }
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;
  }
  for (const ZipEntry& entry : container.entries()) {
    if (ends_with_ignoring_ascii_case(entry.name, ".opf")) return std::string(entry.name);
  }
  return {};
}

// All texts of the container in the order in which they stand there.
Package package_from_directory(const Zip& container, std::string defect) {
  Package package;
  package.defect = std::move(defect);
  for (const ZipEntry& entry : container.entries()) {
    if (!is_text_name(entry.name)) continue;
    package.spine.push_back(package.items.size());
    Item item;
    item.path = entry.name;
    item.media_type = "application/xhtml+xml";
    package.items.push_back(std::move(item));
  }
  if (package.spine.empty()) {
    throw Failure(Outcome::kMalformed, package.defect + ", and the book holds no text");
  }
  return package;
}

// Fonts may be obfuscated (EPUB 3.3, 4.4); where a text is encrypted, nobody reads it without its
// key.
void refuse_encrypted(const Zip& container, const Package& package) {
  XmlPart part;
  try {
    part = part_of(container, std::string(kEncryption));
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;
    return;
  }
  if (!part.root()) return;
  std::unordered_set<std::string> encrypted;
  walk_xml(
      part.root(),
      [&](XmlNode node) {
        if (named(node, "enc:CipherReference")) {
          encrypted.insert(html::locate({}, node.attribute("URI").value()).path);
        }
        return Walk::kInto;
      },
      [](XmlNode) {});
  for (const std::size_t item : package.spine) {
    if (encrypted.count(package.items[item].path) != 0) {
      throw Failure(Outcome::kEncrypted,
                    "the text is encrypted (DRM); only its seller's reader opens it");
    }
  }
}

}  // namespace

const Item* Package::navigation() const {
  const auto found =
      std::find_if(items.begin(), items.end(), [](const Item& item) { return item.is_navigation; });
  return found == items.end() ? nullptr : &*found;
}

Package read_package(const Zip& container) {
  const std::string path = package_path(container);
  if (path.empty()) return package_from_directory(container, "the book has no package document");
  Package package;
  try {
    const XmlPart part = part_of(container, path);
    package = PackageReader(path, part).read();
    if (!part.defect().empty() && package.defect.empty())
      package.defect = path + ": " + part.defect();
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;
    return package_from_directory(container, failure.what());
  }
  if (package.spine.empty()) {
    Package stand_in = package_from_directory(container, "the book has no reading order");
    stand_in.metadata = std::move(package.metadata);
    return stand_in;
  }
  refuse_encrypted(container, package);
  return package;
}

}  // namespace sluice::epub
