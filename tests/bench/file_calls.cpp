// The file calls that adding a tree takes, and nothing else: each file is read, written twice (raw
// copy and Markdown) into a staging folder on two threads, flushed with its group, and renamed into
// place twice. No sandbox, no conversion, no hash, no registry, nothing that is checked. What the
// program itself needs can only be more; how much more is the program's own.
//
//   bench_file_calls TREE TARGET    (TARGET is made)
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "platform/files.h"

namespace sluice {
namespace {

namespace fs = std::filesystem;
using platform::Access;
using platform::Dir;
using platform::File;

constexpr unsigned kLanes = 2;
constexpr std::size_t kGroup = 1024;
constexpr std::size_t kChunk = 512 << 10;
constexpr std::uint64_t kWritebackStep = 1 << 20;  // as the program does for large files

class FileCalls {
 public:
  FileCalls(const fs::path& tree, const fs::path& target) {
    for (const auto& entry : fs::recursive_directory_iterator(tree)) {
      if (entry.is_regular_file()) sources_.push_back(entry.path().lexically_relative(tree));
    }
    std::sort(sources_.begin(), sources_.end());
    staged_ = std::vector<std::atomic<bool>>(sources_.size());
    for (const char* folder : {"raw", "wiki/sources", "staging"}) {
      fs::create_directories(target / folder);
    }
    tree_ = *files_.open_dir(tree.string());
    raw_ = *files_.open_dir((target / "raw").string());
    markdown_ = *files_.open_dir((target / "wiki/sources").string());
    staging_ = *files_.open_dir((target / "staging").string());
  }

  void run() {
    std::vector<std::thread> lanes;
    for (unsigned i = 0; i < kLanes; ++i) lanes.emplace_back([this] { stage_all(); });
    for (std::size_t first = 0; first < sources_.size();) {
      const std::size_t end = std::min(first + kGroup, sources_.size());
      {
        std::unique_lock lock(mutex_);
        more_.wait(lock, [&] { return staged_[end - 1] && all_staged(first, end); });
      }
      files_.sync_file_system(staging_);
      for (; first < end; ++first) publish(first);
    }
    for (std::thread& lane : lanes) lane.join();
    files_.sync_file_system(staging_);
  }

 private:
  static std::string name(std::size_t i, const char* extension) {
    return std::to_string(i) + extension;
  }
  bool all_staged(std::size_t first, std::size_t end) const {
    while (first < end && staged_[first]) ++first;
    return first == end;
  }

  void stage_all() {
    std::string chunk(kChunk, '\0');
    for (std::size_t i = next_++; i < sources_.size(); i = next_++) {
      const auto source =
          files_.open_read(tree_, sources_[i].string(), platform::Symlinks::kInside);
      for (const char* extension : {".raw", ".md"}) copy(*source, name(i, extension), chunk);
      const std::lock_guard lock(mutex_);
      staged_[i] = true;
      if (i % kGroup == kGroup - 1 || i + 2 * kLanes > sources_.size()) more_.notify_one();
    }
  }
  void copy(const File& source, const std::string& to, std::string& chunk) {
    const File file = files_.create(staging_, to, Access::kUmask);
    for (std::uint64_t at = 0;;) {
      const std::size_t got =
          files_.read(source, at, std::as_writable_bytes(std::span(chunk.data(), chunk.size())));
      if (got == 0) return;
      files_.write(file, at, std::as_bytes(std::span(chunk.data(), got)));
      at += got;
      if (at % kWritebackStep == 0) {
        files_.start_writeback(file, at - kWritebackStep, kWritebackStep);
      }
      if (got < chunk.size()) return;
    }
  }
  void publish(std::size_t i) {
    using platform::RenameMode;
    const std::string stem = sources_[i].stem().string();
    files_.rename(staging_, name(i, ".raw"), raw_, stem + ".raw", RenameMode::kNoReplace);
    files_.rename(staging_, name(i, ".md"), markdown_, stem + ".md", RenameMode::kNoReplace);
  }

  platform::Files files_;
  Dir tree_, raw_, markdown_, staging_;
  std::vector<fs::path> sources_;
  std::vector<std::atomic<bool>> staged_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::condition_variable more_;
};

}  // namespace
}  // namespace sluice

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: bench_file_calls TREE TARGET\n", stderr);
    return 2;
  }
  sluice::FileCalls(argv[1], argv[2]).run();
  return 0;
}
