// A registry transaction that is rolled back unless commit() is called; the way to everything that
// writes. REQUIRES: the exclusive KB lock.
#pragma once

#include "owner/registry_writer.h"

namespace sluice::owner {

class Transaction {
 public:
  explicit Transaction(Registry& registry) : writer_(registry) { registry.begin(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!committed_) writer_.registry_.rollback();
  }
  RegistryWriter& writer() { return writer_; }
  void commit() {
    writer_.registry_.commit();
    committed_ = true;
  }

 private:
  RegistryWriter writer_;
  bool committed_ = false;
};

}  // namespace sluice::owner
