// The host as a plugin under test sees it, in the sizes and versions that a test asks for.
#pragma once

#include <sluice/abi.h>
#include <sluice/ext/children.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "conformance/guarded.h"

namespace sluice::conformance {

// How the tables look that a plugin is handed.
enum class Tables {
  kPlain,
  kExact,   // of version 1.0 to the byte: what is read behind them faults
  kLarger,  // of a later host: more behind them, which is not zero
};

struct HostKind {
  Tables tables = Tables::kPlain;
  std::uint32_t minor = SLUICE_ABI_MINOR;
  bool offers_children = false;
};

// What a converter handed over through sluice.children.
struct Child {
  std::string name;
  std::string media_type;
  std::string bytes;
  bool finished = false;
  bool linked = false;
};
struct Children {
  std::vector<Child> all;
  std::vector<std::string> wrong;  // calls that a host refuses, and why
  std::size_t most = 10'000;       // from there on LIMIT
};

// `base` in memory of the kind that the test asks for.
std::unique_ptr<Guarded> table_in(Tables tables, const void* base, std::size_t size);

class HostObject {
 public:
  explicit HostObject(const HostKind& kind);
  const sluice_host* table() const { return table_; }
  const std::string& refusal() const { return refusal_; }
  Children& children() { return children_; }

 private:
  static HostObject& of(const sluice_host* raw) { return *static_cast<HostObject*>(raw->context); }

  HostKind kind_;
  sluice_host plain_{};
  std::unique_ptr<Guarded> room_;
  const sluice_host* table_ = nullptr;
  std::string refusal_;
  Children children_;
};

}  // namespace sluice::conformance
