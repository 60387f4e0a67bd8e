// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

class Stream;

namespace sluice::pdf {

// All that a stream gives, or nothing if that is more than `most` bytes.
std::string read_stream(Stream& stream, std::size_t most);

}  // namespace sluice::pdf
