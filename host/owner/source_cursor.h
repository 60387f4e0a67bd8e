// The registry's sources in the order of their path keys, to be read beside a scan, which has the
// same order. Where one key follows the other, that is a step of a few microseconds; a lookup by
// itself is a transaction of its own, with a dozen system calls.
#pragma once

#include <string>
#include <string_view>

#include "owner/registry.h"

namespace sluice::owner {

// Holds one state of the registry for as long as it lives: everything that is read through the same
// connection meanwhile is of that state. Do not let it live long beside writers, even of other
// processes: the registry's log grows as long as somebody reads an old state.
// REQUIRES: no other transaction on the connection.
class ReadTransaction {
 public:
  explicit ReadTransaction(const Registry& registry);
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;
  ~ReadTransaction();

 private:
  const Registry& registry_;
};

class SourceCursor {
 public:
  explicit SourceCursor(const Registry& registry);

  // Goes to the source of that path key. False if it is not on record. Any order of keys gives the
  // right answer; a rising one gives it fast. REQUIRES: a ReadTransaction.
  bool find(std::string_view path_key);
  // Forgets its place. Call it before the ReadTransaction ends.
  void reset();

  // Of the source that was found, until the next call of find() or reset().
  platform::FileIdentity identity() const;
  bool is_settled() const;
  Sha256Digest sha256() const;
  // Of its document.
  std::int64_t document() const;  // its id
  bool is_damaged() const;
  std::string document_path_key() const;
  std::string name() const;
  Sha256Digest document_sha256() const;
  std::string converter() const;
  std::string converter_version() const;
  std::string raw() const;
  std::string markdown() const;
  std::int64_t assets() const;

 private:
  void seek(std::string_view path_key);

  Statement row_;
  std::string from_;  // what the statement is bound to
  bool has_row_ = false;
};

}  // namespace sluice::owner
