// The first step of a document within another: its bytes are in staging already, written by its
// container's converter. Looks at them, and asks the registry whether there is anything to do.
#pragma once

#include "model/registry_view.h"
#include "platform/files.h"
#include "prepare/context.h"
#include "staging/document.h"

namespace sluice::prepare {

class ChildIntake {
 public:
  // `registry` may be nullptr: no hints.
  ChildIntake(const PrepareContext& context, RegistryView* registry)
      : context_(context), registry_(registry) {}

  // Makes the document that `container` handed over.
  std::unique_ptr<Document> make(const Document& container, const HandedOver& handed) const;
  // True if it is to be converted. Else its bundle is complete: known, or failed.
  bool take(Document& child, const HandedOver& handed);

 private:
  bool is_known(const Document& child);
  bool is_out_of_time(const Document& child) const;
  void read(Document& child) const;

  const PrepareContext& context_;
  RegistryView* registry_;
};

// True if the last failure on record is of the same bytes and the same setup: then the document's
// bundle is that failure again.
bool repeats_failure(Document& document, RegistryView* registry, const std::string& setup);

// Gives a document that is about to be converted what is left of its tree's budget.
void allow_children(Document& document, const TreeLimits& limits);

}  // namespace sluice::prepare
