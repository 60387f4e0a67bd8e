// Reads the index of a package's tar file (POSIX.1-1988 ustar, section 10.1.1; GNU tar writes the
// same for short names).
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "platform/error.h"
#include "plugin/package.h"

namespace sluice::plugin {
namespace {

constexpr std::size_t kTarBlock = 512;
constexpr std::size_t kMaxTarEntries = 100;  // a manifest names at most 64 files

// A field of the header.
struct TarField {
  std::size_t at;
  std::size_t size;
};
constexpr TarField kNameField{0, 100};
constexpr TarField kSizeField{124, 12};
constexpr TarField kChecksumField{148, 8};
constexpr TarField kTypeField{156, 1};
constexpr TarField kMagicField{257, 5};
constexpr TarField kPrefixField{345, 155};

using TarHeader = std::array<char, kTarBlock>;

std::string_view tar_field(const TarHeader& header, TarField field) {
  const std::string_view all(header.data() + field.at, field.size);
  return all.substr(0, all.find('\0'));
}

std::optional<std::uint64_t> octal(std::string_view text) {
  const auto blank = [](char c) { return c == ' '; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  if (text.empty() || text.size() > 20) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '7') return std::nullopt;
    value = value * 8 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

bool has_checksum(const TarHeader& header) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kTarBlock; ++i) {
    const bool is_checksum = i >= kChecksumField.at && i < kChecksumField.at + kChecksumField.size;
    sum += is_checksum ? ' ' : static_cast<unsigned char>(header[i]);
  }
  return octal(tar_field(header, kChecksumField)) == sum;
}

class Tar {
 public:
  Tar(platform::Files& files, std::shared_ptr<const platform::File> file, std::string path)
      : files_(files),
        file_(std::move(file)),
        path_(std::move(path)),
        size_(files_.info(*file_).identity.size) {}

  std::vector<PackagePart> read(std::string& folder) {
    if (size_ > kMaxPackageBytes) refuse("it is larger than 1 GiB");
    while (read_header()) {
      if (++entries_ > kMaxTarEntries) refuse("it holds too many files");
      read_entry();
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

  // False at the end.
  bool read_header() {
    if (at_ == size_) return false;
    if (files_.read(*file_, at_, std::as_writable_bytes(std::span(header_))) != kTarBlock) {
      refuse("it is cut off");
    }
    const bool is_empty =
        std::all_of(header_.begin(), header_.end(), [](char c) { return c == '\0'; });
    if (is_empty) return false;
    if (tar_field(header_, kMagicField).substr(0, 5) != "ustar" || !has_checksum(header_)) {
      refuse(at_ == 0 ? "it is not a tar file, or a compressed one" : "it is damaged");
    }
    at_ += kTarBlock;
    return true;
  }

  void read_entry() {
    const auto size = octal(tar_field(header_, kSizeField));
    if (!size || *size > size_ - at_) refuse("it is cut off");
    const std::string name = name_of_entry();
    const char type = header_[kTypeField.at];
    const bool is_file = type == '0' || type == '\0';
    if (!is_file && type != '5') {
      refuse("\"" + name + "\" is no plain file (links and the like are not allowed)");
    }
    split(name, is_file);
    if (is_file) add(name.substr(folder_.size() + 1), *size);
    if (!is_file && *size != 0) refuse("it is damaged");
    at_ += (*size + kTarBlock - 1) / kTarBlock * kTarBlock;
    if (at_ > size_) refuse("it is cut off");
  }

  std::string name_of_entry() const {
    std::string name(tar_field(header_, kNameField));
    // GNU tar has other things where ustar has the prefix.
    const bool is_ustar = header_[kMagicField.at + kMagicField.size] == '\0';
    const std::string prefix = is_ustar ? std::string(tar_field(header_, kPrefixField)) : "";
    if (!prefix.empty()) name = prefix + "/" + name;
    if (name.starts_with("./")) name.erase(0, 2);
    return name;
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

  void add(const std::string& name, std::uint64_t size) {
    const bool twice = std::any_of(parts_.begin(), parts_.end(),
                                   [&](const PackagePart& part) { return part.name == name; });
    if (twice) refuse("\"" + name + "\" is in it twice");
    parts_.push_back({name, file_, at_, size});
  }

  platform::Files& files_;
  std::shared_ptr<const platform::File> file_;
  std::string path_;
  std::uint64_t size_;
  std::uint64_t at_ = 0;
  std::size_t entries_ = 0;
  TarHeader header_{};
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
