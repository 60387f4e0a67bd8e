// The known word that a mistyped one was most likely meant to be.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sluice::plugin {

// The nearest of `known` by edit distance (a swap of neighbours counts one), or empty if none is
// near enough to be a likely slip. Ties go to the first.
std::string nearest(std::string_view word, std::span<const std::string> known);

// "did you mean "x"?" where something is near, else "known here: a, b, c".
std::string suggest(std::string_view word, std::span<const std::string> known);

}  // namespace sluice::plugin
