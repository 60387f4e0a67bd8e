#include "queue/tar_writer.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <span>
#include <vector>

#include "platform/error.h"
#include "platform/sha256.h"

namespace sluice::queue {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameField = 100;
constexpr std::uint64_t kMaxOctalSize = 077777777777;  // of the size field: 8 GiB
constexpr unsigned kMaxDepth = 4;                      // a bundle has folders of one level

class TarWriter {
 public:
  TarWriter(platform::Files& files, const platform::File& to) : files_(files), to_(to) {}

  void add_folder(const platform::Dir& dir, const std::string& path, unsigned depth) {
    if (depth > kMaxDepth)
      throw Error("pack", path, "it has too many levels of folders",
                  "run 'sluice bundle check' on it");
    std::vector<platform::DirEntry> entries = files_.list(dir);
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    for (const platform::DirEntry& entry : entries) {
      const std::string name = path + "/" + entry.name;
      if (entry.kind == platform::FileKind::kDirectory) {
        const auto inner = files_.open_dir(dir, entry.name);
        if (inner) add_folder(*inner, name, depth + 1);
      } else if (const auto file = files_.open_read(dir, entry.name)) {
        add_file(*file, name);
      }
    }
  }

  TarResult finish() {
    const std::vector<char> end(2 * kBlock, '\0');
    put(std::as_bytes(std::span(end)));
    return {at_, platform::to_hex(hash_.finish())};
  }

 private:
  void put(std::span<const std::byte> bytes) {
    files_.write(to_, at_, bytes);
    hash_.update(bytes);
    at_ += bytes.size();
  }

  void fill_block(std::uint64_t size) {
    const std::size_t rest = static_cast<std::size_t>(size % kBlock);
    if (rest == 0) return;
    const std::vector<char> zeros(kBlock - rest, '\0');
    put(std::as_bytes(std::span(zeros)));
  }

  void add_file(const platform::File& file, const std::string& name) {
    const std::uint64_t size = files_.info(file).identity.size;
    std::string records;
    if (name.size() > kNameField) records += record("path", name);
    if (size > kMaxOctalSize) records += record("size", std::to_string(size));
    if (!records.empty()) {
      put_header("pax", records.size(), 'x');
      put(std::as_bytes(std::span(records)));
      fill_block(records.size());
    }
    put_header(name, size > kMaxOctalSize ? 0 : size, '0');
    std::vector<std::byte> piece(1 << 18);
    std::uint64_t done = 0;
    while (done < size) {
      const std::size_t got = files_.read(file, done, piece);
      if (got == 0)
        throw Error("pack", name, "it became shorter while it was read", "run it again");
      put(std::span(piece).first(std::min<std::uint64_t>(got, size - done)));
      done += got;
    }
    fill_block(size);
  }

  // "30 path=a/b\n": the length counts its own digits.
  static std::string record(const std::string& key, const std::string& value) {
    const std::string rest = " " + key + "=" + value + "\n";
    std::size_t length = rest.size() + 1;
    while (std::to_string(length).size() + rest.size() != length) ++length;
    return std::to_string(length) + rest;
  }

  void put_header(const std::string& name, std::uint64_t size, char type) {
    std::array<char, kBlock> header{};
    std::memcpy(header.data(), name.data(), std::min(name.size(), kNameField));
    const auto put_text = [&](std::size_t at, const std::string& text) {
      std::memcpy(header.data() + at, text.data(), text.size());
    };
    const auto octal = [](std::uint64_t value, int digits) {
      std::array<char, 24> text{};
      std::snprintf(text.data(), text.size(), "%0*llo", digits,
                    static_cast<unsigned long long>(value));
      return std::string(text.data());
    };
    put_text(100, "0000644");
    put_text(108, "0000000");
    put_text(116, "0000000");
    put_text(124, octal(size, 11));
    put_text(136, "00000000000");
    put_text(148, "        ");
    header[156] = type;
    put_text(257, std::string("ustar\0"
                              "00",
                              8));
    std::uint64_t sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    put_text(148, octal(sum, 6) + std::string("\0 ", 2));
    put(std::as_bytes(std::span(header)));
  }

  platform::Files& files_;
  const platform::File& to_;
  platform::Sha256 hash_;
  std::uint64_t at_ = 0;
};

}  // namespace

TarResult write_tar(platform::Files& files, const platform::Dir& folder, const std::string& name,
                    const platform::File& to) {
  TarWriter writer(files, to);
  writer.add_folder(folder, name, 0);
  return writer.finish();
}

}  // namespace sluice::queue
