// SPDX-License-Identifier: Apache-2.0
//
// Lists and numbers (ECMA-376, part 1, 17.9): what numbering.xml (or the list tables of RTF, which
// are the same model) define, and the counters that run along with the document.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <sluice/xml.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "docx/styles.hpp"

namespace sluice::docx {

inline constexpr int kLevels = 9;

enum class LabelKind : std::uint8_t {
  kBullet,
  kNumber,   // what Markdown can write: "3." or "3)"
  kLiteral,  // anything else: "a)", "iv.", "1.2", "Article 5"
  kNone,     // a paragraph that is counted and shows nothing
};

struct Label {
  LabelKind kind = LabelKind::kBullet;
  std::int64_t number = 0;
  std::string text;             // as the document shows it
  std::int32_t left = 0;        // where the item's text begins, in twentieths of a point
  std::int32_t definition = 0;  // the abstract definition: items of one list share it
};

class Numbering {
 public:
  struct Level {
    std::int64_t start = 1;
    std::string_view format = "decimal";
    std::string_view text;
    std::string_view style;
    bool legal = false;
    int restart = -1;  // -1: after any higher level; 0: never
    std::int32_t left = Indent::kUnset;
  };
  struct Definition {
    std::array<Level, kLevels> levels;
    std::array<std::int64_t, kLevels> values{};
    std::array<bool, kLevels> running{};
    std::string_view links_to;  // numStyleLink: the definition stands elsewhere
  };
  struct Instance {
    std::int32_t definition = -1;
    std::array<std::optional<std::int64_t>, kLevels> starts;  // startOverride
    std::array<std::optional<Level>, kLevels> levels;         // lvlOverride with a level of its own
  };

  // `part`: numbering.xml, or a part without root.
  explicit Numbering(XmlPart part);
  // Without definitions: for formats that store them in another form (RTF).
  Numbering() = default;
  // The text that a definition refers to must outlive this. An id counts once.
  void add_definition(std::int32_t id, const Definition& definition);
  void add_instance(std::int32_t number, const Instance& instance);

  // Counts one paragraph at `level` of list `number` and returns its label; nothing if there is no
  // such list.
  std::optional<Label> count(std::int32_t number, std::int32_t level);
  // The level of list `number` that is linked to a paragraph style (17.9.23), or -1.
  std::int32_t level_of_style(std::int32_t number, std::string_view style_id) const;

 private:
  static Level read_level(XmlNode node);
  void read_definition(XmlNode node);
  void read_instance(XmlNode node);
  // The id of the definition that an instance uses in the end, or -1.
  std::int32_t definition_of(const Instance& instance) const;
  static const Level& level_of(const Instance& instance, const Definition& definition, int level);
  void advance(std::int32_t number, const Instance& instance, Definition& definition, int level);
  static std::string label_text(const Instance& instance, const Definition& definition, int level);

  XmlPart part_;
  std::unordered_map<std::int32_t, Definition> definitions_;
  std::unordered_map<std::int32_t, Instance> instances_;
  std::unordered_map<std::string_view, std::int32_t> by_style_link_;
  std::set<std::pair<std::int32_t, int>> started_;  // start overrides that have taken effect
};

}  // namespace sluice::docx
