// SPDX-License-Identifier: Apache-2.0
#include "archive/package_kind.hpp"

#include <algorithm>
#include <array>

namespace sluice::archive {
namespace {

// A pattern of names: `*` stands for one part of a path or a piece of it, and all else for itself.
bool matches(std::string_view name, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return name == pattern;
  const std::string_view before = pattern.substr(0, star);
  const std::string_view after = pattern.substr(star + 1);
  if (name.size() < before.size() + after.size()) return false;
  if (!name.starts_with(before) || !name.ends_with(after)) return false;
  const std::string_view middle =
      name.substr(before.size(), name.size() - before.size() - after.size());
  return middle.find('/') == std::string_view::npos;
}

bool has(const std::vector<std::string>& names, std::string_view pattern) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    while (name.starts_with("./")) name.remove_prefix(2);
    if (name.ends_with('/')) name.remove_suffix(1);
    return matches(name, pattern);
  });
}

struct Rule {
  std::string_view called;
  std::string_view first;
  std::string_view second;  // empty: the first alone will do
};

// One line a kind: names that stand in all of its kind, and hardly together elsewhere.
constexpr auto kRules = std::to_array<Rule>({
    {"an Android application", "AndroidManifest.xml", ""},
    {"an Android bundle", "BundleConfig.pb", ""},
    {"an iOS application", "Payload/*.app", ""},
    {"an iOS application", "Payload/*.app/Info.plist", ""},
    {"a Java archive", "META-INF/MANIFEST.MF", ""},
    {"a Python wheel", "*.dist-info/WHEEL", ""},
    {"a Python egg", "EGG-INFO/PKG-INFO", ""},
    {"a NuGet package", "[Content_Types].xml", "*.nuspec"},
    {"a Visual Studio extension", "extension.vsixmanifest", ""},
    {"a Windows application", "AppxManifest.xml", ""},
    {"a document package of a kind that is not known", "[Content_Types].xml", "_rels/.rels"},
    {"a browser extension", "META-INF/mozilla.rsa", ""},
    {"a browser extension", "META-INF/cose.manifest", "manifest.json"},
    {"a browser extension", "manifest.json", "_metadata/verified_contents.json"},
    {"an npm package", "package/package.json", ""},
    {"a Ruby gem", "metadata.gz", "data.tar.gz"},
    {"a Conda package", "metadata.json", "pkg-*.tar.zst"},
    {"a Conda package", "info/index.json", "info/files"},
    {"a package of a system", ".PKGINFO", ""},
    {"a Debian package", "debian-binary", ""},
    {"a container image", "oci-layout", "index.json"},
    {"a container image", "manifest.json", "repositories"},
    {"a container image", "manifest.json", "*/layer.tar"},
    {"a document package of a kind that is not known", "mimetype", "META-INF/manifest.xml"},
    {"an iWork document", "Index/Document.iwa", ""},
    {"a Keynote, Pages or Numbers document", "Index.zip", "buildVersionHistory.plist"},
    {"a map (KMZ)", "doc.kml", ""},
    {"a Scratch project", "project.json", "*.svg"},
    {"a Sketch drawing", "document.json", "meta.json"},
    {"a Krita drawing", "maindoc.xml", "documentinfo.xml"},
    {"an OpenRaster picture", "stack.xml", "mergedimage.png"},
    {"a FreeCAD model", "Document.xml", "GuiDocument.xml"},
    {"a GeoGebra worksheet", "geogebra.xml", ""},
});

}  // namespace

std::string_view package_kind(const std::vector<std::string>& names) {
  for (const Rule& rule : kRules) {
    if (has(names, rule.first) && (rule.second.empty() || has(names, rule.second))) {
      return rule.called;
    }
  }
  return {};
}

}  // namespace sluice::archive
