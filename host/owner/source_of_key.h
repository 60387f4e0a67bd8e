// From a path key on record back to the file that it is of.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "model/source.h"
#include "owner/knowledge_base.h"

namespace sluice::owner {

// Below `root` if it is there, else with its own folder as root. Nothing if that folder is gone.
std::optional<Source> source_of_key(const KnowledgeBase& kb, const std::string& path_key,
                                    const std::shared_ptr<const SourceRoot>& root);

// Whether the file that a path key stands for is there. Throws SystemError where nobody can tell.
bool is_there(const KnowledgeBase& kb, const std::string& path_key);
// Whether it certainly is not.
bool is_gone(const KnowledgeBase& kb, const std::string& path_key);

// The copy in raw/ in the place of the document's source. Files beside the source are not to be had
// with it. Throws Error (kDamaged) if the registry has no path for it.
Source copy_in_raw(const KnowledgeBase& kb, const Document& document);

}  // namespace sluice::owner
