#include "travel/bundle_tar.h"

#include <charconv>
#include <optional>
#include <string_view>

#include "platform/error.h"
#include "plugin/tar_entries.h"
#include "travel/bundle_names.h"

namespace sluice::travel {
namespace {

using plugin::TarEntries;
using plugin::TarEntry;
using plugin::TarFault;

// Of the records in front of an entry. The longest path that a system takes is 4 KiB.
constexpr std::uint64_t kMaxRecords = 64 << 10;
// Of one bundle: a container with 10,000 children of 100 pictures each. Without a bound, a tar file
// of empty files takes memory without end.
constexpr std::size_t kMaxFilesOfABundle = 1'000'000;

// What an entry says of the one behind it.
struct Ahead {
  std::optional<std::string> name;
  std::optional<std::uint64_t> size;
};

// Reads the names that stand in front of their entries (GNU tar's 'L', and the records of pax).
class LongNames {
 public:
  LongNames(platform::Files& files, const platform::File& file) : files_(files), file_(file) {}

  // True if the entry is about the next one, and is none itself.
  bool take(const TarEntry& entry) {
    if (entry.type == 'g') return true;  // of all that follow: nothing in it is of interest
    if (entry.type != 'L' && entry.type != 'x') return false;
    if (entry.size > kMaxRecords) throw TarFault{"it has a name that is too long"};
    std::string text(static_cast<std::size_t>(entry.size), '\0');
    text.resize(files_.read(file_, entry.offset,
                            std::as_writable_bytes(std::span(text.data(), text.size()))));
    if (entry.type == 'x') {
      take_records(text);
    } else {
      ahead_.name = text.substr(0, text.find('\0'));
    }
    return true;
  }

  void apply(TarEntries& entries, TarEntry& entry) {
    if (ahead_.name) entry.name = *ahead_.name;
    if (ahead_.size) entries.set_size(entry, *ahead_.size);
    ahead_ = {};
  }

 private:
  // "30 path=a/b\n" for each: its length, with itself, in front (POSIX.1-2001, pax).
  void take_records(std::string_view text) {
    while (!text.empty()) {
      std::size_t length = 0;
      const auto read = std::from_chars(text.data(), text.data() + text.size(), length);
      const auto digits = static_cast<std::size_t>(read.ptr - text.data());
      if (read.ec != std::errc() || length > text.size() || length < digits + 3 ||
          text[digits] != ' ' || text[length - 1] != '\n') {
        throw TarFault{"it is damaged"};
      }
      const std::string_view record = text.substr(digits + 1, length - digits - 2);
      const std::size_t equals = record.find('=');
      const std::string_view value = record.substr(std::min(equals, record.size() - 1) + 1);
      if (record.starts_with("path=")) ahead_.name = std::string(value);
      if (record.starts_with("size=")) ahead_.size = number(value);
      text.remove_prefix(length);
    }
  }

  static std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
      throw TarFault{"it is damaged"};
    }
    return value;
  }

  platform::Files& files_;
  const platform::File& file_;
  Ahead ahead_;
};

// "out/000000000042-1f0c9ab2d4e6f801/0.assets/a.png": the bundle, and the file in it.
struct Place {
  std::string bundle;
  std::string file;
};
std::optional<Place> place_of(std::string_view name) {
  while (!name.empty()) {
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view part = name.substr(0, slash);
    name.remove_prefix(slash + 1);
    if (part == kPartsName) return std::nullopt;
    if (parse_bundle_name(part)) return Place{std::string(part), std::string(name)};
  }
  return std::nullopt;
}

class TarFiles : public BundleFiles {
 public:
  TarFiles(std::shared_ptr<const platform::File> file, BundleTar::Contents contents)
      : file_(std::move(file)), contents_(std::move(contents)) {}

  FileBytes open(const std::string& name) override {
    const auto found = contents_.find(name);
    if (found == contents_.end()) throw Refused{name + " is not there"};
    if (!found->second.is_sound) throw Refused{name + " is no plain file, or is there twice"};
    return {file_, found->second.offset, found->second.size};
  }

  std::vector<std::string> names() override {
    std::vector<std::string> names;
    for (const auto& [name, file] : contents_) names.push_back(name);
    return names;
  }

 private:
  std::shared_ptr<const platform::File> file_;
  BundleTar::Contents contents_;
};

}  // namespace

BundleTar::BundleTar(platform::Files& files, std::shared_ptr<const platform::File> file,
                     const std::string& path, std::string only)
    : file_(std::move(file)), only_(std::move(only)) {
  try {
    TarEntries entries(files, file_);
    LongNames names(files, *file_);
    while (auto entry = entries.next()) {
      if (names.take(*entry)) continue;
      names.apply(entries, *entry);
      const auto place = place_of(entry->name);
      if (!place || place->file.empty() || entry->is_folder()) continue;
      add(place->bundle, place->file, {entry->offset, entry->size, entry->is_file()});
    }
    if (!only_.empty() && bundles_.empty()) throw TarFault{"there is no bundle in it"};
  } catch (const TarFault& fault) {
    throw Error("read bundles from", path, fault.cause, "make the tar file again");
  }
}

void BundleTar::add(const std::string& bundle, const std::string& name, const File& file) {
  if (!only_.empty() && bundle != only_) throw TarFault{"it holds the bundle of another source"};
  Contents& contents = bundles_[bundle];
  const auto [at, is_new] = contents.try_emplace(name, file);
  if (!is_new) at->second.is_sound = false;
  if (contents.size() > kMaxFilesOfABundle) throw TarFault{"a bundle in it has too many files"};
}

std::unique_ptr<BundleFiles> BundleTar::open(const std::string& bundle) const {
  return std::make_unique<TarFiles>(file_, bundles_.at(bundle));
}

}  // namespace sluice::travel
