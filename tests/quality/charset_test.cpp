// How many real texts are decoded right: not by the name of the encoding, but by what comes out.
#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <sluice/charset.hpp>
#include <string>

#include "kit/corpus.h"
#include "kit/files.h"

namespace sluice {
namespace {

using test::corpus;
using test::read_file;

// The encoding that a folder of the collection is named after, as ICU calls it.
std::string icu_name_of(const std::string& folder) {
  static const std::map<std::string, std::string> kSpecial = {
      {"CP932", "ibm-943_P15A-2003"},
      {"SHIFT_JIS", "ibm-943_P15A-2003"},
      {"CP949", "windows-949"},
      {"EUC-KR", "windows-949"},
      {"GB2312", "gb18030"},
      {"Big5", "Big5-HKSCS"},
      {"MacCyrillic", "x-mac-cyrillic"},
      {"MacRoman", "macintosh"},
      {"TIS-620", "windows-874"},
      {"iso-8859-1", "windows-1252"},
      {"utf-8-sig", "UTF-8"},
  };
  const auto special = kSpecial.find(folder);
  if (special != kSpecial.end()) return special->second;
  // "windows-1250-polish", "iso-8859-2-czech": the language is no part of the encoding.
  for (const std::string prefix : {"windows-", "iso-8859-"}) {
    if (folder.rfind(prefix, 0) == 0) return folder.substr(0, folder.find('-', prefix.size()));
  }
  return folder;
}

std::string decode(const std::string& bytes, const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(charset.c_str(), &error);
  if (U_FAILURE(error)) return {};
  icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter, error);
  ucnv_close(converter);
  if (text.length() > 0 && text.charAt(0) == 0xFEFF) text.remove(0, 1);
  text.findAndReplace(icu::UnicodeString(UChar(0)), icu::UnicodeString());
  std::string out;
  text.toUTF8String(out);
  return out;
}

bool is_known(const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(charset.c_str(), &error);
  ucnv_close(converter);
  return U_SUCCESS(error);
}

TEST(CharsetDetection, GetsAtLeast96PercentOfTheChardetCollectionRight) {
  const auto folder = corpus("chardet");
  if (!folder) GTEST_SKIP() << "no test documents; set SLUICE_CORPUS";
  int total = 0;
  int right = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
    const auto relative = std::filesystem::relative(entry.path(), *folder);
    if (!entry.is_regular_file() || !relative.has_parent_path()) continue;
    const std::string charset = icu_name_of(relative.begin()->string());
    const std::string bytes = read_file(entry.path());
    const DecodedText text =
        decode_text({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    ++total;
    if (is_known(charset) && text.utf8 == decode(bytes, charset)) {
      ++right;
    } else {
      std::cout << "  " << relative.string() << " taken for " << text.charset << "\n";
    }
  }
  std::cout << right << " of " << total << " right\n";
  ASSERT_GT(total, 400);
  EXPECT_GE(right * 100, total * 96);
}

}  // namespace
}  // namespace sluice
