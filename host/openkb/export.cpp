#include "openkb/export.h"

#include <algorithm>
#include <charconv>
#include <sluice/blanks.hpp>
#include <utility>

#include "model/headings.h"
#include "model/layout.h"
#include "model/names.h"
#include "openkb/folder.h"
#include "openkb/picture_links.h"
#include "openkb/target.h"
#include "platform/error.h"
#include "platform/lock.h"
#include "staging/staged_file.h"

namespace sluice::openkb {
namespace {

using owner::Document;
using owner::KnowledgeBase;
using owner::PublishedFile;
using platform::Files;

constexpr const char* kRecord = ".openkb/sluice.json";
constexpr const char* kList = ".openkb/hashes.json";
constexpr const char* kConfig = ".openkb/config.yaml";
constexpr const char* kIndex = "wiki/index.md";
constexpr std::uint64_t kMaxFileBytes = 256ULL << 20;
// A document of so many pages is long. This is OpenKB's default; its configuration may have
// another.
constexpr std::uint64_t kLongDocument = 20;
constexpr const char* kConfigText = "language: en\nmodel: gpt-5.4\npageindex_threshold: 20\n";
constexpr const char* kIndexText =
    "# Knowledge Base Index\n\n## Documents\n\n## Concepts\n\n## Explorations\n";
// Folders that OpenKB expects.
constexpr const char* kFolders[] = {"wiki/summaries", "wiki/concepts", "wiki/explorations",
                                    "wiki/reports"};

std::uint64_t long_document(const Target& target) {
  constexpr std::string_view kKey = "pageindex_threshold:";
  const std::string text = target.read(kConfig, kMaxFileBytes);
  std::size_t at = text.starts_with(kKey) ? 0 : text.find("\n" + std::string(kKey));
  if (at == std::string::npos) return kLongDocument;
  at = text.find_first_not_of(" \t", text.find(':', at) + 1);
  std::uint64_t pages = 0;
  if (at == std::string::npos) return kLongDocument;
  std::from_chars(text.data() + at, text.data() + text.size(), pages);
  return pages > 0 ? pages : kLongDocument;
}

// Each page begins with a comment on a line of its own; what stands before the first comment
// belongs to page 1. Empty if there are none.
std::vector<Page> pages_in(std::string_view text) {
  std::vector<Page> pages;
  std::string before;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("<!-- page ") && line.ends_with("-->")) {
      pages.push_back({pages.size() + 1, std::exchange(before, {}), {}});
    } else {
      (pages.empty() ? before : pages.back().content).append(line).append("\n");
    }
  }
  for (Page& page : pages) page.content = std::string(trimmed(page.content, " \n"));
  return pages;
}

// The pictures of a document, and its links to them as they are in OpenKB's folder.
class LinkedPictures {
 public:
  // `leaf`: of the document's name. `folder`: theirs, as the text sees it.
  LinkedPictures(const std::vector<std::string>& names, std::string_view leaf,
                 const std::string& folder)
      : leaf_(leaf) {
    for (const std::string& name : names) {
      by_name_.emplace(name, paths_.size());
      paths_.push_back(folder + "/" + name);
    }
  }

  // The text with those links. `linked`, unless it is null, gets the path of each picture once.
  std::string relinked(std::string_view text, std::vector<std::string>* linked) const {
    const auto find = [this](const std::string& name) -> std::optional<std::size_t> {
      const auto found = by_name_.find(name);
      return found == by_name_.end() ? std::nullopt : std::optional(found->second);
    };
    std::string out;
    std::size_t at = 0;
    std::set<std::size_t> seen;
    for (const PictureLink& link : find_picture_links(text, leaf_, find)) {
      out += text.substr(at, link.begin - at);
      out += paths_[link.picture];
      at = link.end;
      seen.insert(link.picture);
    }
    if (linked != nullptr) {
      for (const std::size_t picture : seen) linked->push_back(paths_[picture]);
    }
    return out += text.substr(at);
  }

 private:
  const std::string_view leaf_;
  std::vector<std::string> paths_;
  std::map<std::string, std::size_t> by_name_;
};

