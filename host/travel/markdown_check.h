// Whether a Markdown file is what the host of its bundle would have written: text as Sluice writes
// it, the front matter that its facts make, and at each recorded position what must stand there.
#pragma once

#include "model/bundle.h"
#include "platform/files.h"

namespace sluice::travel {

// `file`: the Markdown of `bundle`, private to the caller. Throws Refused.
void check_markdown(platform::Files& files, const platform::File& file, const Bundle& bundle,
                    bool has_front_matter);

}  // namespace sluice::travel
