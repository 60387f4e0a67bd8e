#include "owner/source_of_key.h"

#include "owner/journal.h"
#include "platform/error.h"

namespace sluice::owner {

std::optional<Source> source_of_key(const KnowledgeBase& kb, const std::string& path_key,
                                    const std::shared_ptr<const SourceRoot>& root) {
  if (is_url(path_key)) return web_source(path_key, path_key);
  Source source;
  const bool absolute = !path_key.empty() && path_key.front() == '/';
  // An empty prefix is the knowledge base's own folder: what is absolute is not below that.
  const bool below = root && root->dir && (!root->key_prefix.empty() || !absolute);
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

bool is_there(const KnowledgeBase& kb, const std::string& path_key) {
  if (is_url(path_key)) return true;  // only its server can say, and `sync` asks it
  // A path key of a source outside is absolute, and the folder does not matter then.
  return kb.files().resolve_info(kb.root(), path_key).has_value();
}

bool is_gone(const KnowledgeBase& kb, const std::string& path_key) {
  try {
    return !is_there(kb, path_key);
  } catch (const SystemError&) {
    return false;
  }
}

Source copy_in_raw(const KnowledgeBase& kb, const Document& document) {
  const auto target = parse_target(document.raw);
  if (!target || target->shelf != Shelf::kRaw) {
    throw Error("read", document.raw, "the registry has no such path for a raw file",
                "run 'sluice check'", ExitCode::kDamaged);
  }
  auto root = std::make_shared<SourceRoot>();
  const auto folder = kb.folder(*target);
  const platform::Dir& raw = kb.top(*target);
  root->dir = platform::duplicate(folder ? static_cast<const platform::Dir&>(*folder) : raw);
  root->path = kb.path() + '/' + std::string(layout::folder_of(document.raw));
  root->given = root->path;
  root->copy_name = target->name;
  root->copy_of = document.path_key;
  Source source;
  source.root = std::move(root);
  source.relative = target->name;
  source.given = document.path_key;
  if (is_url(document.path_key)) source.called = target->name;
  return source;
}

}  // namespace sluice::owner
