// Who may change a file or folder. What a user runs as code must be in the hands of that user and
// of root alone.
#pragma once

#include "platform/os_handle.h"

namespace sluice::platform {

enum class Stranger {
  kNone,   // only this process's user and root
  kOwner,  // it belongs to another user
  kGroup,  // its group has other members, and may write to it
  kAll,    // everybody may write to it
};

// Who else may change an open file or folder. A folder with the sticky bit (/tmp) counts as safe:
// there, nobody can rename or delete what is somebody else's. So does a group that is its owner's
// own and has no other member, as many systems make one for each user, unless an access list
// (POSIX ACL) gives rights to more. Throws SystemError.
Stranger who_else_may_change(const OsHandle& file);

}  // namespace sluice::platform