// "wiki/index.md" with our lines below its heading; the lines of others stay.
std::string changed_index(const std::string& text, const ExportedById& exported) {
  constexpr std::string_view kHeading = "## Documents";
  constexpr std::string_view kOurs = "- [[sources/";
  std::vector<std::string> ours;
  for (const auto& [id, one] : exported) {
    std::string title = one.title;
    std::replace_if(
        title.begin(), title.end(), [](char c) { return c == '[' || c == ']' || c == '|'; }, ' ');
    ours.push_back(std::string(kOurs) + one.name + "|" + title + "]]\n");
  }
  std::sort(ours.begin(), ours.end());
  std::string block = "\n";
  for (const std::string& line : ours) block += line;
  std::string out;
  bool is_put = false;
  bool skips_blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    const bool is_ours =
        line.starts_with(kOurs) && line.find('|') != line.npos && line.ends_with("]]");
    if (is_ours || (skips_blank && line.empty())) continue;
    if (skips_blank && line.starts_with('#')) out += "\n";
    skips_blank = false;
    out.append(line).append("\n");
    if (is_put || line != kHeading) continue;
    out += block;
    is_put = skips_blank = true;
  }
  return is_put ? out : out + "\n" + std::string(kHeading) + "\n" + block;
}

class Export {
 public:
  Export(Files& files, const KnowledgeBase& kb, Target& target, const ExportSettings& settings)
      : files_(files),
        kb_(kb),
        target_(target),
        settings_(settings),
        list_(target.read(kList, kMaxFileBytes)),
        exported_(parse_exported(target.read(kRecord, kMaxFileBytes))),
        long_document_(long_document(target)) {
    for (Entry& entry :
         parse_entries(list_.empty() ? "{}" : list_).value_or(std::vector<Entry>())) {
      if (!entry.sha256) continue;
      const std::string key = platform::to_hex(*entry.sha256);
      listed_.insert(key);
      if (entry.is_exported) {
        removed_.insert(key);
      } else {
        theirs_.emplace(key, entry.document());
      }
    }
    for (const auto& [id, one] : exported_) {
      theirs_.erase(one.sha256);
      removed_.erase(one.sha256);
      taken_.insert(one.name);
    }
    for (const auto& [sha256, name] : theirs_) taken_.insert(name);
  }

  ExportCounts operator()() {
    std::set<std::int64_t> present;
    // One after another: no transaction stays open while files are copied.
    for (std::int64_t last = 0;;) {
      const auto documents = kb_.registry().documents_after(last, 256);
      if (documents.empty()) break;
      for (const Document& document : documents) {
        present.insert(document.id);
        take(document);
      }
      last = documents.back().id;
    }
    remove_others(present);
    // A run that died may have left rows to remove, though no document has changed.
    const bool writes = changes_ > 0 || !removed_.empty() || !target_.has(kList);
    if (writes && !settings_.dry_run) write_lists();
    return counts_;
  }

 private:
  // A text that changes whenever a file of the document would.
  std::string version_of(const Document& document) const {
    const std::uint64_t pages = static_cast<std::uint64_t>(document.pages);
    return platform::to_hex(platform::sha256(
        document.name + "\n" + document.path_key + "\n" + document.raw + "\n" + document.title +
        "\n" + platform::to_hex(document.sha256) + "\n" +
        platform::to_hex(document.markdown_sha256) + (pages >= long_document_ ? "\nlong" : "\n")));
  }

  void take(const Document& document) {
    const std::string sha256 = platform::to_hex(document.sha256);
    const auto known = exported_.find(document.id);
    if (theirs_.contains(sha256)) {
      ++counts_.left;
      if (known != exported_.end()) remove(document.id);
      return;
    }
    const std::string version = version_of(document);
    if (known != exported_.end() && known->second.version == version && listed_.contains(sha256) &&
        is_there(known->second)) {
      ++counts_.unchanged;
      return;
    }
    if (settings_.on_document) settings_.on_document("export", document.name);
    ++changes_;
    if (settings_.dry_run) {
      ++counts_.written;
      return;
    }
    Exported next;
    if (!write(document, next)) {
      ++counts_.failed;
      // Some of its files may be new, and others gone.
      if (known != exported_.end()) known->second.version.clear();
      settings_.warn(document.name + ": its files are not those of the registry; not exported");
      return;
    }
    next.version = version;
    forget(document.id, next.files);
    taken_.insert(next.name);
    exported_[document.id] = std::move(next);
    ++counts_.written;
  }

