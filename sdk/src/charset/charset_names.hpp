// SPDX-License-Identifier: Apache-2.0
//
// Encoding names, and an ICU converter that counts what it cannot decode. Private to the SDK.
#pragma once

#include <unicode/ucnv.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sluice::detail {

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

// The name under which ICU decodes what files and uchardet call `name`; empty if nobody knows it.
std::string icu_name(std::string_view name);

// Whether such a name is only ever chosen by charset_evidence.hpp.
bool is_told_by_evidence(const std::string& icu_name);

// What decodes a text that is said to be in charset `name`: none if nobody knows it. Opened once,
// since short texts, of which a workbook has thousands, cost little more than that.
struct OpenCharset {
  std::string icu_name;
  Converter converter;     // as open_converter has it
  bool is_ebcdic = false;  // 'A' is not 0x41
};
OpenCharset open_charset(std::string_view name, std::uint64_t* replaced);

// Opens a converter by a name from icu_name whose undecodable places become U+FFFD and add one to
// *replaced, which must outlive it. nullptr if ICU has none.
Converter open_converter(const std::string& icu_name, std::uint64_t* replaced);

// How well `bytes` decode: characters that came out, and places that did not decode. A character
// cut off at the end counts as neither.
struct Fit {
  std::uint64_t characters = 0;
  std::uint64_t replaced = 0;
  std::uint64_t controls = 0;  // C1 controls and private characters, which text does not have
};
Fit try_charset(const std::string& icu_name, std::span<const std::uint8_t> bytes);

}  // namespace sluice::detail
