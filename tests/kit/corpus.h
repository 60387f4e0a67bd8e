// Where the test documents are that are not part of the project: $SLUICE_CORPUS, or
// ../shared/corpus beside the checkout. A test that needs them is skipped where they are not.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "kit/files.h"
#include "kit/paths.h"

namespace sluice::test {

// The folder of one collection ("chardet"), if it is there.
inline std::optional<std::filesystem::path> corpus(const std::string& collection) {
  const char* set = std::getenv("SLUICE_CORPUS");
  const std::filesystem::path root =
      set != nullptr ? std::filesystem::path(set)
                     : std::filesystem::path(project_folder()) / ".." / "shared" / "corpus";
  const auto folder = root / collection;
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) return std::nullopt;
  return folder;
}

// A file of a collection, by its path there, if it is there.
inline std::optional<std::string> corpus_file(const std::string& collection,
                                              const std::string& path) {
  const auto folder = corpus(collection);
  if (!folder || !std::filesystem::is_regular_file(*folder / path)) return std::nullopt;
  return read_file(*folder / path);
}

}  // namespace sluice::test
