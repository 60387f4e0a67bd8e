// SPDX-License-Identifier: Apache-2.0
//
// What styles say that Markdown can show (ODF 1.3, part 3, 16). A style states some things and
// inherits the others from its parent; all of a name are resolved once.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::odf {

enum class Toggle : std::uint8_t { kUnset, kOff, kOn };
enum class Vertical : std::uint8_t { kUnset, kBaseline, kSubscript, kSuperscript };

struct TextLook {
  Toggle bold = Toggle::kUnset;
  Toggle italic = Toggle::kUnset;
  Toggle underline = Toggle::kUnset;
  Toggle strike = Toggle::kUnset;
  Toggle highlight = Toggle::kUnset;
  Toggle monospaced = Toggle::kUnset;
  Toggle hidden = Toggle::kUnset;
  Vertical vertical = Vertical::kUnset;
};
TextLook over(const TextLook& base, const TextLook& stated);

enum class Role : std::uint8_t { kPlain, kTitle, kQuote, kCode, kRule };

struct ParagraphStyle {
  TextLook look;
  Role role = Role::kPlain;
  int heading = 0;     // of a style that makes headings of paragraphs; 0: no heading
  std::string list;    // the style of its numbers, or empty
  int list_level = 0;  // where it is numbered without standing in a list
  bool begins_page = false;
  bool named_code = false;  // code by its name, not by its font alone
};

inline constexpr int kListLevels = 10;                       // 16.30
inline constexpr std::int64_t kMaxListNumber = 999'999'999;  // of Markdown

struct ListLevel {
  enum class Kind : std::uint8_t { kBullet, kNumber, kNone };
  Kind kind = Kind::kBullet;
  std::string format;  // style:num-format: "1", "a", "i", ...
  std::string prefix;
  std::string suffix;
  int shown_levels = 1;
  std::int64_t start = 1;
};
using ListStyle = std::array<ListLevel, kListLevels>;

class Styles {
 public:
  Styles() = default;
  // `roots`: of content and of styles; what stands first wins. They must outlive it.
  explicit Styles(const std::vector<XmlNode>& roots);

  const ParagraphStyle& paragraph(std::string_view name);
  const TextLook& text(std::string_view name);
  // nullptr if there is none of this name.
  const ListStyle* list(std::string_view name);
  // Of headings (text:outline-style); nullptr if they have no numbers.
  const ListStyle* outline();
  // The properties element of a style itself or of the next ancestor that has it: for families that
  // are asked once (sections, slides).
  XmlNode properties(std::string_view family, std::string_view name, const char* element) const;

 private:
  using Key = std::pair<std::string_view, std::string_view>;  // family and name
  void read(XmlNode parent);
  XmlNode find(std::string_view family, std::string_view name) const;
  std::vector<XmlNode> chain(std::string_view family, std::string_view name) const;
  TextLook look_of(XmlNode style) const;
  bool is_monospaced(XmlNode properties) const;

  std::map<Key, XmlNode> by_name_;
  std::map<std::string_view, XmlNode> defaults_;  // by family
  std::map<std::string_view, XmlNode> lists_;
  std::map<std::string_view, XmlNode> fonts_;
  XmlNode outline_;
  std::map<std::string, ParagraphStyle, std::less<>> paragraphs_;
  std::map<std::string, TextLook, std::less<>> texts_;
  std::map<std::string, std::optional<ListStyle>, std::less<>> read_lists_;
};

}  // namespace sluice::odf
