// SPDX-License-Identifier: Apache-2.0
#include <sluice/charset.hpp>
#include <sluice/code_page.hpp>
#include <sluice/little_endian.hpp>
#include <span>

namespace sluice {
namespace {

struct Named {
  std::uint32_t number;
  const char* charset;
};

// Those whose name is not their number.
constexpr auto kNamed = std::to_array<Named>({
    {708, "iso-8859-6"},    {932, "shift_jis"},
    {936, "gbk"},           {949, "euc-kr"},
    {950, "big5"},          {1361, "windows-949"},
    {10000, "macintosh"},   {10001, "shift_jis"},
    {10002, "big5"},        {10003, "euc-kr"},
    {10006, "macgr"},       {10007, "x-mac-cyrillic"},
    {10008, "gbk"},         {10029, "x-mac-centraleurroman"},
    {10081, "mactr"},       {20127, "windows-1252"},
    {20866, "koi8-r"},      {20932, "euc-jp"},
    {20936, "gb18030"},     {21866, "koi8-u"},
    {32768, "macintosh"},   {32769, "windows-1252"},
    {38598, "iso-8859-8"},  {50220, "iso-2022-jp"},
    {50221, "iso-2022-jp"}, {50222, "iso-2022-jp"},
    {50225, "iso-2022-kr"}, {51932, "euc-jp"},
    {51949, "euc-kr"},      {54936, "gb18030"},
    {65000, "utf-7"},       {65001, "utf-8"},
    {1200, "utf-16le"},     {1201, "utf-16be"},
});

bool is_single_byte(std::uint32_t number) {
  const bool is_windows = number == 874 || (number >= 1250 && number <= 1258);
  const bool is_dos = number >= 437 && number <= 869;
  const bool is_mac = number == 10000 || number == 10006 || number == 10007 || number == 10029 ||
                      number == 10081 || number == 32768;
  const bool is_iso = number >= 28591 && number <= 28605;
  return is_windows || is_dos || is_mac || is_iso || number == 20127 || number == 20866 ||
         number == 21866 || number == 32769;
}

std::string decoded(const std::string& charset, std::string_view bytes) {
  std::string out;
  TextDecoder decoder(charset, [&out](std::string_view piece) { out += piece; });
  decoder.feed({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  decoder.finish();
  return out;
}

}  // namespace

std::string charset_of_code_page(std::uint32_t code_page) {
  std::string name;
  for (const Named& one : kNamed) {
    if (one.number == code_page) name = one.charset;
  }
  if (name.empty() && code_page >= 28591 && code_page <= 28605) {
    name = "iso-8859-" + std::to_string(code_page - 28590);
  }
  if (name.empty() && code_page >= 1250) name = "windows-" + std::to_string(code_page);
  if (name.empty() && code_page == 874) name = "windows-874";
  if (name.empty()) name = "ibm-" + std::to_string(code_page);
  return is_known_charset(name) ? name : "windows-1252";
}

// The low ten bits are the language, the others its variety.
std::uint32_t code_page_of_charset(std::uint8_t charset) {
  switch (charset) {
    case 128:  // Japanese
      return 932;
    case 129:  // Korean
      return 949;
    case 134:  // Chinese, simplified
      return 936;
    case 136:  // Chinese, traditional
      return 950;
    case 161:  // Greek
      return 1253;
    case 162:  // Turkish
      return 1254;
    case 163:  // Vietnamese
      return 1258;
    case 177:  // Hebrew
      return 1255;
    case 178:  // Arabic
      return 1256;
    case 186:  // Baltic
      return 1257;
    case 204:  // Russian
      return 1251;
    case 222:  // Thai
      return 874;
    case 238:  // Eastern European
      return 1250;
    default:
      return 1252;
  }
}

std::uint32_t code_page_of_language(std::uint32_t language) {
  constexpr std::uint32_t kTaiwan = 0x0404;
  constexpr std::uint32_t kHongKong = 0x0C04;
  constexpr std::uint32_t kMacau = 0x1404;
  constexpr std::uint32_t kSerbianCyrillic = 0x0C1A;
  if (language == kTaiwan || language == kHongKong || language == kMacau) return 950;
  if (language == kSerbianCyrillic) return 1251;
  switch (language & 0x3FF) {
    case 0x01:  // Arabic
    case 0x20:  // Urdu
    case 0x29:  // Persian
      return 1256;
    case 0x02:  // Bulgarian
    case 0x19:  // Russian
    case 0x22:  // Ukrainian
    case 0x23:  // Belarusian
    case 0x2F:  // Macedonian
    case 0x3F:  // Kazakh
      return 1251;
    case 0x04:  // Chinese
      return 936;
    case 0x05:  // Czech
    case 0x0E:  // Hungarian
    case 0x15:  // Polish
    case 0x18:  // Romanian
    case 0x1A:  // Croatian, Serbian
    case 0x1B:  // Slovak
    case 0x1C:  // Albanian
    case 0x24:  // Slovenian
      return 1250;
    case 0x08:  // Greek
      return 1253;
    case 0x0D:  // Hebrew
      return 1255;
    case 0x11:  // Japanese
      return 932;
    case 0x12:  // Korean
      return 949;
    case 0x1E:  // Thai
      return 874;
    case 0x1F:  // Turkish
    case 0x2C:  // Azeri
      return 1254;
    case 0x25:  // Estonian
    case 0x26:  // Latvian
    case 0x27:  // Lithuanian
      return 1257;
    case 0x2A:  // Vietnamese
      return 1258;
    default:
      return 1252;
  }
}

CodePage::CodePage(std::uint32_t number)
    : is_single_(is_single_byte(number)), charset_(charset_of_code_page(number)) {}

// By one decoder: no byte of a single-byte code page waits for the next.
const CodePage::Upper& CodePage::upper() const {
  if (upper_) return *upper_;
  Upper& characters = upper_.emplace();
  std::string* character = nullptr;
  TextDecoder decoder(charset_, [&character](std::string_view piece) { *character += piece; });
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(0x80 + i);
    character = &characters[i];
    decoder.feed({&byte, 1});
  }
  return characters;
}

std::string CodePage::utf8(std::string_view bytes) const {
  if (!is_single_) return decoded(charset_, bytes);
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += upper()[byte - 0x80];
    }
  }
  return out;
}

}  // namespace sluice
