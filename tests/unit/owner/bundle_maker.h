// A knowledge base and sources in a temporary folder, and bundles made by a toy converter instead
// of the prepare pool: real staged files, with whatever a test writes into the source.
//
// A source is Markdown, but for lines that begin with a word of the converter's own:
//   asset FILE TEXT       an asset, and a link to it in the body
//   sidecar KIND TEXT     a sidecar
//   fail WORD REASON      the document fails with this outcome
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kit/files.h"
#include "kit/temp_dir.h"
#include "model/bundle.h"
#include "model/layout.h"
#include "model/names.h"
#include "owner/knowledge_base.h"
#include "owner/owner.h"
#include "platform/error.h"
#include "platform/sha256.h"
#include "staging/staging.h"

namespace sluice::test {

namespace fs = std::filesystem;

inline platform::Files& plain_files() {
  static platform::Files files;
  return files;
}

inline std::shared_ptr<const SourceRoot> root_at(const std::string& path) {
  auto root = std::make_shared<SourceRoot>();
  auto dir = plain_files().open_dir(path);
  if (!dir) throw Error("open", path, "it is not there");
  root->dir = std::move(*dir);
  root->path = root->given = path;
  root->key_prefix = path + "/";
  return root;
}

// What the name of a file that is kept ends in: `note.md.orig-<these digits>`.
inline std::string hash8(std::string_view text) {
  return platform::to_hex(platform::sha256(text)).substr(0, 8);
}

// What a lane does, for one source at a time.
class BundleMaker {
 public:
  BundleMaker(StagingProvider& staging, const Source& source, unsigned attempt)
      : staging_(staging), attempt_(attempt) {
    bundle_.source = source;
    bundle_.failed_flushes = staging.failed_flushes();
  }

  Bundle make() {
    std::string content;
    if (!read_source(content)) return std::move(bundle_);
    bundle_.kind = Bundle::Kind::kPrepared;
    bundle_.outcome = Outcome::kOk;
    bundle_.placeholder_name = document_name(stem_of(bundle_.source.file_name()));
    bundle_.converter = "toy";
    bundle_.converter_version = "1";
    bundle_.media_type = "text/markdown";
    const auto sequence = bundle_.source.sequence;
    bundle_.raw = stage(staging_.dir(), layout::staged_raw(sequence, attempt_), content);
    convert(content);
    if (bundle_.kind == Bundle::Kind::kFailed) return std::move(bundle_);
    bundle_.markdown = stage(staging_.dir(), layout::staged_markdown(sequence, attempt_), body_);
    return std::move(bundle_);
  }

 private:
  bool read_source(std::string& content) {
    const auto file = plain_files().open_read(bundle_.source.root->dir, bundle_.source.relative);
    if (!file) {
      bundle_.outcome = Outcome::kIo;
      bundle_.reason = "cannot open " + bundle_.source.given;
      return false;
    }
    bundle_.identity = plain_files().info(*file).identity;
    content.resize(bundle_.identity.size);
    plain_files().read(*file, 0, std::as_writable_bytes(std::span(content.data(), content.size())));
    bundle_.sha256 = platform::sha256(content);
    return true;
  }

  StagedFile stage(const platform::Dir& at, const std::string& name, const std::string& text) {
    const platform::File file = plain_files().create(at, name);
    plain_files().write(file, 0, std::as_bytes(std::span(text)));
    bundle_.staged_bytes += text.size();
    return {name, plain_files().info(file).identity, platform::sha256(text)};
  }

  void convert(const std::string& content) {
    std::istringstream lines(content);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string word, name, text;
      words >> word >> name;
      std::getline(words >> std::ws, text);
      if (word == "asset") {
        add_asset(name, text);
      } else if (word == "sidecar") {
        bundle_.sidecars.push_back(
            {name, stage(staging_.dir(),
                         layout::staged_sidecar(bundle_.source.sequence, attempt_, name), text)});
      } else if (word == "fail") {
        bundle_.kind = Bundle::Kind::kFailed;
        bundle_.outcome = outcome_from_word(name).value();
        bundle_.reason = text;
      } else {
        body_ += line + "\n";
      }
    }
  }

  void add_asset(const std::string& name, const std::string& text) {
    if (!assets_) {
      bundle_.assets_dir = layout::staged_assets(bundle_.source.sequence, attempt_);
      plain_files().make_dir(staging_.dir(), bundle_.assets_dir, platform::Access::kUmask);
      assets_ = plain_files().open_dir(staging_.dir(), bundle_.assets_dir);
    }
    bundle_.assets.push_back(stage(*assets_, name, text));
    body_ += "![](" + std::string(layout::kImageLinkPrefix);
    bundle_.name_positions.push_back(body_.size());
    body_ += bundle_.placeholder_name + "/" + name + ")\n";
  }

  StagingProvider& staging_;
  const unsigned attempt_;
  Bundle bundle_;
  std::string body_;
  std::optional<platform::Dir> assets_;
};

