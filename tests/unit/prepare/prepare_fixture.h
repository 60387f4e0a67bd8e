// A folder of sources, a staging folder and the test plugins: what a lane or pool needs to work.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kit/paths.h"
#include "kit/temp_dir.h"
#include "plugin/catalog.h"
#include "plugin/router.h"
#include "prepare/pool.h"

namespace sluice::prepare {

class FixedStaging : public StagingProvider {
 public:
  explicit FixedStaging(platform::Dir dir) : dir_(std::move(dir)) {}
  const platform::Dir& dir() override { return dir_; }

 private:
  platform::Dir dir_;
};

class ListFeed : public SourceFeed {
 public:
  explicit ListFeed(std::vector<Source> sources) : sources_(std::move(sources)) {}
  std::optional<Source> next() override {
    if (next_ == sources_.size()) return std::nullopt;
    return sources_[next_++];
  }

 private:
  std::vector<Source> sources_;
  std::size_t next_ = 0;
};

class PrepareTest : public ::testing::Test {
 protected:
  PrepareTest() {
    tree_.folder("in");
    tree_.folder("staging");
    staging_ = std::make_unique<FixedStaging>(*files_.open_dir(tree_.path("staging")));
    auto root = std::make_shared<SourceRoot>();
    root->dir = *files_.open_dir(tree_.path("in"));
    root->path = tree_.path("in");
    root->given = "in";
    root_ = root;
    settings_.worker_program = test::build_folder() + "/libexec/sluice/sluice-worker";
  }

  // Makes a source and returns it.
  Source source(const std::string& relative, const std::string& text) {
    tree_.file("in/" + relative, text);
    return existing(relative);
  }
  Source existing(const std::string& relative) {
    Source source;
    source.sequence = sequence_++;
    source.root = root_;
    source.relative = relative;
    source.given = "in/" + relative;
    return source;
  }

  PrepareContext context() {
    return {files_, *router_, options_of_, *staging_, registry_, settings_};
  }
  Bundle prepare(const Source& source) { return prepare_one(context(), source); }
  Bundle prepare(const std::string& relative, const std::string& text) {
    return prepare(source(relative, text));
  }
  // All bundles of a pool with `jobs` lanes.
  std::vector<Bundle> prepare_all(const std::vector<Source>& sources, unsigned jobs) {
    settings_.jobs = jobs;
    ListFeed feed(sources);
    Pool pool(context(), feed);
    std::vector<Bundle> all;
    while (true) {
      std::vector<Bundle> some = pool.take(7, 1 << 20);
      if (some.empty()) return all;
      std::move(some.begin(), some.end(), std::back_inserter(all));
    }
  }

  std::string staged(const std::string& name) const { return tree_.read("staging/" + name); }
  // The Markdown without its front matter.
  std::string body(const Bundle& bundle) const {
    const std::string text = staged(bundle.markdown.name);
    const std::size_t end = text.find("\n---\n\n");
    return end == std::string::npos ? text : text.substr(end + 6);
  }
  // Everything below the staging folder, sorted.
  std::vector<std::string> staging_listing() const {
    std::vector<std::string> names;
    const std::filesystem::path staging = tree_.path("staging");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(staging)) {
      names.push_back(std::filesystem::relative(entry.path(), staging).generic_string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  static std::shared_ptr<const plugin::Router> make_router(platform::Files& files) {
    static const plugin::Catalog catalog = plugin::Catalog::scan(
        files, {{test::build_folder() + "/tests/plugins", "test"}}, plugin::Policy{});
    for (const plugin::Refused& refused : catalog.refused()) {
      ADD_FAILURE() << refused.path << ": " << refused.reason;
    }
    return std::make_shared<plugin::Router>(catalog);
  }

  test::TempDir tree_;
  platform::Files files_;
  std::shared_ptr<const plugin::Router> router_ = make_router(files_);
  std::unique_ptr<FixedStaging> staging_;
  std::shared_ptr<const SourceRoot> root_;
  RegistryViews* registry_ = nullptr;
  OptionsOf options_of_ = [](const plugin::Manifest&, const plugin::ConverterManifest& converter) {
    return converter.id == "scripted" ? R"({"greeting":"hello"})" : "{}";
  };
  PrepareSettings settings_;
  std::uint64_t sequence_ = 0;
};

}  // namespace sluice::prepare
