// Files that a command writes because the user named them: `convert -o FILE`, `report --html FILE`.
#pragma once

#include <string>

#include "cli/io.h"
#include "platform/files.h"

namespace sluice::cli {

// Gives the file at `path` (as the user typed it) this content at once: readers find the old one or
// the new one, and a run that dies leaves the old one. What is no regular file (/dev/stdout, a
// FIFO) is written to and stays what it is. Throws Error if the folder is missing, `path` is a
// directory, or it cannot be written.
void write_output_file(platform::Files& files, const Io& io, const std::string& path,
                       const std::string& text);

}  // namespace sluice::cli
