// Which of the files that are gone became which of the files that are new.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/source.h"
#include "owner/knowledge_base.h"
#include "owner/registry_rows.h"
#include "platform/files.h"

namespace sluice::cli {

// Path keys, new to old. Three looks, the surer first, each at what the ones before left over, in
// the order of path keys: the same bytes; the same name in another folder, where only one file of
// that name went and one came, with something in common; and at least half of the bytes in common.
// Each file takes part once. What cannot be read matches nothing.
std::map<std::string, std::string> find_renames(platform::Files& files,
                                                const owner::KnowledgeBase& kb,
                                                const std::vector<owner::SourceBelow>& gone,
                                                const std::vector<Source>& arrived);

}  // namespace sluice::cli
