// The owner: takes bundles in input order and commits them in groups, so that a crash at any
// instant leaves each document as it was before or after its commit. Everything it is given is
// distrusted: sources are looked at again, staged files are checked, names and skips are decided
// here.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/bundle.h"
#include "model/log.h"
#include "owner/document_result.h"
#include "owner/flush_ahead.h"
#include "owner/group.h"
#include "owner/knowledge_base.h"
#include "owner/log.h"
#include "owner/recovery.h"
#include "owner/transaction.h"
#include "owner/wiki_index.h"
#include "staging/staging.h"

namespace sluice::owner {

struct OwnerSettings {
  std::chrono::milliseconds lock_timeout{-1};
  std::string holder;  // shown to processes waiting for the lock: "sluice add docs"
  std::size_t group_documents = 1024;
  std::uint64_t group_bytes = 64ULL << 20;
  // From so many bundles on, the disk is flushed while they are decided.
  std::size_t flush_ahead_from = 64;
  OnEdit on_edit = OnEdit::kKeep;
  Index index = Index::kAsBefore;
  Log* log = nullptr;
};

// Its functions are the steps of one protocol (lock, decide, commit, publish), which stands here
// whole.
class Owner {
 public:
  struct Calls {
    // Prepares a source once more, on the calling thread, without the lock.
    std::function<Bundle(const Source&, unsigned attempt)> prepare_again;
    // Told of every source, in input order, after its group is committed.
    std::function<void(const DocumentResult&)> report;
    // Told of what is not about one source: kept files, recovered documents.
    std::function<void(const std::string&)> warn;
    // Told when all of a group have been reported.
    std::function<void()> reported = nullptr;
  };

  // `kb` and `staging` outlive it.
  Owner(KnowledgeBase& kb, LazyStaging& staging, OwnerSettings settings, Calls calls);
  Owner(const Owner&) = delete;
  Owner& operator=(const Owner&) = delete;
  // Without finish() the staging stays: the journal may still lead to files in it.
  ~Owner();

  // Recovery and reaping, if there is anything to recover or reap.
  void start();
  // Commits bundles that follow each other in input order, in as few groups as can be. Throws
  // Error: kDamaged if something that is committed cannot be published now; SystemError if the disk
  // is full.
  void commit(std::vector<Bundle> bundles);
  struct Chosen {
    Document document;
    std::string given;  // what the user called it
  };
  using ChooseDocuments = std::function<std::vector<Chosen>(const Registry&)>;
  // Takes the documents that `choose` finds in the live registry out of the KB, each once, all in
  // one transaction. Throws what `choose` throws, and then nothing has changed; else as commit().
  void remove(const ChooseDocuments& choose, RawFile raw);
  // Removes sources that are gone from the registry, in groups. Removing the last source of a
  // document removes the document; one that was made from a source that is gone is made again from
  // another that has its bytes. `is_gone` decides once more under the lock. Throws as commit().
  void remove_gone(const std::vector<std::string>& path_keys, RawFile raw,
                   const std::function<bool(const std::string&)>& is_gone);
  // Keeps a value of a command's own in the registry (Registry::meta), if it is another than
  // before.
  void set_meta(const std::string& key, const std::string& value);
  // Takes failures off the record, of sources that are no more.
  void forget_failures(const std::vector<std::string>& path_keys);
  // Writes the links between documents anew, as far as their targets came or went since they were
  // written: once, when all else of a batch is committed. What `is_interrupted` leaves undone is on
  // record for the next run. Throws as commit().
  void settle_links(const std::function<bool()>& is_interrupted);
  // finish() records this run, if it changed something, or found other things to skip than the run
  // before.
  void record_run(RunRow run) { run_ = std::move(run); }
  // Writes wiki/index.md anew, if it is behind the registry. Throws as commit(). finish() calls it.
  void write_index();
  // The last sync; the journal and the staging go. Call it after the last commit(), also when a run
  // is cut short, but not after commit() has thrown kDamaged.
  void finish();
  // True if recovery had to set something aside.
  bool found_damage() const { return found_damage_; }

 private:
  struct Pending {
    Bundle bundle;
    unsigned attempts = 0;
    bool redone = false;  // its group could not be made durable: this is the second try
  };
  using Queue = std::deque<Pending>;

  KnowledgeBase::Lock lock();
  bool is_worth_recording(const RunRow& run) const;
  void absorb(const Recovery& recovery);
  std::size_t report_unchanged(Queue& queue);
  void report(const std::vector<DocumentResult>& results);
  void log_group(const char* what, std::size_t documents) const;
  void commit_all(Queue& queue);
  void commit_group(Queue& queue);
  bool fill(const RegistryWriter& writer, Group& group, Queue& queue, std::vector<Pending>& taken);
  std::optional<FlushAhead> flush_ahead(const Queue& queue);
  void end_unused(std::optional<FlushAhead>& ahead);
  void make_durable(RegistryWriter& writer, Group& group, FlushAhead* ahead);
  void take_back_folders(Group& group);
  void commit_rows(Transaction& transaction);
  void publish_committed(Group& group);
  void publish(Group& group);
  void write_log();
  void redo_singly(std::vector<Pending> taken, const std::exception_ptr& failure);
  void prepare_again(Pending& pending);
  void commit_in_group(const std::function<void(Group&)>& take);
  void adopt_detached(const std::vector<std::string>& path_keys,
                      const std::shared_ptr<const SourceRoot>& root, Queue& queue);

  KnowledgeBase& kb_;
  LazyStaging& staging_;
  OwnerSettings settings_;
  Calls calls_;
  std::uint64_t name_counter_ = 0;
  std::int64_t last_row_ = 0;      // our journal rows up to it are published
  bool may_be_committed_ = false;  // what the last COMMIT, which failed, was about
  LogCursor log_cursor_;           // to be stored by the next transaction
  bool log_moved_ = false;
  bool log_failed_ = false;  // and the user knows
  std::vector<Recovery::Published> published_by_others_;
  bool found_damage_ = false;
  std::optional<RunRow> run_;  // to be recorded
  std::uint64_t adopted_ = 0;  // sources that were taken in besides the input
};

}  // namespace sluice::owner
