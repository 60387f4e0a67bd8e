// Opens a file beside a document for its converter. The document names it, so it may be any: only
// what is a picture, a recording or a film by its bytes is given out, from below the folder that
// the user gave, and nothing hidden, ignored or of a knowledge base.
#pragma once

#include <cstdint>
#include <string>

#include "model/source.h"
#include "platform/files.h"

namespace sluice::worker {

// `path`: relative to the folder of `source`. Returns an SLUICE_STATUS_*, and the file in `out` if
// that is OK. What may not be read is SLUICE_STATUS_NOT_FOUND, so that nobody learns what there is.
std::int32_t open_sibling(platform::Files& files, const Source& source, const std::string& path,
                          platform::OsHandle& out);

}  // namespace sluice::worker
