#include "owner/source_of_key.h"

namespace sluice::owner {

std::optional<Source> source_of_key(const KnowledgeBase& kb, const std::string& path_key,
                                    const std::shared_ptr<const SourceRoot>& root) {
  Source source;
  const bool absolute = !path_key.empty() && path_key.front() == '/';
  // An empty prefix is the knowledge base's own folder: what is absolute is not below that.
  const bool below = root && (!root->key_prefix.empty() || !absolute);
  if (below && path_key.rfind(root->key_prefix, 0) == 0) {
    source.root = root;
    source.relative = path_key.substr(root->key_prefix.size());
    source.given = root->given + "/" + source.relative;
    return source;
  }
  const std::string path = absolute ? path_key : kb.path() + "/" + path_key;
  const std::size_t slash = path.rfind('/');
  auto dir = kb.files().open_dir(path.substr(0, slash + 1));
  if (!dir) return std::nullopt;
  auto own = std::make_shared<SourceRoot>();
  own->dir = std::move(*dir);
  own->path = path.substr(0, slash);
  own->given = own->path;
  own->key_prefix = path_key.substr(0, path_key.rfind('/') + 1);
  if (root) own->sibling_rules = root->sibling_rules;
  source.root = std::move(own);
  source.relative = path.substr(slash + 1);
  source.given = path;
  return source;
}

}  // namespace sluice::owner
