// What documents are converted with, as far as their results depend on it: which converters there
// are, in which versions, with which options and limits.
#pragma once

#include <cstdint>
#include <string>

#include "cli/config.h"
#include "owner/registry.h"
#include "plugin/catalog.h"

namespace sluice::cli {

// Identifies all of it: a source that failed, has not changed and is tried with the same again can
// only fail again. `converter_id`: --converter, or empty.
std::string conversion_setup(const Config& config, const plugin::Catalog& catalog,
                             const std::string& converter_id);

// How many documents were made with another version or with other options than their converter has
// now. Those whose converter is not installed any more are not among them.
std::int64_t outdated_documents(owner::Registry& registry, const Config& config,
                                const plugin::Catalog& catalog);

}  // namespace sluice::cli
