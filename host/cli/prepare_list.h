// The list of a prepare: every entry that the scan meets, taken or left out, has a place. A shard
// is a fixed part of it, by path keys alone, so that a list that grows moves nothing to another
// shard.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "cli/args.h"
#include "cli/io.h"
#include "model/source_feed.h"
#include "platform/files.h"
#include "scan/scanner.h"

namespace sluice::cli {

// Gives a page of the web a problem: no bundle is made of it.
void refuse_web_page(Source& source);

// Hands out the sources of one shard, and remembers their places.
class PrepareList : public SourceFeed {
 public:
  // Told of each skipped entry of the shard and its place, by whoever calls next().
  using OnSkippedAt = std::function<void(scan::Skipped&&, std::uint64_t place)>;

  // Of a scan.
  PrepareList(platform::Files& files, const std::vector<std::string>& paths,
              scan::ScanOptions options, Shard shard, OnSkippedAt on_skipped);
  // Of a file with a JSON object on each line (sluice help prepare): "file" is read in the place of
  // "path". Throws Error for a line that is none.
  PrepareList(platform::Files& files, const std::string& list, const scan::ScanOptions& options,
              Shard shard, Io& io);
  ~PrepareList() override;

  std::optional<Source> next() override;
  // Of the first source that was handed out and not asked for yet.
  std::uint64_t take_place();

 private:
  class Listed;
  bool is_in_shard(const std::string& path_key) const;
  void skip(scan::Skipped&& skipped);

  const Shard shard_;
  const OnSkippedAt on_skipped_;
  std::unique_ptr<scan::Scanner> scanner_;
  std::unique_ptr<Listed> listed_;
  std::uint64_t next_place_ = 0;
  std::uint64_t handed_out_ = 0;
  std::mutex mutex_;
  std::deque<std::uint64_t> places_;  // of sources that were handed out
};

}  // namespace sluice::cli
