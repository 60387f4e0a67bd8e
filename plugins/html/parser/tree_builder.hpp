// SPDX-License-Identifier: Apache-2.0
//
// Tokens to a tree (HTML 13.2.6), with scripting off: what stands in `<noscript>` is parsed.
#pragma once

#include <string>
#include <vector>

#include "construction.hpp"
#include "tokenizer.hpp"

namespace sluice::html::parser {

// The insertion modes, each a function of modes.hpp.
enum class Mode : std::uint8_t {
  kInitial,
  kBeforeHtml,
  kBeforeHead,
  kInHead,
  kInHeadNoscript,
  kAfterHead,
  kInBody,
  kText,
  kInTable,
  kInTableText,
  kInCaption,
  kInColumnGroup,
  kInTableBody,
  kInRow,
  kInCell,
  kInSelect,
  kInSelectInTable,
  kInTemplate,
  kAfterBody,
  kInFrameset,
  kAfterFrameset,
  kAfterAfterBody,
  kAfterAfterFrameset,
};

struct Token {
  enum class Type : std::uint8_t {
    kStart,
    kEnd,
    kBlank,  // text of blanks alone
    kText,   // other text
    kNul,
    kComment,
    kDoctype,
    kEof,
  };
  Type type;
  Name name = Name::kNone;        // of a tag
  const TagToken* tag = nullptr;  // of a tag
  std::string_view text = {};     // of text and comments
  const Doctype* doctype = nullptr;

  bool starts(Name wanted) const { return type == Type::kStart && name == wanted; }
  bool ends(Name wanted) const { return type == Type::kEnd && name == wanted; }
};

// What the modes read and change.
struct State {
  explicit State(Tree& tree) : build(tree) {}

  // 13.2.4.1: the mode that the stack of open elements asks for.
  void reset_mode();
  // The element's content is read as text, up to its end tag.
  void read_text(const Token& token, TextKind kind);
  // The current element; that around the fragment while it is the outermost.
  TreeId adjusted_current() const;
  bool is_fragment() const { return context != kDocument; }

  Construction build;
  Tokenizer* tokenizer = nullptr;
  Mode mode = Mode::kInitial;
  Mode original_mode = Mode::kInitial;  // to go back to after text
  std::vector<Mode> template_modes;
  TreeId context = kDocument;  // what a fragment stands in
  std::string table_text;      // text in a table, until it is known whether it is only blanks
  bool frameset_ok = true;
  bool quirks = false;
  bool skip_line_feed = false;  // the next character, if it is one
  bool stopped = false;
};

class TreeBuilder : public TokenSink {
 public:
  explicit TreeBuilder(Tree& tree) : tree_(tree), state_(tree) {}

  // A whole page; or the content of an element of this name (13.4).
  void parse(std::string_view text);
  void parse_fragment(std::string_view text, Space space, std::string_view context);

  void start_tag(const TagToken& tag) override;
  void end_tag(const TagToken& tag) override;
  void characters(std::string_view text) override;
  void comment(std::string_view text) override;
  void doctype(const Doctype& doctype) override;
  void end_of_file() override;
  bool allows_cdata() const override;
  bool is_full() const override { return tree_.size() >= Dom::kMaxNodes; }

 private:
  void process(Token token);
  bool belongs_to_html(const Token& token) const;
  // Whether text is kept as it is, blanks included.
  bool takes_any_text() const;
  bool is_dropped_text() const;

  Tree& tree_;
  State state_;
};

}  // namespace sluice::html::parser
