#include "platform/percent_encoding.h"

namespace sluice::platform {

std::string percent_encoded(std::string_view text, std::string_view reserved) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7f || reserved.find(c) != std::string_view::npos) {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace sluice::platform
