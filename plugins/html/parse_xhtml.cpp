// SPDX-License-Identifier: Apache-2.0
//
// The parser works in the text itself, so the Dom's nodes need only say where in it they are.
#include "parse_xhtml.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <new>
#include <pugixml.hpp>
#include <sluice/utf8.hpp>
#include <sluice/xml.hpp>
#include <string_view>
#include <vector>

#include "parse.hpp"
#include "parser/character_references.hpp"
#include "source.hpp"

namespace sluice::html {
namespace {

// The parser's tree takes up to 16 times the text.
constexpr std::size_t kMaxText = std::size_t{8} << 20;
constexpr std::size_t kMaxPrefixes = 32;   // a book has three or four
constexpr std::size_t kBytesPerNode = 32;  // of ordinary chapters

// Replaces references in place. What they stand for is never longer, but for two names that stand
// for two characters each; these stay as they are. Returns the new length.
std::size_t resolve_references(char* text, std::size_t size) {
  const std::string_view all(text, size);
  std::size_t in = all.find('&');
  if (in == std::string_view::npos) return size;
  std::size_t out = in;
  std::string character;
  while (in < size) {
    character.clear();
    const std::size_t length =
        parser::read_reference(all, in, parser::ReferenceIn::kText, character);
    std::size_t next = in + 1;
    if (length >= character.size() && length > 0) {
      in = next = in + length;
      out += character.copy(text + out, character.size());
    }
    next = std::min(all.find('&', next), size);
    std::memmove(text + out, text + in, next - in);
    out += next - in;
    in = next;
  }
  return out;
}

class XhtmlBuilder {
 public:
  XhtmlBuilder(std::string& text, Dom& dom) : text_(text), dom_(dom), open_{kRootNode} {}

  Walk enter(pugi::xml_node node) {
    if (node.type() != pugi::node_element) {
      const Span span = resolved(node.value());
      if (span.length > 0) dom_.add_text(span.begin, span.length, open_.back());
      return Walk::kOver;
    }
    read_prefixes(node);
    const std::string_view name = in_lower_case(without_prefix(node.name()));
    const Vocabulary around = vocabularies_.empty() ? Vocabulary::kHtml : vocabularies_.back();
    const Tag tag = tag_of(around, name);
    if (tag == Tag::kStyle) {
      for (const pugi::xml_node text : node.children()) dom_.css += text.value();
      return Walk::kOver;
    }
    if (tag == Tag::kScript && !is_tex_type(node.attribute("type").value())) {
      return Walk::kOver;
    }
    const NodeId id = dom_.add_element(tag, open_.back());
    vocabularies_.push_back(vocabulary_in(around, tag, name));
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const Attr known = attr_of(in_lower_case(without_prefix(attribute.name())));
      if (known == Attr::kOther) continue;
      const Span span = resolved(attribute.value());
      dom_.add_attribute(known, span.begin, span.length);
    }
    // Beyond the depth, elements stand beside each other.
    if (depth_++ < kMaxDepth) open_.push_back(id);
    return Walk::kInto;
  }

  void leave() {
    vocabularies_.pop_back();
    if (depth_-- > kMaxDepth) return;
    dom_.close(open_.back());
    open_.pop_back();
  }

 private:
  // Which vocabulary the children of an element are of.
  static Vocabulary vocabulary_in(Vocabulary around, Tag tag, std::string_view name) {
    if (tag == Tag::kSvg) return Vocabulary::kSvg;
    return name.ends_with("foreignobject") ? Vocabulary::kHtml : around;
  }

  // Books may give the names of all elements a prefix (`html:p`), and others than usual to those of
  // attributes. A prefix means the same in all of a book: nobody binds one twice.
  void read_prefixes(pugi::xml_node node) {
    constexpr std::string_view kDeclares = "xmlns:";
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (!name.starts_with(kDeclares) || prefixes_.size() >= kMaxPrefixes) continue;
      const std::string_view space = attribute.value();
      std::string_view usual;
      if (space == "http://www.idpf.org/2007/ops") {
        usual = "epub:";
      } else if (space == "http://www.w3.org/1999/xlink") {
        usual = "xlink:";
      } else if (space != "http://www.w3.org/1999/xhtml" && space != "http://www.w3.org/2000/svg" &&
                 space != "http://www.w3.org/1998/Math/MathML") {
        continue;
      }
      prefixes_.emplace(std::string(name.substr(kDeclares.size())) + ":", usual);
    }
  }

  // A name with the usual prefix for its own: none for elements.
  std::string_view without_prefix(std::string_view name) {
    const std::size_t colon = prefixes_.empty() ? std::string_view::npos : name.find(':');
    if (colon == std::string_view::npos) return name;
    const auto found = prefixes_.find(std::string(name.substr(0, colon + 1)));
    if (found == prefixes_.end()) return name;
    usual_ = found->second;
    usual_ += name.substr(colon + 1);
    return usual_;
  }

  // XHTML has no names in upper case, but some books do.
  std::string_view in_lower_case(std::string_view name) {
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (std::none_of(name.begin(), name.end(), is_upper)) return name;
    name_ = name;
    for (char& c : name_) {
      if (is_upper(c)) c = static_cast<char>(c | 0x20);
    }
    return name_;
  }

  struct Span {
    std::size_t begin = 0;
    std::size_t length = 0;
  };
  Span resolved(const char* value) {
    const std::size_t size = std::strlen(value);
    if (size == 0) return {};
    const auto begin = static_cast<std::size_t>(value - text_.data());
    return {begin, resolve_references(text_.data() + begin, size)};
  }

  std::string& text_;
  Dom& dom_;
  std::vector<NodeId> open_;
  std::vector<Vocabulary> vocabularies_;  // of what stands in each open element
  std::string name_;
  std::map<std::string, std::string_view> prefixes_;  // with their colons, to the usual ones
  std::string usual_;
  int depth_ = 0;
};

}  // namespace

std::optional<Dom> parse_xhtml(std::string utf8) {
  if (utf8.size() > kMaxText) return std::nullopt;
  pugi::xml_document tree;
  // As a fragment, so that text beside the outermost element stays; with the NUL behind the text,
  // without which the parser would take the last character of such text for its own end.
  const auto result = tree.load_buffer_inplace(
      utf8.data(), utf8.size() + 1,
      pugi::parse_minimal | pugi::parse_fragment | pugi::parse_cdata | pugi::parse_ws_pcdata,
      pugi::encoding_utf8);
  if (result.status == pugi::status_out_of_memory) throw std::bad_alloc();
  if (!result) return std::nullopt;
  Dom dom;
  dom.reserve(utf8.size() / kBytesPerNode);
  XhtmlBuilder builder(utf8, dom);
  walk_xml(
      pugi::xml_node(tree), [&](pugi::xml_node node) { return builder.enter(node); },
      [&](pugi::xml_node) { builder.leave(); });
  dom.adopt(std::move(utf8));
  dom.finish();
  return dom;
}

}  // namespace sluice::html
