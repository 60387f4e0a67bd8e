// SPDX-License-Identifier: Apache-2.0
//
// Structured text as one fenced code block. Reads the source in pieces and parses none of it.
#pragma once

#include <sluice/plugin.hpp>
#include <string>
#include <string_view>

namespace sluice::data {

class FencedConverter : public Converter {
 public:
  // `language`: the fence's info string; lives for ever.
  explicit FencedConverter(std::string_view language) : language_(language) {}
  void convert(Job& job) override;

 protected:
  // The encoding that the text names in its first bytes, or empty.
  virtual std::string declared_charset(std::string_view /*start*/) const { return {}; }

 private:
  std::string_view language_;
};

class JsonConverter : public FencedConverter {
 public:
  JsonConverter() : FencedConverter("json") {}
  Canary canary() const override;
};

class YamlConverter : public FencedConverter {
 public:
  YamlConverter() : FencedConverter("yaml") {}
  Canary canary() const override;
};

class TomlConverter : public FencedConverter {
 public:
  TomlConverter() : FencedConverter("toml") {}
  Canary canary() const override;
};

class XmlConverter : public FencedConverter {
 public:
  XmlConverter() : FencedConverter("xml") {}
  Canary canary() const override;

 protected:
  // From the XML declaration (XML 1.0, section 2.8).
  std::string declared_charset(std::string_view start) const override;
};

}  // namespace sluice::data
