// Front matter of any shape keeps its names, values and types: what the knowledge base holds means
// what the source meant, for YAML and for TOML, on generated trees.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <random>

#include "unit/plugins/markdown/markdown_run.h"

namespace sluice::markdown_plugin {
namespace {

const std::vector<std::string> kTexts = {
    "plain",    "true", "No",         "null",        "~",           "2024-02-03",
    "12",       "0x1F", "1e3",        "a: b",        "x #y",        "# z",
    "- a",      "it's", "say \"hi\"", "back\\slash", "caf\xC3\xA9", "\xE6\x97\xA5\xE6\x9C\xAC",
    " padded ", "",     "[a]",        "{a}",         "&a",          "*a",
    "!t",       "%d",   "@me",        "`c`",         "two\nlines",  "tab\there",
    "12:30:00", "?",    "---",        "..."};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t most) { return engine_() % most; }
  const std::string& text() { return kTexts[below(kTexts.size())]; }

 private:
  std::mt19937 engine_;
};

// A value as YAML spells it, in a random style.
void emit(YAML::Emitter& out, Random& random, int depth) {
  switch (random.below(depth > 3 ? 5 : 7)) {
    case 0:
      out << static_cast<long long>(random.below(1'000'000)) - 500'000;
      return;
    case 1:
      out << (random.below(2) == 0);
      return;
    case 2:
      out << YAML::Null;
      return;
    case 3:
      out << static_cast<double>(random.below(1000)) / 8;
      return;
    case 4:
      if (random.below(3) == 0)
        out << YAML::Literal;
      else if (random.below(2) == 0)
        out << YAML::SingleQuoted;
      else
        out << YAML::DoubleQuoted;
      out << random.text();
      return;
    case 5: {
      if (random.below(2) == 0) out << YAML::Flow;
      out << YAML::BeginSeq;
      for (std::size_t i = random.below(4); i > 0; --i) emit(out, random, depth + 1);
      out << YAML::EndSeq;
      return;
    }
    default: {
      if (random.below(3) == 0) out << YAML::Flow;
      out << YAML::BeginMap;
      for (std::size_t i = random.below(4); i > 0; --i) {
        out << YAML::Key << "k" + std::to_string(i) << YAML::Value;
        emit(out, random, depth + 1);
      }
      out << YAML::EndMap;
    }
  }
}

TEST(FrontMatterTypes, YamlOfAnyShapeStaysToTheByte) {
  std::size_t handed_over = 0;
  constexpr unsigned kRounds = 3000;
  for (unsigned seed = 0; seed < kRounds; ++seed) {
    Random random(seed);
    YAML::Emitter out;
    out << YAML::BeginMap;
    for (std::size_t i = 1 + random.below(6); i > 0; --i) {
      out << YAML::Key << "name" + std::to_string(i) << YAML::Value;
      emit(out, random, 0);
    }
    out << YAML::EndMap;
    const std::string yaml = std::string(out.c_str()) + "\n";
    // yaml-cpp itself writes a few literal blocks that it cannot read back.
    try {
      YAML::Load(yaml);
    } catch (const YAML::Exception&) {
      continue;
    }
    Sample run("---\n" + yaml + "---\nBody\n");
    const std::string markdown = run.markdown();
    if (run.job.front_matter() != yaml) {
      // Not one word is lost where a line could end the front matter for another tool.
      EXPECT_NE(markdown.find("```yaml\n"), std::string::npos) << yaml;
      continue;
    }
    ++handed_over;
    EXPECT_EQ(markdown, "Body\n") << yaml;
  }
  EXPECT_GT(handed_over, kRounds * 9 / 10);
}

// --- TOML, with the value that each text must have in YAML beside it ---

struct Both {
  std::string toml;
  YAML::Node yaml;
  std::string tag;  // of a scalar: "?" plain, "!" quoted text
};

std::string toml_text(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + '"';
}

