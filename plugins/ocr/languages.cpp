// SPDX-License-Identifier: Apache-2.0
#include "languages.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace sluice::ocr {
namespace {

// Each language more makes recognition slower, and mistakes one for another.
constexpr std::size_t kMaxDefaultLanguages = 3;

// ISO 639-1 to the names of tesseract's data, sorted. Norwegian has one for both its forms.
constexpr auto kLanguages = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"af", "afr"}, {"am", "amh"}, {"ar", "ara"}, {"as", "asm"}, {"az", "aze"}, {"be", "bel"},
     {"bg", "bul"}, {"bn", "ben"}, {"bo", "bod"}, {"bs", "bos"}, {"ca", "cat"}, {"cs", "ces"},
     {"cy", "cym"}, {"da", "dan"}, {"de", "deu"}, {"el", "ell"}, {"en", "eng"}, {"eo", "epo"},
     {"es", "spa"}, {"et", "est"}, {"eu", "eus"}, {"fa", "fas"}, {"fi", "fin"}, {"fr", "fra"},
     {"fy", "fry"}, {"ga", "gle"}, {"gd", "gla"}, {"gl", "glg"}, {"gu", "guj"}, {"he", "heb"},
     {"hi", "hin"}, {"hr", "hrv"}, {"ht", "hat"}, {"hu", "hun"}, {"hy", "hye"}, {"id", "ind"},
     {"is", "isl"}, {"it", "ita"}, {"ja", "jpn"}, {"jv", "jav"}, {"ka", "kat"}, {"kk", "kaz"},
     {"km", "khm"}, {"kn", "kan"}, {"ko", "kor"}, {"ky", "kir"}, {"la", "lat"}, {"lb", "ltz"},
     {"lo", "lao"}, {"lt", "lit"}, {"lv", "lav"}, {"mi", "mri"}, {"mk", "mkd"}, {"ml", "mal"},
     {"mn", "mon"}, {"mr", "mar"}, {"ms", "msa"}, {"mt", "mlt"}, {"my", "mya"}, {"nb", "nor"},
     {"ne", "nep"}, {"nl", "nld"}, {"nn", "nor"}, {"no", "nor"}, {"oc", "oci"}, {"or", "ori"},
     {"pa", "pan"}, {"pl", "pol"}, {"ps", "pus"}, {"pt", "por"}, {"ro", "ron"}, {"ru", "rus"},
     {"sa", "san"}, {"sd", "snd"}, {"si", "sin"}, {"sk", "slk"}, {"sl", "slv"}, {"sq", "sqi"},
     {"sr", "srp"}, {"su", "sun"}, {"sv", "swe"}, {"sw", "swa"}, {"ta", "tam"}, {"te", "tel"},
     {"tg", "tgk"}, {"th", "tha"}, {"ti", "tir"}, {"tl", "tgl"}, {"tr", "tur"}, {"tt", "tat"},
     {"ug", "uig"}, {"uk", "ukr"}, {"ur", "urd"}, {"uz", "uzb"}, {"vi", "vie"}, {"yi", "yid"},
     {"yo", "yor"}});

bool is_in(const std::vector<std::string>& sorted, const std::string& language) {
  return std::binary_search(sorted.begin(), sorted.end(), language);
}

}  // namespace

std::string language_of_locale(std::string_view locale) {
  const std::string_view language = locale.substr(0, locale.find('_'));
  const std::string_view country = locale.substr(std::min(locale.size(), language.size() + 1));
  if (language == "zh") {
    const bool is_traditional = country == "TW" || country == "HK" || country == "MO";
    return is_traditional ? "chi_tra" : "chi_sim";
  }
  const auto found = std::find_if(kLanguages.begin(), kLanguages.end(),
                                  [&](const auto& one) { return one.first == language; });
  return found == kLanguages.end() ? std::string() : std::string(found->second);
}

std::vector<std::string> default_languages(const std::vector<std::string>& installed,
                                           std::string_view locale) {
  std::vector<std::string> chosen;
  const std::string own = language_of_locale(locale);
  if (!own.empty() && is_in(installed, own)) chosen.push_back(own);
  if (installed.size() <= kMaxDefaultLanguages) {
    std::copy_if(installed.begin(), installed.end(), std::back_inserter(chosen),
                 [&](const std::string& one) { return one != own; });
  } else if (is_in(installed, "eng") && own != "eng") {
    chosen.emplace_back("eng");
  }
  if (chosen.empty()) chosen.push_back(installed.front());
  return chosen;
}

}  // namespace sluice::ocr
