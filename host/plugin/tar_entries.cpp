#include "plugin/tar_entries.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace sluice::plugin {
namespace {

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

std::string_view whole_field(std::span<const char> header, TarField field) {
  return {header.data() + field.at, field.size};
}

std::string_view tar_field(std::span<const char> header, TarField field) {
  const std::string_view all = whole_field(header, field);
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

// Octal, or, above 8 GiB, the number itself behind a byte of 0x80 (GNU tar).
std::optional<std::uint64_t> size_of(std::span<const char> header) {
  const std::string_view field = whole_field(header, kSizeField);
  if (field[0] != '\x80') return octal(tar_field(header, kSizeField));
  std::uint64_t value = 0;
  for (const char c : field.substr(1)) {
    if (value >> 56 != 0) return std::nullopt;
    value = value << 8 | static_cast<unsigned char>(c);
  }
  return value;
}

bool has_checksum(std::span<const char> header) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const bool is_checksum = i >= kChecksumField.at && i < kChecksumField.at + kChecksumField.size;
    sum += is_checksum ? ' ' : static_cast<unsigned char>(header[i]);
  }
  return octal(tar_field(header, kChecksumField)) == sum;
}

std::string name_of_entry(std::span<const char> header) {
  std::string name(tar_field(header, kNameField));
  // GNU tar has other things where ustar has the prefix.
  const bool is_ustar = header[kMagicField.at + kMagicField.size] == '\0';
  const std::string prefix = is_ustar ? std::string(tar_field(header, kPrefixField)) : "";
  if (!prefix.empty()) name = prefix + "/" + name;
  if (name.starts_with("./")) name.erase(0, 2);
  return name;
}

}  // namespace

TarEntries::TarEntries(platform::Files& files, std::shared_ptr<const platform::File> file)
    : files_(files), file_(std::move(file)), file_size_(files_.info(*file_).identity.size) {}

// False at the end.
bool TarEntries::read_header() {
  if (at_ == file_size_) return false;
  if (files_.read(*file_, at_, std::as_writable_bytes(std::span(header_))) != kBlock) {
    throw TarFault{"it is cut off"};
  }
  if (std::all_of(header_.begin(), header_.end(), [](char c) { return c == '\0'; })) return false;
  if (tar_field(header_, kMagicField).substr(0, 5) != "ustar" || !has_checksum(header_)) {
    throw TarFault{at_ == 0 ? "it is not a tar file, or a compressed one" : "it is damaged"};
  }
  at_ += kBlock;
  return true;
}

std::optional<TarEntry> TarEntries::next() {
  if (!read_header()) return std::nullopt;
  const auto size = size_of(header_);
  if (!size) throw TarFault{"it is damaged"};
  TarEntry entry{name_of_entry(header_), header_[kTypeField.at], at_, *size};
  skip_bytes(entry);
  return entry;
}

void TarEntries::set_size(TarEntry& entry, std::uint64_t size) {
  entry.size = size;
  skip_bytes(entry);
}

void TarEntries::skip_bytes(const TarEntry& entry) {
  if (entry.size > file_size_ - std::min(file_size_, entry.offset)) {
    throw TarFault{"it is cut off"};
  }
  at_ = entry.offset + (entry.size + kBlock - 1) / kBlock * kBlock;
  if (at_ > file_size_) throw TarFault{"it is cut off"};
}

}  // namespace sluice::plugin
