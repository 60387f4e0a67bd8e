// SPDX-License-Identifier: Apache-2.0
#include "tex_encodings.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace sluice::pdf {
namespace {

// In the order of codes; "\0" where the encoding has nothing that Unicode has. Pieces of brackets
// stand for themselves: a reader sees that a large bracket was drawn.
// clang-format off
constexpr std::u32string_view kOt1Signs(
    U"ΓΔΘΛΞΠΣΥΦΨΩﬀﬁﬂﬃﬄ"
    U"ıȷ`´ˇ˘¯˚¸ßæœøÆŒØ"
    U"\0!”#$%&’()*+,-./"
    U"0123456789:;¡=¿?"
    U"@ABCDEFGHIJKLMNO"
    U"PQRSTUVWXYZ[“]ˆ˙"
    U"‘abcdefghijklmno"
    U"pqrstuvwxyz–—˝˜¨",
    128);
constexpr std::u32string_view kTypewriterSigns(
    U"ΓΔΘΛΞΠΣΥΦΨΩ↑↓'¡¿"
    U"ıȷ`´ˇ˘¯˚¸ßæœøÆŒØ"
    U"␣!\"#$%&’()*+,-./"
    U"0123456789:;<=>?"
    U"@ABCDEFGHIJKLMNO"
    U"PQRSTUVWXYZ[\\]^_"
    U"‘abcdefghijklmno"
    U"pqrstuvwxyz{|}~¨",
    128);
constexpr std::u32string_view kT1Signs(
    U"`´ˆ˜¨˝˚ˇ˘¯˙¸˛‚‹›"
    U"“”„«»–—\0₀ıȷﬀﬁﬂﬃﬄ"
    U"␣!\"#$%&’()*+,-./"
    U"0123456789:;<=>?"
    U"@ABCDEFGHIJKLMNO"
    U"PQRSTUVWXYZ[\\]^_"
    U"‘abcdefghijklmno"
    U"pqrstuvwxyz{|}~-"
    U"ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔ"
    U"ŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§"
    U"ăąćčďěęğĺľłńňŋőŕ"
    U"řśšşťţűůÿźžżĳ¡¿£"
    U"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ"
    U"ÐÑÒÓÔÕÖŒØÙÚÛÜÝÞẞ"
    U"àáâãäåæçèéêëìíîï"
    U"ðñòóôõöœøùúûüýþß",
    256);
constexpr std::u32string_view kOmlSigns(
    U"ΓΔΘΛΞΠΣΥΦΨΩαβγδϵ"
    U"ζηθικλμνξπρστυϕχ"
    U"ψωεϑϖϱςφ↼↽⇀⇁\0\0▷◁"
    U"0123456789.,</>⋆"
    U"∂ABCDEFGHIJKLMNO"
    U"PQRSTUVWXYZ♭♮♯⌣⌢"
    U"ℓabcdefghijklmno"
    U"pqrstuvwxyzıȷ℘\u20d7\u0361",
    128);
constexpr std::u32string_view kOmsSigns(
    U"−·×∗÷⋄±∓⊕⊖⊗⊘⊙○∘•"
    U"≍≡⊆⊇≤≥≼≽∼≈⊂⊃≪≫≺≻"
    U"←→↑↓↔↗↘≃⇐⇒⇑⇓⇔↖↙∝"
    U"′∞∈∋△▽\u0338↦∀∃¬∅ℜℑ⊤⊥"
    U"ℵABCDEFGHIJKLMNO"
    U"PQRSTUVWXYZ∪∩⊎∧∨"
    U"⊢⊣⌊⌋⌈⌉{}⟨⟩|∥↕⇕\\≀"
    U"√⨿∇∫⊔⊓⊑⊒§†‡¶♣♢♡♠",
    128);
constexpr std::u32string_view kOmxSigns(
    U"()[]⌊⌋⌈⌉{}⟨⟩|∥/\\"
    U"()()[]⌊⌋⌈⌉{}⟨⟩/\\"
    U"()[]⌊⌋⌈⌉{}⟨⟩/\\/\\"
    U"⎛⎞⎡⎤⎣⎦⎢⎥⎧⎫⎩⎭⎨⎬⎪⏐"
    U"⎝⎠⎜⎟⟨⟩⨆⨆∮∮⨀⨀⨁⨁⨂⨂"
    U"∑∏∫⋃⋂⨄⋀⋁∑∏∫⋃⋂⨄⋀⋁"
    U"∐∐ˆˆˆ˜˜˜[]⌊⌋⌈⌉{}"
    U"√√√√√\0\0∥↑↓\0\0\0\0⇑⇓",
    128);
constexpr std::u32string_view kMsamSigns(
    U"⊡⊞⊠□■·◊⧫↻↺⇌⇋⊟⊩⊪⊨"
    U"↠↞⇇⇉⇈⇊↾⇂↿⇃↣↢⇆⇄↰↱"
    U"⇝↭↫↬≗≿≳⪆⊸∴∵≑≜≾≲⪅"
    U"⪕⪖⋞⋟≼≦⩽≶‵\0≓≒≽≧⩾≷"
    U"⊏⊐⊳⊲⊵⊴★≬▼▶◀→←△▲▽"
    U"≖⋚⋛⪋⪌¥⇛⇚✓⊻⊼⩞∠∡∢∝"
    U"⌣⌢⋐⋑⋓⋒⋏⋎⫅⫆≏≎⋘⋙\0\0"
    U"⌜⌝®Ⓢ⋔∔∽⋍⌞⌟✠∁⊺⊚⊛⊝",
    128);
constexpr std::u32string_view kMsbmSigns(
    U"≨≩≰≱≮≯⊀⊁≨≩≰≱⪇⪈⋠⋡"
    U"⋨⋩⋦⋧≰≱⪵⪶⪹⪺⪉⪊≁≇╱╲"
    U"⊊⊋⊈⊉⫋⫌⫋⫌⊊⊋⊈⊉∦∤∤∦"
    U"⊬⊮⊭⊯⋭⋬⋪⋫↚↛⇍⇏⇎↮⋇∅"
    U"∄𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆"
    U"ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤˆˆ˜˜Ⅎ"
    U"⅁\0\0\0\0\0℧ð≂ℶℷℸ⋖⋗⋉⋊"
    U"∣∥∖∼≈≊⪸⪷↶↷ϝϰ𝕜ℏℏ϶",
    128);

constexpr std::array<std::pair<std::string_view, char32_t>, 84> kGlyphs = {{
    {"angbracketleft", U'⟨'},
    {"angbracketright", U'⟩'},
    {"approxequal", U'≈'},
    {"arrownortheast", U'↗'},
    {"arrownorthwest", U'↖'},
    {"arrowsoutheast", U'↘'},
    {"arrowsouthwest", U'↙'},
    {"bardbl", U'∥'},
    {"ceilingleft", U'⌈'},
    {"ceilingright", U'⌉'},
    {"circledivide", U'⊘'},
    {"circledot", U'⊙'},
    {"circleminus", U'⊖'},
    {"circlemultiplydisplay", U'⨂'},
    {"circlemultiplytext", U'⨂'},
    {"circleplusdisplay", U'⨁'},
    {"circleplustext", U'⨁'},
    {"contintegraldisplay", U'∮'},
    {"contintegraltext", U'∮'},
    {"coproduct", U'⨿'},
    {"defines", U'≜'},
    {"diamondmath", U'⋄'},
    {"dotlessj", U'ȷ'},
    {"epsilon1", U'ϵ'},
    {"equivasymptotic", U'≍'},
    {"ff", U'ﬀ'},
    {"ffi", U'ﬃ'},
    {"ffl", U'ﬄ'},
    {"flat", U'♭'},
    {"floorleft", U'⌊'},
    {"floorright", U'⌋'},
    {"follows", U'≻'},
    {"followsequal", U'≽'},
    {"greatermuch", U'≫'},
    {"greaterorequalslant", U'⩾'},
    {"greaterorsimilar", U'≳'},
    {"integraldisplay", U'∫'},
    {"integraltext", U'∫'},
    {"intersectiondisplay", U'⋂'},
    {"intersectionsq", U'⊓'},
    {"intersectiontext", U'⋂'},
    {"latticetop", U'⊤'},
    {"lessmuch", U'≪'},
    {"lessorequalslant", U'⩽'},
    {"lessorsimilar", U'≲'},
    {"logicalanddisplay", U'⋀'},
    {"logicalandtext", U'⋀'},
    {"logicalordisplay", U'⋁'},
    {"logicalortext", U'⋁'},
    {"lscript", U'ℓ'},
    {"mapsto", U'↦'},
    {"minusplus", U'∓'},
    {"nabla", U'∇'},
    {"natural", U'♮'},
    {"negationslash", U'\u0338'},
    {"owner", U'∋'},
    {"phi1", U'φ'},
    {"planckover2pi", U'ℏ'},
    {"planckover2pi1", U'ℏ'},
    {"precedes", U'≺'},
    {"precedesequal", U'≼'},
    {"prime", U'′'},
    {"productdisplay", U'∏'},
    {"producttext", U'∏'},
    {"rho1", U'ϱ'},
    {"sharp", U'♯'},
    {"similarequal", U'≃'},
    {"slurabove", U'⌢'},
    {"slurbelow", U'⌣'},
    {"squaredot", U'⊡'},
    {"star", U'⋆'},
    {"subsetsqequal", U'⊑'},
    {"summationdisplay", U'∑'},
    {"summationtext", U'∑'},
    {"supersetsqequal", U'⊒'},
    {"turnstileleft", U'⊢'},
    {"turnstileright", U'⊣'},
    {"uniondisplay", U'⋃'},
    {"unionmulti", U'⊎'},
    {"unionsq", U'⊔'},
    {"uniontext", U'⋃'},
    {"vector", U'\u20d7'},
    {"weierstrass", U'℘'},
    {"wreathproduct", U'≀'},
}};
// clang-format on

std::u32string_view signs_of(TexEncoding encoding) {
  switch (encoding) {
    case TexEncoding::kOt1:
      return kOt1Signs;
    case TexEncoding::kTypewriter:
      return kTypewriterSigns;
    case TexEncoding::kT1:
      return kT1Signs;
    case TexEncoding::kOml:
      return kOmlSigns;
    case TexEncoding::kOms:
      return kOmsSigns;
    case TexEncoding::kOmx:
      return kOmxSigns;
    case TexEncoding::kMsam:
      return kMsamSigns;
    case TexEncoding::kMsbm:
      return kMsbmSigns;
  }
  return {};
}

// The letters of a font's name before its size, in capitals: "CMSY" of "ABCDEF+Cmsy10".
std::string family_of(std::string_view name) {
  if (name.find('+') == 6) name.remove_prefix(7);
  std::string family;
  for (const char c : name) {
    if (c >= '0' && c <= '9') return family;
    if (family.size() > 8) return {};
    if (c >= 'a' && c <= 'z') {
      family += static_cast<char>(c - 32);
    } else if (c >= 'A' && c <= 'Z') {
      family += c;
    } else {
      return {};
    }
  }
  return {};  // without a size it is no font of TeX's
}

struct Family {
  std::string_view name;
  TexEncoding encoding;
};
constexpr std::array<Family, 24> kFamilies = {{
    {"CMMI", TexEncoding::kOml},          {"CMMIB", TexEncoding::kOml},
    {"CMSY", TexEncoding::kOms},          {"CMBSY", TexEncoding::kOms},
    {"CMEX", TexEncoding::kOmx},          {"MSAM", TexEncoding::kMsam},
    {"MSBM", TexEncoding::kMsbm},         {"CMTT", TexEncoding::kTypewriter},
    {"CMSLTT", TexEncoding::kTypewriter}, {"CMITT", TexEncoding::kTypewriter},
    {"CMTCSC", TexEncoding::kTypewriter}, {"CMR", TexEncoding::kOt1},
    {"CMB", TexEncoding::kOt1},           {"CMBX", TexEncoding::kOt1},
    {"CMBXTI", TexEncoding::kOt1},        {"CMBXSL", TexEncoding::kOt1},
    {"CMCSC", TexEncoding::kOt1},         {"CMSL", TexEncoding::kOt1},
    {"CMSS", TexEncoding::kOt1},          {"CMSSI", TexEncoding::kOt1},
    {"CMSSBX", TexEncoding::kOt1},        {"CMTI", TexEncoding::kOt1},
    {"CMU", TexEncoding::kOt1},           {"CMVTT", TexEncoding::kOt1},
}};

}  // namespace

std::optional<TexEncoding> tex_encoding_of(std::string_view font_name) {
  const std::string family = family_of(font_name);
  if (family.size() < 3) return std::nullopt;
  for (const Family& known : kFamilies) {
    if (family == known.name) return known.encoding;
  }
  // The European fonts: DCR, ECRM, SFRM and their like.
  const std::string_view two = std::string_view(family).substr(0, 2);
  const bool european = (two == "EC" || two == "SF" || two == "DC") && family.size() <= 6;
  return european ? std::optional(TexEncoding::kT1) : std::nullopt;
}

char32_t tex_character(TexEncoding encoding, unsigned code) {
  const std::u32string_view signs = signs_of(encoding);
  return code < signs.size() ? signs[code] : 0;
}

bool has_tex_character(TexEncoding encoding, char32_t character) {
  return character != 0 && signs_of(encoding).find(character) != std::u32string_view::npos;
}

char32_t tex_glyph(std::string_view name) {
  const auto found = std::lower_bound(
      kGlyphs.begin(), kGlyphs.end(), name,
      [](const auto& glyph, std::string_view wanted) { return glyph.first < wanted; });
  return found != kGlyphs.end() && found->first == name ? found->second : 0;
}

}  // namespace sluice::pdf
