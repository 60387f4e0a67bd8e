// A knowledge base and documents in a temporary folder, in memory where there is such a place, and
// the real program at work on them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "crash/trace/tracer.h"
#include "kit/program.h"

namespace sluice::crash {

// What a run reported on standard output, document by document, in whole lines of JSON.
struct Reported {
  std::string result;  // "added", ...
  std::string path;    // key of the source
  std::string reason;  // of a failure
};
std::vector<Reported> reported(const std::string& out);

class World {
 public:
  World();
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  std::string path(const std::string& name) const { return root_ + "/" + name; }
  std::string kb() const { return path("kb"); }
  std::string docs() const { return path("docs"); }
  void write(const std::string& name, const std::string& text) const;  // below docs
  void erase(const std::string& name) const;

  // The words of a command on a knowledge base. "@docs" stands for the documents' folder.
  std::vector<std::string> command(const std::string& kb,
                                   const std::vector<std::string>& words) const;
  // Runs it to its end, undisturbed.
  Tracer::Outcome run(const std::string& kb, const std::vector<std::string>& words) const;
  // The same, and throws std::runtime_error unless it ends with 0.
  void must(const std::string& kb, const std::vector<std::string>& words) const;

  // A copy of a knowledge base, instead of what was at `to`. Returns its path.
  std::string copy(const std::string& from, const std::string& to) const;

 private:
  std::string root_;
};

}  // namespace sluice::crash
