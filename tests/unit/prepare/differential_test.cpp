// The same converter under the host and under RecordingJob: what plugin authors test against makes
// of each behaviour, good or odd, what the host makes of it.
#include <gtest/gtest.h>

#include <algorithm>

#include "kit/corpus.h"
#include "kit/files.h"
#include "model/names.h"
#include "model/path_text.h"
#include "plugin/default_options.h"
#include "prepare/front_matter.h"
#include "prepare/prepare_fixture.h"
#include "prepare/recorded.h"

namespace sluice::prepare {
namespace {

namespace fs = std::filesystem;

// Every line is a document for the converter of tests/fixtures/plugins/scripted.
const char* const kScripts[] = {
    "body plain",
    "text no line end",
    "body a\\r\\nb\\rc",
    "text a\\r\ntext \\nb",
    "body \\xFF",
    "body a\\xE2\\x82",
    "text \\xE2\ntext \\x82\\xACx",
    "text \\xE2\ntext x",
    "body \\xF0\\x9F\\x98",
    "body \\xC0\\x80 \\xED\\xA0\\x80",
    "body a\\0b",
    "text \\n\\n\\n",
    "text   \\x09",
    "",
    "asset a.png image/png x\ntext ![](\nlink 1\ntext ) and words",
    "asset a.png image/png x\nasset b.png image/png x\nbody two of one",
    "asset a.png image/png x\ntext ![](\nlink 1\ntext )",
    "unfinished-asset a.png\nbody x",
    "unfinished-asset a.png\ntext ![](\nlink 1\ntext )",
    "unfinished-asset a.png\nunfinished-asset b.png\nbody x",
    "unfinished-asset a.png",
    "child a.txt Words\ntext [a](\nlink-child 1\ntext ) and words",
    "child (b)%20.txt Words\ntext [b](\nlink-child 1\ntext )",
    "child a.txt Words\nchild b.txt More",
    "unfinished-child a.txt\nbody x",
    "unfinished-child a.txt\nunfinished-child b.txt\nbody x\nlink-child 2",
    "link-child 7\nbody x",
    "link-child 0",
    "child \xFF Words\nbody x",
    "link 7\nbody x",
    "link 0",
    "asset a.png png x\nbody no slash in the type",
    "sidecar outline {}\nbody x",
    "sidecar outline {\nbody x",
    "sidecar Outline {}\nbody x",
    "sidecar outline {}\nsidecar outline {}\nbody x",
    "meta created 2024-05-31\nbody x",
    "meta created yesterday\nbody x",
    "meta modified 31.5.2024\nbody x",
    "meta pages many\nbody x",
    "meta language klingon!!\nbody x",
    "meta language en-GB\nbody x",
    "meta title \\xFF\nbody x",
    "meta Title x\nbody x",
    "meta sha256 x\nbody x",
    "warn something is odd\nbody x",
    "warn \nbody x",
    "sibling a.png\nbody x",
    "scratch x",
    "name",
    "size",
    "empty nothing to see",
    "body x\nempty says so all the same",
    "body x\npartial page 3 is missing",
    "partial all is missing",
    "body x\nunsupported another format",
    "malformed cut off",
    "encrypted it needs a password",
    "limit too deep",
    "missing-dependency no tables",
    "io cannot read",
    "internal a bug",
    "throw",
    "no-such-command",
    "not mine",
    "not mine because it is too old",
    "probe throws",
};

// Every one is a document for the converter of tests/fixtures/plugins/odd, which writes what each
// call returned.
const char* const kOdd[] = {
    // outcomes
    "write x\noutcome -1",
    "write x\noutcome 11",
    "write x\noutcome 2147483647",
    "write x\nreason why\noutcome 99",
    "write x\noutcome 2",
    "outcome 2",
    "write x\nreason half of it\noutcome 2",
    "write x\noutcome 1",
    "open a.png image/png\nappend 1 x\nfinish 1\noutcome 1",
    "write x\nreason nobody sees it\noutcome 0",
    "write x\noutcome 7",
    "write x\noutcome 6",
    "write x\nreason \noutcome 4",
    "write x\nreason-hex FF41\noutcome 4",
    "write x\nreason first\nreason second\noutcome 4",
    "write x\nreason-long 5000\noutcome 4",
    "write x\noutcome 10",
    // probe
    "probe 0",
    "probe 0!",
    "probe 1\nwrite x",
    "probe 2",
    "probe -1",
    "probe -1!",
    "probe 100",
    // the body
    "nothing",
    "nothing\nwrite x",
    "hex EFBBBF41",
    "hex 41E2\nhex 82\nhex AC42",
    "hex 41F0\nwrite x",
    "hex 61000062",
    "hex 0D\nhex 0A\nhex 0D0A41",
    "hex FEFF0041",
    "hex EDA080EDB080",
    "hex F4908080",
    "hex 20090D0A0B0C",
    "hex C2A0",
    "hex E2808B",
    // assets and links
    "open a.png image/png\nappend 1 abc\nfinish 1\ntext ![](\nlink 1\nwrite )",
    "open a.png image/png\ntext ![](\nlink 1\nwrite )\nappend 1 abc\nfinish 1",
    "open a.png image/png\ntext ![](\nlink 1\nwrite )",
    "open a.png image/png\nfinish 1\nfinish 1\nappend 1 late",
    "open a.png image/png\nopen b.png image/png\nappend 2 b\nappend 1 a\nfinish 2\nfinish 1",
    "append 1 x\nfinish 0\nlink 0\nlink 1\nlink -1\nwrite x",
    "open  image/png\nappend 1 x\nfinish 1\nwrite x",
    "open ../../etc/passwd image/png\nappend 1 x\nfinish 1\ntext ![](\nlink 1\nwrite ) x",
    "open a.exe nonsense\nappend 1 x\nfinish 1\nwrite x",
    "open a.png \nfinish 1\nwrite x",
    "open-hex FF2E706E67 image/png\nwrite x",
    "open-hex C3A42E706E67 image/png\nappend 1 x\nfinish 1\nwrite x",
    // metadata
    "metas 64\nwrite x",
    "metas 65\nmeta k0 again\nwrite x",
    "value 65536\nwrite x",
    "value 65537\nwrite x",
    "meta title a\nmeta title b\nwrite x",
    "meta title a\nmeta title \nwrite x",
    "meta title \nwrite x",
    "meta created 2024-02-30\nmeta created 2024-13-01\nmeta modified 2024\nwrite x",
    "meta created 2024-05-31T12:00:00+02:00\nmeta language zh-Hant\nmeta pages 12\nwrite x",
    "meta pages -1\nmeta pages 1.5\nmeta language \nmeta converter x\nmeta source x\nwrite x",
    "meta _x 1\nmeta x-y 1\nmeta X 1\nmeta x_y 1\nwrite x",
    "meta title two\rlines: \"quoted\" # no\nwrite x",
    // warnings
    "warn 1 code page 3 a picture is missing\nwrite x",
    "warn 0 code - 0 good to know\nwrite x",
    "warn 7 code slide 1 an odd severity\nwrite x",
    "warn 1 Code - 0 x\nwarn 1 - - 0 x\nwarn 1 ok - 0\nwrite x",
    "warn-short\nwrite x",
    "warnings 150\nwrite x",
    "warn-long 5000\nwrite x",
    "warn 1 code - 0 lost with the outcome\nreason x\noutcome 4",
    // sidecars
    "sidecar outline {\"a\":[1]}\nwrite x",
    "sidecar outline [\nsidecar Out {}\nsidecar  {}\nsidecar a {}\nsidecar a {}\nwrite x",
    "sidecars 8\nsidecar k9 {}\nwrite x",
    // options
    "bool flag\nint count\nnumber ratio\nnumber count\nstring word\nstring choice\nlist list",
    "string password\nfile file\nwrite x",
    "bool count\nint flag\nnumber word\nstring list\nlist word\nfile word\nbool none\nfile none",
    // the source, files beside it, temporary files
    "read 0 5\nread 3 64\nread 100000 5\nread 0 0\nwrite x",
    "sibling img/a.png\nsibling ./img/../img/a.png\nsibling none.png\nsibling ../a.png\nwrite x",
    "sibling /etc/passwd\nsibling \nsibling img\nwrite x",
    "scratch\nscratch\nscratch\nwrite x",
    "facts\nprogress\ncancelled",
};

const char* const kPicture = "\x89PNG\r\n\x1a\nwith a little more";

// Documents for the plugins of the project that need no more than text.
struct Sample {
  const char* name;
  const char* type;
  const char* text;
};
const Sample kSamples[] = {
    {"a.md", "text/markdown",
     "---\ntitle: T\ntags: [a, b]\ndate: 2024-05-31\n---\n# H\n\n![p](img/a.png) [l](b.md#x)\n\n"
     "| a | b |\n|---|---|\n| 1 | 2 |\n\n![gone](none.png)\n"},
    {"b.md", "text/markdown", "\xFF\xFE odd \xE2\x82 bytes\r\nand\rlines\n"},
    {"c.md", "text/markdown", "\n \n"},
    {"d.md", "text/markdown", "![only a picture](img/a.png)\n"},
    {"a.txt", "text/plain", "Gr\xFC\xDF Gott\n* not a list\n# nor a heading\n"},
    {"b.txt", "text/plain", ""},
    {"a.html", "text/html",
     "<html lang=en><title>T</title><h1>H</h1><p>p &amp; q<img src='img/a.png' alt=x>"
     "<table><tr><td>1<td>2</table><a href='javascript:x()'>l</a>"},
    {"b.html", "text/html", "<script>x</script>"},
    {"a.csv", "text/csv", "a,b\n1,\"two\nlines\"\n3\n"},
    {"b.csv", "text/csv", ""},
    {"a.json", "application/json", "{\"a\": [1, {\"b\": null}], \"\\u00e4\": \"x\"}"},
    {"b.json", "application/json", "{\"a\": "},
    {"a.xml", "application/xml", "<?xml version='1.0'?><a b='c'><d>e</d></a>"},
    {"a.yaml", "application/yaml", "a: [1, 2]\nb:\n  c: d\n"},
    {"a.pdf", "application/pdf", "%PDF-1.4\nnot much of one"},
    {"a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     "PK\x03\x04 broken"},
    {"a.epub", "application/epub+zip", "PK\x05\x06"},
};

std::string trimmed(std::string text) {
  text.erase(0, std::min(text.find_first_not_of('\n'), text.size()));
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string replaced_all(std::string text, const std::string& old, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(old, at)) != std::string::npos; at += by.size()) {
    text.replace(at, old.size(), by);
  }
  return text;
}

// The lines of a text, without regard to their order.
std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  return lines;
}

class DifferentialTest : public PrepareTest {
 protected:
  DifferentialTest() {
    options_of_ = [](const plugin::Manifest&, const plugin::ConverterManifest& converter) {
      return plugin::default_options(converter);
    };
    tree_.file("in/img/a.png", kPicture);
  }

