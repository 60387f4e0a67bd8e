// SPDX-License-Identifier: Apache-2.0
#include "xml/xml_scope.hpp"

namespace sluice {
namespace {

// A document of made-up names must not fill the memory with them.
constexpr std::size_t kMaxKnown = 4096;

}  // namespace

std::string XmlScope::wanted_prefix(std::string_view prefix, std::string_view uri) const {
  bool taken = false;
  for (const XmlNamespace& wanted : namespaces_) {
    if (wanted.uri == uri) return std::string(wanted.prefix);
    taken = taken || wanted.prefix == prefix;
  }
  // Another namespace must not pass for one that was asked for.
  return taken ? "_" : std::string(prefix);
}

void XmlScope::bind(std::string_view prefix, std::string_view uri) {
  bindings_.push_back({depth_, std::string(prefix), wanted_prefix(prefix, uri)});
  forget();
}

void XmlScope::forget() {
  elements_.clear();
  attributes_.clear();
}

void XmlScope::enter(std::span<const XmlPair> attributes) {
  ++depth_;
  if (elements_.all.size() + attributes_.all.size() > kMaxKnown) forget();
  for (const auto& [name, value] : attributes) {
    if (!name.starts_with("xmlns")) continue;
    if (name.size() == 5) {
      bind("", value);
    } else if (name[5] == ':') {
      bind(name.substr(6), value);
    }
  }
}

void XmlScope::leave() {
  if (!bindings_.empty() && bindings_.back().depth == depth_) {
    while (!bindings_.empty() && bindings_.back().depth == depth_) bindings_.pop_back();
    forget();
  }
  --depth_;
}

std::string_view XmlScope::named(std::string_view raw, Names& known, bool has_default) {
  const Map::value_type*& recent = known.recent[Names::place_of(raw)];
  if (recent != nullptr && recent->first == raw) return recent->second;
  if (const auto at = known.all.find(raw); at != known.all.end()) {
    recent = &*at;
    return at->second;
  }
  const auto colon = raw.find(':');
  const std::string_view prefix =
      colon == std::string_view::npos ? std::string_view() : raw.substr(0, colon);
  const std::string_view local = colon == std::string_view::npos ? raw : raw.substr(colon + 1);
  std::string name(raw);
  if (has_default || !prefix.empty()) {
    for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
      if (binding->prefix != prefix) continue;
      name =
          binding->wanted.empty() ? std::string(local) : binding->wanted + ":" + std::string(local);
      break;
    }
  }
  recent = &*known.all.emplace(raw, std::move(name)).first;
  return recent->second;
}

}  // namespace sluice
