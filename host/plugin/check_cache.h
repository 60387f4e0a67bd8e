// What earlier runs found out about plugins' files: their hashes, and which plugins a worker has
// loaded with success. A file of the user's cache folder; without one, or if others may change it,
// everything is found out anew. It is never needed, and only read by commands that show plugins:
// whoever loads a plugin hashes its files itself.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "platform/files.h"
#include "platform/sha256.h"

namespace sluice::plugin {

class CheckCache {
 public:
  // `folder`: absolute; made when there is something to keep. Empty: nothing is kept. Never throws
  // for what is wrong with the cache.
  CheckCache(platform::Files& files, std::string folder);

  // The hash of a file that has not changed since it was hashed.
  std::optional<platform::Sha256Digest> hash_of(const platform::FileIdentity& identity) const;
  // Ignored if the file changed so recently that another change could not be seen.
  void set_hash(const platform::FileIdentity& identity, const platform::Sha256Digest& hash);

  // Whether a worker has loaded a plugin; `key` identifies everything that decides about it.
  bool is_proven(const platform::Sha256Digest& key) const;
  void set_proven(const platform::Sha256Digest& key);

  // Writes it down if it has grown; what goes wrong is of no consequence.
  void save();

 private:
  void read();
  void read_line(const std::string& line);
  bool is_ours(const platform::Dir& dir) const;
  std::string text() const;

  platform::Files& files_;
  std::string folder_;
  // Oldest first.
  std::deque<std::pair<platform::FileIdentity, platform::Sha256Digest>> hashes_;
  std::deque<platform::Sha256Digest> proven_;
  bool is_changed_ = false;
};

}  // namespace sluice::plugin
