#include "cli/renames.h"

#include <algorithm>
#include <optional>
#include <set>

#include "cli/similar.h"
#include "model/names.h"
#include "owner/journal.h"
#include "owner/publish.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

using owner::SourceBelow;

// git's own measure for a rename with changes (diff.renames: 50 %).
constexpr double kSimilar = 0.5;
// With the same name in another folder, a tenth in common is enough: what shares nothing, as two
// READMEs of different projects do, stays two documents.
constexpr double kSimilarOfSameName = 0.1;
// More files on either side are compared by bytes and name alone, as in git (diff.renameLimit):
// each is read, and each pair compared.
constexpr std::size_t kMaxCompared = 400;

std::string file_name_of(const std::string& path_key) {
  return path_key.substr(path_key.rfind('/') + 1);
}

class RenameSearch {
 public:
  RenameSearch(platform::Files& files, const owner::KnowledgeBase& kb,
               const std::vector<SourceBelow>& gone, const std::vector<Source>& arrived)
      : files_(files),
        kb_(kb),
        gone_(gone),
        arrived_(arrived),
        is_matched_(gone.size()),
        is_taken_(arrived.size()),
        old_sketches_(gone.size()),
        new_sketches_(arrived.size()) {}

  std::map<std::string, std::string> operator()() {
    match_bytes();
    match_names();
    match_similar();
    return std::move(renames_);
  }

 private:
  void match(std::size_t gone, std::size_t arrived) {
    is_matched_[gone] = is_taken_[arrived] = true;
    renames_[arrived_[arrived].path_key()] = gone_[gone].path_key;
  }
  void match_bytes();
  void match_names();
  void match_similar();
  bool belongs_together(std::size_t gone, std::size_t arrived);
  const std::optional<ContentSketch>& old_sketch(std::size_t gone);
  const std::optional<ContentSketch>& new_sketch(std::size_t arrived);
  std::optional<platform::File> open(const Source& source) const;

  // A sketch that was asked for; nothing in it if the file could not be read.
  using Sketch = std::optional<std::optional<ContentSketch>>;

  platform::Files& files_;
  const owner::KnowledgeBase& kb_;
  const std::vector<SourceBelow>& gone_;
  const std::vector<Source>& arrived_;
  std::vector<bool> is_matched_, is_taken_;
  std::vector<Sketch> old_sketches_, new_sketches_;
  std::map<std::string, std::string> renames_;
};

std::optional<platform::File> RenameSearch::open(const Source& source) const {
  return files_.open_read(source.root->dir, source.relative, platform::Symlinks::kInside);
}

void RenameSearch::match_bytes() {
  std::set<std::uint64_t> sizes;
  std::map<platform::Sha256Digest, std::size_t> by_bytes;
  for (std::size_t i = gone_.size(); i-- > 0;) {
    sizes.insert(gone_[i].size);
    by_bytes[gone_[i].sha256] = i;
  }
  for (std::size_t i = 0; i < arrived_.size(); ++i) {
    try {
      const auto file = open(arrived_[i]);
      // Only what has the size of one that is gone is read.
      if (!file || !sizes.contains(files_.info(*file).identity.size)) continue;
      const auto sha256 = owner::hash_open_file(files_, *file);
      const auto found = sha256 ? by_bytes.find(*sha256) : by_bytes.end();
      if (found == by_bytes.end() || is_matched_[found->second]) continue;
      match(found->second, i);
    } catch (const SystemError&) {
      // It fails in the run, in its place.
    }
  }
}

