#include "owner/check_strangers.h"

#include <algorithm>

#include "model/layout.h"
#include "model/names.h"
#include "owner/publish.h"
#include "owner/published.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

namespace layout = layout;
using platform::FileKind;
using Remedy = Finding::Remedy;
using Weight = Finding::Weight;

bool is_name(const std::string& name) {
  return !name.empty() && document_name(name) == name;
}

// The name of the document that could have published an entry of that name and kind; empty if none
// could: then somebody else made it.
std::string possible_name(Shelf shelf, const platform::DirEntry& entry) {
  const std::string stem = entry.name.substr(0, entry.name.find('.'));
  const std::string rest = entry.name.substr(stem.size());
  if (!is_name(stem)) return {};
  if (shelf == Shelf::kImages) {
    return entry.kind == FileKind::kDirectory && rest.empty() ? stem : std::string();
  }
  if (entry.kind != FileKind::kRegular) return {};
  if (shelf == Shelf::kRaw) {
    const std::string extension = extension_of(entry.name);
    return rest == (extension.empty() ? "" : "." + extension) ? stem : std::string();
  }
  const bool is_sidecar = rest.ends_with(".json") && std::count(rest.begin(), rest.end(), '.') == 2;
  return rest == ".md" || is_sidecar ? stem : std::string();
}

// "note.md.orig-0a1b2c3d": an edit that was kept when its file was replaced or removed.
bool is_kept_edit(const std::string& name) {
  const std::size_t at = name.rfind(".orig-");
  if (at == std::string::npos || at == 0) return false;
  const std::string hex = name.substr(at + 6);
  return hex.size() >= 8 && hex.size() % 8 == 0 &&
         hex.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

void StrangerCheck::run() {
  look_below(Shelf::kRaw);
  look_below(Shelf::kSources);
}

// In mirror layout, all folders below as well.
void StrangerCheck::look_below(Shelf shelf) {
  std::vector<std::string> folders = {""};
  while (!folders.empty()) {
    const std::string folder = std::move(folders.back());
    folders.pop_back();
    for (std::string& next : look_into({shelf, {}, folder})) folders.push_back(std::move(next));
    if (shelf == Shelf::kSources) look_into({Shelf::kImages, {}, folder});
  }
}

// Returns the folders in it that Sluice may have made for documents, the first one last.
std::vector<std::string> StrangerCheck::look_into(const Target& folder) {
  std::vector<std::string> below;
  const auto at = kb_.folder(folder);
  if (!at) return below;
  const std::string path = path_of(folder);  // with a `/` at its end
  auto entries = kb_.files().list(*at);
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  for (const auto& entry : entries) {
    if (settings_.interrupted && settings_.interrupted()) {
      throw Error("check", kb_.path(), "interrupted", "run it again", ExitCode::kInterrupted);
    }
    // Hidden files are those of the desktop, of editors and of sync tools.
    if (entry.name.starts_with('.')) continue;
    if (folder.shelf == Shelf::kSources && entry.name == layout::kImagesFolder) continue;
    const std::string name = layout::name_in(folder.folder, entry.name);
    if (holds_documents(folder.shelf, name, entry)) {
      below.push_back(name);
    } else {
      judge(folder, path + entry.name, entry);
    }
  }
  if (entries.empty() && !folder.folder.empty()) {
    report_({Weight::kRemark, "foreign", path.substr(0, path.size() - 1),
             "an empty folder, in which no document is", "delete it", Remedy::kNone, 0});
  }
  std::reverse(below.begin(), below.end());
  return below;
}

// Whether an entry is a folder of mirror layout.
bool StrangerCheck::holds_documents(Shelf shelf, const std::string& name,
                                    const platform::DirEntry& entry) const {
  return kb_.layout() == layout::Kind::kMirror && shelf != Shelf::kImages &&
         entry.kind == FileKind::kDirectory && is_mirror_folder(name);
}

void StrangerCheck::judge(const Target& folder, const std::string& path,
                          const platform::DirEntry& entry) {
  if (pending_.contains(path) || published_.contains(path)) return;
  if (is_kept_edit(entry.name)) {
    report_({Weight::kRemark, "kept", path, "an edit by hand that was kept",
             "copy what you need from it, and delete it", Remedy::kNone, 0});
    return;
  }
  const std::string leaf = possible_name(folder.shelf, entry);
  const std::string name = layout::name_in(folder.folder, leaf);
  if (leaf.empty()) {
    report_({Weight::kRemark, "foreign", path, "it does not belong to Sluice, and stays as it is",
             "move it elsewhere if it is here by mistake", Remedy::kNone, 0});
    return;
  }
  const auto same = kb_.registry().document_by_name_key(name_key(name));
  if (same && same->name != name) {
    report_(
        {Weight::kDamage, "collision", path,
         "on other platforms its name is the same as that of the document \"" + same->name + "\"",
         "rename it, or run 'sluice check --repair' to set it aside", Remedy::kSetAside, 0});
    return;
  }
  if (was_kept(name, {folder.shelf, entry.name, folder.folder})) {
    report_({Weight::kRemark, "kept", path, "the raw file of a document that was removed",
             "delete it when you need it no more", Remedy::kNone, 0});
    return;
  }
  report_({Weight::kDamage, "orphan", path, "no document has it on record",
           "move it elsewhere, or run 'sluice check --repair' to set it aside", Remedy::kSetAside,
           0});
}

// remove --keep-raw has left it: the document's last event says so, and the bytes are its.
bool StrangerCheck::was_kept(const std::string& name, const Target& file) {
  if (file.shelf != Shelf::kRaw) return false;
  const auto events = kb_.registry().events_of(name);
  if (events.empty() || events.back().op != EventOp::kRemoved) return false;
  if (!settings_.reads_files) return true;
  try {
    const auto folder = kb_.folder(file);
    return folder && hash_file(kb_.files(), *folder, file.name) == events.back().sha256;
  } catch (const SystemError&) {
    return false;
  }
}

}  // namespace sluice::owner
