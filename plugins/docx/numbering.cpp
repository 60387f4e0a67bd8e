// SPDX-License-Identifier: Apache-2.0
#include "docx/numbering.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/list_number.hpp>
#include <utility>

#include "docx/elements.hpp"

namespace sluice::docx {
namespace {

constexpr std::int64_t kMaxStart = 1'000'000;

std::int64_t start_of(XmlNode node) {
  return std::clamp<std::int64_t>(node.attribute("w:val").as_llong(1), 0, kMaxStart);
}

int level_index(XmlNode node) {
  const int level = node.attribute("w:ilvl").as_int(-1);
  return level >= 0 && level < kLevels ? level : -1;
}

// "3." and "3)" are Markdown's; Word's lists often add blanks.
bool is_markdown_label(std::string_view text, std::int64_t number) {
  const std::string digits = std::to_string(number);
  if (!text.starts_with(digits)) return false;
  text.remove_prefix(digits.size());
  return text.empty() || text == "." || text == ")";
}

}  // namespace

Numbering::Numbering(XmlPart part) : part_(std::move(part)) {
  for (const XmlNode node : part_.root().children("w:abstractNum")) read_definition(node);
  for (const XmlNode node : part_.root().children("w:num")) read_instance(node);
}

void Numbering::add_definition(std::int32_t id, const Definition& definition) {
  definitions_.emplace(id, definition);
}

void Numbering::add_instance(std::int32_t number, const Instance& instance) {
  instances_.emplace(number, instance);
}

Numbering::Level Numbering::read_level(XmlNode node) {
  Level level;
  for (const XmlNode child : node.children()) {
    const std::string_view name = child.name();
    if (name == "w:start") {
      level.start = start_of(child);
    } else if (name == "w:numFmt") {
      level.format = value_of(child);
    } else if (name == "w:lvlText") {
      level.text = value_of(child);
    } else if (name == "w:pStyle") {
      level.style = value_of(child);
    } else if (name == "w:isLgl") {
      level.legal = is_on(child);
    } else if (name == "w:lvlRestart") {
      level.restart = std::clamp(child.attribute("w:val").as_int(0), 0, kLevels);
    } else if (name == "w:pPr") {
      level.left = indent_of(child).left;
    } else if (name == "mc:AlternateContent") {
      // Formats that Word 2010 does not know are in a choice beside a plain one.
      const XmlNode format = child.child("mc:Fallback").child("w:numFmt");
      if (format) level.format = value_of(format);
    }
  }
  return level;
}

void Numbering::read_definition(XmlNode node) {
  const std::int32_t id = node.attribute("w:abstractNumId").as_int(-1);
  Definition definition;
  for (const XmlNode child : node.children("w:lvl")) {
    if (const int level = level_index(child); level >= 0) {
      definition.levels.at(static_cast<std::size_t>(level)) = read_level(child);
    }
  }
  definition.links_to = value_of(node.child("w:numStyleLink"));
  if (const auto style = value_of(node.child("w:styleLink")); !style.empty()) {
    by_style_link_.emplace(style, id);
  }
  add_definition(id, definition);
}

void Numbering::read_instance(XmlNode node) {
  Instance instance;
  instance.definition = node.child("w:abstractNumId").attribute("w:val").as_int(-1);
  for (const XmlNode override_node : node.children("w:lvlOverride")) {
    const int level = level_index(override_node);
    if (level < 0) continue;
    const auto at = static_cast<std::size_t>(level);
    if (const XmlNode start = override_node.child("w:startOverride")) {
      instance.starts.at(at) = start_of(start);
    }
    if (const XmlNode own = override_node.child("w:lvl")) {
      instance.levels.at(at) = read_level(own);
    }
  }
  add_instance(node.attribute("w:numId").as_int(-1), instance);
}

std::int32_t Numbering::definition_of(const Instance& instance) const {
  const auto found = definitions_.find(instance.definition);
  if (found == definitions_.end()) return -1;
  const auto linked = by_style_link_.find(found->second.links_to);
  if (found->second.links_to.empty() || linked == by_style_link_.end()) return found->first;
  return definitions_.contains(linked->second) ? linked->second : found->first;
}

const Numbering::Level& Numbering::level_of(const Instance& instance, const Definition& definition,
                                            int level) {
  const auto at = static_cast<std::size_t>(level);
  return instance.levels.at(at) ? *instance.levels.at(at) : definition.levels.at(at);
}

std::int32_t Numbering::level_of_style(std::int32_t number, std::string_view style_id) const {
  const auto instance = instances_.find(number);
  if (instance == instances_.end() || style_id.empty()) return -1;
  const auto definition = definitions_.find(definition_of(instance->second));
  if (definition == definitions_.end()) return -1;
  for (int level = 0; level < kLevels; ++level) {
    if (level_of(instance->second, definition->second, level).style == style_id) return level;
  }
  return -1;
}

void Numbering::advance(std::int32_t number, const Instance& instance, Definition& definition,
                        int level) {
  const auto at = static_cast<std::size_t>(level);
  // A level that was passed over has begun with the item below it.
  for (std::size_t higher = 0; higher < at; ++higher) {
    if (std::exchange(definition.running.at(higher), true)) continue;
    definition.values.at(higher) = level_of(instance, definition, static_cast<int>(higher)).start;
  }
  const std::optional<std::int64_t> override_start = instance.starts.at(at);
  if (override_start && started_.emplace(number, level).second) {
    definition.values.at(at) = *override_start;
  } else if (definition.running.at(at)) {
    ++definition.values.at(at);
  } else {
    definition.values.at(at) = level_of(instance, definition, level).start;
  }
  definition.running.at(at) = true;
  for (int deeper = level + 1; deeper < kLevels; ++deeper) {
    const int restart = level_of(instance, definition, deeper).restart;
    // A stated level restarts only after one as high as it says (17.9.11).
    const bool restarts = restart < 0 || (restart > 0 && level < restart);
    if (restarts) definition.running.at(static_cast<std::size_t>(deeper)) = false;
  }
}

std::string Numbering::label_text(const Instance& instance, const Definition& definition,
                                  int level) {
  const Level& own = level_of(instance, definition, level);
  std::string text;
  for (std::size_t i = 0; i < own.text.size(); ++i) {
    const bool place = own.text[i] == '%' && i + 1 < own.text.size() &&
                       is_ascii_digit(own.text[i + 1]) && own.text[i + 1] != '0';
    if (!place) {
      text += own.text[i];
      continue;
    }
    const int of = own.text[++i] - '1';
    const Level& counted = level_of(instance, definition, of);
    const auto at = static_cast<std::size_t>(of);
    const std::int64_t value = definition.running.at(at) ? definition.values.at(at) : counted.start;
    text += list_number(value, own.legal && counted.format != "none" ? "decimal" : counted.format);
  }
  return text;
}

std::optional<Label> Numbering::count(std::int32_t number, std::int32_t level) {
  const auto found = instances_.find(number);
  if (found == instances_.end()) return std::nullopt;
  const Instance& instance = found->second;
  const std::int32_t id = definition_of(instance);
  if (id < 0) return std::nullopt;
  Definition& definition = definitions_.at(id);
  level = std::clamp(level, 0, kLevels - 1);
  advance(number, instance, definition, level);
  const Level& own = level_of(instance, definition, level);
  Label label;
  label.definition = id;
  label.number = definition.values.at(static_cast<std::size_t>(level));
  label.left = own.left == Indent::kUnset ? 720 * (level + 1) : own.left;
  if (own.format == "bullet") {
    // Writers continue an item by one with a blank for its bullet.
    label.text = own.text;
    const bool blank =
        !own.text.empty() && own.text.find_first_not_of(' ') == std::string_view::npos;
    if (blank) label.kind = LabelKind::kNone;
    return label;
  }
  label.text = label_text(instance, definition, level);
  while (label.text.ends_with(' ')) label.text.pop_back();
  if (label.text.empty()) {
    label.kind = LabelKind::kNone;
  } else if (own.text.find('%') == std::string_view::npos) {
    label.kind = own.format == "none" ? LabelKind::kLiteral : LabelKind::kBullet;
  } else {
    label.kind =
        is_markdown_label(label.text, label.number) ? LabelKind::kNumber : LabelKind::kLiteral;
  }
  return label;
}

}  // namespace sluice::docx
