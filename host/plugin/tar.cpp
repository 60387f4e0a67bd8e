// Reads the index of a package's tar file.
#include <algorithm>
#include <string_view>

#include "platform/error.h"
#include "plugin/package.h"
#include "plugin/tar_entries.h"

namespace sluice::plugin {
namespace {

constexpr std::size_t kMaxTarEntries = 100;  // a manifest names at most 64 files

class Tar {
 public:
  Tar(platform::Files& files, std::shared_ptr<const platform::File> file, std::string path)
      : file_(std::move(file)),
        path_(std::move(path)),
        size_(files.info(*file_).identity.size),
        entries_(files, file_) {}

  std::vector<PackagePart> read(std::string& folder) {
    if (size_ > kMaxPackageBytes) refuse("it is larger than 1 GiB");
    std::size_t count = 0;
    while (const auto entry = next_entry()) {
      if (++count > kMaxTarEntries) refuse("it holds too many files");
      take(*entry);
    }
    if (folder_.empty()) refuse("there is nothing in it");
    folder = folder_;
    return std::move(parts_);
  }

 private:
  [[noreturn]] void refuse(const std::string& cause) const {
    throw Error("install", path_, cause,
                "make it with 'sluice-sdk package', or tar --format=ustar of the plugin's folder");
  }

  std::optional<TarEntry> next_entry() {
    try {
      return entries_.next();
    } catch (const TarFault& fault) {
      refuse(fault.cause);
    }
  }

  void take(const TarEntry& entry) {
    if (!entry.is_file() && !entry.is_folder()) {
      refuse("\"" + entry.name + "\" is no plain file (links and the like are not allowed)");
    }
    split(entry.name, entry.is_file());
    if (entry.is_file()) add(entry.name.substr(folder_.size() + 1), entry);
    if (entry.is_folder() && entry.size != 0) refuse("it is damaged");
  }

  // All of it is <folder>/ or <folder>/<file>, and the manifest says which files those may be.
  void split(const std::string& name, bool is_file) {
    const std::size_t slash = name.find('/');
    const std::string first = name.substr(0, slash);
    const std::string rest = slash == std::string::npos ? "" : name.substr(slash + 1);
    if (first.empty() || first[0] == '.' || (is_file && rest.empty()) ||
        (!is_file && !rest.empty()) || rest.find('/') != std::string::npos) {
      refuse("\"" + name + "\" is not in one folder that is the plugin's");
    }
    if (!folder_.empty() && folder_ != first) {
      refuse("it has the folders \"" + folder_ + "\" and \"" + first + "\"");
    }
    folder_ = first;
  }

  void add(const std::string& name, const TarEntry& entry) {
    const bool twice = std::any_of(parts_.begin(), parts_.end(),
                                   [&](const PackagePart& part) { return part.name == name; });
    if (twice) refuse("\"" + name + "\" is in it twice");
    parts_.push_back({name, file_, entry.offset, entry.size});
  }

  std::shared_ptr<const platform::File> file_;
  std::string path_;
  std::uint64_t size_;
  TarEntries entries_;
  std::string folder_;
  std::vector<PackagePart> parts_;
};

}  // namespace

std::vector<PackagePart> read_tar(platform::Files& files,
                                  const std::shared_ptr<const platform::File>& tar,
                                  const std::string& path, std::string& folder) {
  return Tar(files, tar, path).read(folder);
}

}  // namespace sluice::plugin
