// What a run did to the files of a knowledge base, in order, as a disk sees it: bytes, names and
// promises, by file rather than by path. The alphabet of recorder and model.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sluice::crash {

using Node = std::uint32_t;  // a file or a directory, whatever its names
constexpr Node kNoNode = 0;
constexpr Node kRootNode = 1;  // the knowledge base's own directory

struct Op {
  enum class Kind {
    kWrite,    // `bytes` at `offset` of `node`
    kResize,   // `node` to `size`
    kNames,    // all of `names` at once
    kSync,     // what was done to `node` is durable
    kBegin,    // of the sync of everything with the same `number`
    kSyncAll,  // what was done before its beginning is durable
    kReport    // `bytes` went to standard output
  };
  struct Name {
    Node directory = kNoNode;
    std::string name;
    Node leads_to = kNoNode;  // none: the name is gone
  };

  Kind kind = Kind::kWrite;
  Node node = kNoNode;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::size_t number = 0;  // of a sync of everything
  std::string bytes;
  std::vector<Name> names;
  bool makes_directory = false;  // what the first of `names` leads to
  std::string what;              // for people: the call and its path
};

// A tree of files at one moment, all of it durable.
struct Image {
  using Directory = std::map<std::string, Node>;
  std::map<Node, Directory> directories;
  std::map<Node, std::shared_ptr<const std::string>> files;
};

struct Recording {
  Image before;
  std::vector<Op> ops;
};

}  // namespace sluice::crash
