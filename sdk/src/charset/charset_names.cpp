// SPDX-License-Identifier: Apache-2.0
#include "charset/charset_names.hpp"

#include <unicode/ucnv_cb.h>

#include <algorithm>
#include <array>
#include <new>
#include <sluice/url.hpp>
#include <vector>

namespace sluice::detail {
namespace {

struct Alias {
  std::string_view name;
  std::string_view icu;
};

// Names whose files hold more than the name says (WHATWG Encoding, section 4.2), and uchardet's
// names that ICU does not know.
constexpr std::array kAliases = {
    Alias{"ascii", "windows-1252"},
    Alias{"us-ascii", "windows-1252"},
    Alias{"iso-8859-1", "windows-1252"},
    Alias{"iso8859-1", "windows-1252"},
    Alias{"iso_8859-1", "windows-1252"},
    Alias{"latin1", "windows-1252"},
    Alias{"latin-1", "windows-1252"},
    Alias{"l1", "windows-1252"},
    Alias{"iso-8859-9", "windows-1254"},
    Alias{"latin5", "windows-1254"},
    Alias{"iso-8859-11", "windows-874"},
    Alias{"tis-620", "windows-874"},
    Alias{"gb2312", "gb18030"},
    Alias{"gb_2312-80", "gb18030"},
    Alias{"gbk", "gb18030"},
    Alias{"x-gbk", "gb18030"},
    Alias{"cp936", "gb18030"},
    Alias{"hz-gb-2312", "HZ"},
    Alias{"shift_jis", "ibm-943_P15A-2003"},
    Alias{"shift-jis", "ibm-943_P15A-2003"},
    Alias{"sjis", "ibm-943_P15A-2003"},
    Alias{"x-sjis", "ibm-943_P15A-2003"},
    Alias{"cp932", "ibm-943_P15A-2003"},
    Alias{"windows-31j", "ibm-943_P15A-2003"},
    Alias{"euc-kr", "windows-949"},
    Alias{"uhc", "windows-949"},
    Alias{"cp949", "windows-949"},
    Alias{"ks_c_5601-1987", "windows-949"},
    Alias{"ksc5601", "windows-949"},
    Alias{"big5", "Big5-HKSCS"},
    Alias{"big5-hkscs", "Big5-HKSCS"},
    Alias{"mac-cyrillic", "x-mac-cyrillic"},
    Alias{"maccyrillic", "x-mac-cyrillic"},
    Alias{"mac-centraleurope", "x-mac-centraleurroman"},
    Alias{"mac-roman", "macintosh"},
    Alias{"macroman", "macintosh"},
    Alias{"viscii", ""},  // ICU has it not
};

// ICU's callback for what a converter cannot decode; `context` is the counter.
void U_CALLCONV count_and_replace(const void* context, UConverterToUnicodeArgs* args, const char*,
                                  std::int32_t, UConverterCallbackReason reason,
                                  UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  *error = U_ZERO_ERROR;
  constexpr UChar kReplacement = 0xFFFD;
  ucnv_cbToUWriteUChars(args, &kReplacement, 1, 0, error);
  ++*static_cast<std::uint64_t*>(const_cast<void*>(context));
}

// Nothing if ICU has no such converter. That there was no memory for it says nothing about that.
Converter open_icu(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  if (error == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

bool is_control_or_private(UChar unit) {
  return (unit >= 0x80 && unit < 0xA0) || (unit >= 0xE000 && unit <= 0xF8FF);
}

// What ICU is asked for; empty for what it cannot be asked for.
std::string name_for_icu(std::string_view name) {
  while (!name.empty() && (name.front() == ' ' || name.front() == '\t')) name.remove_prefix(1);
  while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
  // ICU reads a comma as the start of options and skips what is not ASCII. Longer names are none.
  constexpr std::size_t kMaxNameLength = 40;
  const auto is_odd = [](char c) { return c < ' ' || c > '~' || c == ',' || c == '='; };
  if (name.empty() || name.size() > kMaxNameLength ||
      std::any_of(name.begin(), name.end(), is_odd)) {
    return {};
  }
  const auto alias = std::find_if(kAliases.begin(), kAliases.end(), [name](const Alias& entry) {
    return equal_ignoring_ascii_case(entry.name, name);
  });
  return std::string(alias != kAliases.end() ? alias->icu : name);
}

// Leaves the converter as it was opened.
bool is_ebcdic(UConverter* converter) {
  const auto first_of = [converter](char byte) {
    UErrorCode error = U_ZERO_ERROR;
    std::array<UChar, 2> out{};
    ucnv_toUChars(converter, out.data(), static_cast<std::int32_t>(out.size()), &byte, 1, &error);
    ucnv_reset(converter);
    return U_FAILURE(error) ? UChar{0} : out[0];
  };
  return first_of('\xC1') == u'A' && first_of('A') != u'A';
}

Converter with_count(Converter converter, std::uint64_t* replaced) {
  if (!converter) return nullptr;
  UErrorCode error = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter.get(), count_and_replace, replaced, nullptr, nullptr, &error);
  return U_SUCCESS(error) ? std::move(converter) : nullptr;
}

}  // namespace

std::string icu_name(std::string_view name) {
  std::string found = name_for_icu(name);
  return !found.empty() && open_icu(found) ? found : std::string();
}

OpenCharset open_charset(std::string_view name, std::uint64_t* replaced) {
  OpenCharset open;
  open.icu_name = name_for_icu(name);
  if (open.icu_name.empty()) return open;
  open.converter = open_icu(open.icu_name);
  open.is_ebcdic = open.converter && is_ebcdic(open.converter.get());
  open.converter = with_count(std::move(open.converter), replaced);
  return open;
}

bool is_told_by_evidence(const std::string& icu_name) {
  if (icu_name == "ibm-866") return true;
  const Converter converter = open_icu(icu_name);
  return converter && is_ebcdic(converter.get());
}

Converter open_converter(const std::string& icu_name, std::uint64_t* replaced) {
  return with_count(open_icu(icu_name), replaced);
}

Fit try_charset(const std::string& icu_name, std::span<const std::uint8_t> bytes) {
  Fit fit;
  const Converter converter = open_converter(icu_name, &fit.replaced);
  if (!converter) return {0, 1, 0};
  std::vector<UChar> units(std::size_t{1} << 14);
  const char* in = reinterpret_cast<const char*>(bytes.data());
  const char* const end = in + bytes.size();
  UErrorCode error = U_BUFFER_OVERFLOW_ERROR;
  while (error == U_BUFFER_OVERFLOW_ERROR) {
    error = U_ZERO_ERROR;
    UChar* out = units.data();
    ucnv_toUnicode(converter.get(), &out, units.data() + units.size(), &in, end, nullptr,
                   /*flush=*/false, &error);
    fit.characters += static_cast<std::uint64_t>(out - units.data());
    fit.controls +=
        static_cast<std::uint64_t>(std::count_if(units.data(), out, is_control_or_private));
  }
  return fit;
}

}  // namespace sluice::detail
