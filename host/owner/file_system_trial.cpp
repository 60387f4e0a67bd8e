#include "owner/file_system_trial.h"

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "model/layout.h"
#include "owner/plain_file.h"
#include "platform/error.h"
#include "platform/file_system.h"
#include "platform/move.h"
#include "staging/staging.h"

namespace sluice::owner {
namespace {

using platform::Dir;
using platform::Files;
using platform::RenameResult;

// In front of the name of the file system that passed; another number when more is tried.
constexpr std::string_view kPassed = "1 ";
constexpr std::size_t kMaxNote = 256;

void write_text(Files& files, const Dir& at, const std::string& name, std::string_view text) {
  const platform::File file = files.create(at, name);
  files.write(file, 0, std::as_bytes(std::span(text.data(), text.size())));
  files.sync(file);
}

std::string read_text(Files& files, const Dir& at, const std::string& name) {
  const auto file = files.open_read(at, name);
  if (!file || files.info(*file).kind != platform::FileKind::kRegular) return {};
  std::string text(kMaxNote, '\0');
  text.resize(files.read(*file, 0, std::as_writable_bytes(std::span(text.data(), text.size()))));
  return text;
}

// The steps of the protocol, each by itself. Returns what the file system cannot do, or nothing.
class Trial {
 public:
  Trial(Files& files, const Dir& staging) : files_(files), staging_(staging) {}

  std::optional<std::string> run() {
    files_.make_dir(staging_, "shelf", platform::Access::kUmask);
    const auto shelf = files_.open_dir(staging_, "shelf");
    if (!shelf) return "make directories";
    write_text(files_, staging_, "first", "one");
    write_text(files_, staging_, "second", "two");
    if (!moves(*shelf)) return "rename a file without replacing another";
    if (!swaps(*shelf)) return "put a new version of a file in the place of the old one";
    if (!moves_folders(*shelf)) return "rename a directory";
    files_.sync(*shelf);
    files_.sync(staging_);
    return std::nullopt;
  }

 private:
  bool moves(const Dir& shelf) {
    return platform::move_to_free_name(files_, staging_, "first", shelf, "file") ==
               RenameResult::kDone &&
           platform::move_to_free_name(files_, staging_, "second", shelf, "file") ==
               RenameResult::kTargetExists &&
           read_text(files_, shelf, "file") == "one" && !files_.info(staging_, "first");
  }

  bool swaps(const Dir& shelf) {
    return platform::swap_names(files_, staging_, "second", shelf, "file") == RenameResult::kDone &&
           read_text(files_, shelf, "file") == "two" &&
           read_text(files_, staging_, "second") == "one";
  }

  bool moves_folders(const Dir& shelf) {
    files_.make_dir(staging_, "images", platform::Access::kUmask);
    const auto images = files_.open_dir(staging_, "images");
    if (!images) return false;
    write_text(files_, *images, "picture", "three");
    if (platform::move_to_free_name(files_, staging_, "images", shelf, "images") !=
        RenameResult::kDone) {
      return false;
    }
    const auto moved = files_.open_dir(shelf, "images");
    return moved && read_text(files_, *moved, "picture") == "three";
  }

  Files& files_;
  const Dir& staging_;
};

// Says nothing about what the file system can do: who writes will hear of it.
bool is_of_the_moment(const SystemError& error) {
  for (const std::errc passing : {std::errc::permission_denied, std::errc::too_many_files_open,
                                  std::errc::too_many_files_open_in_system,
                                  std::errc::not_enough_memory, std::errc::io_error}) {
    if (error.is(passing)) return true;
  }
  return error.is_storage_full();
}

[[noreturn]] void refuse(const Dir& root, const std::string& path, const std::string& cause) {
  throw Error("use the knowledge base in", path, described_file_system(root) + " " + cause,
              "put it on a file system such as ext4, XFS, Btrfs or tmpfs");
}

void note_passed(Files& files, const Dir& root, const std::string& text) {
  try {
    const auto state = files.open_dir(root, layout::kState);
    if (!state) return;
    const platform::File file = open_plain(files, *state, layout::kFileSystemName);
    files.write(file, 0, std::as_bytes(std::span(text.data(), text.size())));
    files.truncate(file, text.size());
  } catch (const Error&) {
    // Then it is tried once more the next time.
  }
}

}  // namespace

std::string described_file_system(const Dir& dir) {
  const std::string name = platform::file_system_name(dir);
  return name.empty() ? "its file system" : "its file system (" + name + ")";
}

void try_file_system(Files& files, const Dir& root, const std::string& path) {
  const std::string passed = std::string(kPassed) + platform::file_system_name(root) + "\n";
  try {
    const auto state = files.open_dir(root, layout::kState);
    if (state && read_text(files, *state, layout::kFileSystemName) == passed) return;
    std::optional<std::string> lacking;
    {
      // Goes with all that is tried in it.
      LazyStaging staging(files, root);
      lacking = Trial(files, staging.dir()).run();
      staging.close();
    }
    if (lacking) refuse(root, path, "cannot " + *lacking);
    note_passed(files, root, passed);
  } catch (const SystemError& error) {
    if (is_of_the_moment(error)) return;
    refuse(root, path, std::string("cannot do what it needs: ") + error.what());
  }
}

}  // namespace sluice::owner
