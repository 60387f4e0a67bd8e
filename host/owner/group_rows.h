// What a bundle says of itself, as rows of the registry.
#pragma once

#include <vector>

#include "model/bundle.h"
#include "owner/registry_rows.h"

namespace sluice::owner {

// Of the converters whose outcome is not the document's.
std::vector<AttemptRow> attempt_rows(const Bundle& bundle);

}  // namespace sluice::owner
