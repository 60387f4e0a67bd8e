// Under which keys the registry finds the source that a link leads to. A link has several where it
// says less than a whole path: each may be the one, and when a source of any of them comes or goes,
// the link is looked at again. Pure: paths as text, no file is asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/bundle.h"

namespace sluice::owner {

// What a source's path key has to say to links by name: the file's name, in the one spelling of all
// that some platform cannot tell apart.
std::string file_key(std::string_view path_key);

// Of a link by path, in the order in which they count: path keys. None if it leads out of the
// container that the source is in. `kb_path`: path keys of sources in it are relative to it.
std::vector<std::string> targets_by_path(std::string_view kb_path, std::string_view path_key,
                                         std::string_view path);

// Of a link by name, in the order in which they count: file keys. None if it has no name.
std::vector<std::string> file_keys_by_name(std::string_view path);

// What links by name are on record for: a file key behind this.
inline constexpr std::string_view kByName = "*/";

// All keys that the links of a document wait for, each once.
std::vector<std::string> link_targets(std::string_view kb_path, std::string_view path_key,
                                      const LinkWish& wish);

// The container that a path key is in, with `!/` at its end; empty for a file.
std::string_view container_of(std::string_view path_key);

// The one of `candidates` (path keys of sources with the right file name) that the nearest rule of
// sluice_document_link chooses; -1 for none.
int nearest_candidate(std::string_view path_key, std::string_view path,
                      const std::vector<std::string_view>& candidates);

}  // namespace sluice::owner
