// SPDX-License-Identifier: Apache-2.0
#include "markdown/yaml_check.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sstream>
#include <string>
#include <vector>

namespace sluice::markdown_plugin {
namespace {

// What ends the reading: the text is no mapping that every tool reads alike.
struct NotReadable {};

// Notes nest two or three deep; what nests deeper was written to bring a reader down.
constexpr std::size_t kMaxDepth = 64;

// An entry behind the text: an open quote or bracket would take it in, and the host's fields with
// it. yaml-cpp lets the end of the text close a quote.
constexpr std::string_view kEnd = "sluice_end";

// Follows the events of one document: a block mapping at the top, with names that are scalars.
class MappingReader : public YAML::EventHandler {
 public:
  // Whether the document ended with the entry `kEnd`.
  bool is_whole() const { return is_whole_ && last_name_ == kEnd; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override { is_whole_ = has_mapping_ && open_.empty(); }
  void OnNull(const YAML::Mark&, YAML::anchor_t) override { value("~"); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { value("*"); }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string& text) override {
    value(text);
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(Open::kList);
  }
  void OnSequenceEnd() override { open_.pop_back(); }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value style) override {
    const bool is_top = open_.empty() && !has_mapping_;
    if (is_top && style == YAML::EmitterStyle::Flow) throw NotReadable();
    if (is_top) {
      has_mapping_ = true;
      open_.push_back(Open::kName);
    } else {
      open(Open::kName);
    }
  }
  void OnMapEnd() override { open_.pop_back(); }

 private:
  // What comes next in a list or a mapping that has not ended.
  enum class Open : std::uint8_t { kList, kName, kValue };

  // A list or a mapping is a value, never a name: many readers have no names but texts.
  void open(Open what) {
    if (open_.empty() || open_.back() == Open::kName || open_.size() >= kMaxDepth) {
      throw NotReadable();
    }
    if (open_.back() == Open::kValue) open_.back() = Open::kName;
    open_.push_back(what);
  }
  void value(const std::string& text) {
    if (open_.empty()) throw NotReadable();
    if (open_.size() == 1 && open_.back() == Open::kName) {
      if (!names_.insert(text).second) throw NotReadable();
      last_name_ = text;
    }
    if (open_.back() != Open::kList) {
      open_.back() = open_.back() == Open::kName ? Open::kValue : Open::kName;
    }
  }

  std::set<std::string> names_;
  std::string last_name_;
  std::vector<Open> open_;
  bool has_mapping_ = false;
  bool is_whole_ = false;
};

bool is_simple_name(std::string_view name) {
  return !name.empty() && is_ascii_letter(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_ascii_alphanumeric(c) || c == '_' || c == '-'; });
}

// A plain scalar that is one in every reader (YAML 1.2, 7.3.3): it begins with a letter or a digit,
// and has no `: ` and no `#`.
bool is_simple_plain(std::string_view value) {
  if (!is_ascii_alphanumeric(value.front())) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool ends_name = value[i] == ':' && (i + 1 == value.size() || value[i + 1] == ' ');
    if (ends_name || value[i] == '#' || static_cast<unsigned char>(value[i]) < ' ') return false;
  }
  return true;
}

}  // namespace

std::optional<std::string_view> simple_entry_name(std::string_view entry) {
  if (entry.ends_with('\n')) entry.remove_suffix(1);
  const std::size_t colon = entry.find(':');
  if (colon == std::string_view::npos || entry.substr(colon, 2) != ": ") return std::nullopt;
  const std::string_view name = entry.substr(0, colon);
  const std::string_view value = trimmed(entry.substr(colon + 1), " ");
  if (!is_simple_name(name) || value.empty()) return std::nullopt;
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    const std::string_view inner = value.substr(1, value.size() - 2);
    const bool is_verbatim = std::none_of(inner.begin(), inner.end(), [](char c) {
      return c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' ';
    });
    if (!is_verbatim) return std::nullopt;
  } else if (!is_simple_plain(value)) {
    return std::nullopt;
  }
  return name;
}

bool is_yaml_mapping(std::string_view text) {
  MappingReader reader;
  try {
    std::istringstream stream(std::string(text) + std::string(kEnd) + ": 1\n");
    YAML::Parser parser(stream);
    return parser.HandleNextDocument(reader) && reader.is_whole() &&
           !parser.HandleNextDocument(reader);
  } catch (const NotReadable&) {
    return false;
  } catch (const YAML::Exception&) {
    return false;
  }
}

}  // namespace sluice::markdown_plugin
