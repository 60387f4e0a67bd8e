// The bundles of a shelf as the owner takes them: each checked and unpacked into the run's staging,
// in the order of the list.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/conversion_setup.h"
#include "cli/reporter.h"
#include "cli/workspace.h"
#include "model/bundle_feed.h"
#include "scan/skipped.h"
#include "staging/staging.h"
#include "travel/shelf.h"

namespace sluice::cli {

// Checks the facts of a file that was skipped, and returns why it was. Throws Refused.
scan::SkipReason checked_skip_reason(const travel::Facts& facts,
                                     const prepare::PrepareSettings& settings);
// Path keys of sources in the knowledge base are relative to it, and none is that of a file of its
// own. Throws travel::Refused.
void check_travelled_key(const std::string& kb_path, const std::string& path_key);

class TravelledBundles : public BundleFeed {
 public:
  // All that is given outlives it. `kb_path`: of the knowledge base that they go to.
  TravelledBundles(platform::Files& files, const travel::Shelf& shelf, const Workspace& workspace,
                   std::string kb_path, LazyStaging& staging, Reporter& reporter);

  std::vector<Bundle> take(std::size_t max_documents, std::uint64_t max_bytes) override;
  Bundle prepare_again(const Source& source, unsigned attempt) override;
  void cancel() override { stop_.store(true, std::memory_order_relaxed); }

 private:
  using Entries = std::vector<travel::Shelf::Entry>;

  std::optional<Bundle> read_next();
  std::optional<Bundle> read_first_good(const Entries& entries);
  void order_by_currency(Entries& entries) const;
  std::optional<Bundle> take_facts(travel::BundleFiles& from, travel::Facts facts);
  void note_place(std::uint64_t place, const std::string& name);
  void end();

  platform::Files& files_;
  const travel::Shelf& shelf_;
  const prepare::PrepareSettings settings_;
  const ConversionKeys keys_;
  const std::string kb_path_;
  LazyStaging& staging_;
  Reporter& reporter_;
  std::size_t next_ = 0;        // of the shelf's entries
  std::uint64_t sequence_ = 0;  // of what is handed out
  std::uint64_t twice_ = 0;     // bundles that another one of their name stands for
  std::uint64_t other_lists_ = 0;
  std::uint64_t other_front_matter_ = 0;
  std::uint64_t missing_ = 0;  // places without a bundle between the first and the last
  std::string first_missing_;
  std::optional<std::uint64_t> last_place_;
  bool has_ended_ = false;
  std::atomic<bool> stop_{false};
};

}  // namespace sluice::cli
