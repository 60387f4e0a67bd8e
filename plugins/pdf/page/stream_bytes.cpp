// SPDX-License-Identifier: Apache-2.0
#include "stream_bytes.hpp"

#include <Object.h>  // Stream.h does not stand alone
#include <Stream.h>

namespace sluice::pdf {

std::string read_stream(Stream& stream, std::size_t most) {
  std::string bytes;
  unsigned char buffer[8192];
  stream.reset();
  for (;;) {
    const int got = stream.doGetChars(sizeof buffer, buffer);
    if (got <= 0) break;
    bytes.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(got));
    if (bytes.size() > most) {
      bytes.clear();
      break;
    }
  }
  stream.close();
  return bytes;
}

}  // namespace sluice::pdf
