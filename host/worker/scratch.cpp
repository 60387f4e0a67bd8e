#include "worker/scratch.h"

#include "model/layout.h"
#include "platform/error.h"

namespace sluice::worker {

Scratch::Scratch(platform::Files& files, const platform::Dir& staging, const std::string& plugin)
    : files_(files), staging_(staging) {
  unsigned number = 0;
  do {
    name_ = layout::worker_scratch(plugin, number++);
  } while (!files_.make_dir(staging_, name_, platform::Access::kPrivate));
  std::optional<platform::Dir> opened = files_.open_dir(staging_, name_);
  if (!opened) throw Error("open", name_, "it is gone from staging");
  dir_ = std::move(*opened);
}

Scratch::~Scratch() {
  try {
    remove_tree(files_, staging_, name_);
  } catch (const Error&) {
    // It goes with the batch's staging.
  }
}

void Scratch::clear() {
  for (const platform::DirEntry& entry : files_.list(dir_)) {
    remove_tree(files_, dir_, entry.name);
  }
}

}  // namespace sluice::worker
