// From a path below raw/ or wiki/sources/ to the document that has it on record.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "owner/knowledge_base.h"
#include "owner/registry.h"

namespace sluice::owner {

// The document that published the file, or folder of images, at `path` (relative to the KB).
std::optional<Document> document_that_published(const Registry& registry, const std::string& path);

// True if the Markdown that was published is there, and somebody has changed it since. Reads all of
// it if its size is the same.
bool is_edited(const KnowledgeBase& kb, const Document& document);

}  // namespace sluice::owner
