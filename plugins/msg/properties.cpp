// SPDX-License-Identifier: Apache-2.0
#include "msg/properties.hpp"

#include <sluice/blanks.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/ole_metadata.hpp>

#include "mail/mime/words.hpp"

namespace sluice::msg {

void Properties::set(std::uint16_t id, Type type, std::string value) {
  values_.try_emplace(id, Value{type, std::move(value)});
}

const Properties::Value* Properties::find(Id id) const {
  const auto found = values_.find(static_cast<std::uint16_t>(id));
  return found == values_.end() ? nullptr : &found->second;
}

std::string Properties::text(Id id) const {
  const Value* const value = find(id);
  if (value == nullptr) return {};
  // A zero ends a text, though its length says more.
  if (value->type == Type::kUnicode) {
    const std::string text = utf8_of_utf16le(value->bytes);
    return text.substr(0, text.find('\0'));
  }
  if (value->type != Type::kString8 && value->type != Type::kBinary) return {};
  const std::string_view bytes = value->bytes;
  return mail::to_utf8(bytes.substr(0, bytes.find('\0')), charset_of_code_page(code_page_));
}

// A subject may have a mark and a length in front of it ([MS-OXCMSG], 2.2.1.46): a control goes.
std::string Properties::line(Id id) const {
  return one_line(text(id));
}

std::string Properties::bytes(Id id) const {
  const Value* const value = find(id);
  if (value == nullptr) return {};
  return value->type == Type::kUnicode ? utf8_of_utf16le(value->bytes) : value->bytes;
}

std::uint64_t Properties::number(Id id) const {
  const Value* const value = find(id);
  if (value == nullptr) return 0;
  switch (value->type) {
    case Type::kInteger16:
    case Type::kBoolean:
      return little_number(value->bytes, 0, 2);
    case Type::kInteger32:
      return little_number(value->bytes, 0, 4);
    default:
      return 0;
  }
}

// In steps of 100 ns from 1601 on ([MS-DTYP], 2.3.3).
std::string Properties::time(Id id) const {
  constexpr std::uint64_t kStepsOfASecond = 10'000'000;
  constexpr std::uint64_t kSecondsTo1970 = 11'644'473'600;
  constexpr std::uint64_t kSecondsOfMillennia = 400'000'000'000;
  const Value* const value = find(id);
  if (value == nullptr || value->type != Type::kTime) return {};
  const std::uint64_t ticks = little_number(value->bytes, 0, 8);
  const std::uint64_t since_1601 = ticks / kStepsOfASecond;
  // Zero and the last years mean that there is none.
  if (since_1601 < kSecondsTo1970 / 2 || since_1601 > kSecondsOfMillennia / 4) return {};
  return iso_time_of_filetime(ticks);
}

std::string charset_of_code_page(std::uint64_t page) {
  switch (page) {
    case 0:
      return {};
    case 874:
      return "windows-874";
    case 932:
      return "shift_jis";
    case 936:
      return "gbk";
    case 949:
      return "euc-kr";
    case 950:
      return "big5";
    case 20127:
      return "us-ascii";
    case 20866:
      return "koi8-r";
    case 21866:
      return "koi8-u";
    case 20932:
    case 51932:
      return "euc-jp";
    case 50220:
    case 50221:
    case 50222:
      return "iso-2022-jp";
    case 54936:
      return "gb18030";
    case 65000:
      return "utf-7";
    case 65001:
      return "utf-8";
    default:
      break;
  }
  if (page >= 1250 && page <= 1258) return "windows-" + std::to_string(page);
  if (page >= 28591 && page <= 28605) return "iso-8859-" + std::to_string(page - 28590);
  return "cp" + std::to_string(page);
}

}  // namespace sluice::msg
