#include "openkb/target.h"

#include <array>

#include "model/layout.h"
#include "model/open_dir_below.h"
#include "platform/error.h"
#include "staging/staged_file.h"

namespace sluice::openkb {
namespace {

constexpr std::string_view kNew = ".new";

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace

Target::Target(platform::Files& files, const std::string& path) : files_(files) {
  auto dir = files_.open_dir(path);
  if (!dir) {
    const std::size_t slash = path.rfind('/');
    const auto parent = files_.open_dir(path.substr(0, slash + 1));
    if (!parent) {
      throw Error("make", path, "the folder that it would be in does not exist", "make that first",
                  ExitCode::kUsage);
    }
    files_.make_dir(*parent, path.substr(slash + 1), platform::Access::kUmask);
    dir = files_.open_dir(path);
  }
  if (!dir) throw Error("open", path, "it is gone again", "run it again");
  dir_ = std::move(*dir);
}

Target::Place Target::place_for(std::string_view path) {
  platform::Dir folder = platform::duplicate(dir_);
  std::string part(layout::take_part(path));
  while (!path.empty()) {
    files_.make_dir(folder, part, platform::Access::kUmask);
    auto next = files_.open_dir(folder, part);
    if (!next) throw Error("open", part, "it is gone again", "run it again");
    folder = std::move(*next);
    part = layout::take_part(path);
  }
  return {std::move(folder), part};
}

std::optional<Target::Place> Target::place_of(std::string_view path) const {
  const std::string_view above = layout::folder_of(path);
  auto folder = above.empty() ? std::optional(platform::duplicate(dir_))
                              : open_dir_below(files_, dir_, above);
  if (!folder) return std::nullopt;
  return Place{std::move(*folder), std::string(layout::leaf_of(path))};
}

bool Target::has(std::string_view path) const {
  const auto place = place_of(path);
  return place && files_.info(place->folder, place->name).has_value();
}

std::string Target::read(std::string_view path, std::uint64_t most) const {
  const auto place = place_of(path);
  if (!place || !files_.info(place->folder, place->name)) return {};
  auto text = read_whole_text(files_, place->folder, place->name, most);
  if (!text) {
    throw Error("read", path, "it is larger than " + std::to_string(most >> 20) + " MiB",
                "see what has written it", ExitCode::kUsage);
  }
  return std::move(*text);
}

void Target::put(std::string_view path, std::string_view text) {
  const Place place = place_for(path);
  const std::string fresh = place.name + std::string(kNew);
  files_.unlink(place.folder, fresh);  // of a run that died
  const platform::File file = files_.create(place.folder, fresh);
  files_.write(file, 0, bytes_of(text));
  files_.rename(place.folder, fresh, place.folder, place.name, platform::RenameMode::kReplace);
}

bool Target::copy(const platform::Dir& from, const std::string& name, std::string_view path,
                  const platform::Sha256Digest& sha256) {
  const auto source = files_.open_read(from, name);
  if (!source) return false;
  const Place place = place_for(path);
  const std::string fresh = place.name + std::string(kNew);
  files_.unlink(place.folder, fresh);
  const platform::File file = files_.create(place.folder, fresh);
  platform::Sha256 hash;
  std::array<char, 256 << 10> chunk{};
  for (std::uint64_t at = 0;;) {
    const std::size_t got = files_.read(*source, at, std::as_writable_bytes(std::span(chunk)));
    if (got == 0) break;
    const std::string_view bytes(chunk.data(), got);
    hash.update(bytes);
    files_.write(file, at, bytes_of(bytes));
    at += got;
  }
  if (hash.finish() != sha256) {
    files_.unlink(place.folder, fresh);
    return false;
  }
  files_.rename(place.folder, fresh, place.folder, place.name, platform::RenameMode::kReplace);
  return true;
}

void Target::make_folder(std::string_view path) {
  const Place place = place_for(path);
  platform::remove_tree(files_, place.folder, place.name);
  files_.make_dir(place.folder, place.name, platform::Access::kUmask);
}

void Target::remove(std::string_view path) {
  if (const auto place = place_of(path)) {
    platform::remove_tree(files_, place->folder, place->name);
  }
}

void Target::sync() {
  // On file systems without the call, a power cut may leave files that the next run does not
  // write again. The knowledge base has them all.
  files_.sync_file_system(dir_);
}

}  // namespace sluice::openkb
