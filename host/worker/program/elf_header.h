// What a library's ELF header says before the system's loader sees it, whose own words for a
// library of another machine are "no such file".
#pragma once

#include <string>

namespace sluice::program {

// Why the file cannot be a library for this process, one sentence; empty if nothing speaks against
// it.
std::string elf_fault(const std::string& path);

}  // namespace sluice::program