  // Plugins of a folder of the build.
  void use(const std::string& folder) {
    static std::map<std::string, plugin::Catalog> catalogs;
    auto found = catalogs.find(folder);
    if (found == catalogs.end()) {
      found = catalogs
                  .emplace(folder, plugin::Catalog::scan(
                                       files_, {{test::build_folder() + folder, "test"}}, {}))
                  .first;
    }
    catalog_ = &found->second;
    router_ = std::make_shared<plugin::Router>(*catalog_);
  }

  void expect_same(const std::string& name, const std::string& text) {
    const Bundle bundle = PrepareTest::prepare(name, text);
    const auto [plugin, converter] = find(bundle.converter);
    ASSERT_NE(converter, nullptr) << name << ": " << bundle.reason;
    RecordedInput input{text,
                        name,
                        bundle.media_type,
                        plugin::default_options(*converter),
                        converter->needs.scratch_files,
                        converter->needs.siblings};
    // The type that the router decided on, which a failure does not keep.
    if (input.media_type.empty()) {
      input.media_type = plugin::sniff(text, plugin::directory_of(text), name).media_type;
    }
    if (input.siblings) input.files["img/a.png"] = kPicture;
    const Recorded recorded = record(converter_of(plugin->library_path(), converter->id), input);
    compare(bundle, recorded);
  }

