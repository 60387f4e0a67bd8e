// One lane: takes sources, prepares them one after another, and hands over their bundles. It may
// hold small documents back to convert several in one run; flush() ends that. Used by one thread
// only, with which its workers live and die.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "prepare/child_intake.h"
#include "prepare/completion.h"
#include "prepare/converters.h"
#include "prepare/intake.h"
#include "prepare/pool.h"
#include "prepare/quarantine.h"
#include "prepare/web_intake.h"
#include "staging/document.h"

namespace sluice::prepare {

class Lane {
 public:
  // Gets the bundles of one run together, in their order.
  using Deliver = std::function<void(std::vector<Bundle>&&)>;

  // `stop` makes what is in work end soon; its documents come out as cancelled.
  // `quarantine`, if any, outlives the lane.
  Lane(const PrepareContext& context, const std::atomic<bool>& stop, Deliver deliver,
       const Quarantine* quarantine = nullptr);

  // Gets sources that somebody else may take.
  using GiveBack = std::function<void(std::span<Source>)>;
  // Takes sources up to the first one that has to be read, and gives back the others before it
  // reads that one. True if it did; else a look was enough for all of them.
  bool take(std::span<Source> sources, unsigned attempt, const GiveBack& give_back);
  void flush();

 private:
  using Documents = std::vector<std::unique_ptr<Document>>;

  std::unique_ptr<Document> look(Source source, unsigned attempt);
  void read(std::unique_ptr<Document> document);
  bool route(Document& document);
  bool next_turn(Document& document, std::size_t from);
  std::optional<Attempt> lost_turn(const plugin::Candidate& candidate,
                                   std::uint64_t sequence) const;
  void report_failure(Document& document);
  bool fits_batch(const Document& document) const;
  void finish(Document& document, Verdict&& verdict, Activity::Turn& turn);
  void settle(Document& document, Verdict&& verdict, Activity::Turn& turn);
  void prepare_children(const Document& container, Bundle& root);
  void prepare_child(Document& child, const HandedOver& handed);
  void finish_tree(Document& document);
  void convert(Documents& documents);
  void complete(Document& document, const Verdict& verdict);
  void note_turn(Document& document, const Verdict& verdict) const;
  Bundle close(Document& document);
  void choose(Document& document, std::size_t candidate);

  const PrepareContext& context_;
  const std::atomic<bool>& stop_;
  Deliver deliver_;
  const Quarantine* quarantine_;
  std::unique_ptr<RegistryView> registry_;
  platform::Sha256 hash_;
  Intake intake_;
  WebIntake web_intake_;
  ChildIntake child_intake_;
  Converters converters_;
  Completion completion_;
  Documents batch_;
  std::vector<Bundle> closed_;  // to be delivered
  std::uint64_t batch_bytes_ = 0;
};

}  // namespace sluice::prepare
