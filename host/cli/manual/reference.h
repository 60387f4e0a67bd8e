// The reference of all commands and options: host/docs/commands.md.
#pragma once

#include <string>

namespace sluice::cli {

// Markdown, the same for the same table.
std::string reference_text();

}  // namespace sluice::cli
