// The plugins that this run can use: found along the search order, checked, and listed with the
// reason wherever one is refused. Opens no library but to hash it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/files.h"
#include "plugin/manifest.h"

namespace sluice::plugin {

// Where to look, first found first. `origin` is what to call it ("--plugin", "SLUICE_PLUGIN_PATH").
// A path is a plugin's own folder or a folder of such folders.
struct SearchPath {
  enum class Presence {
    kOptional,  // a standard place that need not exist
    kRequired,  // named by the user: refused if it is not there
  };
  std::string path;
  std::string origin;
  Presence presence = Presence::kOptional;
};

struct Refused {
  std::string path;    // the folder
  std::string id;      // if the manifest got that far
  std::string reason;  // one sentence that ends with what to do
  std::string origin;  // of the search path that led here
};

// What the configuration says about plugins ([plugins] allow, deny, order).
struct Policy {
  std::vector<std::string> allow;  // empty: all
  std::vector<std::string> deny;
  std::vector<std::string> order;  // converter or plugin ids that go first, in this order
};

class Catalog {
 public:
  // Looks through `paths`. Never throws for one bad plugin: it becomes a Refused.
  static Catalog scan(platform::Files& files, const std::vector<SearchPath>& paths,
                      const Policy& policy);

  const std::vector<std::shared_ptr<const Manifest>>& plugins() const { return plugins_; }
  const std::vector<Refused>& refused() const { return refused_; }
  const Policy& policy() const { return policy_; }
  // The plugin of that id, or nullptr.
  std::shared_ptr<const Manifest> find(const std::string& id) const;

 private:
  std::vector<std::shared_ptr<const Manifest>> plugins_;
  std::vector<Refused> refused_;
  Policy policy_;
};

// Checks that the library still has the hash of its manifest, and that nobody else may write to its
// folder. Called once per plugin and run, before the first worker loads it. Throws Error.
void verify_library(platform::Files& files, const Manifest& manifest);

}  // namespace sluice::plugin
