// The system calls that touch files: what each does, and where in its arguments the file stands.
// What is not in the table changes no file.
#pragma once

#include <cstdint>
#include <span>

namespace sluice::crash {

enum class Kind : std::uint8_t {
  kOpen,       // may create, may truncate
  kWrite,      // bytes into a file
  kTruncate,   // a file's size
  kMakeDir,    // a new directory
  kRename,     // one name, or the exchange of two
  kLink,       // another name
  kUnlink,     // a name less
  kRemoveDir,  // a directory less
  kSync,       // one file or directory
  kSyncAll,    // a file system
  kHint,       // asks for write-back, promises nothing
  kMode,       // modes, owners, times
  kForeign,    // changes files in a way that the recorder does not understand
  kRead,       // bytes out of a file
  kLook,       // facts about a file, names in a directory
  kHide,       // bars whoever is not root from tracing: seen whatever was asked for, never made
  kCount
};

class Kinds {
 public:
  constexpr Kinds() = default;
  constexpr Kinds(std::initializer_list<Kind> kinds) {
    for (const Kind kind : kinds) bits_ |= 1u << static_cast<unsigned>(kind);
  }
  constexpr bool has(Kind kind) const { return (bits_ >> static_cast<unsigned>(kind) & 1) != 0; }

 private:
  std::uint32_t bits_ = 0;
};

// Everything that leaves something behind, or promises to.
inline constexpr Kinds kChanges = {Kind::kOpen,   Kind::kWrite,   Kind::kTruncate, Kind::kMakeDir,
                                   Kind::kRename, Kind::kLink,    Kind::kUnlink,   Kind::kRemoveDir,
                                   Kind::kSync,   Kind::kSyncAll, Kind::kHint,     Kind::kMode,
                                   Kind::kForeign};
inline constexpr Kinds kAllCalls = {
    Kind::kOpen, Kind::kWrite,  Kind::kTruncate,  Kind::kMakeDir, Kind::kRename,
    Kind::kLink, Kind::kUnlink, Kind::kRemoveDir, Kind::kSync,    Kind::kSyncAll,
    Kind::kHint, Kind::kMode,   Kind::kForeign,   Kind::kRead,    Kind::kLook};

constexpr int kNone = -1;

// Argument numbers, kNone where the call has no such argument. Without a path the descriptor is the
// file itself; with one it is the directory that the path starts from.
struct Syscall {
  long number;
  const char* name;
  Kind kind;
  int fd;
  int path;
  int to_fd = kNone;
  int to_path = kNone;
};

std::span<const Syscall> all_syscalls();
// The table's row, or null.
const Syscall* find_syscall(long number);

}  // namespace sluice::crash
