// SPDX-License-Identifier: Apache-2.0
//
// What the tokenizer finds, and who takes it (HTML 13.2.5).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::html::parser {

// A tag's name and attributes; names are in lower case, references in values are resolved.
class TagToken {
 public:
  // More attributes than that are left out: parsers compare each with all before it. Of a million
  // real tags, none has more than some forty.
  static constexpr std::size_t kMaxAttributes = 128;

  std::string_view name() const { return std::string_view(text_).substr(0, name_length_); }
  std::size_t attributes() const { return attributes_.size(); }
  std::string_view attribute_name(std::size_t i) const {
    return std::string_view(text_).substr(attributes_[i].begin, attributes_[i].value);
  }
  std::string_view attribute_value(std::size_t i) const {
    return std::string_view(text_).substr(attributes_[i].begin + attributes_[i].value,
                                          attributes_[i].length);
  }
  // The value of an attribute; `otherwise` if there is none.
  std::string_view value_of(std::string_view name, std::string_view otherwise = {}) const;
  bool has(std::string_view name) const;
  bool self_closing() const { return self_closing_; }

 private:
  friend class TagReader;
  struct Attribute {
    std::size_t begin = 0;   // of the name, in `text_`
    std::size_t value = 0;   // how long the name is: the value follows it
    std::size_t length = 0;  // of the value
  };

  std::string text_;  // the name; then names and values of attributes
  std::size_t name_length_ = 0;
  std::vector<Attribute> attributes_;
  bool self_closing_ = false;
};

struct Doctype {
  std::string name;
  std::string public_id;
  std::string system_id;
  bool has_name = false;
  bool has_public_id = false;
  bool has_system_id = false;
  bool force_quirks = false;
};

// Who takes the tokens. What it is given lives until the call ends.
class TokenSink {
 public:
  virtual ~TokenSink() = default;
  virtual void start_tag(const TagToken& tag) = 0;
  virtual void end_tag(const TagToken& tag) = 0;
  // Never empty; text may come in several pieces, and holds NULs where the page does.
  virtual void characters(std::string_view text) = 0;
  virtual void comment(std::string_view text) = 0;
  virtual void doctype(const Doctype& doctype) = 0;
  virtual void end_of_file() = 0;
  // Whether a CDATA section may begin here: only within SVG and MathML.
  virtual bool allows_cdata() const = 0;
  // Whether the rest of the page is of no interest.
  virtual bool is_full() const = 0;
};

}  // namespace sluice::html::parser