  bool is_there(const Exported& one) const {
    return std::all_of(one.files.begin(), one.files.end(),
                       [this](const std::string& path) { return target_.has(path); });
  }

  // OpenKB has no folders: `docs/README` is `docs-README` there.
  std::string name_for(const Document& document) {
    const auto known = exported_.find(document.id);
    const bool is_known = known != exported_.end();
    if (is_known && known->second.name_here == document.name) return known->second.name;
    std::string name = document.name;
    std::replace(name.begin(), name.end(), '/', '-');
    const auto is_taken = [&](const std::string& one) {
      return taken_.contains(one) && !(is_known && known->second.name == one);
    };
    while (is_taken(name)) name += "-" + std::to_string(document.id);
    return name;
  }

  bool write(const Document& document, Exported& next) {
    next.name = name_for(document);
    next.name_here = document.name;
    next.title =
        document.title.empty() ? std::string(layout::leaf_of(document.name)) : document.title;
    next.sha256 = platform::to_hex(document.sha256);
    ExportedRow row;
    row.entry.sha256 = document.sha256;
    row.entry.doc_name = next.name;
    row.entry.path = document.path_key;
    row.entry.name = layout::leaf_of(document.path_key);
    if (row.entry.name.empty()) row.entry.name = next.name;
    const auto published = kb_.registry().files_of(document.id);
    std::vector<std::string> pictures;
    if (!write_pictures(published, next, pictures)) return false;
    const std::string extension = extension_of(document.raw);
    if (!document.raw.empty()) {
      row.entry.raw_path =
          std::string(layout::kRaw) + "/" + next.name + (extension.empty() ? "" : "." + extension);
      next.files.push_back(row.entry.raw_path);
      if (!target_.copy(kb_.root(), document.raw, row.entry.raw_path, document.sha256))
        return false;
    }
    row.type = extension.empty() ? "txt" : extension;
    if (!write_text(document, pictures, next, row)) return false;
    put_.push_back(std::move(row));
    return true;
  }

  bool write_pictures(const std::vector<PublishedFile>& published, Exported& next,
                      std::vector<std::string>& pictures) {
    const std::string folder = std::string(kImages) + "/" + next.name;
    for (const PublishedFile& file : published) {
      if (file.kind != PublishedFile::Kind::kAsset) continue;
      if (pictures.empty()) {
        target_.make_folder(folder);
        next.files.push_back(folder);
      }
      pictures.emplace_back(layout::leaf_of(file.path));
      if (!target_.copy(kb_.root(), file.path, folder + "/" + pictures.back(), file.sha256)) {
        return false;
      }
    }
    return true;
  }

  bool write_text(const Document& document, const std::vector<std::string>& pictures,
                  Exported& next, ExportedRow& row) {
    const auto text = read_whole_text(files_, kb_.root(), document.markdown, kMaxFileBytes);
    if (!text) return false;
    const std::string leaf(layout::leaf_of(document.name));
    const std::string_view body = without_front_matter(*text);
    std::vector<Page> pages;
    if (document.pages > 0) pages = pages_in(body);
    row.pages = pages.size();
    const std::string stem = std::string(kSources) + "/" + next.name;
    if (!pages.empty() && pages.size() >= long_document_) {
      row.type = "long_pdf";
      row.entry.source_path = stem + ".json";
      // The paths in a long document begin at wiki/, those in Markdown beside it.
      const LinkedPictures linked(pictures, leaf, "sources/images/" + next.name);
      for (Page& page : pages) page.content = linked.relinked(page.content, &page.pictures);
      target_.put(row.entry.source_path, format_pages(pages));
    } else {
      row.entry.source_path = stem + ".md";
      const LinkedPictures linked(pictures, leaf, "images/" + next.name);
      target_.put(row.entry.source_path, linked.relinked(body, nullptr));
    }
    next.files.push_back(row.entry.source_path);
    return true;
  }

