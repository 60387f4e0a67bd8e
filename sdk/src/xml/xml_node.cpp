// SPDX-License-Identifier: Apache-2.0
//
// The view of pugixml's tree that plugins see: each function is the one of pugixml of its name.
#include <pugixml.hpp>
#include <sluice/xml.hpp>

namespace sluice {
namespace {

pugi::xml_node tree_node(void* node) {
  return pugi::xml_node(static_cast<pugi::xml_node_struct*>(node));
}
pugi::xml_attribute tree_attribute(void* attribute) {
  return pugi::xml_attribute(static_cast<pugi::xml_attribute_struct*>(attribute));
}

}  // namespace

const char* XmlAttribute::name() const {
  return tree_attribute(attribute_).name();
}
const char* XmlAttribute::value() const {
  return tree_attribute(attribute_).value();
}
int XmlAttribute::as_int(int otherwise) const {
  return tree_attribute(attribute_).as_int(otherwise);
}
unsigned XmlAttribute::as_uint(unsigned otherwise) const {
  return tree_attribute(attribute_).as_uint(otherwise);
}
long long XmlAttribute::as_llong(long long otherwise) const {
  return tree_attribute(attribute_).as_llong(otherwise);
}
double XmlAttribute::as_double(double otherwise) const {
  return tree_attribute(attribute_).as_double(otherwise);
}
bool XmlAttribute::as_bool(bool otherwise) const {
  return tree_attribute(attribute_).as_bool(otherwise);
}
XmlAttribute XmlAttribute::next() const {
  return XmlAttribute(tree_attribute(attribute_).next_attribute().internal_object());
}

bool XmlNode::is_element() const {
  return tree_node(node_).type() == pugi::node_element;
}
const char* XmlNode::name() const {
  return tree_node(node_).name();
}
const char* XmlNode::value() const {
  return tree_node(node_).value();
}
const char* XmlNode::child_value() const {
  return tree_node(node_).child_value();
}
XmlNode XmlNode::parent() const {
  return XmlNode(tree_node(node_).parent().internal_object());
}
XmlNode XmlNode::first_child() const {
  return XmlNode(tree_node(node_).first_child().internal_object());
}
XmlNode XmlNode::last_child() const {
  return XmlNode(tree_node(node_).last_child().internal_object());
}
XmlNode XmlNode::next_sibling() const {
  return XmlNode(tree_node(node_).next_sibling().internal_object());
}
XmlNode XmlNode::child(const char* name) const {
  return XmlNode(tree_node(node_).child(name).internal_object());
}
XmlNode XmlNode::next_sibling(const char* name) const {
  return XmlNode(tree_node(node_).next_sibling(name).internal_object());
}
XmlAttribute XmlNode::attribute(const char* name) const {
  return XmlAttribute(tree_node(node_).attribute(name).internal_object());
}
XmlAttribute XmlNode::first_attribute() const {
  return XmlAttribute(tree_node(node_).first_attribute().internal_object());
}

}  // namespace sluice
