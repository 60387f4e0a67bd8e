// A registry transaction that is rolled back unless commit() is called.
#pragma once

#include "owner/registry.h"

namespace sluice::owner {

class Transaction {
 public:
  explicit Transaction(Registry& registry) : registry_(&registry) { registry.begin(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (registry_ != nullptr) registry_->rollback();
  }
  void commit() {
    registry_->commit();
    registry_ = nullptr;
  }

 private:
  Registry* registry_;
};

}  // namespace sluice::owner
