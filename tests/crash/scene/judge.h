// Whether a knowledge base is as it may be after a disturbance and the recovery from it: files,
// registry, events and log agree, by the tests' own rules and by those of `sluice check`; what each
// source has become is as before or as after the run; what was reported is there.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "crash/scene/world.h"
#include "owner/knowledge_base.h"

namespace sluice::crash {

// What the registry says, without what differs from run to run.
struct Facts {
  std::map<std::string, std::string> documents;  // by source, all that belongs to its document
  std::set<std::string> detached;  // sources that lost their document and are to be prepared again
  std::vector<std::string> story;  // of the events, in order
};
Facts facts_of(owner::KnowledgeBase& kb);

// Between files, registry, events and log: what the tests find wrong, and what the owner's check
// calls damage.
std::vector<std::string> disagreements(owner::KnowledgeBase& kb);

// To be looked at, while nobody is at work on it.
owner::KnowledgeBase open_kb(const std::string& path);

enum class Order {
  kFixed,  // the events are the beginning of the undisturbed run's
  kAny     // several runs at once, or one that was repeated
};

class Judge {
 public:
  // `tolerated`: what may be wrong with the files because a person was at work on them. `kept`:
  // bytes that must stand in some file, whatever its name.
  Judge(Facts before, Facts after, Order order, std::set<std::string> tolerated = {},
        std::vector<std::string> kept = {})
      : before_(std::move(before)),
        after_(std::move(after)),
        order_(order),
        tolerated_(std::move(tolerated)),
        kept_(std::move(kept)) {}

  // What is wrong, in words; empty if nothing is.
  std::vector<std::string> wrong(const std::string& kb,
                                 const std::vector<Reported>& reported) const;
  // The same, and that everything is as after the undisturbed run.
  std::vector<std::string> unfinished(const std::string& kb) const;

 private:
  // Disagreements and lost bytes.
  std::vector<std::string> intolerable(owner::KnowledgeBase& kb) const;

  Facts before_;
  Facts after_;
  Order order_;
  std::set<std::string> tolerated_;
  std::vector<std::string> kept_;
};

}  // namespace sluice::crash
