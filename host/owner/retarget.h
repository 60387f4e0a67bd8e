// Gives a staged Markdown file its document's final name: rewrites exactly the positions at which
// the lane wrote the placeholder into a link, never by searching the text.
#pragma once

#include <string>

#include "model/bundle.h"
#include "platform/files.h"

namespace sluice::owner {

// Writes bundle.markdown again, as `new_name` in staging, with `name` in place of the placeholder,
// and makes bundle.markdown that file. Returns false, with nothing changed, if the staged file does
// not hold the placeholder at a recorded position.
bool retarget(platform::Files& files, const platform::Dir& staging, Bundle& bundle,
              const std::string& name, const std::string& new_name);

}  // namespace sluice::owner
