// SPDX-License-Identifier: Apache-2.0
//
// JSON as notebook programs write it, and safe ways to look into it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::notebook {

// A value within a JsonDocument, which must outlive it. What is not there is null, whose members
// are null.
class JsonValue {
 public:
  JsonValue() = default;

  bool is_null() const;
  bool is_array() const;
  bool is_object() const;
  bool is_number() const;
  std::optional<std::int64_t> integer() const;
  // A text: a string, or a list of strings in order; empty for anything else.
  std::string text() const;
  std::string text_of(std::string_view key) const { return member(key).text(); }
  JsonValue member(std::string_view key) const;
  // Of an array; of an object with their keys, in the order of the keys. Empty for anything else.
  std::vector<JsonValue> items() const;
  std::vector<std::pair<std::string, JsonValue>> members() const;
  // As JSON, with indents.
  std::string written() const;

 private:
  friend class JsonDocument;
  explicit JsonValue(const void* node) : node_(node) {}
  const void* node_ = nullptr;  // of the library's tree
};

class JsonDocument {
 public:
  // Parses `text` (UTF-8). Takes what Python writes and JSON does not have: NaN, Infinity, halves
  // of surrogate pairs, control characters in strings. Throws Failure: malformed; limit, if it is
  // nested deeper than a notebook can be.
  explicit JsonDocument(const std::string& text);
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;
  ~JsonDocument();

  JsonValue root() const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace sluice::notebook
