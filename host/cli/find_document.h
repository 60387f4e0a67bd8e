// Which document a user means: by its name, or by a path that leads to it.
#pragma once

#include <string>
#include <vector>

#include "owner/knowledge_base.h"

namespace sluice::cli {

// The documents that `wanted` may stand for. The one of that very name, if there is one; else each
// that a path leads to: the path key of one of its sources, the path of one (absolute, or from
// `working_directory`; the file may be gone), or the path of a published file, from there or from
// the KB. None or several: it is for the caller to refuse.
std::vector<owner::Document> find_documents(const owner::KnowledgeBase& kb,
                                            const std::string& working_directory,
                                            const std::string& wanted);

// Every path key that `wanted`, a path from `working_directory`, may stand for: as it is, and with
// symbolic links followed where it exists.
std::vector<std::string> source_keys_of(const owner::KnowledgeBase& kb,
                                        const std::string& working_directory,
                                        const std::string& wanted);

// The failures on record that `wanted` may stand for: that of the source which the path leads to.
std::vector<owner::FailureRow> find_failures(const owner::KnowledgeBase& kb,
                                             const std::string& working_directory,
                                             const std::string& wanted);

// What to try where nothing was found: the names nearest to `wanted`, or where all names are shown.
std::string nearest_documents(const owner::Registry& registry, const std::string& wanted);

// "note (docs/note.md), note-1 (more/note.md)".
std::string names_with_paths(const std::vector<owner::Document>& documents);

}  // namespace sluice::cli
