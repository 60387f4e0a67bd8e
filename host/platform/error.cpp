#include "platform/error.h"

#include <array>

namespace sluice {
namespace {

std::string describe(std::string_view action, std::string_view object, std::string_view cause) {
  std::string text = "cannot ";
  text += action;
  if (!object.empty()) {
    text += ' ';
    text += object;
  }
  text += ": ";
  text += cause;
  return text;
}

// What helps with each error of the system that a command can end with. docs/messages.md shows
// them.
struct Hint {
  std::errc reason;
  std::string_view next;
};

// Two that std::errc does not name, by their numbers on Linux.
constexpr auto kQuotaExceeded = static_cast<std::errc>(122);    // EDQUOT
constexpr auto kStaleFileHandle = static_cast<std::errc>(116);  // ESTALE

constexpr std::array kHints = {
    Hint{std::errc::no_space_on_device, "free some disk space and run it again"},
    Hint{kQuotaExceeded, "free some of your quota (quota -s) and run it again"},
    Hint{std::errc::file_too_large,
         "raise the limit on the size of files (ulimit -f), or use a file system that "
         "takes larger ones"},
    Hint{std::errc::too_many_files_open,
         "raise the limit on open files (ulimit -n) or lower --jobs"},
    Hint{std::errc::too_many_files_open_in_system,
         "lower --jobs, or raise the system's limit (sysctl fs.file-max)"},
    Hint{std::errc::resource_unavailable_try_again,
         "raise the limit on processes (ulimit -u) or lower --jobs, and run it again"},
    Hint{std::errc::not_enough_memory, "lower --jobs, or raise the limit on memory (ulimit -v)"},
    Hint{std::errc::permission_denied, "check who owns it and its permissions"},
    Hint{std::errc::operation_not_permitted, "check who owns it and its permissions"},
    Hint{std::errc::read_only_file_system, "mount the file system writable"},
    Hint{std::errc::no_such_file_or_directory, "check the path"},
    Hint{std::errc::not_a_directory, "check the path: a part of it is a file"},
    Hint{std::errc::is_a_directory, "check the path: it is a folder, where a file was expected"},
    Hint{std::errc::file_exists, "choose another name, or move away what is there"},
    Hint{std::errc::directory_not_empty, "move away what is in the folder"},
    Hint{std::errc::filename_too_long, "use a shorter path"},
    Hint{std::errc::too_many_symbolic_link_levels,
         "check the path: a part of it is a symbolic link, which "
         "is not followed here or leads back to itself"},
    Hint{std::errc::illegal_byte_sequence,
         "rename the file: its file system does not take the name"},
    Hint{std::errc::invalid_argument,
         "'sluice doctor' says whether the file system has what is needed"},
    Hint{std::errc::operation_not_supported,
         "'sluice doctor' says whether the file system has what is needed"},
    Hint{std::errc::function_not_supported,
         "'sluice doctor' says whether the system has what is needed"},
    Hint{std::errc::cross_device_link, "keep the folders of the knowledge base on one file system"},
    Hint{std::errc::too_many_links, "use a file system that takes more folders in one"},
    Hint{std::errc::device_or_resource_busy, "end the program that uses it, and run it again"},
    Hint{std::errc::text_file_busy, "end the program that uses it, and run it again"},
    Hint{std::errc::no_lock_available,
         "start the lock service of the network file system, or use a local disk"},
    Hint{std::errc::io_error, "check the disk (dmesg) before anything else"},
    Hint{std::errc::no_such_device_or_address, "check that the disk is there (lsblk)"},
    Hint{std::errc::no_such_device, "check that the disk is there (lsblk)"},
    Hint{kStaleFileHandle, "mount the network file system again, and run it again"},
    Hint{std::errc::not_connected, "mount the file system again: the program behind it has ended"},
    Hint{std::errc::host_unreachable, "check the network, and run it again"},
    Hint{std::errc::connection_refused, "check that the server runs, and run it again"},
    Hint{std::errc::timed_out, "check the network or the disk, and run it again"},
    Hint{std::errc::value_too_large, "check the disk: the file's size or date is impossible"},
};

std::string_view next_step(std::error_code code) {
  for (const Hint& hint : kHints) {
    // By number, too: a library's category need not know what its numbers mean.
    if (code == hint.reason || code.value() == static_cast<int>(hint.reason)) return hint.next;
  }
  return "look at the system's log (dmesg), and run it again";
}

}  // namespace

Error::Error(std::string_view action, std::string_view object, std::string_view cause,
             std::string_view next, ExitCode exit_code)
    : std::runtime_error(describe(action, object, cause)),
      next_(next),
      cause_(cause),
      exit_code_(exit_code) {}

SystemError::SystemError(std::string_view action, std::string_view object, std::error_code code)
    : Error(action, object, code.message(), next_step(code)), code_(code) {}

bool SystemError::is_storage_full() const {
  return code_ == std::errc::no_space_on_device || code_ == std::errc::read_only_file_system ||
         code_.value() == static_cast<int>(kQuotaExceeded);
}

}  // namespace sluice
