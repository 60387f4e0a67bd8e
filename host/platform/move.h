// Renaming that never replaces what it does not know, and swapping, also where the file system
// lacks the flags of renameat2 for it (NTFS-3G, NFS, FAT, many of FUSE). There it takes several
// steps, which can be finished after a crash. REQUIRES there: a lock that keeps other processes of
// ours from these names, or a folder that is ours alone. What somebody else creates at the target
// in the very same moment is left alone as long as the file system has hard links.
#pragma once

#include <string>

#include "platform/files.h"

namespace sluice::platform {

// As Files::rename with kNoReplace. Where that takes two steps, a crash in between leaves a file
// under both names; repeated, it is finished.
RenameResult move_to_free_name(Files& files, const Dir& from, const std::string& name,
                               const Dir& to, const std::string& new_name);

// As Files::rename with kExchange. Where that takes several steps, `new_name` is missing for a
// moment, and what it was stands in `from` as aside_name(name); see resume_swap().
RenameResult swap_names(Files& files, const Dir& from, const std::string& name, const Dir& to,
                        const std::string& new_name);

// What a swap_names() that died has left.
enum class SwapState {
  kNone,      // nothing: it had not begun, or it is done
  kMovedOut,  // the old file stands aside, and `new_name` may be free; move `name` there and then
              // call bring_back()
};
// Finishes what can be finished without a decision.
SwapState resume_swap(Files& files, const Dir& from, const std::string& name, const Dir& to,
                      const std::string& new_name);
// The last step of a swap: the old file gets `name`, once that is free.
void bring_back(Files& files, const Dir& from, const std::string& name);

std::string aside_name(const std::string& name);

}  // namespace sluice::platform
