// The reference of all commands and options: host/docs/commands.md. And that of outcomes.
#pragma once

#include <string>

namespace sluice::cli {

// Markdown, the same for the same table.
std::string reference_text();

// What can become of a file, and how a command ends: host/docs/outcomes.md.
std::string outcomes_text();

}  // namespace sluice::cli
