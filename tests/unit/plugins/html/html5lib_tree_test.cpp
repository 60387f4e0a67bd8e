// SPDX-License-Identifier: Apache-2.0
//
// The tree builder against the tests that browsers share (html5lib-tests, tree-construction), all
// but those with scripting on. Names within SVG and MathML are compared in lower case, as the
// parser keeps them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "html/parser/tree_builder.hpp"
#include "kit/corpus.h"
#include "kit/files.h"

namespace sluice {
namespace {

using namespace html::parser;

// One test: sections by their names ("#data"), each without its last line end.
using Case = std::map<std::string, std::string>;

std::vector<Case> cases_in(const std::filesystem::path& file) {
  std::vector<Case> cases;
  std::istringstream lines(test::read_file(file));
  const std::set<std::string> sections = {"#data",      "#errors",    "#new-errors",
                                          "#document",  "#script-on", "#document-fragment",
                                          "#script-off"};
  std::string* section = nullptr;
  for (std::string line; std::getline(lines, line);) {
    if (sections.count(line) != 0) {
      if (line == "#data") cases.emplace_back();
      section = &cases.back()[line];
    } else if (section != nullptr) {
      *section += line + "\n";
    }
  }
  for (Case& one : cases) {
    for (auto& entry : one) {
      if (!entry.second.empty()) entry.second.pop_back();
    }
    std::string& document = one["#document"];
    while (document.ends_with('\n')) document.pop_back();
  }
  return cases;
}

std::string in_lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
  return text;
}

bool is_attribute(const std::string& line) {
  const std::size_t begin = line.find_first_not_of(' ', 1);
  if (!line.starts_with("| ") || begin == std::string::npos) return false;
  return line[begin] != '<' && line[begin] != '"' && line.find("=\"") != std::string::npos;
}

// The names of a line of the expected tree in lower case.
std::string normal(const std::string& line) {
  const std::size_t begin = line.find_first_not_of(' ', 1);
  if (!line.starts_with("| ") || begin == std::string::npos) return line;
  if (line.compare(begin, 5, "<svg ") == 0 || line.compare(begin, 6, "<math ") == 0) {
    return in_lower_case(line);
  }
  const std::size_t equals = line.find("=\"");
  return is_attribute(line) ? in_lower_case(line.substr(0, equals)) + line.substr(equals) : line;
}

// The same of a whole tree; an element's attributes stay sorted.
std::string normal_tree(const std::string& tree) {
  std::istringstream lines(tree);
  std::string out;
  std::set<std::string> attributes;
  const auto flush = [&] {
    for (const std::string& attribute : attributes) out += attribute + "\n";
    attributes.clear();
  };
  for (std::string line; std::getline(lines, line);) {
    if (is_attribute(line)) {
      attributes.insert(normal(line));
      continue;
    }
    flush();
    out += normal(line) + "\n";
  }
  flush();
  return out;
}

class Dump {
 public:
  explicit Dump(const Tree& tree) : tree_(tree) {}

  std::string children(TreeId parent, int depth) {
    for (TreeId id = tree_[parent].first_child; id != kDocument; id = tree_[id].next) {
      node(id, depth);
    }
    end_text();
    return out_;
  }

 private:
  void line(int depth, const std::string& text) {
    end_text();
    out_ += "| " + std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n";
  }
  void end_text() {
    if (text_.empty()) return;
    const std::string text = std::exchange(text_, {});
    line(text_depth_, "\"" + text + "\"");
  }

  void node(TreeId id, int depth) {
    const std::string text(tree_[id].kind == Kind::kElement ? "" : tree_.text(id));
    switch (tree_[id].kind) {
      case Kind::kElement:
        element(id, depth);
        break;
      case Kind::kText:
        text_ += text;
        text_depth_ = depth;
        break;
      case Kind::kComment:
        line(depth, "<!-- " + text + " -->");
        break;
      default:
        line(depth, "<!DOCTYPE " + text + ">");
    }
  }

  void element(TreeId id, int depth) {
    const TreeNode& node = tree_[id];
    const bool foreign = node.space != Space::kHtml;
    const std::string prefix = !foreign ? "" : node.space == Space::kSvg ? "svg " : "math ";
    line(depth, "<" + prefix + std::string(tree_.names().spelling(node.name)) + ">");
    std::map<std::string, std::string> attributes;
    for (std::size_t i = 0; i < node.length; ++i) {
      const Tree::Spelled attribute = tree_.attribute(id, i);
      std::string name(attribute.name);
      for (const std::string_view space : {"xlink:", "xml:", "xmlns:"}) {
        if (foreign && name.starts_with(space)) name[space.size() - 1] = ' ';
      }
      attributes[name] = attribute.value;
    }
    for (const auto& [name, value] : attributes) line(depth + 1, name + "=\"" + value + "\"");
    const bool is_template = node.name == Name::kTemplate && !foreign;
    if (is_template) line(depth + 1, "content");
    children(id, depth + (is_template ? 2 : 1));
  }

  const Tree& tree_;
  std::string out_;
  std::string text_;
  int text_depth_ = 0;
};

std::string tree_of(const Case& test) {
  std::string data = test.at("#data");
  normalize_line_ends(data);
  Tree tree(Keep::kEverything);
  TreeBuilder builder(tree);
  const auto fragment = test.find("#document-fragment");
  if (fragment == test.end()) {
    builder.parse(data);
    return Dump(tree).children(kDocument, 0);
  }
  std::string context = fragment->second;
  Space space = Space::kHtml;
  if (context.starts_with("svg ")) space = Space::kSvg;
  if (context.starts_with("math ")) space = Space::kMathml;
  context = in_lower_case(context.substr(context.find(' ') + 1));
  builder.parse_fragment(data, space, context);
  return Dump(tree).children(tree[kDocument].first_child, 0);
}

TEST(Html5lib, TreeConstruction) {
  const auto folder = test::corpus("html5lib");
  if (!folder) GTEST_SKIP() << "no corpus";
  int run = 0;
  int right = 0;
  for (const auto& file : std::filesystem::directory_iterator(*folder / "tree-construction")) {
    if (file.path().extension() != ".dat") continue;
    for (const Case& test : cases_in(file.path())) {
      if (test.count("#script-on") != 0) continue;
      const std::string expected = normal_tree(test.at("#document"));
      const std::string seen = tree_of(test);
      ++run;
      if (seen == expected) {
        ++right;
      } else {
        std::cout << file.path().filename() << ": " << test.at("#data") << "\n--- expected\n"
                  << expected << "--- seen\n"
                  << seen;
      }
    }
  }
  std::cout << "tree construction: " << right << " of " << run << " right\n";
  EXPECT_GT(run, 1500);
  EXPECT_EQ(right, run);
}

}  // namespace
}  // namespace sluice
