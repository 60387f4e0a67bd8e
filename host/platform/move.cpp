#include "platform/move.h"

#include "platform/error.h"

namespace sluice::platform {
namespace {

// The file system, or what passes its calls on, does not know the flag.
bool lacks_flag(const SystemError& error) {
  return error.is(std::errc::invalid_argument) || error.is(std::errc::function_not_supported) ||
         error.is(std::errc::operation_not_supported) || error.is(std::errc::not_supported);
}

// Of file systems without hard links; Linux says EPERM.
bool lacks_links(const SystemError& error) {
  return lacks_flag(error) || error.is(std::errc::operation_not_permitted) ||
         error.is(std::errc::too_many_links);
}

// Two names of one file. On a file system that ignores case, one name may be found under two
// spellings: then it has one link.
bool is_linked_twice(const FileInfo& one, const FileInfo& other) {
  return one.kind == FileKind::kRegular && one.identity.device == other.identity.device &&
         one.identity.inode == other.identity.inode && one.links >= 2;
}

RenameResult move_in_steps(Files& files, const Dir& from, const std::string& name, const Dir& to,
                           const std::string& new_name) {
  const auto source = files.info(from, name);
  if (!source) return RenameResult::kMissing;
  if (const auto target = files.info(to, new_name)) {
    if (!is_linked_twice(*source, *target)) return RenameResult::kTargetExists;
    files.unlink(from, name);
    return RenameResult::kDone;
  }
  if (source->kind == FileKind::kRegular) {
    try {
      if (!files.link(from, name, to, new_name)) return RenameResult::kTargetExists;
      files.at("move/linked");
      files.unlink(from, name);
      return RenameResult::kDone;
    } catch (const SystemError& error) {
      if (!lacks_links(error)) throw;
    }
  }
  return files.rename(from, name, to, new_name, RenameMode::kReplace);
}

}  // namespace

std::string aside_name(const std::string& name) {
  return "replaced-" + name;
}

RenameResult move_to_free_name(Files& files, const Dir& from, const std::string& name,
                               const Dir& to, const std::string& new_name) {
  try {
    return files.rename(from, name, to, new_name, RenameMode::kNoReplace);
  } catch (const SystemError& error) {
    if (!lacks_flag(error)) throw;
  }
  return move_in_steps(files, from, name, to, new_name);
}

RenameResult swap_names(Files& files, const Dir& from, const std::string& name, const Dir& to,
                        const std::string& new_name) {
  try {
    return files.rename(from, name, to, new_name, RenameMode::kExchange);
  } catch (const SystemError& error) {
    if (!lacks_flag(error)) throw;
  }
  if (!files.info(from, name)) return RenameResult::kMissing;
  const RenameResult out = move_to_free_name(files, to, new_name, from, aside_name(name));
  if (out != RenameResult::kDone) return out;
  files.at("swap/moved-out");
  const RenameResult in = move_to_free_name(files, from, name, to, new_name);
  if (in != RenameResult::kDone) {
    // Somebody was quicker to take the place: as it was, as far as that goes.
    move_to_free_name(files, from, aside_name(name), to, new_name);
    return in;
  }
  files.at("swap/moved-in");
  bring_back(files, from, name);
  return RenameResult::kDone;
}

SwapState resume_swap(Files& files, const Dir& from, const std::string& name, const Dir& to,
                      const std::string& new_name) {
  const auto aside = files.info(from, aside_name(name));
  const auto target = files.info(to, new_name);
  auto source = files.info(from, name);
  if (source && target && is_linked_twice(*source, *target)) {
    files.unlink(from, name);
    source.reset();
  }
  if (!aside) return SwapState::kNone;
  if (target && is_linked_twice(*aside, *target)) {
    // It died while it moved the old file out.
    files.unlink(from, aside_name(name));
    return SwapState::kNone;
  }
  if (source) return SwapState::kMovedOut;
  bring_back(files, from, name);
  return SwapState::kNone;
}

void bring_back(Files& files, const Dir& from, const std::string& name) {
  move_to_free_name(files, from, aside_name(name), from, name);
}

}  // namespace sluice::platform
