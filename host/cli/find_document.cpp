#include "cli/find_document.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "model/names.h"
#include "model/url.h"
#include "owner/published.h"
#include "plugin/nearest.h"

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;
using owner::Document;
using owner::KnowledgeBase;
using owner::Registry;

constexpr std::size_t kMaxSuggestions = 3;

// Without symlinks as far as it exists, else as it is.
fs::path real(const fs::path& path) {
  std::error_code error;
  const fs::path found = fs::weakly_canonical(path, error);
  return error ? path : found;
}

// As path keys are written: from the KB where it is inside, else absolute.
std::string key_of(const fs::path& path, const fs::path& kb) {
  const std::string relative = path.lexically_relative(kb).generic_string();
  const bool inside = !relative.empty() && relative != ".." && !relative.starts_with("../");
  return inside ? relative : path.generic_string();
}

// Every path key that the words of a user may stand for.
std::vector<std::string> keys_of(const std::string& wanted, const std::string& kb_path,
                                 const std::string& working_directory) {
  if (is_url(wanted)) {
    std::string why_not;
    const auto url = parse_url(wanted, why_not);
    return {url ? url->text() : wanted};
  }
  std::vector<std::string> keys = {wanted};
  const fs::path kb = real(kb_path);
  const fs::path path = (fs::path(working_directory) / wanted).lexically_normal();
  // A scan resolves a file's folder, but not the file: and a symlink leads to its target as well.
  for (const fs::path& one : {path, real(path.parent_path()) / path.filename(), real(path)}) {
    std::string key = key_of(one, kb);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace

std::vector<Document> find_documents(const KnowledgeBase& kb, const std::string& working_directory,
                                     const std::string& wanted) {
  const Registry& registry = kb.registry();
  if (auto exact = registry.document_by_name(wanted)) return {*exact};
  std::vector<Document> found;
  const auto take = [&](const std::optional<Document>& document) {
    const bool is_new =
        document && std::none_of(found.begin(), found.end(),
                                 [&](const Document& d) { return d.id == document->id; });
    if (is_new) found.push_back(*document);
  };
  for (const std::string& key : keys_of(wanted, kb.path(), working_directory)) {
    const auto source = registry.source(key);
    if (source) take(registry.document(source->document));
    take(owner::document_that_published(registry, key));
  }
  return found;
}

std::vector<std::string> source_keys_of(const KnowledgeBase& kb,
                                        const std::string& working_directory,
                                        const std::string& wanted) {
  return keys_of(wanted, kb.path(), working_directory);
}

std::vector<owner::FailureRow> find_failures(const KnowledgeBase& kb,
                                             const std::string& working_directory,
                                             const std::string& wanted) {
  for (const std::string& key : keys_of(wanted, kb.path(), working_directory)) {
    if (auto failure = kb.registry().failure(key)) return {*failure};
  }
  return {};
}

std::string nearest_documents(const Registry& registry, const std::string& wanted) {
  const std::string file_name = wanted.substr(wanted.rfind('/') + 1);
  const std::string name = document_name(stem_of(file_name));
  std::vector<std::string> near;
  if (const auto same = registry.document_by_name_key(name_key(name))) {
    near.push_back(same->name);
  }
  registry.each_document([&](const Document& document) {
    if (near.size() >= kMaxSuggestions) return;
    const std::vector<std::string> known = {document.name};
    const bool is_near = !plugin::nearest(name, known).empty();
    if (is_near && std::find(near.begin(), near.end(), document.name) == near.end()) {
      near.push_back(document.name);
    }
  });
  if (near.empty()) return "'sluice list' shows what there is";
  std::string text = "did you mean ";
  for (std::size_t i = 0; i < near.size(); ++i) {
    if (i > 0) text += i + 1 == near.size() ? " or " : ", ";
    text += '"' + near[i] + '"';
  }
  return text + "?";
}

std::string names_with_paths(const std::vector<Document>& documents) {
  std::string text;
  for (const Document& document : documents) {
    text += (text.empty() ? "" : ", ") + document.name + " (" + document.path_key + ")";
  }
  return text;
}

}  // namespace sluice::cli
