// Files in staging: writing one (it is gone again unless finished), and clearing away what was made
// for a document.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/files.h"
#include "platform/sha256.h"
#include "staging/document.h"
#include "staging/line_prints.h"

namespace sluice {

class StagedWriter {
 public:
  // `hash` is used until finish(); nothing else may use it meanwhile.
  StagedWriter(platform::Files& files, const platform::Dir& staging, std::string name,
               platform::Sha256& hash);
  StagedWriter(const StagedWriter&) = delete;
  StagedWriter& operator=(const StagedWriter&) = delete;
  ~StagedWriter();

  // Notes the lines, too (StagedFile::line_prints). Before the first write().
  void print_lines() { prints_.emplace(); }
  void write(std::string_view bytes);
  // Bytes written so far.
  std::uint64_t size() const { return written_ + buffer_.size(); }
  // Flushes, and describes the file as it now is.
  StagedFile finish();

 private:
  void flush(std::string_view bytes);

  platform::Files& files_;
  const platform::Dir& staging_;
  std::string name_;
  platform::Sha256& hash_;
  platform::File file_;
  std::optional<LinePrints> prints_;
  std::string buffer_;
  std::uint64_t written_ = 0;
  bool finished_ = false;
};

// Writes a whole file whose hash is known already.
StagedFile write_staged(platform::Files& files, const platform::Dir& staging, std::string name,
                        std::string_view content, const platform::Sha256Digest& sha256);

// All of a file; nothing if it is not there, or has more bytes than that.
std::optional<std::string> read_whole_text(platform::Files& files, const platform::Dir& at,
                                           const std::string& name, std::uint64_t most);

// The name of an asset in its folder before it has its final one, which never holds a `~`.
std::string working_asset_name(std::uint32_t asset);

// Removes what was made for a worker, so that another can begin anew. Never throws: what stays goes
// with the batch.
void clear_worker_files(platform::Files& files, const platform::Dir& staging,
                        Document& document) noexcept;
// The same and the raw copy.
void clear_staged(platform::Files& files, const platform::Dir& staging,
                  Document& document) noexcept;

}  // namespace sluice
