// SPDX-License-Identifier: Apache-2.0
#include "links.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <charconv>
#include <sluice/data_uri.hpp>
#include <sluice/url.hpp>
#include <sluice/utf8.hpp>
#include <vector>

#include "words.hpp"

namespace sluice::html {
namespace {

constexpr NodeId kLongestSign = 32;        // in nodes
constexpr NodeId kNearHeading = 64;        // in nodes: where a heading's own id may stand
constexpr std::size_t kTinyDataUri = 200;  // a transparent pixel, not a picture

std::string_view trim(std::string_view s) {
  while (!s.empty() && static_cast<unsigned char>(s.front()) <= ' ') s.remove_prefix(1);
  while (!s.empty() && static_cast<unsigned char>(s.back()) <= ' ') s.remove_suffix(1);
  return s;
}

// RFC 3986 section 5.2.4.
std::string remove_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  bool slash_at_end = false;
  std::size_t i = 1;  // after the first slash
  while (i <= path.size()) {
    const std::size_t end = std::min(path.find('/', i), path.size());
    const std::string_view segment = path.substr(i, end - i);
    slash_at_end = segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!slash_at_end) kept.push_back(segment);
    i = end + 1;
  }
  std::string out;
  for (const auto segment : kept) (out += '/') += segment;
  if (slash_at_end || out.empty()) out += '/';
  return out;
}

// The best address of a srcset: "a.jpg 1x, b.jpg 2x" or "a.jpg 300w, b.jpg 600w". Addresses may
// hold commas, so entries end at a comma before a blank, or after a descriptor.
std::string_view largest_of(std::string_view srcset) {
  std::string_view best;
  double best_size = -1;
  while (true) {
    srcset = trim(srcset);
    while (!srcset.empty() && srcset.front() == ',') srcset = trim(srcset.substr(1));
    if (srcset.empty()) return best;
    std::size_t end = srcset.find_first_of(" \t\n\r\f");
    if (end == std::string_view::npos) end = srcset.size();
    std::string_view url = srcset.substr(0, end);
    srcset.remove_prefix(end);
    double size = 1;
    if (url.ends_with(',')) {
      url.remove_suffix(1);
    } else {
      const std::size_t comma = std::min(srcset.find(','), srcset.size());
      const std::string_view descriptor = trim(srcset.substr(0, comma));
      int number = 0;
      std::from_chars(descriptor.data(), descriptor.data() + descriptor.size(), number);
      if (number > 0) size = number;
      srcset.remove_prefix(comma);
    }
    if (size > best_size && !url.empty()) {
      best_size = size;
      best = url;
    }
  }
}

bool is_placeholder(std::string_view url) {
  return url.empty() || (is_data_uri(url) && url.size() < kTinyDataUri) ||
         url.starts_with("about:") || url.starts_with("javascript:") ||
         equal_ignoring_ascii_case(url.substr(0, 18), "data:image/svg+xml");
}

std::string_view best_address(const Dom& dom, NodeId node) {
  for (const Attr attr : {Attr::kDataSrc, Attr::kDataOriginal, Attr::kDataLazySrc}) {
    const std::string_view url = trim(dom.attribute(node, attr));
    if (!is_placeholder(url)) return url;
  }
  std::string_view src = trim(dom.attribute(node, Attr::kSrc));
  if (src.empty()) src = trim(dom.attribute(node, Attr::kXlinkHref));  // SVG's <image>
  if (!is_placeholder(src)) return src;
  for (const Attr attr : {Attr::kDataSrcset, Attr::kSrcset}) {
    const std::string_view url = largest_of(dom.attribute(node, attr));
    if (!is_placeholder(url)) return url;
  }
  // A drawing in a data URI is a placeholder only where something better is named, and a tiny one
  // only where nobody has described it.
  const bool is_described = !trim(dom.attribute(node, Attr::kAlt)).empty();
  return is_data_uri(src) && (src.size() >= kTinyDataUri || is_described) ? src
                                                                          : std::string_view();
}

bool is_pixel(const Dom& dom, NodeId img) {
  const auto tiny = [&](Attr attr) {
    const auto value = dom.attribute(img, attr);
    return value == "0" || value == "1" || value == "1px";
  };
  return tiny(Attr::kWidth) && tiny(Attr::kHeight);
}

bool has_letter_or_number(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (u_isalnum(static_cast<UChar32>(next_char(text, at)))) return true;
  }
  return false;
}

bool is_named(const Dom& dom, NodeId node, std::string_view id) {
  return dom[node].tag != Tag::kText &&
         (dom.attribute(node, Attr::kId) == id ||
          (dom[node].tag == Tag::kA && dom.attribute(node, Attr::kName) == id));
}

// In a book, a link within a chapter may name the chapter's file.
bool leads_to_heading(const Dom& dom, NodeId link, NodeId heading) {
  const std::string_view href = dom.attribute(link, Attr::kHref);
  const std::size_t mark = href.find('#');
  if (mark == std::string_view::npos || mark + 1 == href.size()) return false;
  const std::string_view id = href.substr(mark + 1);
  for (NodeId i = heading; i < std::min(dom[heading].end, heading + kNearHeading); ++i) {
    if (is_named(dom, i, id)) return true;
  }
  for (NodeId i = dom[heading].parent; i != kRootNode; i = dom[i].parent) {
    if (is_named(dom, i, id)) return true;
  }
  return false;
}

}  // namespace