// For Owner::remove; what is not there is passed over.
inline owner::Owner::ChooseDocuments documents_named(const std::vector<std::string>& names) {
  return [names](const owner::Registry& registry) {
    std::vector<owner::Owner::Chosen> chosen;
    for (const auto& name : names) {
      if (const auto document = registry.document_by_name(name)) {
        chosen.push_back({*document, name});
      }
    }
    return chosen;
  };
}

// One run of an owner on a knowledge base.
struct Session {
  explicit Session(const std::string& path, platform::Files& files = plain_files(),
                   owner::OwnerSettings settings = {})
      : kb(owner::KnowledgeBase::open(files, path, owner::Database::Mode::kReadWrite)),
        staging(files, kb.root()),
        prepare_again([this](const Source& source, unsigned attempt) {
          return BundleMaker(staging, source, attempt).make();
        }),
        owner(kb, staging, std::move(settings),
              {[this](const Source& source, unsigned attempt) {
                 ++prepared_again;
                 return prepare_again(source, attempt);
               },
               [this](const owner::DocumentResult& result) { results.push_back(result); },
               [this](const std::string& warning) { warnings.push_back(warning); }}) {}

  Bundle make(const Source& source) { return BundleMaker(staging, source, 0).make(); }
  void add(const std::vector<Source>& sources) {
    owner.start();
    std::vector<Bundle> bundles;
    for (const auto& source : sources) bundles.push_back(make(source));
    owner.commit(std::move(bundles));
    owner.finish();
  }
  void remove(const std::vector<std::string>& names, owner::RawFile raw = owner::RawFile::kRemove) {
    owner.start();
    owner.remove(documents_named(names), raw);
    owner.finish();
  }

  owner::KnowledgeBase kb;
  LazyStaging staging;
  std::function<Bundle(const Source&, unsigned)> prepare_again;
  int prepared_again = 0;
  std::vector<owner::DocumentResult> results;
  std::vector<std::string> warnings;
  owner::Owner owner;
};

// "added a", "failed c: io", ... as a user would be told.
inline std::vector<std::string> words_of(const std::vector<owner::DocumentResult>& results) {
  std::vector<std::string> words;
  for (const auto& result : results) {
    std::string line = std::string(word(result.result)) + " ";
    line += result.result == owner::Result::kFailed
                ? result.source.file_name() + ": " + std::string(word(result.outcome))
                : result.name;
    words.push_back(std::move(line));
  }
  return words;
}

// The configuration of a knowledge base that is made for a test.
inline std::string no_config(layout::Kind /*kind*/) {
  return {};
}

// A temporary folder with a fresh knowledge base in kb/ and sources in docs/.
class Workspace {
 public:
  explicit Workspace(layout::Kind kind = layout::Kind::kFlat)
      : kb(dir_.path("kb")), docs(dir_.path("docs")) {
    fs::create_directory(kb);
    fs::create_directory(docs);
    owner::init_knowledge_base(plain_files(), kb, no_config, kind);
    root_ = root_at(docs);
  }

  void write(const std::string& name, std::string_view text) {
    write_file(docs + "/" + name, text);
  }
  Source source(const std::string& name) {
    Source source;
    source.sequence = sequence_++;
    source.root = root_;
    source.relative = name;
    source.given = docs + "/" + name;
    return source;
  }
  std::vector<Source> sources(const std::vector<std::string>& names) {
    std::vector<Source> all;
    for (const auto& name : names) all.push_back(source(name));
    return all;
  }
  // A whole run; what was reported, in words.
  std::vector<std::string> add(const std::vector<std::string>& names) {
    Session session(kb);
    session.add(sources(names));
    warnings = session.warnings;
    return words_of(session.results);
  }

  std::vector<std::string> remove(const std::vector<std::string>& names,
                                  owner::RawFile raw = owner::RawFile::kRemove) {
    Session session(kb);
    session.remove(names, raw);
    warnings = session.warnings;
    return words_of(session.results);
  }

  std::string path_key(const std::string& name) const { return docs + "/" + name; }
  std::string text(const std::string& path) const { return read_file(kb + "/" + path); }
  bool has(const std::string& path) const {
    return fs::exists(fs::symlink_status(kb + "/" + path));
  }
  owner::KnowledgeBase open() const {
    return owner::KnowledgeBase::open(plain_files(), kb, owner::Database::Mode::kReadWrite);
  }
  // "added a", in order.
  std::vector<std::string> events() const {
    std::vector<std::string> words;
    open().registry().each_event_after(0, [&](const owner::Event& event) {
      words.push_back(std::string(word(event.op)) + " " + event.name);
    });
    return words;
  }
  // What stands in staging and trash.
  std::vector<std::string> leftovers() const {
    std::vector<std::string> names;
    for (const char* folder : {"/.sluice/staging", "/.sluice/trash"}) {
      if (!fs::exists(kb + folder)) continue;
      for (const auto& entry : fs::directory_iterator(kb + folder)) {
        names.push_back(entry.path().filename().string());
      }
    }
    return names;
  }

 private:
  test::TempDir dir_{test::TempDir::Where::kMemory};
  std::shared_ptr<const SourceRoot> root_;
  std::uint64_t sequence_ = 0;

 public:
  const std::string kb;
  const std::string docs;
  std::vector<std::string> warnings;  // of the last add()
};

}  // namespace sluice::test
