// Decides on a document's final name: the source's. If another document, or a file that is not
// ours, has that, the name of the source's folder comes in front (in mirror layout, where documents
// stand in folders: its extension behind); if that is taken, too, a hash comes behind. A document
// keeps its name for life, but in mirror layout it moves with its source. REQUIRES: the exclusive
// KB lock.
#pragma once

#include <string>
#include <vector>

#include "owner/knowledge_base.h"

namespace sluice::owner {

// A new document of the source `path_key` that would like to be called `wanted`, and the files that
// it would publish under its name.
struct NameWish {
  std::string folder = {};  // of mirror layout; as mirror_folder() has it
  std::string wanted = {};
  std::string path_key = {};
  std::string extension = {};  // of the raw file
  std::vector<std::string> sidecar_kinds = {};
};

std::string resolve_name(const KnowledgeBase& kb, const NameWish& wish);

}  // namespace sluice::owner
