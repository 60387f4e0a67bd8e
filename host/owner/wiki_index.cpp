#include "owner/wiki_index.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "model/layout.h"
#include "model/names.h"
#include "model/source.h"
#include "owner/registry_writer.h"
#include "staging/staged_file.h"

namespace sluice::owner {
namespace {

// In `meta`: the hash of the index as Sluice published it (empty: there is none), and the number of
// the newest event that it knows.
constexpr std::string_view kIndexHash = "index_sha256";
constexpr std::string_view kIndexEvent = "index_event";

struct Entry {
  std::string folder;  // of the source
  std::string name;
  std::string title;
  bool operator<(const Entry& other) const {
    return std::tie(folder, name) < std::tie(other.folder, other.name);
  }
};

// A title as the text of a link: one line in which nothing is live.
std::string quiet_title(std::string_view title) {
  std::string text;
  for (const char c : title) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (is_control) {
      text += ' ';
      continue;
    }
    if (std::string_view("\\`*_[]<>#&|~!:@$^=").find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return text;
}

// What is within a source stands with it.
std::string_view file_of(std::string_view path_key) {
  return path_key.substr(0, path_key.find(kWithin));
}

std::vector<Entry> entries_of(const KnowledgeBase& kb) {
  std::vector<Entry> entries;
  kb.registry().each_document([&](const Document& document) {
    entries.push_back(
        {mirror_folder(kb.path(), file_of(document.path_key)), document.name, document.title});
  });
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::optional<platform::Sha256Digest> published_index(const KnowledgeBase& kb) {
  return platform::digest_from_hex(kb.registry().meta(kIndexHash));
}

bool is_wanted(const KnowledgeBase& kb, Index wanted) {
  return wanted == Index::kKept || (wanted == Index::kAsBefore && published_index(kb));
}

}  // namespace

std::string index_text(const KnowledgeBase& kb) {
  std::string text = "# Index\n";
  std::string folder;
  bool is_first = true;
  for (const Entry& entry : entries_of(kb)) {
    if (is_first || entry.folder != folder) {
      folder = entry.folder;
      if (!folder.empty()) text += "\n## " + quiet_title(folder) + "\n";
      text += '\n';
      is_first = false;
    }
    const std::string leaf(layout::leaf_of(entry.name));
    text += "- [" + quiet_title(entry.title.empty() ? leaf : entry.title) + "](" +
            layout::index_link(entry.name) + ")\n";
  }
  return text;
}

bool index_is_behind(const KnowledgeBase& kb, Index wanted) {
  const Registry& registry = kb.registry();
  if (!is_wanted(kb, wanted)) return published_index(kb).has_value();
  if (!published_index(kb)) return true;
  if (registry.meta(kIndexEvent) != std::to_string(registry.last_event())) return true;
  return !kb.info(*parse_target(layout::kIndex));
}

void IndexWriter::write(Index wanted) {
  if (!index_is_behind(kb_, wanted)) return;
  const auto old = published_index(kb_);
  RegistryWriter& writer = group_.writer_;
  group_.writes_ = true;
  writer.set_meta(kIndexEvent, std::to_string(kb_.registry().last_event()));
  Step step;
  step.target = layout::kIndex;
  step.replaces = old;
  if (!is_wanted(kb_, wanted)) {
    writer.set_meta(kIndexHash, "");
    (void)group_.staging_.dir();  // there must be a place to move it to
    step.op = Step::Op::kRemoveFile;
    step.staged = group_.removed_name();
    group_.append_journal(0, {std::move(step)});
    return;
  }
  const std::string text = index_text(kb_);
  step.sha256 = platform::sha256(text);
  if (old == step.sha256 && kb_.info(*parse_target(layout::kIndex))) return;
  writer.set_meta(kIndexHash, platform::to_hex(step.sha256));
  step.staged = "index-" + std::to_string(group_.name_counter_++) + ".md";
  write_staged(kb_.files(), group_.staging_.dir(), step.staged, text, step.sha256);
  group_.has_staged_ = true;
  group_.append_journal(0, {std::move(step)});
}

}  // namespace sluice::owner
