#include "travel/facts_check.h"

#include <algorithm>
#include <set>
#include <sluice/abi_rules.hpp>

#include "model/child_names.h"
#include "model/layout.h"
#include "model/names.h"
#include "model/utf8.h"
#include "staging/asset_names.h"
#include "worker/wire.h"

namespace sluice::travel {
namespace {

// A folder's own path is as long as the system takes it; below it stand up to eight containers.
constexpr std::size_t kMaxKeyBytes = 16 << 10;
// Front matter, and links to documents, stand in the Markdown beside what the converter wrote.
constexpr std::uint64_t kBesidesBody = 64ULL << 20;

[[noreturn]] void refuse(const Bundle& bundle, const std::string& what) {
  throw Refused{bundle.source.given + ": " + what};
}

bool is_on_one_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; });
}

// What stands in front matter, in lists and on terminals.
void check_words(const Bundle& bundle) {
  for (const std::string* text : {&bundle.media_type, &bundle.converter, &bundle.converter_version,
                                  &bundle.options_hash, &bundle.setup}) {
    if (!is_on_one_line(*text)) refuse(bundle, "its facts have a control character");
  }
  const auto is_hex = [](const std::string& text) {
    return text.find_first_not_of("0123456789abcdef") == std::string::npos;
  };
  if (!is_hex(bundle.options_hash) || !is_hex(bundle.setup)) {
    refuse(bundle, "a hash of its options is none");
  }
  if (bundle.kind == Bundle::Kind::kPrepared && bundle.converter.empty()) {
    refuse(bundle, "it has no converter");
  }
}

// Names a file of some folder, and nothing else.
bool is_path_key(std::string_view key) {
  if (key.size() > kMaxKeyBytes) return false;
  if (key.starts_with('/')) key.remove_prefix(1);
  return layout::is_contained(key);
}

void check_metadata(const Bundle& bundle) {
  std::set<std::string_view> keys;
  std::size_t bytes = 0;
  for (const MetadataField& field : bundle.metadata) {
    bytes += field.value.size();
    if (!abi_rules::is_metadata_key(field.key) || !keys.insert(field.key).second) {
      refuse(bundle, "its metadata has a field that may not be there");
    }
  }
  if (bytes > kMended * 4 * wire::kMaxMetadataBytes) refuse(bundle, "its metadata is too long");
  const std::string& author = bundle.author_front_matter;
  const std::string fault = author.empty() ? "" : abi_rules::front_matter_fault(author);
  if (!fault.empty()) refuse(bundle, "its author's " + fault);
}

void check_assets(const Bundle& bundle, std::uint32_t most) {
  if (bundle.assets.size() > most) {
    refuse(bundle, "it has more than " + std::to_string(most) + " assets ([limits] assets)");
  }
  std::set<std::string> names;
  for (const StagedFile& asset : bundle.assets) {
    if (!is_asset_name(asset.name)) refuse(bundle, "an asset has a name that no asset gets");
    if (!names.insert(name_key(asset.name)).second) refuse(bundle, "two assets have one name");
  }
}

void check_sidecars(const Bundle& bundle) {
  std::set<std::string_view> kinds;
  for (const StagedSidecar& sidecar : bundle.sidecars) {
    const bool is_kind =
        abi_rules::is_sidecar_kind(sidecar.kind) && sidecar.kind != abi_rules::kPartsKind;
    if (!is_kind || !kinds.insert(sidecar.kind).second) {
      refuse(bundle, "a sidecar has a kind that it may not have");
    }
    if (sidecar.file.size() > wire::kMaxSidecarBytes) refuse(bundle, "a sidecar is too large");
  }
}

void check_sizes(const Bundle& bundle, const Limits& limits) {
  if (bundle.raw.size() != bundle.identity.size || bundle.raw.sha256 != bundle.sha256) {
    refuse(bundle, "its source is not the file that comes with it");
  }
  if (!bundle.source.is_child() && bundle.raw.size() > limits.source_bytes) {
    refuse(bundle,
           "it has more than " + std::to_string(limits.source_bytes) + " bytes ([limits] source)");
  }
  std::uint64_t room = limits.output_bytes;
  const auto count = [&](std::uint64_t bytes) {
    if (bytes > room) refuse(bundle, "its output is larger than [limits] output allows");
    room -= bytes;
  };
  for (const StagedFile& asset : bundle.assets) count(asset.size());
  for (const StagedSidecar& sidecar : bundle.sidecars) count(sidecar.file.size());
  const std::uint64_t least =
      bundle.markdown.size() - std::min(bundle.markdown.size(), kBesidesBody);
  if (least / kMended > room) count(least);
}

