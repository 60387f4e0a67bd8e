// The plugins that this run can use: found along the search order, checked, and listed with the
// reason wherever one is refused. Opens no library but to hash it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/error.h"
#include "platform/files.h"
#include "plugin/manifest.h"
#include "plugin/pins.h"

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
  enum class Why {
    kNoManifest,  // there is no folder or no manifest, or it cannot be read
    kPolicy,      // [plugins] allow or deny
    kDuplicate,   // another plugin of the same id comes before it
    kUnsafe,      // others may write to its files
    kNoLibrary,
    kAbi,  // it is made for another version of Sluice
  };
  Why why = Why::kNoManifest;
  std::string path;                          // the folder
  std::string id;                            // if the manifest got that far
  std::string reason;                        // one sentence that ends with what to do
  std::string origin;                        // of the search path that led here
  std::string cause;                         // the reason without what to do,
  std::string next;                          // which is this
  std::shared_ptr<const Manifest> manifest;  // if it got that far

  // Whether the user has it and does not know that it cannot be used: then it keeps its place in
  // the line for a document, so that nobody takes over unnoticed.
  bool stands_in_line() const {
    return manifest != nullptr &&
           (why == Why::kUnsafe || why == Why::kNoLibrary || why == Why::kAbi);
  }
};

// What the configuration says about plugins ([plugins] allow, deny, order).
struct Policy {
  std::vector<std::string> allow;  // empty: all
  std::vector<std::string> deny;
  std::vector<std::string> order;  // converter or plugin ids that go first, in this order
  std::optional<Pins> pins = {};   // none: whatever is there may be used
};

class Catalog {
 public:
  // Looks through `paths`. Never throws for one bad plugin: it becomes a Refused.
  static Catalog scan(platform::Files& files, const std::vector<SearchPath>& paths,
                      const Policy& policy);

  const std::vector<std::shared_ptr<const Manifest>>& plugins() const { return plugins_; }
  const std::vector<Refused>& refused() const { return refused_; }
  const Policy& policy() const { return policy_; }
  // Throws Error if the plugin is made for a plugin ABI that this Sluice does not have.
  static void need_abi(const Manifest& plugin);
  // The plugin of that id, or nullptr.
  std::shared_ptr<const Manifest> find(const std::string& id) const;

 private:
  std::vector<std::shared_ptr<const Manifest>> plugins_;
  std::vector<Refused> refused_;
  Policy policy_;
};

}  // namespace sluice::plugin
