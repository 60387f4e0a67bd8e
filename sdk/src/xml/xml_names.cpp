// SPDX-License-Identifier: Apache-2.0
#include "xml/xml_names.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::xml {
namespace {

// One xmlns attribute in force. `to`: the prefix that names get instead of `from`.
struct Binding {
  std::string_view from;
  std::string_view to;
  std::size_t depth;
};

struct Name {
  std::string_view prefix;
  std::string_view local;
};

Name split(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return {{}, name};
  return {name.substr(0, colon), name.substr(colon + 1)};
}

class Canonizer {
 public:
  explicit Canonizer(std::span<const XmlNamespace> namespaces) : namespaces_(namespaces) {}

  void enter(pugi::xml_node element, std::size_t depth) {
    bind(element, depth);
    if (renaming_ == 0) return;
    rename(element);
    for (pugi::xml_attribute attribute : element.attributes()) {
      const Name name = split(attribute.name());
      if (name.prefix.empty() || name.prefix == "xmlns") continue;
      const std::string renamed = renamed_or_empty(name);
      if (!renamed.empty()) attribute.set_name(renamed.c_str());
    }
    if (std::string_view(element.name()) == "mc:Choice") translate_requires(element);
  }

  void leave(std::size_t depth) {
    while (!bindings_.empty() && bindings_.back().depth == depth) {
      if (bindings_.back().from != bindings_.back().to) --renaming_;
      bindings_.pop_back();
    }
  }

 private:
  void bind(pugi::xml_node element, std::size_t depth) {
    for (const pugi::xml_attribute attribute : element.attributes()) {
      const std::string_view name = attribute.name();
      if (!name.starts_with("xmlns")) continue;
      if (name.size() == 5) {
        add({{}, prefix_for(attribute.value(), {}), depth});
      } else if (name[5] == ':') {
        const std::string_view from = name.substr(6);
        add({from, prefix_for(attribute.value(), from), depth});
      }
    }
  }

  void add(const Binding& binding) {
    bindings_.push_back(binding);
    if (binding.from != binding.to) ++renaming_;
  }

  std::string_view prefix_for(std::string_view uri, std::string_view from) const {
    bool taken = false;
    for (const XmlNamespace& space : namespaces_) {
      if (space.uri == uri) return space.prefix;
      taken = taken || space.prefix == from;
    }
    return taken && !uri.empty() ? std::string_view("_") : from;
  }

  // The prefix that stands for `from` here.
  std::string_view canonical(std::string_view from) const {
    for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
      if (binding->from == from) return binding->to;
    }
    return from;
  }

  std::string renamed_or_empty(const Name& name) const {
    const std::string_view prefix = canonical(name.prefix);
    if (prefix == name.prefix) return {};
    std::string renamed(prefix);
    if (!prefix.empty()) renamed += ':';
    return renamed += name.local;
  }

  void rename(pugi::xml_node element) const {
    const std::string renamed = renamed_or_empty(split(element.name()));
    if (!renamed.empty()) element.set_name(renamed.c_str());
  }

  void translate_requires(pugi::xml_node choice) const {
    pugi::xml_attribute attribute = choice.attribute("Requires");
    const std::string old = attribute.value();
    std::string translated;
    for (std::size_t at = 0; at < old.size();) {
      const std::size_t end = std::min(old.find(' ', at), old.size());
      if (end > at) {
        if (!translated.empty()) translated += ' ';
        translated += canonical(std::string_view(old).substr(at, end - at));
      }
      at = end + 1;
    }
    attribute.set_value(translated.c_str());
  }

  std::span<const XmlNamespace> namespaces_;
  std::vector<Binding> bindings_;
  std::size_t renaming_ = 0;  // bindings in force that change a prefix
};

}  // namespace

bool canonize(pugi::xml_node root, std::span<const XmlNamespace> namespaces,
              std::size_t max_depth) {
  Canonizer canonizer(namespaces);
  std::size_t depth = 1;
  pugi::xml_node node = root;
  while (true) {
    if (node.type() == pugi::node_element) {
      if (depth > max_depth) return false;
      canonizer.enter(node, depth);
      if (const pugi::xml_node child = node.first_child()) {
        ++depth;
        node = child;
        continue;
      }
      canonizer.leave(depth);
    }
    while (node != root && !node.next_sibling()) {
      node = node.parent();
      canonizer.leave(--depth);
    }
    if (node == root) return true;
    node = node.next_sibling();
  }
}

}  // namespace sluice::xml