 private:
  std::pair<const plugin::Manifest*, const plugin::ConverterManifest*> find(
      const std::string& id) const {
    for (const auto& plugin : catalog_->plugins()) {
      for (const auto& converter : plugin->converters) {
        if (converter.id == id) return {plugin.get(), &converter};
      }
    }
    return {nullptr, nullptr};
  }

  void compare(const Bundle& bundle, const Recorded& recorded) {
    ASSERT_EQ(recorded.outcome, static_cast<int>(bundle.outcome))
        << "host: " << bundle.reason << "\nrecording job: " << recorded.reason;
    // The host has words of its own for an outcome without a reason.
    if (!recorded.reason.empty()) {
      EXPECT_EQ(recorded.reason, bundle.reason);
    }
    if (bundle.kind != Bundle::Kind::kPrepared) return;
    std::string markdown = body(bundle);
    std::vector<std::string> assets;
    for (const StagedFile& asset : bundle.assets) {
      assets.push_back(asset_word(staged(bundle.assets_dir + "/" + asset.name)));
      markdown = replaced_all(markdown, "images/" + bundle.placeholder_name + "/" + asset.name,
                              assets.back());
    }
    std::sort(assets.begin(), assets.end());
    EXPECT_EQ(trimmed(recorded.markdown), trimmed(markdown));
    EXPECT_EQ(recorded.assets, assets);
    compare_details(bundle, recorded);
  }

