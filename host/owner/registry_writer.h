// All that changes the registry. Only a Transaction has one, so that nothing is written outside of
// a transaction. REQUIRES: the exclusive KB lock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "owner/registry.h"

namespace sluice::owner {

// Each of its functions is one change of rows, with its SQL.
class RegistryWriter {
 public:
  RegistryWriter(const RegistryWriter&) = delete;
  RegistryWriter& operator=(const RegistryWriter&) = delete;

  // What it reads includes what it has written.
  const Registry& registry() const { return registry_; }
  // How many rows the connection has written so far, rolled back or not.
  std::int64_t changes() const;

  void set_meta(std::string_view key, std::string_view value);

  // --- documents and sources ---
  // Inserts (id 0) or updates; returns the id.
  std::int64_t put_document(const Document& document, std::string_view name_key);
  void set_damaged(std::int64_t id);
  void clear_damaged(std::int64_t id);
  void delete_document(std::int64_t id);
  void put_files(std::int64_t document, const std::vector<PublishedFile>& files);
  void put_attempts(std::int64_t document, const std::vector<AttemptRow>& attempts);
  void put_source(const SourceRow& row);
  // Its fetch goes with it.
  void delete_source(std::string_view path_key);
  void put_fetch(const FetchRow& row);

  void put_child(const ChildRow& row);
  void delete_child(std::string_view path_key);
  // Of a document whose links were rewritten.
  void set_markdown(std::int64_t id, const Sha256Digest& sha256, std::uint64_t size);
  // Of its Markdown; empty: they are not known.
  void put_line_prints(std::int64_t document, std::string_view prints);

  // --- links between documents (registry_links.cpp) ---
  // The path that the document's source had before it was renamed.
  void put_former_path(const std::string& path_key, std::int64_t document);
  // In place of those it had; `targets`: what they wait for, each once. They are to be settled, and
  // wait from then on (await_targets).
  void put_links(std::int64_t document, const std::vector<LinkRow>& links,
                 const std::vector<std::string>& targets);
  void drop_links(std::int64_t document);
  // Sorts them: neighbours share a page of the index. What waits already stays.
  void await_targets(std::vector<AwaitedTarget>& awaited);
  // With other destinations.
  void set_links(std::int64_t document, const std::vector<LinkRow>& links);
  void settle_links(std::int64_t document);
  void put_anchors(std::int64_t document, const std::vector<NamedAnchor>& anchors);

  // --- events and failures ---
  std::int64_t append_event(const Event& event);
  void put_hook(const HookRow& hook);
  void put_failure(const FailureRow& row);
  void clear_failure(std::string_view path_key);

  // Gives it a number, and drops the oldest run where there are too many.
  void append_run(const RunRow& run);

  // --- journal ---
  std::int64_t append_journal(const JournalRow& row);
  void delete_journal_of(std::string_view batch, std::int64_t up_to_id);
  void delete_journal(std::int64_t id);
  void count_attempt(std::int64_t id);
  void put_damage(const JournalRow& row, std::string_view what, std::string_view set_aside);
  void delete_damage(std::int64_t id);

  // --- repair ---
  // Rebuilds all indexes from the tables.
  void rebuild_indexes();
  // Puts dangling rows on record as damage, with the folder that has a list of them, and deletes
  // them.
  void drop_dangling_rows(std::string_view set_aside);

 private:
  friend class Transaction;
  explicit RegistryWriter(Registry& registry) : registry_(registry) {}

  Registry& registry_;
};

}  // namespace sluice::owner
