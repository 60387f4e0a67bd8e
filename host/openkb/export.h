// Keeps a folder that OpenKB's own tools read: a copy of the documents, and OpenKB's list of them.
// What OpenKB adds there itself stays. The folder has a record of what Sluice has put there, so a
// run writes only what has changed, and a second one changes nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "owner/knowledge_base.h"
#include "platform/files.h"

namespace sluice::openkb {

struct ExportCounts {
  std::uint64_t written = 0;
  std::uint64_t removed = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t left = 0;    // OpenKB has these bytes itself
  std::uint64_t failed = 0;  // the next run tries them again
};

struct ExportSettings {
  bool dry_run = false;
  std::chrono::milliseconds lock_timeout{0};
  // Called with "export" or "remove" and the name of each document that there is something to do
  // for; may be empty.
  std::function<void(const std::string& would, const std::string& name)> on_document = {};
  std::function<void(const std::string& text)> warn = {};
};

// `path`: absolute; the folder is made if need be. Throws Error if it is the folder of the
// knowledge base, if another process is at work on it for too long, or if it cannot be written.
ExportCounts export_documents(platform::Files& files, const owner::KnowledgeBase& kb,
                              const std::string& path, const ExportSettings& settings);

}  // namespace sluice::openkb
