#include "platform/percent_encoding.h"

namespace sluice::platform {
namespace {

constexpr char kDigits[] = "0123456789ABCDEF";

// -1 for what is none.
int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string percent_encoded(std::string_view text, std::string_view reserved) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7f || reserved.find(c) != std::string_view::npos) {
      out += percent_escaped({&c, 1});
    } else {
      out += c;
    }
  }
  return out;
}

std::string percent_escaped(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

bool is_percent_escape(std::string_view text) {
  return text.size() >= 3 && text[0] == '%' && digit_value(text[1]) >= 0 &&
         digit_value(text[2]) >= 0;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (is_percent_escape(text.substr(i))) {
      out += static_cast<char>(digit_value(text[i + 1]) * 16 + digit_value(text[i + 2]));
      i += 3;
    } else {
      out += text[i++];
    }
  }
  return out;
}

}  // namespace sluice::platform
