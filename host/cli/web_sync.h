// The part of `sync` that is about URLs: which are fetched again, and which have gone.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "model/source_feed.h"
#include "owner/document_result.h"
#include "owner/knowledge_base.h"

namespace sluice::cli {

class WebSync {
 public:
  explicit WebSync(const owner::KnowledgeBase& kb) : kb_(kb) {}

  // A URL of the command line or of [sync] roots: itself, and all on record below it. Throws Error
  // (kUsage) if it is none.
  void add_root(const std::string& given);
  // All URLs on record.
  void add_all();

  // The URLs on record that are to be fetched, by path key.
  const std::set<std::string>& urls() const { return urls_; }
  // Their sources, behind those of `first`.
  std::unique_ptr<SourceFeed> feed_behind(std::unique_ptr<SourceFeed> first) const;

  // Call it with every result. A server may be wrong for a day: a URL is gone if its server says so
  // a second time in a row.
  void note(const owner::DocumentResult& result);
  const std::set<std::string>& gone() const { return gone_; }
  // Documents whose only source is one of those.
  std::uint64_t documents_to_remove() const;
  bool is_gone(const std::string& path_key) const;

 private:
  bool add_below(const std::string& prefix);

  const owner::KnowledgeBase& kb_;
  std::set<std::string> urls_;
  std::set<std::string> gone_;
};

}  // namespace sluice::cli
