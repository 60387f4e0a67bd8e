#include "travel/bundle_files.h"

#include "platform/error.h"
#include "travel/bundle_names.h"

namespace sluice::travel {
namespace {

using platform::FileKind;

// What the system says of a file that is no plain one, in words of the bundle.
template <class Call>
auto refusing(const std::string& name, Call call) {
  try {
    return call();
  } catch (const SystemError& error) {
    throw Refused{name + " cannot be read: " + error.cause()};
  }
}

class Folder : public BundleFiles {
 public:
  Folder(platform::Files& files, platform::Dir dir) : files_(files), dir_(std::move(dir)) {}

  FileBytes open(const std::string& name) override {
    return refusing(name, [&] {
      auto file = files_.open_read(dir_, name);
      if (!file) throw Refused{name + " is not there"};
      const platform::FileInfo info = files_.info(*file);
      if (info.kind != FileKind::kRegular) throw Refused{name + " is no plain file"};
      if (info.links != 1) throw Refused{name + " has another name somewhere"};
      return FileBytes{std::make_shared<const platform::File>(std::move(*file)), 0,
                       info.identity.size};
    });
  }

  std::vector<std::string> names() override {
    return refusing("its folder", [&] {
      std::vector<std::string> names;
      for (const platform::DirEntry& entry : files_.list(dir_)) {
        if (entry.kind == FileKind::kDirectory) {
          add_folder(entry.name, names);
        } else {
          names.push_back(entry.name);
        }
      }
      return names;
    });
  }

 private:
  void add_folder(const std::string& name, std::vector<std::string>& names) {
    const auto dir = files_.open_dir(dir_, name);
    if (!dir) throw Refused{name + " is no folder"};
    for (const platform::DirEntry& entry : files_.list(*dir)) {
      if (entry.kind == FileKind::kDirectory) throw Refused{name + " has a folder in it"};
      names.push_back(name + "/" + entry.name);
    }
  }

  platform::Files& files_;
  platform::Dir dir_;
};

}  // namespace

std::unique_ptr<BundleFiles> files_in_folder(platform::Files& files, const platform::Dir& at,
                                             const std::string& name) {
  auto folder = refusing("its folder", [&] { return files.open_dir(at, name); });
  if (!folder) throw Refused{"it is no folder"};
  return std::make_unique<Folder>(files, std::move(*folder));
}

Facts read_facts(platform::Files& files, BundleFiles& from) {
  const FileBytes bytes = from.open(kFactsName);
  if (bytes.size > kMaxFactsBytes) throw Refused{"bundle.json is larger than 64 MiB"};
  std::string text(static_cast<std::size_t>(bytes.size), '\0');
  return refusing(kFactsName, [&] {
    text.resize(files.read(*bytes.file, bytes.offset,
                           std::as_writable_bytes(std::span(text.data(), text.size()))));
    return parse_facts(text);
  });
}

}  // namespace sluice::travel
