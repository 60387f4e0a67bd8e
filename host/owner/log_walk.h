// Reads wiki/log.md beside the events, to find the lines that are not there any more. People may
// write between the lines; the lines themselves stand in the order of the events.
#pragma once

#include <functional>
#include <string_view>

#include "owner/knowledge_base.h"

namespace sluice::owner {

// What rewrite_log writes to, below .sluice; it stays there if it dies.
inline constexpr const char* kUnfinishedLog = "log.md.new";

struct LogVisitor {
  // A piece of the file, as it is: in order, all of it. May be empty.
  std::function<void(std::string_view bytes)> text;
  // An event whose line should stand here.
  std::function<void(const Event& event)> missing;
};

// `log`: nothing if the file is not there. Memory does not grow with either of them.
void walk_log(KnowledgeBase& kb, const platform::File* log, const LogVisitor& visitor);

// Writes the file again, with every missing line in its place and all else unchanged. Returns
// how many lines were missing. What was written to the old file meanwhile is kept in
// .sluice/set-aside. REQUIRES: the exclusive KB lock. Throws SystemError.
std::int64_t rewrite_log(KnowledgeBase& kb);

}  // namespace sluice::owner
