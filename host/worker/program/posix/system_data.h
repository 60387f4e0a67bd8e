// The files of the system that a worker may read. Everything in them is public: what distributions
// install, no file of a user.
#pragma once

#include <string>
#include <vector>

namespace sluice::program {

// What an installation carries in place of the system's libraries and tables (config/tarball.sh):
// nothing for one that uses the system's. By the place of this program, so it is to be asked before
// the filters.
struct Carried {
  std::vector<std::string> libraries;
  std::vector<std::string> data;
};
Carried carried_folders();

// What conversions need: tables of encodings, fonts, locales, time zones. The whole of it: a
// converter that needs more has to carry it beside its library, and name it in its manifest.
// `own`: those files.
std::vector<std::string> converting_paths(const std::vector<std::string>& own);

// What loading a plugin's library needs, besides that: the library itself, and where the system's
// libraries are.
std::vector<std::string> loading_paths(const std::string& library,
                                       const std::vector<std::string>& own);

}  // namespace sluice::program
