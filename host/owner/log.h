// wiki/log.md: a projection of the events, for people. A line that a crash cut off or left out is
// completed by the next owner; what people wrote into the file stays.
// REQUIRES: the exclusive KB lock.
#pragma once

#include <cstdint>
#include <string>

#include "owner/knowledge_base.h"
#include "owner/registry_writer.h"

namespace sluice::owner {

// How far the log is known to go: up to this event, and then the file had this size.
struct LogCursor {
  std::int64_t seq = 0;
  std::uint64_t size = 0;
};

// "## [2026-01-31 12:00:00] added | name (path)", with a newline. Harmless Markdown, whatever the
// file is called: a path that a reader might act on stands as code, and what is no UTF-8, hidden or
// would end the line is written as path_text() does.
std::string log_line(const Event& event);
// Whether a line is the event's, as it is written now or as versions of the registry before 3 did.
bool is_line_of(const Event& event, std::string_view line);
// The name of the document in such a line; empty if it is none.
std::string name_in_line(std::string_view line);

// Appends the lines of all events behind the recorded cursor that are not in the file yet. Returns
// the new cursor, to be recorded (store_cursor) by a transaction that follows a sync.
// Throws SystemError if the file cannot be written: then a later call completes it.
LogCursor project_log(KnowledgeBase& kb);
// True if there are events behind the recorded cursor. Needs no lock.
bool log_is_behind(const KnowledgeBase& kb);
LogCursor recorded_cursor(const Registry& registry);
void store_cursor(RegistryWriter& writer, const LogCursor& cursor);

}  // namespace sluice::owner
