// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <sluice/charset.hpp>
#include <sluice/plugin.hpp>
#include <sluice/xml.hpp>
#include <sluice/zip.hpp>

#include "epub/book.hpp"
#include "html/parse.hpp"
#include "html/paths.hpp"

namespace sluice::epub {
namespace {

using html::Attr;
using html::Dom;
using html::kRootNode;
using html::NodeId;
using html::Tag;

constexpr int kMaxDepth = 6;  // as deep as headings go
constexpr std::size_t kMaxEntries = 100'000;
constexpr auto kNcx = std::to_array<XmlNamespace>({{"", "http://www.daisy.org/z3986/2005/ncx/"}});

void add(std::vector<Entry>& entries, std::string_view base, std::string_view reference,
         std::string label, int depth) {
  html::Place place = html::locate(base, reference);
  if (place.path.empty() || label.empty() || entries.size() >= kMaxEntries) return;
  entries.push_back({std::move(place.path), std::move(place.fragment), std::move(label),
                     std::min(depth, kMaxDepth)});
}

// The `<nav epub:type="toc">`, or the first `<nav>` (EPUB 3.3, 5.4.2).
NodeId toc_of(const Dom& dom) {
  for (NodeId i = 1; i < dom.size(); ++i) {
    const bool toc =
        dom.attribute(i, Attr::kEpubType) == "toc" || dom.attribute(i, Attr::kRole) == "doc-toc";
    if (dom[i].tag == Tag::kNav && toc) return i;
  }
  return dom.find(Tag::kNav);
}

std::vector<Entry> from_navigation(std::string_view bytes, const std::string& path) {
  const Chapter chapter = parse_chapter(path, bytes);
  const Dom& dom = chapter.dom;
  std::vector<Entry> entries;
  const NodeId nav = toc_of(dom);
  std::vector<NodeId> lists;  // that are open
  for (NodeId i = nav + 1; nav != kRootNode && i < dom[nav].end; ++i) {
    while (!lists.empty() && dom[lists.back()].end <= i) lists.pop_back();
    if (dom[i].tag == Tag::kOl || dom[i].tag == Tag::kUl) lists.push_back(i);
    if (dom[i].tag != Tag::kA || lists.empty()) continue;
    add(entries, path, dom.attribute(i, Attr::kHref), dom.inner_text(i),
        static_cast<int>(lists.size()));
  }
  return entries;
}

std::vector<Entry> from_ncx(std::string bytes, const std::string& path) {
  const XmlPart part = parse_xml(std::move(bytes), path, kNcx);
  std::vector<Entry> entries;
  int depth = 0;
  walk_xml(
      part.root(),
      [&](XmlNode node) {
        if (!named(node, "navPoint")) return Walk::kInto;
        ++depth;
        const std::string label = xml_text(node.child("navLabel").child("text"));
        add(entries, path, node.child("content").attribute("src").value(),
            html::parse_html(label).inner_text(kRootNode), depth);
        return Walk::kInto;
      },
      [&](XmlNode node) {
        if (named(node, "navPoint")) --depth;
      });
  return entries;
}

}  // namespace

std::vector<Entry> read_contents(const Zip& container, const Package& package) {
  try {
    const Item* const navigation = package.navigation();
    const ZipEntry* const nav = navigation == nullptr ? nullptr : container.find(navigation->path);
    if (nav != nullptr) {
      std::vector<Entry> entries = from_navigation(container.read(*nav), navigation->path);
      if (!entries.empty()) return entries;
    }
    const ZipEntry* const ncx = package.ncx.empty() ? nullptr : container.find(package.ncx);
    if (ncx != nullptr) return from_ncx(container.read(*ncx), package.ncx);
  } catch (const Failure& failure) {
    // The book can be read without it.
    if (failure.outcome() != Outcome::kMalformed) throw;
  }
  return {};
}

}  // namespace sluice::epub
