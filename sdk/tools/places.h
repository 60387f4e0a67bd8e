// Where this program's own files are, and the program sluice.
#pragma once

#include <string>

namespace sluice::tool {

// <prefix>/share/sluice/template, from where this program stands. Throws Error if it is not there.
std::string template_folder();

// The program sluice beside this one, or in PATH; empty if there is none.
std::string sluice_program();

}  // namespace sluice::tool
