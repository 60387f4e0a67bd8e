#include "frame/seeds.h"

#include <algorithm>

#include "kit/corpus.h"

namespace sluice::fuzz {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(folder, absent)) {
    if (entry.is_regular_file()) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<fs::path> corpus_files(const std::vector<std::string>& collections,
                                   const std::vector<std::string>& extensions,
                                   std::size_t max_bytes, std::size_t most) {
  std::vector<fs::path> all;
  for (const std::string& collection : collections) {
    const auto folder = test::corpus(collection);
    if (!folder) continue;
    for (const auto& entry : fs::recursive_directory_iterator(*folder)) {
      const std::string extension = entry.path().extension().string();
      const bool fits = extensions.empty() ||
                        (!extension.empty() && std::find(extensions.begin(), extensions.end(),
                                                         extension.substr(1)) != extensions.end());
      if (fits && entry.is_regular_file() && entry.file_size() <= max_bytes) {
        all.push_back(entry.path());
      }
    }
  }
  std::sort(all.begin(), all.end());
  if (all.size() <= most) return all;
  std::vector<fs::path> chosen;
  for (std::size_t i = 0; i < most; ++i) chosen.push_back(all[i * all.size() / most]);
  return chosen;
}

}  // namespace sluice::fuzz