  void compare_details(const Bundle& bundle, const Recorded& recorded) {
    std::string warnings;
    for (const Warning& warning : bundle.warnings) {
      if (warning.code == "takeover") continue;  // the line's, and not this converter's
      warnings +=
          std::string(warning.severity()) + " " + warning.code + ": " + warning.text() + "\n";
    }
    EXPECT_EQ(recorded.warnings, warnings);
    std::map<std::string, std::string> sidecars;
    for (const StagedSidecar& sidecar : bundle.sidecars) {
      sidecars[sidecar.kind] = staged(sidecar.file.name);
    }
    EXPECT_EQ(recorded.sidecars, sidecars);
    std::vector<wire::Field> fields;
    for (const auto& [key, value] : recorded.metadata) fields.push_back({key, value});
    const std::string whole = staged(bundle.markdown.name);
    EXPECT_EQ(sorted_lines(front_matter(
                  recorded.front_matter, fields,
                  {path_text(bundle.source.path_key()), platform::to_hex(bundle.sha256),
                   bundle.media_type, bundle.converter + " " + bundle.converter_version})),
              sorted_lines(whole.substr(0, whole.size() - body(bundle).size())));
  }

  const plugin::Catalog* catalog_ = nullptr;
};

class ScriptedDifferential : public DifferentialTest,
                             public ::testing::WithParamInterface<const char*> {};

TEST_P(ScriptedDifferential, RecordingJobAndHostAgree) {
  use("/tests/plugins");
  expect_same("a.alone", GetParam());
}
INSTANTIATE_TEST_SUITE_P(Scripts, ScriptedDifferential, ::testing::ValuesIn(kScripts));

class OddDifferential : public DifferentialTest,
                        public ::testing::WithParamInterface<const char*> {};

TEST_P(OddDifferential, RecordingJobAndHostAgree) {
  use("/tests/plugins");
  expect_same("a.odd", GetParam());
}
INSTANTIATE_TEST_SUITE_P(Calls, OddDifferential, ::testing::ValuesIn(kOdd));

class PluginDifferential : public DifferentialTest {};

TEST_F(PluginDifferential, EveryPluginOfTheProjectOnSamplesOfOurOwn) {
  use("/lib/sluice/plugins");
  for (const Sample& sample : kSamples) {
    SCOPED_TRACE(sample.name);
    expect_same(sample.name, sample.text);
  }
}

// Collections beside the project, and what is taken from each.
constexpr std::pair<const char*, const char*> kCollections[] = {
    {"pdfminer", "pdf"},     {"pypdf-samples", "pdf"}, {"python-docx", "docx"},
    {"mammoth", "docx"},     {"python-pptx", "pptx"},  {"calamine", "xlsx"},
    {"epub", "epub"},        {"readability", "html"},  {"html-to-markdown", "html"},
    {"csv-spectrum", "csv"}, {"pandoc", "docx"}};

TEST_F(PluginDifferential, EveryPluginOfTheProjectOnRealDocuments) {
  constexpr std::size_t kOfEach = 3;
  constexpr std::uintmax_t kMostBytes = 1 << 20;
  use("/lib/sluice/plugins");
  std::size_t documents = 0;
  for (const auto& [name, extension] : kCollections) {
    std::vector<std::pair<std::uintmax_t, fs::path>> found;
    const auto collection = test::corpus(name);
    if (!collection) continue;
    for (const auto& entry : fs::recursive_directory_iterator(*collection)) {
      if (!entry.is_regular_file() || entry.file_size() > kMostBytes) continue;
      if (entry.path().extension() == std::string(".") + extension) {
        found.emplace_back(entry.file_size(), entry.path());
      }
    }
    std::sort(found.begin(), found.end());
    // The smallest are often empty: from the middle on.
    for (std::size_t i = found.size() / 2; i < found.size() && i < found.size() / 2 + kOfEach;
         ++i) {
      SCOPED_TRACE(found[i].second);
      expect_same("real-" + std::to_string(++documents) + "." + extension,
                  test::read_file(found[i].second));
    }
  }
  RecordProperty("documents", static_cast<int>(documents));
  if (documents == 0) GTEST_SKIP() << "there are no test documents beside the project";
}

}  // namespace
}  // namespace sluice::prepare
