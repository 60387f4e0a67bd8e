#include "travel/shelf.h"

#include <algorithm>

#include "platform/error.h"
#include "travel/bundle_names.h"
#include "travel/bundle_tar.h"

namespace sluice::travel {

// Where one path leads.
class Shelf::Place {
 public:
  explicit Place(std::string path) : path_(std::move(path)) {}
  virtual ~Place() = default;
  virtual std::unique_ptr<BundleFiles> open(const std::string& name) = 0;
  // For messages.
  virtual std::string shown(const std::string& name) const { return path_ + "/" + name; }

 protected:
  const std::string path_;
};

class Shelf::FolderPlace : public Shelf::Place {
 public:
  FolderPlace(platform::Files& files, std::string path, platform::Dir dir)
      : Place(std::move(path)), files_(files), dir_(std::move(dir)) {}

  std::unique_ptr<BundleFiles> open(const std::string& name) override {
    return files_in_folder(files_, dir_, name);
  }

 private:
  platform::Files& files_;
  platform::Dir dir_;
};

class Shelf::TarPlace : public Shelf::Place {
 public:
  TarPlace(platform::Files& files, std::string path, platform::File file)
      : Place(std::move(path)),
        tar_(files, std::make_shared<const platform::File>(std::move(file)), path_) {}

  const BundleTar& tar() const { return tar_; }
  std::unique_ptr<BundleFiles> open(const std::string& name) override { return tar_.open(name); }

 private:
  BundleTar tar_;
};

namespace {

std::string without_slashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

}  // namespace

Shelf::Shelf(platform::Files& files, const std::vector<std::string>& paths) : files_(files) {
  for (const std::string& path : paths) add(without_slashes(path));
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.name < b.name; });
}

Shelf::~Shelf() = default;

void Shelf::add(const std::string& path) {
  auto dir = files_.open_dir(path);
  if (!dir) {
    add_tar(path);
    return;
  }
  const std::size_t place = places_.size();
  if (files_.info(*dir, kFactsName)) {
    // One bundle: its folder is where the name says that it is one.
    const std::size_t slash = path.rfind('/');
    const std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1);
    const std::string parent = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    auto around = parse_bundle_name(name) ? files_.open_dir(parent) : std::nullopt;
    if (!around) {
      throw Error("read the bundle", path, "its folder has not the name of a bundle",
                  "give it back the name that it had", ExitCode::kUsage);
    }
    entries_.push_back({name, place});
    places_.push_back(
        std::make_unique<FolderPlace>(files_, without_slashes(parent), std::move(*around)));
    return;
  }
  for (const platform::DirEntry& entry : files_.list(*dir)) {
    if (entry.name.starts_with('.')) continue;
    if (parse_bundle_name(entry.name)) {
      entries_.push_back({entry.name, place});
    } else {
      strangers_.push_back(path + "/" + entry.name);
    }
  }
  places_.push_back(std::make_unique<FolderPlace>(files_, path, std::move(*dir)));
}

void Shelf::add_tar(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const auto around = files_.open_dir(slash == std::string::npos ? "." : path.substr(0, slash + 1));
  // Named by the user, so that a link to it is as good.
  auto file = around
                  ? files_.open_read(*around, path.substr(slash + 1), platform::Symlinks::kInside)
                  : std::nullopt;
  if (!file) throw Error("read bundles from", path, "there is no such file", "check the path");
  if (files_.info(*file).kind != platform::FileKind::kRegular) {
    throw Error("read bundles from", path, "it is neither a folder nor a file", "check the path");
  }
  auto place = std::make_unique<TarPlace>(files_, path, std::move(*file));
  for (const auto& [name, contents] : place->tar().bundles()) {
    entries_.push_back({name, places_.size()});
  }
  if (place->tar().bundles().empty()) strangers_.push_back(path);
  places_.push_back(std::move(place));
}

std::string Shelf::shown(const Entry& entry) const {
  return places_[entry.place]->shown(entry.name);
}

std::unique_ptr<BundleFiles> Shelf::open(const Entry& entry) const {
  return places_[entry.place]->open(entry.name);
}

Facts Shelf::facts(const Entry& entry, BundleFiles& from) const {
  Facts facts = read_facts(files_, from);
  if (parse_bundle_name(entry.name)->key_hash != key_hash(facts.path_key())) {
    throw Refused{"its name is not that of its path"};
  }
  return facts;
}

std::optional<Shelf::Entry> Shelf::find(const std::string& path_key) const {
  const std::string hash = key_hash(path_key);
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return std::string_view(entry.name).ends_with(hash);
  });
  return found == entries_.end() ? std::nullopt : std::optional(*found);
}

}  // namespace sluice::travel
