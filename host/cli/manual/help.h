// Help as a terminal shows it.
#pragma once

#include <string>

#include "cli/args.h"
#include "cli/text.h"

namespace sluice::cli {

struct HelpLayout {
  std::size_t columns = 80;
  const Paint* paint = nullptr;  // for headings; none: no colours
};

// What -h, --help or `sluice help` print about a command, a family ("plugin") or, without a name,
// the program.
std::string help_text(const Answer& answer, const HelpLayout& layout = {});

}  // namespace sluice::cli
