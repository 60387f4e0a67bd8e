// SPDX-License-Identifier: Apache-2.0
#include "office_xml/stored_zip.hpp"

#include <libdeflate.h>

#include <utility>

namespace sluice::office_xml {
namespace {

std::string number(std::uint64_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i, value >>= 8) out += static_cast<char>(value & 0xFF);
  return out;
}

}  // namespace

void StoredZip::add(std::string_view name, std::string_view bytes) {
  const std::string facts = number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
                            number(libdeflate_crc32(0, bytes.data(), bytes.size()), 4) +
                            number(bytes.size(), 4) + number(bytes.size(), 4) +
                            number(name.size(), 2) + number(0, 2);
  directory_ +=
      "PK\x01\x02" + number(20, 2) + facts + number(0, 2 + 2 + 2 + 4) + number(bytes_.size(), 4);
  directory_ += name;
  bytes_ += "PK\x03\x04" + facts;
  bytes_ += name;
  bytes_ += bytes;
  ++count_;
}

std::string StoredZip::finish() {
  const std::size_t begin = bytes_.size();
  bytes_ += directory_;
  bytes_ += "PK\x05\x06" + number(0, 4) + number(count_, 2) + number(count_, 2) +
            number(directory_.size(), 4) + number(begin, 4) + number(0, 2);
  return std::move(bytes_);
}

}  // namespace sluice::office_xml
