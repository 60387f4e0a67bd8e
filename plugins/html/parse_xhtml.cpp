// SPDX-License-Identifier: Apache-2.0
//
// The parser works in the text itself, so the Dom's nodes need only say where in it they are.
#include "parse_xhtml.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <sluice/utf8.hpp>
#include <sluice/xml.hpp>
#include <string_view>
#include <vector>

#include "parse.hpp"
#include "source.hpp"

namespace sluice::html {
namespace {

// The parser's tree takes up to 16 times the text.
constexpr std::size_t kMaxText = std::size_t{8} << 20;
constexpr std::size_t kBytesPerNode = 32;  // of ordinary chapters
constexpr std::size_t kLongestName = 31;   // of a character

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_name_char(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// XML 1.0, production 2.
bool is_character(char32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code < 0xD800 || (code >= 0xE000 && code < 0xFFFE) || (code >= 0x10000 && code < 0x110000);
}

// What the reference that begins at `text[0]`, an ampersand, stands for, and how long it is; a
// length of 0 for none.
struct Reference {
  char32_t code = 0;
  std::size_t length = 0;
};

Reference number_at(std::string_view text) {
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  std::size_t i = hex ? 3 : 2;
  const std::size_t first = i;
  char32_t code = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    const char lower = static_cast<char>(c | 0x20);
    const bool letter = hex && lower >= 'a' && lower <= 'f';
    if (!is_digit(c) && !letter) break;
    const int digit = is_digit(c) ? c - '0' : lower - 'a' + 10;
    code = std::min<char32_t>(code * (hex ? 16 : 10) + static_cast<char32_t>(digit), 0x110000);
  }
  if (i == first) return {};
  return {code, i + (i < text.size() && text[i] == ';' ? 1 : 0)};
}

Reference reference_at(std::string_view text) {
  if (text.size() > 1 && text[1] == '#') return number_at(text);
  std::size_t end = 1;
  while (end < text.size() && end <= kLongestName && is_name_char(text[end])) ++end;
  if (end == 1 || end == text.size() || text[end] != ';') return {};
  char name[kLongestName + 1] = {};
  text.copy(name, end - 1, 1);
  const htmlEntityDesc* const entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name));
  return entity == nullptr ? Reference{} : Reference{entity->value, end + 1};
}

// Replaces references in place; what they stand for is never longer. Returns the new length.
std::size_t resolve_references(char* text, std::size_t size) {
  const std::string_view all(text, size);
  std::size_t in = all.find('&');
  if (in == std::string_view::npos) return size;
  std::size_t out = in;
  std::string character;
  while (in < size) {
    const Reference reference = reference_at(all.substr(in));
    std::size_t next = in + std::max<std::size_t>(reference.length, 1);
    if (reference.length > 0) {
      character.clear();
      if (is_character(reference.code)) append_utf8(character, reference.code);
      in = next;
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
    const Tag tag = tag_of(in_lower_case(node.name()));
    if (tag == Tag::kStyle) {
      dom_.css += xml_text(node);
      return Walk::kOver;
    }
    if (tag == Tag::kScript && !is_tex_type(node.attribute("type").value())) {
      return Walk::kOver;
    }
    const NodeId id = dom_.add_element(tag, open_.back());
    for (const pugi::xml_attribute attribute : node.attributes()) {
      const Attr name = attr_of(in_lower_case(attribute.name()));
      if (name == Attr::kOther) continue;
      const Span span = resolved(attribute.value());
      dom_.add_attribute(name, span.begin, span.length);
    }
    // Beyond the depth, elements stand beside each other.
    if (depth_++ < kMaxDepth) open_.push_back(id);
    return Walk::kInto;
  }

  void leave() {
    if (depth_-- > kMaxDepth) return;
    dom_.close(open_.back());
    open_.pop_back();
  }

 private:
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
  std::string name_;
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
      tree, [&](pugi::xml_node node) { return builder.enter(node); },
      [&](pugi::xml_node) { builder.leave(); });
  dom.adopt(std::move(utf8));
  dom.finish();
  return dom;
}

}  // namespace sluice::html
