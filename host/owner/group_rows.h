// What a bundle says of itself, as rows of the registry.
#pragma once

#include <string>
#include <vector>

#include "model/bundle.h"
#include "owner/registry_rows.h"

namespace sluice::owner {

// Of the converters whose outcome is not the document's.
std::vector<AttemptRow> attempt_rows(const Bundle& bundle);

// Its files besides raw and Markdown, under the document's final name.
std::vector<PublishedFile> files_of(const Bundle& bundle, const std::string& name);

}  // namespace sluice::owner
