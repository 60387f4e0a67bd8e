#include "staging/staged_file.h"

#include "model/layout.h"
#include "platform/error.h"

namespace sluice {
namespace {

constexpr std::size_t kBuffer = 256 << 10;
// The disk begins with a file of this size at once, so that the sync at the commit has little left
// to wait for. Smaller ones are better written together.
constexpr std::uint64_t kWritebackStep = 1 << 20;

}  // namespace

StagedWriter::StagedWriter(platform::Files& files, const platform::Dir& staging, std::string name,
                           platform::Sha256& hash)
    : files_(files),
      staging_(staging),
      name_(std::move(name)),
      hash_(hash),
      file_(files.create(staging, name_)) {}

StagedWriter::~StagedWriter() {
  if (finished_) return;
  try {
    hash_.finish();  // begins anew for its next user
    files_.unlink(staging_, name_);
  } catch (const Error&) {
    // The batch removes it.
  }
}

void StagedWriter::write(std::string_view bytes) {
  if (bytes.size() >= kBuffer / 2) {
    flush(buffer_);
    buffer_.clear();
    flush(bytes);
    return;
  }
  if (buffer_.size() + bytes.size() <= kBuffer) {
    buffer_ += bytes;
    return;
  }
  flush(buffer_);
  buffer_ = bytes;
}

void StagedWriter::flush(std::string_view bytes) {
  if (bytes.empty()) return;
  const auto raw = std::as_bytes(std::span(bytes));
  hash_.update(raw);
  if (prints_) prints_->update(bytes);
  files_.write(file_, written_, raw);
  const std::uint64_t before = written_ / kWritebackStep;
  written_ += bytes.size();
  if (written_ / kWritebackStep != before) {
    files_.start_writeback(file_, before * kWritebackStep,
                           (written_ / kWritebackStep - before) * kWritebackStep);
  }
}

StagedFile StagedWriter::finish() {
  flush(buffer_);
  buffer_.clear();
  if (written_ > kWritebackStep && written_ % kWritebackStep != 0) {
    files_.start_writeback(file_, written_ / kWritebackStep * kWritebackStep,
                           written_ % kWritebackStep);
  }
  StagedFile staged;
  staged.name = name_;
  staged.identity = files_.info(file_).identity;
  staged.sha256 = hash_.finish();
  if (prints_) staged.line_prints = prints_->finish().value_or("");
  finished_ = true;
  return staged;
}

StagedFile write_staged(platform::Files& files, const platform::Dir& staging, std::string name,
                        std::string_view content, const platform::Sha256Digest& sha256) {
  const platform::File file = files.create(staging, name);
  try {
    files.write(file, 0, std::as_bytes(std::span(content)));
    return {name, files.info(file).identity, sha256};
  } catch (const Error&) {
    files.unlink(staging, name);
    throw;
  }
}

std::optional<std::string> read_whole_text(platform::Files& files, const platform::Dir& at,
                                           const std::string& name, std::uint64_t most) {
  const auto file = files.open_read(at, name);
  if (!file) return std::nullopt;
  const std::uint64_t size = files.info(*file).identity.size;
  if (size > most) return std::nullopt;
  std::string text(static_cast<std::size_t>(size), '\0');
  text.resize(files.read(*file, 0, std::as_writable_bytes(std::span(text.data(), text.size()))));
  return text;
}

std::string working_asset_name(std::uint32_t asset) {
  return "~" + std::to_string(asset);
}

void clear_worker_files(platform::Files& files, const platform::Dir& staging,
                        Document& document) noexcept {
  const auto quietly = [](auto remove) {
    try {
      remove();
    } catch (const Error&) {
      // The batch removes it.
    }
  };
  const std::uint64_t sequence = document.sequence();
  const unsigned attempt = document.attempt;
  const std::uint32_t part = document.part;
  if (document.has_body) {
    quietly([&] { files.unlink(staging, layout::staged_body(sequence, attempt, part)); });
  }
  if (document.assets > 0) {
    quietly([&] { remove_tree(files, staging, layout::staged_assets(sequence, attempt, part)); });
  }
  for (const std::string& kind : document.sidecars) {
    quietly([&] { files.unlink(staging, layout::staged_sidecar(sequence, attempt, kind, part)); });
  }
  for (const std::uint32_t child : document.child_parts) {
    quietly([&] { files.unlink(staging, layout::staged_raw(sequence, attempt, child)); });
  }
  document.has_body = false;
  document.assets = 0;
  document.sidecars.clear();
  document.child_parts.clear();
  document.children.clear();
}

void clear_staged(platform::Files& files, const platform::Dir& staging,
                  Document& document) noexcept {
  clear_worker_files(files, staging, document);
  if (!document.has_raw) return;
  document.has_raw = false;
  try {
    files.unlink(staging, layout::staged_raw(document.sequence(), document.attempt, document.part));
  } catch (const Error&) {
    // The batch removes it.
  }
}

}  // namespace sluice
