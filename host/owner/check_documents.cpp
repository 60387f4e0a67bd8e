#include "owner/check_documents.h"

#include <algorithm>
#include <atomic>
#include <sluice/counted.hpp>
#include <thread>

#include "model/layout.h"
#include "model/names.h"
#include "owner/publish.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

namespace layout = layout;
using Remedy = Finding::Remedy;
using Weight = Finding::Weight;

// Documents whose files are looked at together. Each batch starts its threads anew, which took 3 %
// of a quick check when a batch had 256.
constexpr std::size_t kBatch = 1024;

std::string how_to_get_back(const Document& document) {
  return "run 'sluice add " + document.path_key +
         "'; if the source is missing, restore it or the file from a backup, or run 'sluice "
         "remove " +
         document.name + "'";
}

std::string quoted(const std::string& name) {
  return "\"" + name + "\"";
}

}  // namespace

CheckCounts DocumentCheck::run() {
  kb_.registry().each_document_with_keys(
      [this](const Document& document, const DocumentKeys& keys) {
        add(document, keys);
        if (batch_.size() >= kBatch) flush();
      });
  flush();
  return counts_;
}

void DocumentCheck::add(const Document& document, const DocumentKeys& keys) {
  DocumentFiles one;
  one.document = document;
  one.keys = keys;
  if (document.assets > 0) published_.add(layout::images_path(document.name));
  const auto expect = [&](Role role, const std::string& path, const platform::Sha256Digest& sha256,
                          std::uint64_t size) {
    const std::string folder = path.substr(0, path.rfind('/'));
    if (role != Role::kAsset) published_.add(path);
    if (pending_.contains(path) || pending_.contains(folder)) return;
    one.files.push_back({role, path, sha256, size, State::kRight, {}});
    ++counts_.files;
    counts_.bytes += size;
  };
  if (!document.raw.empty()) expect(Role::kRaw, document.raw, document.sha256, document.size);
  expect(Role::kMarkdown, document.markdown, document.markdown_sha256, document.markdown_size);
  for (const PublishedFile& file : kb_.registry().files_of(document.id)) {
    const bool is_asset = file.kind == PublishedFile::Kind::kAsset;
    one.assets += is_asset ? 1 : 0;
    expect(is_asset ? Role::kAsset : Role::kSidecar, file.path, file.sha256, file.size);
  }
  batch_.push_back(std::move(one));
  ++counts_.documents;
}

void DocumentCheck::flush() {
  look_at_files();
  for (const DocumentFiles& one : batch_) judge(one);
  if (settings_.progress) settings_.progress(batch_.size());
  batch_.clear();
}

void DocumentCheck::look_at_files() {
  std::vector<FileCheck*> files;
  for (DocumentFiles& one : batch_) {
    for (FileCheck& file : one.files) files.push_back(&file);
  }
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < files.size() && !is_interrupted(); i = next++) look(*files[i]);
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < std::min<std::size_t>(settings_.jobs, files.size()); ++i) {
    threads.emplace_back(work);
  }
  work();
  for (std::thread& thread : threads) thread.join();
  if (is_interrupted()) {
    throw Error("check", kb_.path(), "interrupted", "run it again", ExitCode::kInterrupted);
  }
}

// Runs on any thread, and throws nothing.
void DocumentCheck::look(FileCheck& file) {
  try {
    file.state = compare(file, file.reason);
  } catch (const SystemError& error) {
    const bool link = error.is(std::errc::too_many_symbolic_link_levels);
    file.state = link ? State::kChanged : State::kUnreadable;
    file.reason = link ? "it is a symbolic link" : error.cause();
  } catch (const std::exception& error) {
    file.state = State::kUnreadable;
    file.reason = error.what();
  }
}

DocumentCheck::State DocumentCheck::compare(const FileCheck& file, std::string& reason) {
  const auto place = parse_published(file.path);
  if (!place) return State::kNotOurs;
  platform::Files& files = kb_.files();
  if (!settings_.reads_files) {
    const auto info = kb_.info(*place);
    return info ? compare(file, *info, reason) : State::kMissing;
  }
  const auto opened = kb_.open_read(*place);
  if (!opened) return State::kMissing;
  const State state = compare(file, files.info(*opened), reason);
  if (state != State::kRight) return state;
  const auto digest = hash_open_file(files, *opened, settings_.interrupted);
  if (digest == file.sha256) return State::kRight;
  reason = "its bytes are not those on record";
  return State::kChanged;
}

DocumentCheck::State DocumentCheck::compare(const FileCheck& file, const platform::FileInfo& info,
                                            std::string& reason) {
  if (info.kind == platform::FileKind::kRegular && info.identity.size == file.size) {
    return State::kRight;
  }
  const std::string size = std::to_string(info.identity.size);
  reason = info.kind == platform::FileKind::kSymlink ? "it is a symbolic link"
           : info.kind != platform::FileKind::kRegular
               ? "it is not a regular file"
               : "it has " + size + " bytes instead of " + std::to_string(file.size);
  return State::kChanged;
}

