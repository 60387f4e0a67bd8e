// SPDX-License-Identifier: Apache-2.0
#include "parse.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <memory>
#include <sluice/plugin.hpp>
#include <unordered_map>
#include <vector>

#include "source.hpp"

namespace sluice::html {
namespace {

constexpr std::size_t kMaxSource = std::size_t{1} << 30;

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

// Follows the parser's own stack of open elements (nameTab), so the two can never disagree about
// what is open.
class Builder {
 public:
  Builder(Dom& dom, htmlParserCtxtPtr parser) : dom_(dom), parser_(parser) {}

  void start(const xmlChar* name, const xmlChar** attributes) {
    if (full()) return;
    const int depth = parser_->nameNr;
    const NodeId parent = parent_at(depth - 1);
    const NodeId node = dom_.add_element(tag(name), parent);
    for (const xmlChar** a = attributes; a != nullptr && a[0] != nullptr; a += 2) {
      const Attr attr = attr_name(a[0]);
      if (attr != Attr::kOther) dom_.add_attribute(attr, view_of(a[1]));
    }
    if (depth > kMaxDepth) {
      // The parser forgets this element again: its end tag will find nothing to close, or an outer
      // element of the same name. Without this, each end tag costs the depth of the tree.
      --parser_->nameNr;
      parser_->name = parser_->nameTab[parser_->nameNr - 1];
      return;
    }
    open_.push_back(node);
  }

  void characters(const xmlChar* text, int size) {
    if (full()) return;
    const NodeId parent = parent_at(parser_->nameNr);
    dom_.add_text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)}, parent);
  }

 private:
  bool full() {
    if (dom_.size() < Dom::kMaxNodes) return false;
    dom_.truncated = true;
    xmlStopParser(parser_);
    return true;
  }

  // The element that is open at `depth`, after closing what the parser has closed since.
  NodeId parent_at(int depth) {
    const auto keep = static_cast<std::size_t>(depth < 0 ? 0 : depth);
    while (open_.size() > keep) {
      dom_.close(open_.back());
      open_.pop_back();
    }
    return open_.empty() ? kRootNode : open_.back();
  }

  // The parser keeps one copy of each name, so their addresses identify them.
  Tag tag(const xmlChar* name) {
    const auto [found, added] = tags_.try_emplace(name, Tag::kOther);
    if (added) found->second = tag_of(view_of(name));
    return found->second;
  }
  Attr attr_name(const xmlChar* name) {
    const auto [found, added] = attrs_.try_emplace(name, Attr::kOther);
    if (added) found->second = attr_of(view_of(name));
    return found->second;
  }

  Dom& dom_;
  htmlParserCtxtPtr parser_;
  std::vector<NodeId> open_;
  std::unordered_map<const void*, Tag> tags_;
  std::unordered_map<const void*, Attr> attrs_;
};

htmlSAXHandler handler() {
  htmlSAXHandler sax{};
  sax.startElement = [](void* self, const xmlChar* name, const xmlChar** attributes) {
    static_cast<Builder*>(self)->start(name, attributes);
  };
  sax.characters = [](void* self, const xmlChar* text, int size) {
    static_cast<Builder*>(self)->characters(text, size);
  };
  sax.ignorableWhitespace = sax.characters;
  sax.cdataBlock = sax.characters;
  return sax;
}

}  // namespace

Dom parse_html(std::string utf8) {
  if (utf8.size() > kMaxSource) throw Failure(Outcome::kLimit, "the page has more than 1 GiB");
  Dom dom;
  dom.css = strip_unread(utf8);
  ensure_body(utf8);
  if (utf8.empty()) {
    dom.finish();
    return dom;
  }
  const std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxtPtr)> parser(
      htmlCreateMemoryParserCtxt(utf8.data(), static_cast<int>(utf8.size())), htmlFreeParserCtxt);
  if (!parser) throw std::bad_alloc();
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                       HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED |
                                       HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
  Builder builder(dom, parser.get());
  *parser->sax = handler();
  parser->userData = &builder;
  htmlParseDocument(parser.get());
  dom.finish();
  return dom;
}

}  // namespace sluice::html
