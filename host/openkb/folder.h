// A knowledge base of OpenKB on disk: where its files are, and its list of documents,
// `.openkb/hashes.json`. It may come from somebody else: no link in it is followed, and no path in
// it leads out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "openkb/json.h"
#include "platform/files.h"

namespace sluice::openkb {

inline constexpr const char* kState = ".openkb";
inline constexpr const char* kHashesName = "hashes.json";  // in kState
inline constexpr const char* kSources = "wiki/sources";
inline constexpr const char* kImages = "wiki/sources/images";
// Pages that OpenKB's models write. Sluice keeps documents only.
inline constexpr const char* kOwnPages[] = {"wiki/summaries", "wiki/concepts", "wiki/entities",
                                            "wiki/explorations"};

class Folder {
 public:
  // `path`: absolute, without symlinks. Throws Error (kUsage) if it is no folder of OpenKB, or its
  // list cannot be read.
  Folder(platform::Files& files, std::string path);

  const std::string& path() const { return path_; }
  const platform::Dir& dir() const { return dir_; }
  // In the order of the list.
  const std::vector<Entry>& entries() const { return entries_; }
  // The absolute path of the file that a row was made from.
  std::string source_of(const Entry& entry) const;
  // Where its bytes may be, best first: relative to the folder, or absolute.
  std::vector<std::string> copies_of(const Entry& entry) const;
  // Where its text may be, best first, relative to the folder: Markdown, or pages as JSON.
  std::vector<std::string> texts_of(const Entry& entry) const;
  // A file by such a path; nothing if there is no regular file.
  std::optional<platform::File> open(const std::string& path) const;
  // Files in raw/ that no row names, and pages that are no documents.
  std::vector<std::string> strangers() const;
  std::uint64_t own_pages() const;

 private:
  platform::Files& files_;
  std::string path_;
  platform::Dir dir_;
  std::vector<Entry> entries_;
};

}  // namespace sluice::openkb
