// SPDX-License-Identifier: Apache-2.0
#include "parse.hpp"

#include <algorithm>
#include <sluice/plugin.hpp>
#include <unordered_map>
#include <vector>

#include "habits/office_lists.hpp"
#include "habits/tex_signs.hpp"
#include "parser/shadow_roots.hpp"
#include "parser/tree_builder.hpp"
#include "source.hpp"

namespace sluice::html {
namespace {

using parser::kDocument;
using parser::Kind;
using parser::Name;
using parser::Space;
using parser::Tree;
using parser::TreeId;
using parser::TreeNode;

constexpr std::size_t kMaxSource = std::size_t{1} << 30;
constexpr std::size_t kMaxStyles = std::size_t{4} << 20;  // more is no page's look

Vocabulary vocabulary_of(Space space) {
  if (space == Space::kSvg) return Vocabulary::kSvg;
  return space == Space::kMathml ? Vocabulary::kMathml : Vocabulary::kHtml;
}

// The tree in document order.
class Flattener {
 public:
  Flattener(const Tree& tree, Dom& dom) : tree_(tree), dom_(dom) {}

  void run() {
    dom_.reserve(tree_.size());
    TreeId at = tree_[kDocument].first_child;
    while (at != kDocument) {
      const NodeId added = add(at, parent());
      const TreeId child = tree_[at].first_child;
      if (added != kRootNode && child != kDocument) {
        open_.push_back(added);
        at = child;
      } else {
        at = next(at);
      }
    }
    dom_.finish();
  }

 private:
  // The parser bounds its open elements, but those it closes too early still hold the ones in them.
  NodeId parent() const {
    return open_.empty() ? kRootNode : open_[std::min<std::size_t>(open_.size(), kMaxDepth) - 1];
  }

  // The node behind all that `at` holds; closes what ends there.
  TreeId next(TreeId at) {
    while (at != kDocument && tree_[at].next == kDocument) {
      at = tree_[at].parent;
      if (open_.empty()) continue;
      if (open_.size() <= kMaxDepth) dom_.close(open_.back());
      open_.pop_back();
    }
    return at == kDocument ? kDocument : tree_[at].next;
  }

  // The root if nothing below the node is wanted.
  NodeId add(TreeId id, NodeId parent) {
    const TreeNode& node = tree_[id];
    if (node.kind == Kind::kText) {
      dom_.add_text(node.begin, node.length, parent);
      return kRootNode;
    }
    if (node.kind != Kind::kElement) return kRootNode;
    const Tag tag = tag_of_element(node);
    if (node.space == Space::kHtml && node.name == Name::kStyle) {
      add_styles(id);
      return kRootNode;
    }
    const bool tex = node.name == Name::kScript && is_tex_type(tree_.attribute(id, Attr::kType));
    if (node.name == Name::kScript && !tex) return kRootNode;
    return dom_.add_element(tag, parent, node.begin, node.length);
  }

  void add_styles(TreeId style) {
    for (TreeId id = tree_[style].first_child; id != kDocument; id = tree_[id].next) {
      if (dom_.css.size() < kMaxStyles) (dom_.css += tree_.text(id)) += '\n';
    }
  }

  Tag tag_of_element(const TreeNode& node) {
    const auto [found, added] = tags_.try_emplace(key(node), Tag::kOther);
    if (added) found->second = tag_of(vocabulary_of(node.space), tree_.names().spelling(node.name));
    return found->second;
  }
  static std::uint32_t key(const TreeNode& node) {
    return static_cast<std::uint32_t>(node.space) << 16 | static_cast<std::uint32_t>(node.name);
  }

  const Tree& tree_;
  Dom& dom_;
  std::vector<NodeId> open_;
  std::unordered_map<std::uint32_t, Tag> tags_;
};

}  // namespace

Dom parse_html(std::string utf8) {
  if (utf8.size() > kMaxSource) throw Failure(Outcome::kLimit, "the page has more than 1 GiB");
  parser::normalize_line_ends(utf8);
  Tree tree(parser::Keep::kForDom);
  parser::TreeBuilder(tree).parse(utf8);
  Dom dom;
  dom.tex_signs = tex_signs_of(utf8);
  std::string().swap(utf8);
  parser::show_shadow_roots(tree);
  nest_word_lists(tree);
  nest_google_lists(tree);
  dom.truncated = tree.size() >= Dom::kMaxNodes;
  Flattener(tree, dom).run();
  dom.adopt(tree.release_text());
  dom.adopt(tree.release_attributes());
  return dom;
}

}  // namespace sluice::html