Both toml_value(Random& random, int depth) {
  const auto scalar = [](const std::string& toml, const std::string& yaml) {
    return Both{toml, YAML::Node(yaml), "?"};
  };
  switch (random.below(depth > 3 ? 6 : 8)) {
    case 0: {
      const std::string number =
          std::to_string(static_cast<long>(random.below(1u << 30)) - 500'000);
      return scalar(number, number);
    }
    case 1:
      return random.below(2) == 0 ? scalar("true", "true") : scalar("false", "false");
    case 2:
      return random.below(2) == 0 ? scalar("0.5", "0.5") : scalar("-inf", "-.inf");
    case 3:
      return random.below(2) == 0 ? scalar("1979-05-27", "1979-05-27")
                                  : scalar("1979-05-27T07:32:00Z", "1979-05-27T07:32:00Z");
    case 4:
    case 5: {
      const std::string& text = random.text();
      return {toml_text(text), YAML::Node(text), "text"};
    }
    case 6: {
      Both out{"[", YAML::Node(YAML::NodeType::Sequence), ""};
      for (std::size_t i = random.below(4); i > 0; --i) {
        const Both item = toml_value(random, depth + 1);
        out.toml += item.toml + ", ";
        out.yaml.push_back(item.yaml);
      }
      out.toml += "]";
      return out;
    }
    default: {
      Both out{"{", YAML::Node(YAML::NodeType::Map), ""};
      const std::size_t size = random.below(4);
      for (std::size_t i = 0; i < size; ++i) {
        const Both item = toml_value(random, depth + 1);
        const std::string name = i == 1 ? "odd name: " + random.text() : "k" + std::to_string(i);
        out.toml += (i > 0 ? ", " : "") + toml_text(name) + " = " + item.toml;
        out.yaml[name] = item.yaml;
      }
      out.toml += "}";
      return out;
    }
  }
}

void expect_same(const YAML::Node& expected, const YAML::Node& found, const std::string& text) {
  ASSERT_EQ(expected.Type(), found.Type()) << text;
  if (expected.IsScalar()) {
    EXPECT_EQ(expected.Scalar(), found.Scalar()) << text;
  } else if (expected.IsSequence() || expected.IsMap()) {
    ASSERT_EQ(expected.size(), found.size()) << text;
    auto other = found.begin();
    for (auto it = expected.begin(); it != expected.end(); ++it, ++other) {
      if (expected.IsMap()) {
        expect_same(it->first, other->first, text);
        expect_same(it->second, other->second, text);
      } else {
        expect_same(*it, *other, text);
      }
    }
  }
}

TEST(FrontMatterTypes, TomlOfAnyShapeMeansTheSameInYaml) {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    std::string toml;
    YAML::Node expected(YAML::NodeType::Map);
    for (std::size_t i = 1 + random.below(5); i > 0; --i) {
      const Both value = toml_value(random, 0);
      const std::string name = "n" + std::to_string(i);
      toml += name + " = " + value.toml + "\n";
      expected[name] = value.yaml;
    }
    Sample run("+++\n" + toml + "+++\nBody\n");
    ASSERT_EQ(run.markdown(), "Body\n") << toml;
    expect_same(expected, YAML::Load(run.job.front_matter()), toml + run.job.front_matter());
  }
}

// A text never becomes a number, a truth or a date, and these never a text.
TEST(FrontMatterTypes, TomlKeepsTypes) {
  Sample run(
      "+++\n# Hugo\ntitle = \"A note\"\ndate = 2024-02-03\nid = \"007\"\nyes = \"yes\"\n"
      "weight = 7\nratio = 1e10\ndraft = false\ntime = 07:32:00\ntags = [\"a\", \"b: c\"]\n"
      "[params]\nauthor = 'O'\n[params.deep]\nx = []\n[[menu]]\nname = \"m\"\n[[menu]]\nname = "
      "\"n\"\n+++\n# Text\n");
  EXPECT_EQ(run.markdown(), "# Text\n");
  EXPECT_EQ(
      run.job.front_matter(),
      "title: A note\ndate: 2024-02-03\nid: \"007\"\n\"yes\": \"yes\"\nweight: 7\nratio: "
      "1.0e+10\ndraft: false\ntime: \"07:32:00\"\ntags:\n  - a\n  - \"b: c\"\nparams:\n  author: "
      "O\n  deep:\n    x: []\nmenu:\n  - name: m\n  - name: \"n\"\n");
}

TEST(FrontMatterTypes, BrokenTomlStaysInTheText) {
  Sample run("+++\ntitle = \"T\nb = 1\n+++\nBody\n");
  EXPECT_EQ(run.markdown(), "```toml\ntitle = \"T\nb = 1\n```\n\nBody\n");
  EXPECT_EQ(run.job.front_matter(), "");
}

}  // namespace
}  // namespace sluice::markdown_plugin
