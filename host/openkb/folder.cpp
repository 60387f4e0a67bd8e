#include "openkb/folder.h"

#include <algorithm>
#include <set>

#include "model/layout.h"
#include "model/open_dir_below.h"
#include "platform/error.h"
#include "staging/staged_file.h"

namespace sluice::openkb {
namespace {

// A row has some 400 bytes: this is the list of 160,000 documents.
constexpr std::uint64_t kMaxListBytes = 64ULL << 20;

bool is_page(const platform::DirEntry& entry) {
  return entry.kind == platform::FileKind::kRegular && entry.name.ends_with(".md");
}

}  // namespace

Folder::Folder(platform::Files& files, std::string path) : files_(files), path_(std::move(path)) {
  auto dir = files_.open_dir(path_);
  const auto state = dir ? files_.open_dir(*dir, kState) : std::nullopt;
  if (!state) {
    throw Error("import", path_, "it has no folder .openkb",
                "give the folder of a knowledge base of OpenKB", ExitCode::kUsage);
  }
  dir_ = std::move(*dir);
  const std::string list = path_ + "/" + kState + "/" + kHashesName;
  if (!files_.info(*state, kHashesName)) return;  // of one that has no documents yet
  const auto text = read_whole_text(files_, *state, kHashesName, kMaxListBytes);
  auto entries = text ? parse_entries(*text) : std::nullopt;
  if (!entries) {
    throw Error("read", list, text ? "it is no JSON object" : "it is larger than 64 MiB",
                "let OpenKB repair it: run 'openkb list' there", ExitCode::kUsage);
  }
  entries_ = std::move(*entries);
}

std::string Folder::source_of(const Entry& entry) const {
  if (entry.path.starts_with('/')) return entry.path;
  if (!entry.path.empty()) return path_ + "/" + entry.path;
  return path_ + "/" + (entry.raw_path.empty() ? "raw/" + entry.name : entry.raw_path);
}

std::vector<std::string> Folder::copies_of(const Entry& entry) const {
  std::vector<std::string> paths;
  const auto add = [&](std::string path) {
    if (!path.empty() && std::find(paths.begin(), paths.end(), path) == paths.end()) {
      paths.push_back(std::move(path));
    }
  };
  add(entry.raw_path);
  if (!entry.name.empty()) add(std::string(layout::kRaw) + "/" + entry.name);
  add(entry.path);
  return paths;
}

std::vector<std::string> Folder::texts_of(const Entry& entry) const {
  const std::string stem = std::string(kSources) + "/" + entry.document();
  std::vector<std::string> paths;
  // Not a file of another folder, such as the source itself.
  if (entry.source_path.starts_with(std::string(kSources) + "/")) {
    paths.push_back(entry.source_path);
  }
  paths.push_back(stem + ".md");
  paths.push_back(stem + ".json");
  return paths;
}

std::optional<platform::File> Folder::open(const std::string& path) const {
  try {
    std::optional<platform::File> file;
    if (path.starts_with('/')) {
      const std::size_t slash = path.rfind('/');
      const auto folder = files_.open_dir(path.substr(0, slash + 1));
      if (folder) file = files_.open_read(*folder, path.substr(slash + 1));
    } else {
      file = files_.open_read(dir_, path);
    }
    if (file && files_.info(*file).kind == platform::FileKind::kRegular) return file;
  } catch (const SystemError&) {
    // A link, or a folder that nobody may read: the next place, or none.
  }
  return std::nullopt;
}

std::vector<std::string> Folder::strangers() const {
  std::set<std::string> known;
  for (const Entry& entry : entries_) {
    for (const std::string& path : copies_of(entry)) known.insert(path);
  }
  std::vector<std::string> found;
  const auto raw = open_dir_below(files_, dir_, layout::kRaw);
  if (!raw) return found;
  for (const platform::DirEntry& entry : files_.list(*raw)) {
    const std::string path = std::string(layout::kRaw) + "/" + entry.name;
    if (entry.kind == platform::FileKind::kRegular && !known.contains(path)) found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::uint64_t Folder::own_pages() const {
  std::uint64_t pages = 0;
  for (const char* folder : kOwnPages) {
    const auto dir = open_dir_below(files_, dir_, folder);
    if (!dir) continue;
    const auto entries = files_.list(*dir);
    pages += static_cast<std::uint64_t>(std::count_if(entries.begin(), entries.end(), is_page));
  }
  return pages;
}

}  // namespace sluice::openkb
