#include "owner/source_cursor.h"

#include <algorithm>

namespace sluice::owner {
namespace {

// Sources that were removed, or that another lane looks at, lie between two lookups. From so many
// on it costs less to search the tree again than to pass them one by one.
constexpr int kMaxSteps = 8;

// CROSS JOIN: in the order of the sources, each with its document.
constexpr const char* kFrom =
    "SELECT s.path_key, s.device, s.inode, s.size, s.mtime_ns, s.ctime_ns, s.settled, s.sha256,"
    " d.damaged, d.path_key, d.name, d.sha256, d.converter, d.converter_version, d.raw, d.markdown,"
    " d.assets, d.id FROM sources s CROSS JOIN documents d ON d.id = s.document"
    " WHERE s.path_key >= ?1 ORDER BY s.path_key";

}  // namespace

ReadTransaction::ReadTransaction(const Registry& registry) : registry_(registry) {
  registry_.begin_reading();
}

ReadTransaction::~ReadTransaction() {
  registry_.end_reading();
}

SourceCursor::SourceCursor(const Registry& registry) : row_(registry.db_.prepare(kFrom)) {}

void SourceCursor::seek(std::string_view path_key) {
  row_.reset();
  from_ = path_key;
  row_.bind(1, from_);
  has_row_ = row_.step();
}

bool SourceCursor::find(std::string_view path_key) {
  if (!has_row_ || row_.text_view(0) > path_key) seek(path_key);
  for (int steps = 0; has_row_ && row_.text_view(0) < path_key; ++steps) {
    if (steps == kMaxSteps) {
      seek(path_key);
    } else {
      has_row_ = row_.step();
    }
  }
  return has_row_ && row_.text_view(0) == path_key;
}

void SourceCursor::reset() {
  row_.reset();
  has_row_ = false;
}

platform::FileIdentity SourceCursor::identity() const {
  return {static_cast<std::uint64_t>(row_.integer(1)), static_cast<std::uint64_t>(row_.integer(2)),
          static_cast<std::uint64_t>(row_.integer(3)), row_.integer(4), row_.integer(5)};
}
bool SourceCursor::is_settled() const {
  return row_.integer(6) != 0;
}
Sha256Digest SourceCursor::sha256() const {
  return digest(row_.blob(7));
}
bool SourceCursor::is_damaged() const {
  return row_.integer(8) != 0;
}
std::string SourceCursor::document_path_key() const {
  return row_.text(9);
}
std::string SourceCursor::name() const {
  return row_.text(10);
}
Sha256Digest SourceCursor::document_sha256() const {
  return digest(row_.blob(11));
}
std::string SourceCursor::converter() const {
  return row_.text(12);
}
std::string SourceCursor::converter_version() const {
  return row_.text(13);
}
std::string SourceCursor::raw() const {
  return row_.text(14);
}
std::string SourceCursor::markdown() const {
  return row_.text(15);
}
std::int64_t SourceCursor::assets() const {
  return row_.integer(16);
}

std::int64_t SourceCursor::document() const {
  return row_.integer(17);
}

}  // namespace sluice::owner