std::string base_url(const Dom& dom) {
  for (NodeId i = 1; i < dom.size(); ++i) {
    if (dom[i].tag != Tag::kBase || !dom.has(i, Attr::kHref)) continue;
    const std::string_view href = trim(dom.attribute(i, Attr::kHref));
    return is_web_address(href) ? std::string(href) : std::string();
  }
  return {};
}

std::string resolve(std::string_view base, std::string_view reference) {
  reference = trim(reference);
  if (base.empty() || reference.empty() || !url_scheme(reference).empty()) {
    return std::string(reference);
  }
  const std::size_t scheme_end = base.find(':') + 1;
  if (reference.starts_with("//")) return std::string(base.substr(0, scheme_end)) += reference;
  std::size_t host_end = base.find_first_of("/?#", scheme_end + 2);
  if (host_end == std::string_view::npos) host_end = base.size();
  const std::string_view root = base.substr(0, host_end);
  const std::string_view base_path = url_path(base.substr(host_end));
  std::string out(root);
  if (reference.front() == '?') return (out += base_path) += reference;
  if (reference.front() == '#') {
    const std::size_t fragment = base.find('#');
    return std::string(base.substr(0, fragment)) += reference;
  }
  const std::string_view path = url_path(reference);
  std::string full;
  if (!path.starts_with('/')) {
    const std::size_t folder = base_path.rfind('/');
    full = folder == std::string_view::npos ? "/" : std::string(base_path.substr(0, folder + 1));
  }
  full += path;
  out += remove_dot_segments(full);
  return out += reference.substr(path.size());
}

bool leads_somewhere(std::string_view href) {
  href = trim(href);
  if (href.empty() || href.front() == '#') return false;
  const std::string_view scheme = url_scheme(href);
  return !runs_script(href) && !equal_ignoring_ascii_case(scheme, "data") &&
         !equal_ignoring_ascii_case(scheme, "blob");
}

bool is_permalink(const Dom& dom, NodeId link, NodeId heading) {
  if (!dom.has(link, Attr::kHref) || dom[link].end > link + kLongestSign) return false;
  std::string text = dom.inner_text(link);
  // Docusaurus puts its sign into the style sheet, and a space of no width into the link.
  constexpr std::string_view kNoWidth = "\u200B";
  for (std::size_t at = 0; (at = text.find(kNoWidth)) != std::string::npos;) {
    text.erase(at, kNoWidth.size());
  }
  if (text.empty()) return names_permalink(dom, link) && dom.find(Tag::kImg, link) == kRootNode;
  const bool known = text == "¶" || text == "#" || text == "§" || text == "🔗" || text == "link" ||
                     text == "\uF0C1" || text == "☍" || text == "∞";
  return known || (heading != kRootNode && !has_letter_or_number(text) &&
                   leads_to_heading(dom, link, heading));
}

bool names_permalink(const Dom& dom, NodeId link) {
  const std::string_view classes = dom.attribute(link, Attr::kClass);
  for (const std::string_view name :
       {"headerlink", "hash-link", "header-anchor", "heading-anchor", "anchorjs-link", "permalink",
        "doc-anchor", "anchor", "anchor-link", "direct-link", "toclink-anchor"}) {
    if (has_word(classes, name)) return true;
  }
  return false;
}

bool is_note_call(const Dom& dom, NodeId link) {
  return has_word(dom.attribute(link, Attr::kEpubType), "noteref") ||
         has_word(dom.attribute(link, Attr::kRole), "doc-noteref");
}

bool is_back_link(const Dom& dom, NodeId link) {
  if (has_word(dom.attribute(link, Attr::kEpubType), "backlink") ||
      dom.attribute(link, Attr::kRole) == "doc-backlink") {
    return true;
  }
  if (dom[link].end > link + kLongestSign) return false;
  std::string text = dom.inner_text(link);
  // The second way back and those after it are numbered.
  while (!text.empty() && (text.back() == ' ' || (text.back() >= '0' && text.back() <= '9'))) {
    text.pop_back();
  }
  for (const std::string_view variant : {"\xEF\xB8\x8E", "\xEF\xB8\x8F"}) {
    if (text.ends_with(variant)) text.resize(text.size() - variant.size());
  }
  return text == "↩" || text == "↑" || text == "↵" || text == "⏎" || text == "⤴" || text == "^";
}

std::string_view image_address(const Dom& dom, NodeId img) {
  if (is_pixel(dom, img)) return {};
  const std::string_view own = best_address(dom, img);
  if (!own.empty()) return own;
  const NodeId parent = dom[img].parent;
  if (dom[parent].tag != Tag::kPicture && dom[parent].tag != Tag::kSource) return {};
  const NodeId picture = dom[parent].tag == Tag::kPicture ? parent : dom[parent].parent;
  for (NodeId i = picture + 1; i < dom[picture].end; ++i) {
    if (dom[i].tag != Tag::kSource) continue;
    const std::string_view url = best_address(dom, i);
    if (!url.empty()) return url;
  }
  return {};
}

}  // namespace sluice::html
