// SPDX-License-Identifier: Apache-2.0
//
// Guarded parsing of one XML part (of a package, of a file) into a tree, and walking it without
// recursion. What a converter gets is UTF-8 with the prefixes it asked for, or a Failure;
// never an empty tree that passes for success.
//
//   constexpr sluice::XmlNamespace kNames[] = {{"w", "http://.../main"}, {"w", "http://purl..."}};
//   const sluice::XmlPart part = sluice::parse_xml(bytes, "word/document.xml", kNames);
//   sluice::walk_xml(part.root(), [](sluice::XmlNode node) { ... return Walk::kInto; }, ...);
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sluice {

// A namespace and the prefix by which a converter wants to see it, whatever prefix a document
// binds it to. Several URIs may share a prefix (Transitional and Strict Office documents). The
// empty prefix gives names without one.
struct XmlNamespace {
  std::string_view prefix;
  std::string_view uri;
};

// Which runs of blanks between tags are kept as text.
enum class XmlBlanks : std::uint8_t {
  kAlone,  // only those that are all an element holds: `<w:t> </w:t>`
  kAll,    // also between elements: mixed content, as in XHTML
};

struct XmlOptions {
  XmlBlanks blanks = XmlBlanks::kAlone;
  std::size_t max_bytes = std::size_t{256} << 20;  // of the part
  std::size_t max_depth = 100'000;                 // of nested elements
};

// An attribute of an element, or none. A view: valid as long as its part.
class XmlAttribute {
 public:
  XmlAttribute() = default;
  explicit operator bool() const { return attribute_ != nullptr; }
  bool operator==(const XmlAttribute&) const = default;

  // UTF-8, ended by NUL; "" of no attribute.
  const char* name() const;
  const char* value() const;
  // The number that the value begins with; `otherwise` of no attribute.
  int as_int(int otherwise = 0) const;
  unsigned as_uint(unsigned otherwise = 0) const;
  long long as_llong(long long otherwise = 0) const;
  double as_double(double otherwise = 0) const;
  // Whether the value begins with 1, t, T, y or Y.
  bool as_bool(bool otherwise = false) const;
  // The next attribute of the same element, or none.
  XmlAttribute next() const;

 private:
  friend class XmlNode;
  explicit XmlAttribute(void* attribute) : attribute_(attribute) {}
  void* attribute_ = nullptr;
};

class XmlNodes;

// An element or a text of a part, or none: what is asked of none is none, so that a path of
// children needs no check on its way. A view, as large as a pointer: valid as long as its part.
class XmlNode {
 public:
  XmlNode() = default;
  explicit operator bool() const { return node_ != nullptr; }
  bool operator==(const XmlNode&) const = default;

  bool is_element() const;
  // UTF-8, ended by NUL. An element has a name with its prefix, a text has a value; "" otherwise.
  const char* name() const;
  const char* value() const;
  // The first text directly in it, or in its first child of a name.
  const char* child_value() const;
  const char* child_value(const char* name) const { return child(name).child_value(); }

  XmlNode parent() const;
  XmlNode first_child() const;
  XmlNode last_child() const;
  XmlNode next_sibling() const;
  // The first child, and the next sibling, of this name.
  XmlNode child(const char* name) const;
  XmlNode next_sibling(const char* name) const;
  // All children, or those of a name, which must live as long as the range.
  XmlNodes children() const;
  XmlNodes children(const char* name) const;
  // The first child for which `matches(child)` is true.
  template <class Matches>
  XmlNode find_child(Matches matches) const {
    for (XmlNode child = first_child(); child; child = child.next_sibling()) {
      if (matches(child)) return child;
    }
    return {};
  }

  XmlAttribute attribute(const char* name) const;
  XmlAttribute first_attribute() const;

 private:
  friend class XmlPart;
  explicit XmlNode(void* node) : node_(node) {}
  void* node_ = nullptr;
};

// Siblings, for a range-based loop.
class XmlNodes {
 public:
  class Iterator {
   public:
    Iterator(XmlNode node, const char* name) : node_(node), name_(name) {}
    XmlNode operator*() const { return node_; }
    Iterator& operator++() {
      node_ = name_ == nullptr ? node_.next_sibling() : node_.next_sibling(name_);
      return *this;
    }
    bool operator!=(const Iterator& other) const { return node_ != other.node_; }

   private:
    XmlNode node_;
    const char* name_;  // nullptr: any
  };
  XmlNodes(XmlNode first, const char* name) : first_(first), name_(name) {}
  Iterator begin() const { return {first_, name_}; }
  Iterator end() const { return {XmlNode(), name_}; }

 private:
  XmlNode first_;
  const char* name_;
};

inline XmlNodes XmlNode::children() const {
  return {first_child(), nullptr};
}
inline XmlNodes XmlNode::children(const char* name) const {
  return {child(name), name};
}

// A parsed part. Owns its text and tree; nodes live as long as it does, also when it is moved.
class XmlPart {
 public:
  // A part that is not there: no root.
  XmlPart();
  XmlPart(XmlPart&&) noexcept;
  XmlPart& operator=(XmlPart&&) noexcept;
  ~XmlPart();

  // The root element; a null node only for a part that is not there.
  XmlNode root() const;
  // Why the text is not well-formed, and where ("a tag is cut off, at byte 310"), if what stands
  // before that place could be read: a document made of it is `partial`. Empty if all is well.
  const std::string& defect() const;

 private:
  friend XmlPart parse_xml(std::string, std::string_view, std::span<const XmlNamespace>,
                           const XmlOptions&);
  struct Content;
  std::unique_ptr<Content> content_;
};

// Parses `bytes`. `name` is for messages. Comments, processing instructions and the document type
// are not in the tree.
//
// Takes any encoding that a byte order mark, the XML declaration or the bytes themselves tell
// (sluice/charset.hpp), also behind leading blanks; NUL bytes and references to what is no
// character become nothing or U+FFFD, so that all text in the tree is valid UTF-8. XML 1.0, 5th
// edition.
//
// Names of elements and attributes in a namespace of `namespaces` get its prefix; one that has such
// a prefix but another namespace gets the prefix `_`. So do the prefixes in `Requires` of
// mc:Choice. Names with a prefix that is nowhere declared stay as they are. Namespaces in XML 1.0.
//
// Throws Failure: malformed (empty, no element, or a document type that declares entities: they are
// how small files become huge ones, and formats of packages forbid them: ECMA-376, part 2, 8.1.4),
// limit (max_bytes, max_depth); std::bad_alloc.
XmlPart parse_xml(std::string bytes, std::string_view name,
                  std::span<const XmlNamespace> namespaces = {}, const XmlOptions& options = {});

// Whether an element or attribute has this name, prefix included.
inline bool named(XmlNode node, const char* name) {
  return std::strcmp(node.name(), name) == 0;
}
inline bool named(XmlAttribute attribute, const char* name) {
  return std::strcmp(attribute.name(), name) == 0;
}

enum class Walk : std::uint8_t { kInto, kOver, kStop };

// Visits what is below `top` in document order, without recursion and in constant memory.
// `enter(node)` gets elements and text and says whether to go below it; `leave(node)` follows for
// each node that was gone into, after all below it. kStop ends the walk at once. The tree must not
// change meanwhile. `Node`: an XmlNode, or anything that is walked as one.
template <class Node, class Enter, class Leave>
void walk_xml(Node top, Enter&& enter, Leave&& leave) {
  Node node = top.first_child();
  while (node) {
    const Walk way = enter(node);
    if (way == Walk::kStop) return;
    if (way == Walk::kInto) {
      if (const Node child = node.first_child()) {
        node = child;
        continue;
      }
      leave(node);
    }
    while (!node.next_sibling()) {
      node = node.parent();
      if (node == top || !node) return;
      leave(node);
    }
    node = node.next_sibling();
  }
}

// All text below `node`, in document order, as it stands.
std::string xml_text(XmlNode node);

// Appends text so that it is character data, or an attribute's value in double quotes, of XML and
// HTML.
void append_xml_escaped(std::string& out, std::string_view text);

// The branch of an mc:AlternateContent to read: its first Choice whose `Requires` lists only
// prefixes of `understood`, else its Fallback, else a null node. ECMA-376, part 3, 9.3 (formerly
// 10.2.1). REQUIRES: mc is a prefix of the part's namespaces.
XmlNode choose_alternate(XmlNode alternate_content, std::span<const std::string_view> understood);

}  // namespace sluice
