// Opens a file beside a document for its converter. The document names it, so the name can be any
// path. The file must be an image, an audio or a video file by its first bytes, lie below the
// folder that the user gave, and not be hidden, ignored or part of a knowledge base.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/source.h"
#include "platform/files.h"

namespace sluice::worker {

// `path`: relative to the folder of `source`; or kAnywhere and a file's name, or the end of its
// path, which means the nearest file of that name below the folder that the user gave. Returns an
// SLUICE_STATUS_*, and the file in `out` if that is OK. A forbidden file is
// SLUICE_STATUS_NOT_FOUND, so that nobody learns whether it exists.
inline constexpr std::string_view kAnywhere = ".../";
std::int32_t open_sibling(platform::Files& files, const Source& source, const std::string& path,
                          platform::OsHandle& out);

}  // namespace sluice::worker
