// SPDX-License-Identifier: Apache-2.0
//
// The tokenizer against the tests that browsers share (html5lib-tests, tokenizer). Parse errors are
// not compared: nobody sees them.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sluice/utf8.hpp>
#include <string>

#include "html/parser/tokenizer.hpp"
#include "kit/corpus.h"
#include "kit/files.h"

namespace sluice {
namespace {

using nlohmann::json;
using namespace html::parser;

// Writes tokens as the tests do.
class TokenList : public TokenSink {
 public:
  void start_tag(const TagToken& tag) override {
    json attributes = json::object();
    for (std::size_t i = 0; i < tag.attributes(); ++i) {
      attributes[std::string(tag.attribute_name(i))] = std::string(tag.attribute_value(i));
    }
    json token = {"StartTag", std::string(tag.name()), attributes};
    if (tag.self_closing()) token.push_back(true);
    tokens.push_back(token);
  }
  void end_tag(const TagToken& tag) override {
    tokens.push_back({"EndTag", std::string(tag.name())});
  }
  void characters(std::string_view text) override {
    if (tokens.empty() || tokens.back()[0] != "Character") tokens.push_back({"Character", ""});
    tokens.back()[1] = tokens.back()[1].get<std::string>() + std::string(text);
  }
  void comment(std::string_view text) override { tokens.push_back({"Comment", std::string(text)}); }
  void doctype(const Doctype& doctype) override {
    const auto id = [](bool has, const std::string& value) { return has ? json(value) : json(); };
    tokens.push_back({"DOCTYPE", id(doctype.has_name, doctype.name),
                      id(doctype.has_public_id, doctype.public_id),
                      id(doctype.has_system_id, doctype.system_id), !doctype.force_quirks});
  }
  void end_of_file() override {}
  bool allows_cdata() const override { return cdata; }
  bool is_full() const override { return false; }

  json tokens = json::array();
  bool cdata = false;
};

// `\uXXXX` in text that is escaped twice; half a pair stands for itself, in three bytes.
std::string unescaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\\u") != 0) {
      out += text[i];
      continue;
    }
    const auto code = static_cast<unsigned>(std::stoul(text.substr(i + 2, 4), nullptr, 16));
    i += 5;
    if (code >= 0xD800 && code < 0xE000) {
      out += static_cast<char>(0xE0 | code >> 12);
      out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
      append_utf8(out, code);
    }
  }
  return out;
}

json unescaped(const json& value) {
  if (value.is_string()) return unescaped(value.get<std::string>());
  if (!value.is_array()) return value;
  json out = json::array();
  for (const json& one : value) out.push_back(unescaped(one));
  return out;
}

json tokens_of(std::string input, const std::string& state, const std::string& last_tag) {
  TokenList list;
  if (state == "CDATA section state") {
    list.cdata = true;
    input.insert(0, "<![CDATA[");
  }
  normalize_line_ends(input);
  Tokenizer tokenizer(input, list);
  if (state == "PLAINTEXT state") tokenizer.switch_to(TextKind::kPlaintext, last_tag);
  if (state == "RCDATA state") tokenizer.switch_to(TextKind::kRcdata, last_tag);
  if (state == "RAWTEXT state") tokenizer.switch_to(TextKind::kRawtext, last_tag);
  if (state == "Script data state") tokenizer.switch_to(TextKind::kScript, last_tag);
  tokenizer.run();
  return list.tokens;
}

TEST(Html5lib, Tokenizer) {
  const auto folder = test::corpus("html5lib");
  if (!folder) GTEST_SKIP() << "no corpus";
  int run = 0;
  int right = 0;
  for (const auto& file : std::filesystem::directory_iterator(*folder / "tokenizer")) {
    const json all = json::parse(test::read_file(file.path()));
    if (!all.contains("tests")) continue;  // of another kind of output: xmlViolation
    for (const json& one : all["tests"]) {
      const bool twice = one.value("doubleEscaped", false);
      const std::string input = one["input"];
      const json states = one.value("initialStates", json::array({"Data state"}));
      for (const std::string state : states) {
        const json expected = twice ? unescaped(one["output"]) : one["output"];
        const json seen = tokens_of(twice ? unescaped(input) : input, state,
                                    one.value("lastStartTag", std::string()));
        ++run;
        if (seen == expected) {
          ++right;
        } else {
          std::cout << file.path().filename() << ": " << one["description"] << " (" << state
                    << ")\n  expected "
                    << expected.dump(-1, ' ', true, json::error_handler_t::replace)
                    << "\n  seen     " << seen.dump(-1, ' ', true, json::error_handler_t::replace)
                    << "\n";
        }
      }
    }
  }
  std::cout << "tokenizer: " << right << " of " << run << " right\n";
  EXPECT_GT(run, 6000);
  EXPECT_EQ(right, run);
}

}  // namespace
}  // namespace sluice
