// SPDX-License-Identifier: Apache-2.0
//
// A job in memory, for unit tests of converters without a host. It refuses, repairs and decides the
// outcome like the host.
//
//   sluice::RecordingJob job("# Hello", "hello.md", "text/markdown");
//   job.add_sibling("img/a.png", png);
//   MyConverter converter;
//   EXPECT_EQ(job.run(converter), sluice::Outcome::kOk) << job.reason();
//   EXPECT_EQ(job.render("hello"), "# Hello");
#pragma once

#include <sluice/ext/children.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <sluice/plugin.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice {

// Runs a converter on its own canary as a worker does. Empty if it came out as it must; otherwise
// what was expected and what it became. A test in every plugin that has one:
//   EXPECT_EQ(sluice::canary_fault(converter, R"({"option": "default"})"), "");
std::string canary_fault(Converter& converter, std::string default_options = "{}");

// One of its functions for each thing that a test gives or asks.
class RecordingJob {
 public:
  struct Limits {
    std::uint64_t body_bytes = std::uint64_t{1} << 32;
    std::uint64_t asset_bytes = std::uint64_t{1} << 32;  // of one asset
    std::uint64_t assets = 10'000;
    std::uint64_t children = 10'000;
    std::uint64_t child_bytes = std::uint64_t{1} << 32;  // of all children
  };
  struct RecordedAsset {
    std::string file_name;  // safe and unique within the document
    std::string media_type;
    std::string bytes;
    bool finished = false;
  };
  // A document that was handed over, under the name that the converter gave it.
  struct RecordedChild {
    std::string name;
    std::string media_type;
    std::string bytes;
    bool finished = false;
    bool cut = false;  // there was no room for all of it
  };
  // A link in the body: the destination of the asset, or of the child, belongs in front of byte
  // `offset`.
  struct Link {
    std::uint64_t offset = 0;
    sluice_asset asset = 0;  // 0: a link to a child
    sluice_child child = 0;  // 0: a link to an asset
  };
  // A link to another source, whose text as written begins at byte `offset` of the body.
  struct DocumentLink {
    std::uint64_t offset = 0;
    std::string path, fragment, written, before, after;
    bool by_name = false;
  };
  struct Warning {
    std::string code;
    std::string message;
    Severity severity = Severity::kWarning;
    std::string place_unit = {};
    std::uint64_t place = 0;
  };
  // From byte `offset` of the body on comes this part of the source.
  struct Part {
    std::string unit;
    std::uint64_t number = 0;
    std::string label;
    std::uint64_t offset = 0;
  };
  // Copies up to `size` bytes from `offset` into `buffer`; returns how many, fewer only at the end.
  using Reader =
      std::function<std::size_t(std::uint64_t offset, std::uint8_t* buffer, std::size_t size)>;

  // A source in memory.
  RecordingJob(std::string source, std::string file_name, std::string media_type);
  // A source that is read piece by piece and cannot be mapped, to prove that a converter streams.
  RecordingJob(std::uint64_t source_size, Reader reader, std::string file_name,
               std::string media_type);
  ~RecordingJob();
  RecordingJob(const RecordingJob&) = delete;
  RecordingJob& operator=(const RecordingJob&) = delete;

  // What a plugin's entry function gets in a test: it has the extensions of a RecordingJob
  // (sluice.children, sluice.positions, sluice.document-links). Converters that a test makes itself
  // find it without being given it.
  static const sluice_host& host();

  // --- before the run ---

  // The options as a JSON object, secrets among them; "{}" unless set. All that the converter reads
  // must be in it.
  void set_options(std::string json);
  // The content of the file that an option of type "path" names.
  void set_option_file(std::string option, std::string content);
  void set_declared_charset(std::string charset);
  // A file beside the source, by its path relative to the source's folder. The path of a link is
  // brought into this form (no ".", no "..") before it is looked up.
  void add_sibling(std::string path, std::string bytes);
  // As a manifest without `siblings = true`: sibling_map is denied.
  void deny_siblings();
  // As a manifest with `scratch = files`; without it temporary files are denied.
  void allow_scratch(unsigned files);
  void set_limits(Limits limits);
  // is_cancelled turns true after this many calls of it.
  void cancel_after(unsigned calls);
  // Gives the body to `sink` instead of recording it, for outputs too large to keep.
  void on_body(std::function<void(std::string_view)> sink);

  // Probes and converts once. The outcome is the host's: it may differ from what the converter
  // returned (an unknown number, success after a limit, a body of blanks).
  Outcome run(Converter& converter);
  Outcome run(const sluice_converter& converter);

  // --- after it ---

  const std::string& reason() const;
  // Rules of abi.h that the converter broke, refused or mended as the host does. Expect none.
  const std::vector<std::string>& violations() const;
  // The Markdown as the host stores it, with LF, without link destinations.
  const std::string& body() const;
  const std::vector<Link>& links() const;
  const std::vector<Part>& parts() const;
  const std::vector<DocumentLink>& document_links() const;
  // By name: what Job::name_anchor was given first for it.
  const std::map<std::string, std::string>& anchors() const;
  // By id: child 1 is children()[0]. Their own converters do not run.
  const std::vector<RecordedChild>& children() const;
  // By id: asset 1 is assets()[0]. Equal bytes have equal file names, as with the host.
  const std::vector<RecordedAsset>& assets() const;
  const std::map<std::string, std::string>& metadata() const;
  // What Job::set_front_matter was given last.
  const std::string& front_matter() const;
  const std::vector<Warning>& warnings() const;
  const std::map<std::string, std::string>& sidecars() const;
  // The document as it is published under `name`: each link to an asset is images/<name>/<file
  // name>, and each to a child its name, as it is where the child fails.
  std::string render(std::string_view name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sluice
