// SPDX-License-Identifier: Apache-2.0
//
// RTF as Outlook stores it in messages ([MS-OXRTFCP]).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace sluice::rtf {

struct Decompressed {
  std::string rtf;
  // The checksum or the size is not what the header says: the text may be cut off, or not be what
  // it was.
  bool is_damaged = false;
};

// What the bytes of PidTagRtfCompressed hold. A byte becomes 8.5 at most, so memory is bounded by
// the source. Throws Failure (malformed) for what has no such header.
Decompressed decompressed(std::span<const std::uint8_t> bytes);

}  // namespace sluice::rtf
