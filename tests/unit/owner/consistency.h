// Whether files, registry, events and log of a knowledge base agree: what must hold after recovery,
// whatever happened before.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "owner/log.h"
#include "owner/publish.h"
#include "owner/wiki_index.h"
#include "unit/owner/bundle_maker.h"

namespace sluice::test {

class ConsistencyCheck {
 public:
  // Of a knowledge base that nobody else is at work on.
  explicit ConsistencyCheck(owner::KnowledgeBase& kb) : path_(kb.path()), kb_(kb) {}

  // What is wrong, in words; empty if nothing is.
  std::vector<std::string> run() {
    check_documents();
    check_strangers();
    check_sources();
    check_events();
    check_rest();
    return std::move(wrong_);
  }

 private:
  void check_file(const std::string& path, const platform::Sha256Digest& sha256) {
    expected_.insert(path);
    expect_folders_of(path);
    if (platform::sha256(read_file(path_ + "/" + path)) != sha256) {
      wrong_.push_back(path + " is not what the registry says");
    }
  }

  // Of mirror layout: a folder is there for what is in it.
  void expect_folders_of(std::string_view path) {
    for (path = layout::folder_of(path); path.find('/') != std::string_view::npos;
         path = layout::folder_of(path)) {
      if (path != layout::kSources && path != layout::kImages) {
        expected_.insert(std::string(path) + "/");
      }
    }
  }

  void check_documents() {
    kb_.registry().each_document([&](const owner::Document& document) {
      documents_[document.id] = {document.name, document.sha256};
      if (!document.raw.empty()) check_file(document.raw, document.sha256);
      check_file(document.markdown, document.markdown_sha256);
      if (document.state != owner::DocumentState::kOk) {
        wrong_.push_back(document.name + " is " + std::string(word(document.state)));
      }
      const auto files = kb_.registry().files_of(document.id);
      for (const auto& file : files) check_file(file.path, file.sha256);
    });
  }

  void check_strangers() {
    const Tree tree = published_tree(path_);
    for (const auto& [path, bytes] : tree) {
      if (path.find(".orig-") != std::string::npos) expect_folders_of(path);
    }
    for (const auto& [path, bytes] : tree) {
      if (path == layout::kIndex) {
        if (bytes != owner::index_text(kb_)) wrong_.emplace_back("index.md is behind");
        continue;
      }
      if (path == "wiki/log.md" || path == "wiki/sources/" || path == "wiki/sources/images/") {
        continue;
      }
      // What somebody has edited by hand is kept, and is nobody's from then on.
      if (path.find(".orig-") != std::string::npos) continue;
      if (!expected_.contains(path)) wrong_.push_back(path + " belongs to no document");
      expected_.erase(path);
    }
    for (const auto& path : expected_) wrong_.push_back(path + " is missing");
  }

  void check_sources() {
    kb_.registry().each_document([&](const owner::Document& document) {
      const auto own = kb_.registry().source(document.path_key);
      if (!own || own->document != document.id || own->sha256 != document.sha256) {
        wrong_.push_back(document.name + " is not on record under its own path");
      }
    });
  }

  void check_events() {
    std::map<std::int64_t, NamedSha256> replayed;
    std::string log;
    kb_.registry().each_event_after(0, [&](const owner::Event& event) {
      log += owner::log_line(event);
      if (event.op == owner::EventOp::kRemoved) replayed.erase(event.document);
      if (event.op == owner::EventOp::kAdded || event.op == owner::EventOp::kUpdated ||
          event.op == owner::EventOp::kRenamed) {
        replayed[event.document] = {event.name, event.sha256};
      }
    });
    if (replayed != documents_) wrong_.emplace_back("the events tell another story");
    if (read_file(path_ + "/wiki/log.md") != log) wrong_.emplace_back("log.md lacks lines");
  }

  void check_rest() {
    const auto counts = kb_.registry().counts();
    if (counts.pending != 0) wrong_.emplace_back("the journal is not empty");
    if (counts.damaged != 0) wrong_.emplace_back("something was set aside");
    for (const char* folder : {"staging", "trash", "set-aside"}) {
      const fs::path state = fs::path(path_) / ".sluice" / folder;
      if (fs::exists(state) && !fs::is_empty(state)) {
        wrong_.push_back(std::string(folder) + " is not empty");
      }
    }
  }

  const std::string path_;
  owner::KnowledgeBase& kb_;
  using NamedSha256 = std::pair<std::string, platform::Sha256Digest>;
  std::map<std::int64_t, NamedSha256> documents_;
  std::set<std::string> expected_;
  std::vector<std::string> wrong_;
};

inline std::vector<std::string> inconsistencies(const std::string& path) {
  auto kb = owner::KnowledgeBase::open(plain_files(), path, owner::Database::Mode::kReadWrite);
  return ConsistencyCheck(kb).run();
}

// Runs whatever an interrupted run left to be done.
inline std::vector<std::string> recover_and_reap(const std::string& kb,
                                                 platform::Files& files = plain_files()) {
  Session session(kb, files);
  session.owner.start();
  session.owner.finish();
  return session.warnings;
}

}  // namespace sluice::test
