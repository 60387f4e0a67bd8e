// A shared folder. A file gets its name by one rename when it is whole and on the disk.
#include <span>

#include "platform/error.h"
#include "platform/process.h"
#include "queue/store_kinds.h"

namespace sluice::queue {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;
// Behind the name of what is being written, with our process: whoever tidies up sees what it was to
// become.
constexpr const char* kPartMark = ".part-";

// Deletes a file that did not get its name.
class Part {
 public:
  Part(platform::Files& files, const platform::Dir& dir, std::string name)
      : files_(files), dir_(dir), name_(std::move(name)) {}
  ~Part() {
    if (is_kept_) return;
    try {
      files_.unlink(dir_, name_);
    } catch (const std::exception&) {
      // The folder is out of reach. list() shows it, and the committer deletes it with its task.
    }
  }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  const std::string& name() const { return name_; }
  void keep() { is_kept_ = true; }

 private:
  platform::Files& files_;
  const platform::Dir& dir_;
  std::string name_;
  bool is_kept_ = false;
};

class FolderStore : public Store {
 public:
  FolderStore(platform::Files& files, const std::string& folder, const std::string& subfolder)
      : files_(files), path_(folder + "/" + subfolder) {
    const auto outer = files_.open_dir(folder);
    if (!outer) {
      throw Error("use", "the store " + folder, "there is no such folder",
                  "make it, or mount it on this computer, too");
    }
    files_.make_dir(*outer, subfolder, platform::Access::kUmask);
    auto inner = files_.open_dir(*outer, subfolder);
    if (!inner) throw Error("use", "the store " + path_, "it is no folder", "move it away");
    dir_ = std::move(*inner);
  }

  void put(const std::string& name, const platform::File& from, std::uint64_t size,
           const std::string& /*sha256*/, const BetweenPieces& between) override {
    Part part(files_, dir_, name + kPartMark + std::to_string(platform::process_id()));
    files_.unlink(dir_, part.name());
    {
      const platform::File to = files_.create(dir_, part.name());
      copy(from, to, size, between);
      files_.sync(to);
    }
    files_.rename(dir_, part.name(), dir_, name, platform::RenameMode::kReplace);
    part.keep();
    files_.sync(dir_);
  }

  bool get(const std::string& name, const platform::File& to, std::uint64_t most,
           const BetweenPieces& between) override {
    const auto from = files_.open_read(dir_, name);
    if (!from) return false;
    const platform::FileInfo info = files_.info(*from);
    if (info.kind != platform::FileKind::kRegular || info.identity.size > most) {
      throw Error("read", path_ + "/" + name, "it is not the file that its worker described",
                  "try the document again: sluice queue retry");
    }
    copy(*from, to, info.identity.size, between);
    return true;
  }

  void remove(const std::string& name) override { files_.unlink(dir_, name); }

  std::vector<std::string> list() override {
    std::vector<std::string> names;
    for (const platform::DirEntry& entry : files_.list(dir_)) {
      if (!entry.name.starts_with('.')) names.push_back(entry.name);
    }
    return names;
  }

 private:
  void copy(const platform::File& from, const platform::File& to, std::uint64_t size,
            const BetweenPieces& between) {
    std::vector<std::byte> piece(kPieceBytes);
    for (std::uint64_t at = 0; at < size;) {
      const std::size_t got = files_.read(from, at, piece);
      if (got == 0) break;
      files_.write(to, at, std::span(piece).first(got));
      at += got;
      if (between) between();
    }
  }

  platform::Files& files_;
  std::string path_;
  platform::Dir dir_;
};

}  // namespace

std::unique_ptr<Store> open_folder_store(platform::Files& files, const std::string& folder,
                                         const std::string& subfolder) {
  return std::make_unique<FolderStore>(files, folder, subfolder);
}

}  // namespace sluice::queue