void RenameSearch::match_names() {
  // Nothing stands for a name that more than one file has.
  std::map<std::string, std::optional<std::size_t>> gone, arrived;
  const auto note = [](auto& by_name, const std::string& name, std::size_t index) {
    const auto [found, is_first] = by_name.try_emplace(name, index);
    if (!is_first) found->second.reset();
  };
  for (std::size_t i = 0; i < gone_.size(); ++i) {
    if (!is_matched_[i]) note(gone, file_name_of(gone_[i].path_key), i);
  }
  for (std::size_t i = 0; i < arrived_.size(); ++i) {
    if (!is_taken_[i]) note(arrived, arrived_[i].file_name(), i);
  }
  for (const auto& [name, old] : gone) {
    const auto found = arrived.find(name);
    if (!old || found == arrived.end() || !found->second) continue;
    if (belongs_together(*old, *found->second)) match(*old, *found->second);
  }
}

// Of two files of one name. Compressed formats share nothing after a small edit, so that the name
// alone must do for what is no text.
bool RenameSearch::belongs_together(std::size_t gone, std::size_t arrived) {
  const auto& before = old_sketch(gone);
  const auto& now = new_sketch(arrived);
  if (!before || !now) return false;
  if (!before->is_text() && !now->is_text()) return true;
  return before->similarity(*now) >= kSimilarOfSameName;
}

void RenameSearch::match_similar() {
  std::vector<std::size_t> gone, arrived;
  for (std::size_t i = 0; i < gone_.size(); ++i) {
    if (!is_matched_[i]) gone.push_back(i);
  }
  for (std::size_t i = 0; i < arrived_.size(); ++i) {
    if (!is_taken_[i]) arrived.push_back(i);
  }
  if (gone.size() > kMaxCompared || arrived.size() > kMaxCompared) return;
  struct Pair {
    double similarity;
    std::size_t gone, arrived;
  };
  std::vector<Pair> pairs;
  for (const std::size_t old : gone) {
    const std::string extension = extension_of(file_name_of(gone_[old].path_key));
    for (const std::size_t now : arrived) {
      if (extension_of(arrived_[now].file_name()) != extension) continue;
      const auto& before = old_sketch(old);
      const auto& after = new_sketch(now);
      if (!before || !after) continue;
      const double similarity = before->similarity(*after);
      if (similarity >= kSimilar) pairs.push_back({similarity, old, now});
    }
  }
  // The most similar first; of equals, those that come first by path.
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.similarity > b.similarity; });
  for (const Pair& pair : pairs) {
    if (!is_matched_[pair.gone] && !is_taken_[pair.arrived]) match(pair.gone, pair.arrived);
  }
}

// Of the copy in raw/, which is all that there is of it.
const std::optional<ContentSketch>& RenameSearch::old_sketch(std::size_t gone) {
  Sketch& sketch = old_sketches_[gone];
  if (sketch) return *sketch;
  sketch.emplace();
  try {
    const auto target = owner::parse_target(gone_[gone].raw);
    const auto file = target ? kb_.open_read(*target) : std::optional<platform::File>();
    if (file) sketch->emplace(ContentSketch::of(files_, *file));
  } catch (const SystemError& error) {
    // Without the copy, nobody can say whether the source is gone or renamed. To take the document
    // out could lose its name and its history.
    throw Error("read", gone_[gone].raw, error.cause(),
                "run 'sluice check'; 'sluice remove " + gone_[gone].name +
                    "' takes out a document whose copy stays unreadable");
  }
  return *sketch;
}

const std::optional<ContentSketch>& RenameSearch::new_sketch(std::size_t arrived) {
  Sketch& sketch = new_sketches_[arrived];
  if (sketch) return *sketch;
  sketch.emplace();
  try {
    const auto file = open(arrived_[arrived]);
    if (file) sketch->emplace(ContentSketch::of(files_, *file));
  } catch (const SystemError&) {
    // It fails in the run, in its place.
  }
  return *sketch;
}

}  // namespace

std::map<std::string, std::string> find_renames(platform::Files& files,
                                                const owner::KnowledgeBase& kb,
                                                const std::vector<SourceBelow>& gone,
                                                const std::vector<Source>& arrived) {
  return RenameSearch(files, kb, gone, arrived)();
}

}  // namespace sluice::cli
