#include "platform/error.h"

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

std::string_view next_step(std::error_code code) {
  if (code == std::errc::no_space_on_device) return "free some disk space and run it again";
  if (code.value() == static_cast<int>(std::errc::too_many_files_open)) {
    return "raise the limit on open files (ulimit -n) or lower --jobs";
  }
  if (code == std::errc::permission_denied || code == std::errc::operation_not_permitted) {
    return "check who owns it and its permissions";
  }
  if (code == std::errc::read_only_file_system) return "mount the file system writable";
  if (code == std::errc::no_such_file_or_directory) return "check the path";
  if (code == std::errc::io_error) return "check the disk (dmesg) before anything else";
  return {};
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
         code_.value() == 122 /* EDQUOT, which std::errc does not name */;
}

}  // namespace sluice
