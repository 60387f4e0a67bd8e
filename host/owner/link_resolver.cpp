#include "owner/link_resolver.h"

#include <array>
#include <vector>

#include "model/layout.h"
#include "owner/link_targets.h"
#include "platform/percent_encoding.h"

namespace sluice::owner {
namespace {

// What would end a link destination, or is part of its syntax.
constexpr std::string_view kReserved = "()<>[]\\\"'`%?#";

// A path that a source has today comes before one that a renamed document had.
constexpr std::array kInOrder = {Registry::Paths::kPresent, Registry::Paths::kFormer};

}  // namespace

std::string LinkResolver::destination(const Document& from, const LinkWish& wish) {
  const auto found = target(from.path_key, wish);
  if (!found) return {};
  std::string text = layout::document_link(from.name, found->name);
  if (wish.fragment.empty()) return text;
  text += '#';
  return text + platform::percent_encoded(anchor(found->document, wish.fragment), kReserved);
}

std::vector<Edit> LinkResolver::settle(const Document& from, std::vector<LinkRow>& links) {
  std::vector<Edit> edits;
  std::uint64_t position = 0;
  for (LinkRow& link : links) {
    position += link.gap;
    std::string next = destination(from, link.wish);
    std::string standing = standing_text(link.wish, link.destination);
    const std::uint64_t length = standing.size();
    if (next != link.destination) {
      edits.push_back({position, length, std::move(standing), standing_text(link.wish, next)});
      link.destination = std::move(next);
    }
    position += length;
  }
  return edits;
}

std::optional<LinkTarget> LinkResolver::target(const std::string& path_key, const LinkWish& wish) {
  if (!wish.by_name) {
    const auto keys = targets_by_path(kb_.path(), path_key, wish.path);
    for (const auto paths : kInOrder) {
      for (const std::string& key : keys) {
        if (auto found = kb_.registry().link_target(key, paths)) return found;
      }
    }
    return std::nullopt;
  }
  const std::string folder = path_key.substr(0, path_key.rfind('/') + 1);
  const auto [known, is_new] = named_.try_emplace({folder, wish.path});
  if (is_new) known->second = named(path_key, wish.path);
  return known->second;
}

std::optional<LinkTarget> LinkResolver::named(const std::string& path_key,
                                              const std::string& path) {
  const std::vector<std::string> keys = file_keys_by_name(path);
  for (const auto paths : kInOrder) {
    for (const std::string& key : keys) {
      const std::vector<LinkTarget> found = kb_.registry().link_targets_named(key, paths);
      std::vector<std::string_view> candidates;
      for (const LinkTarget& one : found) candidates.emplace_back(one.path_key);
      const int nearest = nearest_candidate(path_key, path, candidates);
      if (nearest >= 0) return found[static_cast<std::size_t>(nearest)];
    }
  }
  return std::nullopt;
}

// A fragment that its source says nothing of stays: it may be the heading's anchor itself.
std::string LinkResolver::anchor(std::int64_t document, const std::string& fragment) {
  const auto [known, is_new] = anchors_.try_emplace(document);
  if (is_new) {
    for (NamedAnchor& one : kb_.registry().anchors_of(document)) {
      known->second.try_emplace(std::move(one.name), std::move(one.anchor));
    }
  }
  const auto found = known->second.find(fragment);
  return found == known->second.end() ? fragment : found->second;
}

}  // namespace sluice::owner