void DocumentCheck::judge(const DocumentFiles& one) {
  judge_row(one);
  bool is_whole = true;
  for (const FileCheck& file : one.files) {
    if (file.state == State::kRight) continue;
    const Finding finding = finding_of(one.document, file);
    is_whole = is_whole && finding.weight == Weight::kRemark;
    report_(finding);
  }
  judge_images(one);
  if (one.document.state == DocumentState::kDamaged && is_whole) {
    report_({Weight::kDamage, "marked", one.document.name,
             "it is marked as damaged, but all of its files are right",
             "run 'sluice check --repair' to remove the mark", Remedy::kUnmark, one.document.id});
  }
}

// Whether the row agrees with itself.
void DocumentCheck::judge_row(const DocumentFiles& one) {
  const Document& document = one.document;
  const auto row_is_wrong = [&](const std::string& what, const std::string& next, Remedy remedy) {
    report_({Weight::kDamage, "row", document.name, what, next, remedy, document.id});
  };
  const std::string anew = "run 'sluice remove " + document.name + "' and add its source again";
  if (!is_document_name(document.name) || one.keys.name_key != name_key(document.name)) {
    report_({Weight::kDamage, "name", document.name,
             "Sluice would not choose this name: on some platforms it can be the same as another",
             anew, Remedy::kNone, document.id});
  }
  const std::string extension = extension_of(document.raw);
  // [output] raw_children
  const bool has_no_raw = document.raw.empty() && kb_.registry().child(document.path_key);
  const bool raw_is_right = document.raw == layout::raw_path(document.name, extension);
  if ((!has_no_raw && !raw_is_right) || document.markdown != layout::markdown_path(document.name)) {
    row_is_wrong("its files are not where a document of that name has them", anew, Remedy::kNone);
  }
  if (one.assets != document.assets) {
    row_is_wrong("it should have " + counted(static_cast<std::uint64_t>(document.assets), "asset") +
                     ", and " + counted(static_cast<std::uint64_t>(one.assets), "is", "are") +
                     " on record",
                 "run 'sluice check --repair', then add its source again", Remedy::kMark);
  }
  const std::optional<std::int64_t>& of_source = one.keys.of_source;
  if (of_source != document.id) {
    row_is_wrong("its source " + document.path_key + " is not on record",
                 "run 'sluice check --repair'", of_source ? Remedy::kNone : Remedy::kPutSource);
  }
}

// Files that somebody has put among a document's images.
void DocumentCheck::judge_images(const DocumentFiles& one) {
  if (one.document.assets == 0) return;
  const std::string folder = layout::images_path(one.document.name);
  if (pending_.contains(folder)) return;
  std::set<std::string> known;
  for (const FileCheck& file : one.files) known.insert(file.path);
  std::vector<std::string> strangers;
  try {
    const auto target = parse_target(folder);
    const auto parent = target ? kb_.folder(*target) : std::nullopt;
    const auto dir = parent ? kb_.files().open_dir(*parent, target->name) : std::nullopt;
    if (!dir) return;
    for (const auto& entry : kb_.files().list(*dir)) {
      const std::string path = folder + "/" + entry.name;
      if (!known.contains(path) && !entry.name.starts_with('.')) strangers.push_back(path);
    }
  } catch (const SystemError&) {
    return;  // each image that should be there has said so already
  }
  std::sort(strangers.begin(), strangers.end());
  for (const std::string& path : strangers) {
    report_({Weight::kRemark, "foreign", path,
             "nobody knows it among the images of " + quoted(one.document.name),
             "a new version of the document keeps the folder beside its own", Remedy::kNone, 0});
  }
}

Finding DocumentCheck::finding_of(const Document& document, const FileCheck& file) const {
  static constexpr std::string_view kRoles[] = {"the copy of the source", "the Markdown",
                                                "an image", "a sidecar"};
  const std::string of =
      std::string(kRoles[static_cast<std::size_t>(file.role)]) + " of " + quoted(document.name);
  const bool is_marked = document.state == DocumentState::kDamaged;
  const std::string next =
      is_marked ? how_to_get_back(document) : std::string("run 'sluice check --repair'");
  const Remedy remedy = is_marked ? Remedy::kNone : Remedy::kMark;
  switch (file.state) {
    case State::kMissing:
      return {Weight::kDamage, "missing",  file.path, of + " is not there", next,
              remedy,          document.id};
    case State::kUnreadable:
      return {Weight::kDamage,
              "unreadable",
              file.path,
              of + " cannot be read: " + file.reason,
              "check its permissions and the disk",
              Remedy::kNone,
              document.id};
    case State::kNotOurs:
      return {Weight::kDamage,
              "row",
              document.name,
              "its row names a path that is not Sluice's",
              "run 'sluice remove " + document.name + "'",
              Remedy::kNone,
              document.id};
    case State::kChanged:
    case State::kRight:
      break;
  }
  if (file.role == Role::kRaw) {
    return {Weight::kDamage, "changed",  file.path, of + " was changed: " + file.reason, next,
            remedy,          document.id};
  }
  return {Weight::kRemark,
          "edited",
          file.path,
          of + " was edited: " + file.reason,
          "a new version of the document keeps it beside its own; to have the published one "
          "back, move it away and run 'sluice check --repair'",
          Remedy::kNone,
          document.id};
}

}  // namespace sluice::owner
