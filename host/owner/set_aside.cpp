#include "owner/set_aside.h"

#include <span>
#include <vector>

#include "model/layout.h"
#include "platform/error.h"
#include "platform/move.h"

namespace sluice::owner {

namespace layout = layout;

std::optional<std::string> SetAside::take(const platform::Dir& from, const std::string& name,
                                          const std::string& new_name) {
  if (!dir_) open();
  for (int number = 0;; ++number) {
    const std::string free = number == 0 ? new_name : new_name + "." + std::to_string(number);
    kb_.files().at("set-aside/rename");
    switch (platform::move_to_free_name(kb_.files(), from, name, dir_, free)) {
      case platform::RenameResult::kDone:
        return std::string(layout::kSetAside) + "/" + folder_ + "/" + free;
      case platform::RenameResult::kMissing:
        return std::nullopt;
      case platform::RenameResult::kTargetExists:
        break;
    }
  }
}

bool SetAside::copy(const platform::Dir& from, const std::string& name) {
  platform::Files& files = kb_.files();
  const auto file = files.open_read(from, name);
  if (!file) return false;
  if (!dir_) open();
  const platform::File copied = files.create(dir_, name);
  std::vector<std::byte> buffer(256 << 10);
  std::uint64_t offset = 0;
  while (const std::size_t got = files.read(*file, offset, buffer)) {
    files.write(copied, offset, std::span(buffer).first(got));
    offset += got;
  }
  files.sync(copied);
  files.sync(dir_);
  return true;
}

void SetAside::write(const std::string& name, const std::string& text) {
  if (!dir_) open();
  const platform::File file = kb_.files().create(dir_, name);
  kb_.files().write(file, 0, std::as_bytes(std::span(text)));
  kb_.files().sync(file);
  kb_.files().sync(dir_);
}

void SetAside::open() {
  platform::Files& files = kb_.files();
  const auto state = files.open_dir(kb_.root(), layout::kState);
  if (state) files.make_dir(*state, layout::kSetAsideName, platform::Access::kUmask);
  const auto parent = state ? files.open_dir(*state, layout::kSetAsideName) : std::nullopt;
  if (!parent) {
    throw Error("make", layout::kSetAside, "something else is there", "move it away",
                ExitCode::kDamaged);
  }
  if (!folder_.empty()) {
    files.make_dir(*parent, folder_, platform::Access::kUmask);
  } else {
    int number = 1;
    do {
      folder_ = "check-" + std::to_string(number++);
    } while (!files.make_dir(*parent, folder_, platform::Access::kUmask));
  }
  auto dir = files.open_dir(*parent, folder_);
  if (!dir) {
    throw Error("use", std::string(layout::kSetAside) + "/" + folder_, "it is not a directory",
                "move it away", ExitCode::kDamaged);
  }
  dir_ = std::move(*dir);
  // Else a power cut could take the folder and leave the renames into it.
  files.sync(*parent);
  files.sync(*state);
}

}  // namespace sluice::owner
