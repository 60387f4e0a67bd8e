// Records what a traced run does to a knowledge base, for the model of the disk. SQLite's -shm is
// left out: it is memory that happens to have a name, and is made anew after a crash.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <utility>

#include "crash/disk/op.h"
#include "crash/trace/tracer.h"

namespace sluice::crash {

class Recorder {
 public:
  // Everything in the knowledge base now counts as durable.
  explicit Recorder(std::string kb);

  // The tracer's callbacks. Throw std::runtime_error at a call that the recorder does not
  // understand. A sync of everything may be made while other calls come and go.
  void before(const Call& call);
  void after(const Call& call, std::int64_t result, const std::string& out_path);

  Recording take();

 private:
  using FileKey = std::pair<dev_t, ino_t>;
  struct Place {
    Node directory = kNoNode;
    std::string name;
  };

  bool concerns(const Call& call) const;
  void scan(const std::string& path, Node node);
  Node node_at(const std::string& path) const;
  Node node_behind(const Call& call) const;  // its descriptor
  Place place_of(const std::string& path) const;
  Node new_node(const std::string& path, bool directory);
  void add_names(const Call& call, std::vector<Op::Name> names);
  void add(Op op, const Call& call);

  void opened(const Call& call);
  void written(const Call& call, std::int64_t result, Op::Kind kind);
  void truncated(const Call& call);
  void made(const Call& call);
  void renamed(const Call& call);
  void linked(const Call& call);
  void unlinked(const Call& call);
  void synced(const Call& call);

  const std::string kb_;
  Recording recording_;
  // What a process sees now.
  std::map<Node, Image::Directory> directories_;
  std::map<FileKey, Node> nodes_;
  Node last_node_ = kRootNode;
  bool existed_ = false;                  // what the call in hand opens, before it
  std::map<pid_t, std::size_t> syncing_;  // the number of a thread's sync of everything
  std::size_t syncs_ = 0;
};

}  // namespace sluice::crash
