// Builds OLE2 compound files ([MS-CFB], version 3) for tests: streams by path, small ones in the
// small sectors, and places to spoil.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::test {

std::string little(std::uint64_t value, std::size_t size);
std::string utf16le(std::string_view ascii);

class CompoundFileBuilder {
 public:
  // `path`: storages and the stream's name (ASCII), divided by '/'.
  CompoundFileBuilder& stream(std::string path, std::string bytes) {
    streams_.emplace_back(std::move(path), std::move(bytes));
    return *this;
  }
  // Of the root.
  CompoundFileBuilder& class_id(const std::array<std::uint8_t, 16>& id) {
    class_id_.assign(id.begin(), id.end());
    return *this;
  }
  // The streams' sectors run from the last to the first.
  CompoundFileBuilder& backwards() {
    is_backwards_ = true;
    return *this;
  }

  std::string build() const;

 private:
  std::vector<std::pair<std::string, std::string>> streams_;
  std::string class_id_ = std::string(16, '\0');
  bool is_backwards_ = false;
};

// The stream CompObj of an object that its program calls so.
std::string object_kind(const std::string& kind);

// What the packager of Windows keeps of a file, behind its size: the stream Ole10Native.
std::string packaged(const std::string& label, const std::string& bytes);

// A file of these streams.
std::string compound_file(const std::vector<std::pair<std::string, std::string>>& streams);

}  // namespace sluice::test
