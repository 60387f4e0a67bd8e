#include "owner/plain_file.h"

#include "platform/error.h"

namespace sluice::owner {
namespace {

using platform::FileKind;

[[noreturn]] void refuse(const std::string& name, const char* what) {
  throw Error("use", name, what, "move it away: a knowledge base holds the file itself",
              ExitCode::kDamaged);
}

void judge(const platform::FileInfo& info, const std::string& name) {
  if (info.kind == FileKind::kSymlink) refuse(name, "it is a symbolic link");
  if (info.kind != FileKind::kRegular) refuse(name, "it is not a plain file");
  if (info.links > 1) refuse(name, "it has another name as well (a hard link)");
}

}  // namespace

void need_plain(platform::Files& files, const platform::Dir& at, const std::string& name) {
  if (const auto info = files.info(at, name)) judge(*info, name);
}

platform::File open_plain(platform::Files& files, const platform::Dir& at,
                          const std::string& name) {
  need_plain(files, at, name);
  platform::File file = files.open_or_create(at, name, platform::Access::kUmask);
  judge(files.info(file), name);
  return file;
}

}  // namespace sluice::owner
