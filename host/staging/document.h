// A document on its way through a lane: its bundle as far as it is known, and what stands in
// staging for it so far.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "model/bundle.h"
#include "platform/error.h"
#include "platform/files.h"
#include "plugin/router.h"

namespace sluice {

// The room for a body in a run's memory file.
struct MemoryBody {
  std::shared_ptr<const platform::File> memory;
  std::uint64_t at = 0;
};

// What the documents of one tree share: the budget, and the numbers of their staged files.
struct Tree {
  std::string root_key;
  std::string root_name;  // that its source will almost surely get
  std::uint64_t root_bytes = 0;
  std::uint32_t documents = 0;  // handed over so far, by containers that were converted
  std::uint64_t bytes = 0;      // of those
  std::uint32_t last_part = 0;
  std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
};

// A document that a container handed over, as it stands in staging.
struct HandedOver {
  std::uint32_t part = 0;
  std::string name;  // clean, and unique within its container
  StagedFile file;
  bool is_cut = false;  // the tree's budget was used up: there is no file
};

// What a page's pictures have used of their budget.
struct PictureUse {
  std::uint32_t pictures = 0;
  std::uint64_t bytes = 0;
  std::chrono::steady_clock::duration time{};
};

struct Document {
  Bundle bundle;
  unsigned attempt = 0;
  std::uint32_t part = 0;      // 0: a source
  std::uint32_t depth = 0;     // containers around it
  std::shared_ptr<Tree> tree;  // nullptr until it is converted
  // What its documents may come to; none at the greatest depth.
  std::uint32_t most_children = 0;
  std::uint64_t most_child_bytes = 0;

  std::string content;  // the source if it is small, else its beginning
  bool is_whole = false;
  std::vector<plugin::Candidate> candidates;
  std::size_t candidate = 0;     // the one whose turn it is
  std::string declared_charset;  // by the server that it came from
  std::string recorded_name;     // the document's name, if the path is on record

  // What stands in staging besides the raw copy, made for a worker.
  bool has_raw = false;
  bool has_body = false;
  MemoryBody memory_body;  // of its last run
  std::uint32_t assets = 0;
  std::vector<std::string> sidecars;
  std::vector<std::uint32_t> child_parts;  // files made for its children
  std::vector<HandedOver> children;        // once it is converted

  std::chrono::steady_clock::duration spent{};
  PictureUse pictures;  // of a page of the web

  std::uint64_t sequence() const { return bundle.source.sequence; }
  const plugin::Candidate& converter() const { return candidates[candidate]; }
  void fail(Outcome outcome, std::string reason, std::string hint = {}) {
    bundle.kind = Bundle::Kind::kFailed;
    bundle.outcome = outcome;
    bundle.reason = std::move(reason);
    bundle.hint = std::move(hint);
  }
  void fail(const SystemError& error) {
    fail(Outcome::kIo, error.cause());
    bundle.storage_full = error.is_storage_full();
  }
};

}  // namespace sluice
