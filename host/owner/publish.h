// Moves staged files to where they are published, one journal step at a time, by renaming. Every
// step can be repeated: after a crash the same step is applied again until it is done. REQUIRES:
// the exclusive KB lock.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bundle.h"
#include "owner/journal.h"
#include "owner/knowledge_base.h"

namespace sluice::owner {

class Publisher {
 public:
  // `staging`: the directory of the batch that the steps belong to; an empty Dir if it is gone.
  Publisher(KnowledgeBase& kb, const platform::Dir& staging) : kb_(kb), staging_(staging) {}

  enum class Result { kDone, kDamaged };
  // For steps that were just committed: no file is read but versions that are replaced.
  Result apply(const Step& step);
  // For steps of unknown progress: first examines which files are there.
  Result resume(const Step& step);

  // Makes the folders that the steps publish into; true if any was not there. Before the group is
  // committed: a file that is moved into a folder that a power cut takes back would be lost.
  bool make_folders(const std::vector<Step>& steps);
  // Takes back those that are empty, since the group was not committed.
  void remove_empty_folders(const std::vector<Step>& steps);

  // A hand-edited file that was kept beside the new version.
  struct Kept {
    Target target;
    std::string name;  // in the folder of the target
    std::string text() const { return target.name + " was changed by hand: kept as " + name; }
  };
  const std::vector<Kept>& kept() const { return kept_; }

 private:
  // Whether the version that is replaced stands aside already, since a swap died halfway.
  enum class OldVersion { kInPlace, kMovedOut };
  PublishedFolder make_folder(const Target& target);
  void remove_empty_folders(const Target& target);
  Result place(const Step& step, const Target& target, OldVersion old);
  Result remove(const Step& step, const Target& target);
  Result resume_removal(const Step& step, const Target& target,
                        const std::optional<platform::Sha256Digest>& there);
  void settle_old(const Step& step, const Target& target);
  void keep(const platform::Dir& from, const std::string& name, const Target& target,
            const platform::Sha256Digest& hash);

  KnowledgeBase& kb_;
  const platform::Dir& staging_;
  std::vector<Kept> kept_;
};

// Removes folders of mirror layout that hold nothing: a run that died before its commit has left
// them. REQUIRES: the exclusive KB lock.
void remove_empty_folders(KnowledgeBase& kb);

// Makes durable what the steps are about to publish, and all renames before it.
void sync_staged(KnowledgeBase& kb, const platform::Dir& staging,
                 const std::vector<std::vector<Step>>& documents);
// Makes all renames of published files durable, and the log. `staging`, if open, is the batch they
// came from.
void sync_published(KnowledgeBase& kb, const platform::Dir& staging);

// The hash of a file's bytes, or of a directory of assets: of its files' names and hashes. Nothing
// if it is not there, is not of that kind, or (a directory) holds anything but files.
std::optional<platform::Sha256Digest> hash_file(platform::Files& files, const platform::Dir& at,
                                                const std::string& name);
std::optional<platform::Sha256Digest> hash_directory(platform::Files& files,
                                                     const platform::Dir& at,
                                                     const std::string& name);
// Of a file that is open. `cancelled`, if not empty, is asked between pieces: then nothing.
std::optional<platform::Sha256Digest> hash_open_file(platform::Files& files,
                                                     const platform::File& file,
                                                     const std::function<bool()>& cancelled = {});
// The hash that hash_directory will find, from names and hashes in any order.
struct NamedDigest {
  std::string name;
  platform::Sha256Digest sha256{};
};
platform::Sha256Digest directory_digest(std::vector<NamedDigest> entries);

}  // namespace sluice::owner
