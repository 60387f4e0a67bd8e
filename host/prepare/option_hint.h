// What helps is often an option of the converter: then the hint is the line of configuration that
// sets it, and the words for the command line.
#pragma once

#include <string>
#include <string_view>

#include "model/outcome.h"
#include "plugin/router.h"

namespace sluice::prepare {

// Nothing (empty) unless the reason names an option of the converter in quotes, or a password is
// wanted and the converter takes one.
std::string option_hint(const plugin::Candidate& candidate, Outcome outcome,
                        std::string_view reason);

}  // namespace sluice::prepare