// Positions rise, and nothing stands in two things at once.
void check_positions(const Bundle& bundle) {
  struct Span {
    std::uint64_t begin;
    std::uint64_t size;
  };
  const std::uint64_t end = bundle.markdown.size();
  std::vector<Span> spans;
  const auto add = [&](std::uint64_t begin, std::uint64_t size, std::size_t first) {
    const bool rises = spans.size() == first || spans.back().begin < begin ||
                       (spans.back().begin == begin && spans.back().size == 0);
    if (!rises || begin > end || size > end - begin) {
      refuse(bundle, "a position in its Markdown cannot be");
    }
    spans.push_back({begin, size});
  };
  std::size_t first = 0;
  for (const std::uint64_t at : bundle.name_positions) {
    add(at, bundle.placeholder_name.size(), first);
  }
  first = spans.size();
  for (const StagedLink& link : bundle.links) add(link.position, link.length, first);
  first = spans.size();
  for (const SourceLink& link : bundle.source_links) {
    add(link.position, link.wish.written.size(), first);
  }
  std::stable_sort(spans.begin(), spans.end(),
                   [](const Span& a, const Span& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < spans.size(); ++i) {
    if (spans[i - 1].begin + spans[i - 1].size > spans[i].begin) {
      refuse(bundle, "two links in its Markdown overlap");
    }
  }
  std::uint64_t last = 0;
  for (const StagedPart& part : bundle.parts) {
    if (part.position < last || part.position > end ||
        !abi_rules::is_part(part.unit, part.number)) {
      refuse(bundle, "a page, slide or sheet of it cannot be where it says");
    }
    last = part.position;
  }
}

bool is_line(const std::string& text) {
  return text.size() <= kMended * wire::kMaxPath && text.find_first_of("\r\n") == std::string::npos;
}

void check_links(const Bundle& bundle) {
  if (!bundle.name_positions.empty() && bundle.assets.empty()) {
    refuse(bundle, "it has links to assets and no assets");
  }
  const std::string within = bundle.source.path_key() + std::string(kWithin);
  for (const StagedLink& link : bundle.links) {
    const bool is_within = link.path_key.starts_with(within);
    const std::string name = is_within ? link.path_key.substr(within.size()) : "";
    if (name.empty() || link.length != child_destination(name).size()) {
      refuse(bundle, "it has a link to a document that is not within it");
    }
  }
  for (const SourceLink& link : bundle.source_links) {
    const LinkWish& wish = link.wish;
    const bool is_sound = abi_rules::is_link_path(wish.path) && is_line(wish.path) &&
                          is_line(wish.fragment) && is_line(wish.written) && is_line(wish.before) &&
                          is_line(wish.after);
    if (!is_sound) refuse(bundle, "it has a link to another source that cannot be");
  }
  for (const NamedAnchor& anchor : bundle.anchors) {
    if (anchor.name.empty() || anchor.anchor.empty() || !is_line(anchor.name) ||
        !is_line(anchor.anchor)) {
      refuse(bundle, "it has an anchor that cannot be");
    }
  }
}

void check_document(const Bundle& bundle, const prepare::PrepareSettings& settings) {
  check_words(bundle);
  if (bundle.kind != Bundle::Kind::kPrepared) return;
  const std::string& name = bundle.placeholder_name;
  if (name.size() > kMaxNameBytes || document_name(name) != name) {
    refuse(bundle, "its name is none that a document gets");
  }
  const Limits& limits = settings.limits_of(bundle.converter);
  check_metadata(bundle);
  check_assets(bundle, limits.assets);
  check_sidecars(bundle);
  check_sizes(bundle, limits);
  check_links(bundle);
  check_positions(bundle);
}

// Each behind what holds it, as containers hand them over: the owner relies on that order.
void check_tree(const Bundle& root, const TreeLimits& limits) {
  if (root.children.size() > limits.documents) {
    throw Refused{"it has more than " + std::to_string(limits.documents) +
                  " documents ([limits] tree_documents)"};
  }
  if (!root.children.empty() && root.kind != Bundle::Kind::kPrepared) {
    throw Refused{"it failed, and has documents within it"};
  }
  std::vector<std::string> open = {root.source.path_key()};
  std::set<std::string> keys = {root.source.path_key()};
  std::uint64_t bytes = 0;
  for (const Bundle& child : root.children) {
    const std::string key = child.source.path_key();
    while (!open.empty() && open.back() != child.source.container) open.pop_back();
    if (open.empty()) refuse(child, "it does not stand behind the document that holds it");
    if (open.size() > limits.depth) {
      refuse(child, "it is deeper than " + std::to_string(limits.depth) +
                        " documents "
                        "([limits] tree_depth)");
    }
    const std::string within = child.source.container + std::string(kWithin);
    const std::string name = key.starts_with(within) ? key.substr(within.size()) : "";
    if (name.empty() || ChildNames().next(name) != name) {
      refuse(child, "its path is none of a document within " + child.source.container);
    }
    if (!keys.insert(key).second) refuse(child, "it is there twice");
    bytes += std::min(child.raw.size(), limits.bytes);
    if (bytes > limits.bytes) {
      throw Refused{"the documents within it come to more than [limits] tree_bytes allows"};
    }
    if (child.kind == Bundle::Kind::kPrepared) open.push_back(key);
  }
}

}  // namespace

void check_facts(const Facts& facts, const prepare::PrepareSettings& settings) {
  if (!is_path_key(facts.path_key())) throw Refused{"its path leads to no file"};
  if (facts.skipped) {
    if (!is_on_one_line(facts.skipped->kind) || !is_on_one_line(facts.skipped->why)) {
      throw Refused{"why it was skipped has a control character"};
    }
    return;
  }
  const Bundle& root = facts.bundle;
  if (root.source.is_child()) throw Refused{"its source is within another"};
  check_document(root, settings);
  check_tree(root, settings.limits.tree);
  for (const Bundle& child : root.children) check_document(child, settings);
}

}  // namespace sluice::travel