  // Removes its files, except those in `keep`, and its row.
  void forget(std::int64_t id, const std::vector<std::string>& keep) {
    const auto known = exported_.find(id);
    if (known == exported_.end()) return;
    removed_.insert(known->second.sha256);
    for (const std::string& path : known->second.files) {
      if (std::find(keep.begin(), keep.end(), path) == keep.end()) target_.remove(path);
    }
    taken_.erase(known->second.name);
    exported_.erase(known);
  }

  void remove_others(const std::set<std::int64_t>& present) {
    std::vector<std::int64_t> gone;
    for (const auto& [id, one] : exported_) {
      if (!present.contains(id)) gone.push_back(id);
    }
    for (const std::int64_t id : gone) remove(id);
  }

  void remove(std::int64_t id) {
    if (settings_.on_document) settings_.on_document("remove", exported_[id].name_here);
    ++counts_.removed;
    ++changes_;
    if (!settings_.dry_run) forget(id, {});
  }

  // The record is written before the list. If a run dies in between, the next one adds the rows
  // that only the record has, and removes those of ours that only the list has.
  void write_lists() {
    for (const char* folder : kFolders) {
      if (!target_.has(folder)) target_.make_folder(folder);
    }
    if (!target_.has(kConfig)) target_.put(kConfig, kConfigText);
    const std::string index = target_.read(kIndex, kMaxFileBytes);
    target_.put(kIndex, changed_index(index.empty() ? kIndexText : index, exported_));
    target_.sync();
    // A key that one document lost may be that of another now.
    for (const ExportedRow& row : put_) removed_.erase(platform::to_hex(*row.entry.sha256));
    for (const auto& [id, one] : exported_) removed_.erase(one.sha256);
    target_.put(kRecord, format_exported(exported_));
    target_.put(kList, changed_list(list_, removed_, put_));
  }

  Files& files_;
  const KnowledgeBase& kb_;
  Target& target_;
  const ExportSettings& settings_;
  const std::string list_;
  ExportedById exported_;
  const std::uint64_t long_document_;
  std::set<std::string> listed_;               // keys of the list as it was
  std::map<std::string, std::string> theirs_;  // documents of OpenKB's own: names by hash
  std::set<std::string> taken_;                // names
  std::set<std::string> removed_;              // keys to be taken off the list
  std::vector<ExportedRow> put_;
  std::uint64_t changes_ = 0;
  ExportCounts counts_;
};

// What a run would do where the folder is not there yet.
ExportCounts export_to_nothing(const KnowledgeBase& kb, const ExportSettings& settings) {
  ExportCounts counts;
  kb.registry().each_document([&](const Document& document) {
    if (settings.on_document) settings.on_document("export", document.name);
    ++counts.written;
  });
  return counts;
}

}  // namespace

ExportCounts export_documents(Files& files, const KnowledgeBase& kb, const std::string& path,
                              const ExportSettings& settings) {
  if (settings.dry_run && !files.open_dir(path)) return export_to_nothing(kb, settings);
  Target target(files, path);
  const auto own = files.info(kb.root());
  const auto other = files.info(target.dir());
  if (own.identity.inode == other.identity.inode && own.identity.device == other.identity.device) {
    throw Error("export to", path, "it is the folder of the knowledge base itself",
                "give another folder", ExitCode::kUsage);
  }
  if (settings.dry_run) return Export(files, kb, target, settings)();
  files.make_dir(target.dir(), kState, platform::Access::kUmask);
  const auto state = files.open_dir(target.dir(), kState);
  if (!state) throw Error("open", path + "/" + kState, "it is gone again", "run it again");
  const platform::File lock_file =
      files.open_or_create(*state, "sluice.lock", platform::Access::kUmask);
  const auto lock =
      platform::FileLock::lock(lock_file, platform::LockMode::kExclusive, settings.lock_timeout);
  if (!lock) {
    throw Error("export to", path, "another sluice writes to it", "wait for that, or stop it",
                ExitCode::kLockTimeout);
  }
  return Export(files, kb, target, settings)();
}

}  // namespace sluice::openkb
