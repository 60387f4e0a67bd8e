// SPDX-License-Identifier: Apache-2.0
#include "markdown/yaml_entry.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <streambuf>
#include <utility>

namespace sluice::markdown_plugin {
namespace {

// What ends the reading: the entry is more than a field of metadata.
struct NotFlat {};

// Follows the events of one document: a mapping with one name and one value or flat list.
class EntryReader : public YAML::EventHandler {
 public:
  YamlEntry result() && {
    if (!is_complete_) entry_.kind = YamlEntry::Kind::kOther;
    return std::move(entry_);
  }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override { is_complete_ = state_ == State::kEnd; }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { throw NotFlat(); }
  void OnAnchor(const YAML::Mark&, const std::string&) override { throw NotFlat(); }

  void OnNull(const YAML::Mark&, YAML::anchor_t) override {
    if (state_ != State::kValue) throw NotFlat();
    entry_.kind = YamlEntry::Kind::kNull;
    state_ = State::kAfterValue;
  }

  void OnScalar(const YAML::Mark&, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    // "?" and "!": the plain and the quoted scalar without a tag.
    if (tag != "?" && tag != "!") throw NotFlat();
    switch (state_) {
      case State::kName:
        entry_.name = line_of(value);
        state_ = State::kValue;
        return;
      case State::kValue:
        entry_.value = line_of(value);
        entry_.kind = YamlEntry::Kind::kText;
        state_ = State::kAfterValue;
        return;
      case State::kList:
        entry_.value.append(entry_.value.empty() ? "" : ", ").append(line_of(value));
        if (value.empty()) throw NotFlat();
        return;
      default:
        throw NotFlat();
    }
  }

  void OnSequenceStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    if (state_ != State::kValue || (tag != "?" && !tag.empty())) throw NotFlat();
    entry_.kind = YamlEntry::Kind::kText;
    state_ = State::kList;
  }
  void OnSequenceEnd() override { state_ = State::kAfterValue; }

  void OnMapStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    if (state_ != State::kStart || (tag != "?" && !tag.empty())) throw NotFlat();
    state_ = State::kName;
  }
  void OnMapEnd() override {
    if (state_ != State::kAfterValue) throw NotFlat();
    state_ = State::kEnd;
  }

 private:
  enum class State : std::uint8_t { kStart, kName, kValue, kList, kAfterValue, kEnd };

  // A value of one line, without the line end that a folded one (`>`) has.
  static std::string line_of(std::string_view value) {
    while (value.ends_with('\n')) value.remove_suffix(1);
    const bool is_line = std::none_of(value.begin(), value.end(), [](char c) {
      return static_cast<unsigned char>(c) < ' ' && c != '\t';
    });
    if (!is_line) throw NotFlat();
    return std::string(trimmed(value));
  }

  YamlEntry entry_;
  State state_ = State::kStart;
  bool is_complete_ = false;
};

// The bytes of a text as a stream, without a copy.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* const begin = const_cast<char*>(text.data());  // only read, as istream reads
    setg(begin, begin, begin + text.size());
  }
};

// yaml-cpp takes U+0004 for the end of its input, and would lose what follows.
bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n';
  });
}

bool is_simple_name(std::string_view name) {
  return !name.empty() && is_ascii_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_ascii_alphanumeric(c) || c == '_' || c == '-'; });
}

// A plain scalar that can be nothing else in YAML (1.2, 7.3.3): it begins with a letter or a digit,
// and has no `: ` and no `#`.
bool is_simple_plain(std::string_view value) {
  if (!is_ascii_alphanumeric(value.front())) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool ends_name = value[i] == ':' && (i + 1 == value.size() || value[i + 1] == ' ');
    if (ends_name || value[i] == '#' || static_cast<unsigned char>(value[i]) < ' ') return false;
  }
  return value != "null" && value != "Null" && value != "NULL";
}

}  // namespace

std::optional<YamlEntry> read_simple_entry(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.substr(colon, 2) != ": ") return std::nullopt;
  const std::string_view name = text.substr(0, colon);
  std::string_view value = trimmed(text.substr(colon + 1), " ");
  if (!is_simple_name(name) || value.empty()) return std::nullopt;
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
    const bool is_verbatim = std::none_of(value.begin(), value.end(), [](char c) {
      return c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' ';
    });
    if (!is_verbatim) return std::nullopt;
    value = trimmed(value);
  } else if (!is_simple_plain(value)) {
    return std::nullopt;
  }
  return YamlEntry{
      .kind = YamlEntry::Kind::kText, .name = std::string(name), .value = std::string(value)};
}

YamlEntry read_yaml_entry(std::string_view text) {
  if (has_control_characters(text)) return {};
  EntryReader reader;
  try {
    TextBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(reader)) return {};
    return std::move(reader).result();
  } catch (const NotFlat&) {
    return {};
  } catch (const YAML::Exception&) {
    return {};
  }
}

}  // namespace sluice::markdown_plugin
