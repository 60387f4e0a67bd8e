// Which document a link leads to, from the live registry alone. The answer does not depend on the
// order in which documents came: a source at the path that the link names counts first, then a
// renamed document that was at that path.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/bundle.h"
#include "owner/knowledge_base.h"
#include "owner/link_rows.h"
#include "owner/splice.h"

namespace sluice::owner {

class LinkResolver {
 public:
  // It remembers what it has looked up: the registry's sources, names and anchors must not change
  // while it lives.
  explicit LinkResolver(const KnowledgeBase& kb) : kb_(kb) {}

  // The destination in the Markdown of the document; empty if the link leads to no document.
  std::string destination(const Document& from, const LinkWish& wish);
  // Sets where each of the document's links leads now. The edits that its Markdown needs for that.
  std::vector<Edit> settle(const Document& from, std::vector<LinkRow>& links);
  // The document that a link leads to from the source `path_key`.
  std::optional<LinkTarget> target(const std::string& path_key, const LinkWish& wish);

 private:
  std::optional<LinkTarget> named(const std::string& path_key, const std::string& path);
  std::string anchor(std::int64_t document, const std::string& fragment);

  using Anchors = std::unordered_map<std::string, std::string>;
  const KnowledgeBase& kb_;
  std::unordered_map<std::int64_t, Anchors> anchors_;
  // By the folder of the source, and the path of the link.
  std::map<std::pair<std::string, std::string>, std::optional<LinkTarget>> named_;
};

}  // namespace sluice::owner
