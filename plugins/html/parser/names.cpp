// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include <array>

#include "../name_table.hpp"

namespace sluice::html::parser {
namespace {

constexpr std::size_t kKnownNames = static_cast<std::size_t>(Name::kKnown);
constexpr std::size_t kMaxNames = 60'000;

constexpr std::array<std::string_view, kKnownNames> kSpellings = {
    "",
#define SLUICE_HTML_NAME(constant, spelling) spelling,
    SLUICE_HTML_NAMES(SLUICE_HTML_NAME)
#undef SLUICE_HTML_NAME
};

constexpr NameTable<Name> kNumbers({
#define SLUICE_HTML_NAME(constant, spelling) {spelling, Name::k##constant},
    SLUICE_HTML_NAMES(SLUICE_HTML_NAME)
#undef SLUICE_HTML_NAME
});

bool is_special_html(Name name) {
  switch (name) {
    case Name::kA:
    case Name::kAnnotationXml:
    case Name::kB:
    case Name::kBig:
    case Name::kCode:
    case Name::kDesc:
    case Name::kDialog:
    case Name::kEm:
    case Name::kFont:
    case Name::kForeignObject:
    case Name::kI:
    case Name::kImage:
    case Name::kMalignmark:
    case Name::kMath:
    case Name::kMglyph:
    case Name::kMi:
    case Name::kMn:
    case Name::kMo:
    case Name::kMs:
    case Name::kMtext:
    case Name::kNobr:
    case Name::kNone:
    case Name::kOptgroup:
    case Name::kOption:
    case Name::kRb:
    case Name::kRp:
    case Name::kRt:
    case Name::kRtc:
    case Name::kRuby:
    case Name::kS:
    case Name::kSlot:
    case Name::kSmall:
    case Name::kSpan:
    case Name::kStrike:
    case Name::kStrong:
    case Name::kSub:
    case Name::kSup:
    case Name::kSvg:
    case Name::kTt:
    case Name::kU:
    case Name::kVar:
      return false;
    default:
      return name < Name::kKnown;
  }
}

// MathML text integration points, their kin, and SVG's places for HTML (HTML 13.2.6, 13.2.4.2).
bool is_special_foreign(Space space, Name name) {
  if (space == Space::kSvg) {
    return name == Name::kForeignObject || name == Name::kDesc || name == Name::kTitle;
  }
  return name == Name::kMi || name == Name::kMo || name == Name::kMn || name == Name::kMs ||
         name == Name::kMtext || name == Name::kAnnotationXml;
}

}  // namespace

bool is_special(Space space, Name name) {
  return space == Space::kHtml ? is_special_html(name) : is_special_foreign(space, name);
}

bool bounds_scope(Space space, Name name) {
  if (space != Space::kHtml) return is_special_foreign(space, name);
  switch (name) {
    case Name::kApplet:
    case Name::kCaption:
    case Name::kHtml:
    case Name::kTable:
    case Name::kTd:
    case Name::kTh:
    case Name::kMarquee:
    case Name::kObject:
    case Name::kTemplate:
      return true;
    default:
      return false;
  }
}

bool has_implied_end(Name name) {
  switch (name) {
    case Name::kDd:
    case Name::kDt:
    case Name::kLi:
    case Name::kOptgroup:
    case Name::kOption:
    case Name::kP:
    case Name::kRb:
    case Name::kRp:
    case Name::kRt:
    case Name::kRtc:
      return true;
    default:
      return false;
  }
}

bool has_thorough_implied_end(Name name) {
  switch (name) {
    case Name::kCaption:
    case Name::kColgroup:
    case Name::kTbody:
    case Name::kTd:
    case Name::kTfoot:
    case Name::kTh:
    case Name::kThead:
    case Name::kTr:
      return true;
    default:
      return has_implied_end(name);
  }
}

bool is_heading_name(Name name) {
  return name >= Name::kH1 && name <= Name::kH6;
}

Name Names::number_of(std::string_view name) {
  const Name known = kNumbers.find(name, Name::kNone);
  if (known != Name::kNone) return known;
  if (spellings_.size() >= kMaxNames) return static_cast<Name>(kKnownNames + kMaxNames - 1);
  const auto number = static_cast<Name>(kKnownNames + spellings_.size());
  const auto [found, added] = invented_.try_emplace(std::string(name), number);
  if (added) spellings_.push_back(&found->first);
  return found->second;
}

std::string_view Names::spelling(Name name) const {
  const auto number = static_cast<std::size_t>(name);
  return number < kKnownNames ? kSpellings[number] : *spellings_[number - kKnownNames];
}

}  // namespace sluice::html::parser
