// The files that a fuzz target begins with.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace sluice::fuzz {

// Every file in `folder`, by name; none if there is no such folder.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);

// At most `most` files of the collections (kit/corpus.h) that have one of the extensions (without
// the dot; none given: any) and are no longer than `max_bytes`, spread evenly over all such files.
std::vector<std::filesystem::path> corpus_files(const std::vector<std::string>& collections,
                                                const std::vector<std::string>& extensions,
                                                std::size_t max_bytes, std::size_t most);

}  // namespace sluice::fuzz
