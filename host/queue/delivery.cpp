#include "queue/delivery.h"

#include <algorithm>
#include <charconv>

#include "platform/error.h"
#include "queue/tar_writer.h"

namespace sluice::queue {
namespace {

constexpr std::size_t kDigits = 12;
constexpr const char* kPackedName = "packed";
// A call for each of many small bundles would cost more than they do. Half a second is what a crash
// may lose.
constexpr std::size_t kMaxUntold = 64;
constexpr std::chrono::milliseconds kLongestUntold{500};

}  // namespace

std::string name_in_store(std::int64_t seq, const std::string& token) {
  const std::string digits = std::to_string(seq);
  return std::string(kDigits - std::min(kDigits, digits.size()), '0') + digits + "-" + token +
         ".tar";
}

std::int64_t seq_of_name(const std::string& name) {
  std::int64_t seq = -1;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), seq);
  const bool is_one = read.ec == std::errc() && read.ptr == name.data() + kDigits &&
                      name.size() > kDigits && name[kDigits] == '-' &&
                      name.find(".tar", kDigits) != std::string::npos;
  return is_one ? seq : -1;
}

Deliverer::Deliverer(platform::Files& files, Link& link, Store& store, const Scratch& scratch,
                     std::string token, const std::vector<Task>& tasks, OnWorked on_worked)
    : files_(files),
      link_(link),
      store_(store),
      scratch_(scratch),
      token_(std::move(token)),
      on_worked_(std::move(on_worked)) {
  for (const Task& task : tasks) open_[task.seq] = &task;
}

void Deliverer::deliver(const PreparedTask& prepared, const platform::Dir& out,
                        const BetweenPieces& between) {
  const auto open = open_.find(prepared.seq);
  if (open == open_.end()) return;
  // Another computer may well be able to read it: that is no fact about the document.
  if (prepared.outcome == "io" || prepared.bundle.empty()) {
    report_failed(prepared.seq, prepared.outcome, prepared.reason);
    return;
  }
  const auto folder = files_.open_dir(out, prepared.bundle);
  if (!folder) {
    report_failed(prepared.seq, "internal", "its bundle is gone");
    return;
  }
  const std::string name = name_in_store(prepared.seq, token_);
  // One file for all, since making and deleting one for each is slow.
  const platform::File tar =
      files_.open_or_create(scratch_.dir(), kPackedName, platform::Access::kPrivate);
  files_.truncate(tar, 0);
  const TarResult packed = write_tar(files_, *folder, prepared.bundle, tar);
  store_.put(name, tar, packed.size, packed.sha256, between);
  platform::remove_tree(files_, out, prepared.bundle);
  untold_.push_back({prepared.seq, packed.sha256, packed.size, prepared.outcome});
  untold_tasks_[prepared.seq] = open->second;
  open_.erase(open);
}

void Deliverer::report_failed(std::int64_t seq, const std::string& outcome,
                              const std::string& why) {
  const auto open = open_.find(seq);
  if (open == open_.end()) return;
  const bool is_ours = fail(link_, token_, seq, why);
  on_worked_({open->second, is_ours ? "failed" : "lost", outcome, why, 0});
  open_.erase(open);
}

void Deliverer::tell_if_due() {
  const auto waited = std::chrono::steady_clock::now() - told_at_;
  if (untold_.size() >= kMaxUntold || waited >= kLongestUntold) tell();
}

void Deliverer::tell() {
  told_at_ = std::chrono::steady_clock::now();
  if (untold_.empty()) return;
  const std::vector<std::int64_t> wanted = complete(link_, token_, untold_);
  for (const Delivery& one : untold_) {
    const bool is_wanted = std::find(wanted.begin(), wanted.end(), one.seq) != wanted.end();
    if (!is_wanted) store_.remove(name_in_store(one.seq, token_));
    on_worked_(
        {untold_tasks_[one.seq], is_wanted ? "delivered" : "lost", one.outcome, "", one.size});
  }
  untold_.clear();
  untold_tasks_.clear();
}

std::vector<std::int64_t> Deliverer::open_tasks() const {
  std::vector<std::int64_t> seqs;
  for (const auto& [seq, task] : open_) seqs.push_back(seq);
  return seqs;
}

}  // namespace sluice::queue
