// What the program runs on, for main and for doctor.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sluice::platform {

enum class StandardStream { kIn, kOut, kErr };
bool is_terminal(StandardStream stream);
// Its width, which changes as the user pulls at its window; 0 if it is no terminal or does not
// tell.
unsigned terminal_columns(StandardStream stream);
unsigned terminal_rows(StandardStream stream);
// Whether it is a pipe that nobody reads any more.
bool reader_is_gone(StandardStream stream);

// Opens what a caller left closed of the three, so that no file of ours ever gets their numbers and
// what is printed never lands in it. Writing there fails as it would have. Call it first.
void hold_standard_streams();

// "Linux 6.1.0 x86_64".
std::string system_name();

// Takes as many open files as the system allows without asking: sources of many directories and the
// lanes' channels add up, and the usual default is a thousand.
void raise_open_file_limit();
// How many files may be open at a time.
std::uint64_t open_file_limit();

// The language and country that the user's environment names (LC_ALL, LC_CTYPE or LANG, the first
// that is set), as "de_DE" or "de"; empty for the locales "C" and "POSIX", and without any.
std::string user_locale();

// Of all variables of this process's environment.
std::vector<std::string> environment_names();

}  // namespace sluice::platform
