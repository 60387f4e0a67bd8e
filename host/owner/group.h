// One group on its way into the registry: decides for each bundle, from the live registry, whether
// it is new, replaced, known or unchanged, and writes its rows. It moves no files: the journal rows
// list what the owner publishes after the commit. REQUIRES: the exclusive KB lock, and an open
// transaction of the writer while bundles are taken.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/bundle.h"
#include "owner/document_result.h"
#include "owner/journal.h"
#include "owner/knowledge_base.h"
#include "owner/registry_writer.h"
#include "owner/source_cursor.h"
#include "staging/staging.h"

namespace sluice::owner {

// What becomes of the raw file of a document that is taken out.
enum class RawFile { kRemove, kKeep };

// A failure on record that was not tried again: whether it is still the one on record, of the same
// file and the same converters; and what to report of it.
bool fails_as_before(const KnowledgeBase& kb, const Bundle& bundle);
DocumentResult failed_before_result(const Bundle& bundle);

// It has many functions because the decision for one source has many ends; what concerns documents
// within sources is TreeTaker's (tree.h).
class Group {
 public:
  Group(const KnowledgeBase& kb, RegistryWriter& writer, LazyStaging& staging,
        std::uint64_t& name_counter, OnEdit on_edit)
      : kb_(kb),
        writer_(writer),
        staging_(staging),
        name_counter_(name_counter),
        on_edit_(on_edit) {}

  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  enum class Verdict {
    kTaken,
    kPrepareAgain,  // what it was prepared from, or what it was skipped for, is no longer so
    kNextGroup,     // belongs to a document that this group has changed already
  };
  // Decides, and then writes the rows: of the source and of all documents within it. What throws
  // while it decides has written nothing; what throws after that leaves the transaction with half a
  // document in it.
  Verdict take(Bundle& bundle);
  // Takes it as a failed document, whatever it is.
  void take_failure(const Bundle& bundle, Outcome outcome, const std::string& reason);
  // Keeps the number that a bundle comes with. REQUIRES: the bundle is taken.
  void keep_mark(const Bundle& bundle);
  // Takes a document, with all its sources, off the registry; its files go when the group is
  // published. `given`: what the user called it.
  void take_removal(const Document& document, const std::string& given, RawFile raw);
  // Takes a source off the registry that is gone, and its document with it if it has no other.
  // If it has, and was made from this one, nothing is written yet: returns the path key of the
  // source that is to carry it on (Source::follows).
  std::optional<std::string> take_gone_source(const std::string& path_key, RawFile raw);

  // The registry has been changed.
  bool writes() const { return writes_; }
  // No further bundle may join: a removed path must not be published again before it is durable,
  // and detached sources come next.
  bool is_closed() const { return closed_; }
  std::uint64_t bytes() const { return bytes_; }
  // A file in staging is not from a bundle, but was written as this group was decided.
  bool has_staged() const { return has_staged_; }

  std::vector<DocumentResult>& results() { return results_; }
  const std::vector<std::vector<Step>>& steps() const { return steps_; }
  std::int64_t last_row() const { return last_row_; }
  // Published files, relative to the KB, that are large.
  const std::vector<std::string>& large_files() const { return large_files_; }
  // Sources that were on record as duplicates of a version that this group replaces: their content
  // has no document any more, and they are to be prepared at once.
  const std::vector<std::string>& detached() const { return detached_; }

 private:
  friend class EditSettler;
  friend class IndexWriter;
  friend class LinkSettler;
  friend class TreeTaker;

  Verdict take_one(Bundle& bundle);
  Verdict decide_content(Bundle& bundle);
  bool any_children();
  bool has_new_facts(const Bundle& bundle) const;
  bool gains_link_target(const Bundle& bundle) const;
  std::optional<std::string> key_conflict(const Source& source);
  std::optional<Document> carried_document(const Bundle& bundle) const;
  bool has_moved(const Document& document, const Source& to) const;
  Verdict take_copy(Bundle& bundle, const std::optional<Document>& own);
  void drop_source(const std::string& path_key);
  DocumentResult& add_result(Result result, const Bundle& bundle);
  void put_source(const Bundle& bundle, std::int64_t document);
  bool any_failure();
  void clear_failure(const Bundle& bundle);
  std::int64_t append_event(EventOp op, const Document& document, const std::string& path_key,
                            const std::string& path_before = "");
  void append_journal(std::int64_t document, std::vector<Step> steps);

  void take_unchanged(const Bundle& bundle, const Document& document, bool refresh);
  Verdict take_duplicate(const Bundle& bundle, const Document& document);
  void release_document(const std::string& path_key, std::int64_t document, RawFile raw);
  void put_links(const Bundle& bundle, std::int64_t document, bool is_new);
  void relink(const Document& document);
  Verdict take_document(Bundle& bundle, const std::optional<Document>& old);
  struct Linked;
  void end_document(Linked& document);
  std::string final_name(const Bundle& bundle, const std::optional<Document>& old);
  void detach_others(const Document& document, const std::string& path_key);
  std::vector<Step> publish_steps(const Bundle& bundle, const Document& next,
                                  const std::optional<Document>& old);
  std::vector<Step> removal_steps(const Document& document, const std::vector<PublishedFile>& files,
                                  RawFile raw);
  std::int64_t delete_document(const Document& document, const std::string& path_key, RawFile raw);
  std::string removed_name();

  const KnowledgeBase& kb_;
  RegistryWriter& writer_;
  LazyStaging& staging_;
  std::uint64_t& name_counter_;  // numbers names in staging, for the life of the batch
  const OnEdit on_edit_;
  std::vector<DocumentResult> results_;
  std::vector<std::vector<Step>> steps_;
  std::set<std::int64_t> touched_;
  std::vector<std::string> detached_;
  std::vector<std::string> large_files_;
  std::int64_t last_row_ = 0;
  std::uint64_t bytes_ = 0;
  std::optional<bool> any_failure_;      // on record; asked once
  std::optional<SourceCursor> sources_;  // for those that were skipped
  std::optional<bool> any_children_;
  // Of the tree in hand: its source's final name, the documents within it that were not on record,
  // and those whose links wait until it is complete.
  std::string tree_name_;
  std::set<std::string> gained_;
  struct Linked {
    Bundle* bundle = nullptr;
    std::int64_t document = 0;
    std::string name;
    std::vector<Step> steps;
    std::optional<Document> old;  // the version that it replaces
    std::size_t result = 0;       // its place in results_
  };
  std::vector<Linked> linked_;
  bool writes_ = false;
  bool closed_ = false;
  bool has_staged_ = false;
};

// True if the source is no longer what the bundle was made from.
bool source_has_changed(platform::Files& files, const Bundle& bundle);
// What to report for a source that was skipped; nothing if the registry does not say any more that
// it is unchanged.
std::optional<DocumentResult> unchanged_result(SourceCursor& sources, const Bundle& bundle);

}  // namespace sluice::owner
