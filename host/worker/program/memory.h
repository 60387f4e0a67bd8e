// Memory that this process asked for and did not get. A C library may react with an abort, a crash
// or an empty result. The host must still know that memory was the reason, so each refusal is
// recorded at once where the host can read it after the process has ended.
#pragma once

#include <cstdint>

namespace sluice::program {

// From now on notes the largest refused request, in bytes (8, little-endian), at `offset` of the
// file `descriptor`. Before that, and where memory is not limited, nothing is noted.
void note_refusals_in(int descriptor, std::uint64_t offset);

// The largest request that was refused since the last call; 0: none was.
std::uint64_t take_refusal();

}  // namespace sluice::program
