// SPDX-License-Identifier: Apache-2.0
#include "xls/decrypt.hpp"

#include <array>
#include <optional>
#include <sluice/little_endian.hpp>
#include <sluice/office_cipher.hpp>
#include <sluice/plugin.hpp>
#include <sluice/utf8.hpp>

#include "xls/records.hpp"

namespace sluice::xls {
namespace {

constexpr std::size_t kBlockSize = 1024;
constexpr std::size_t kMaxXorPassword = 15;

// [MS-OFFCRYPTO] 2.3.7: what a password becomes, one byte for each of sixteen places.
class XorKey {
 public:
  explicit XorKey(std::string_view password) : password_(password) {
    static constexpr std::array<std::uint8_t, kMaxXorPassword> kFill = {
        0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00};
    const std::uint16_t base = key();
    for (std::size_t i = 0; i < bytes_.size(); ++i) {
      std::uint8_t byte =
          i < password.size() ? static_cast<std::uint8_t>(password[i]) : kFill[i - password.size()];
      byte ^= static_cast<std::uint8_t>(i % 2 == 0 ? base & 0xFF : base >> 8);
      bytes_[i] = static_cast<std::uint8_t>(byte << 2 | byte >> 6);
    }
  }

  std::uint16_t key() const {
    const auto turn = [](std::uint16_t value) {
      const auto turned = static_cast<std::uint16_t>(value << 1 | value >> 15);
      return static_cast<std::uint16_t>((turned & 1) != 0 ? turned ^ 0x1020 : turned);
    };
    std::uint16_t sum = 0;
    std::uint16_t base = 0x8000;
    std::uint16_t end = 0xFFFF;
    for (std::size_t i = password_.size(); i-- > 0;) {
      auto bits = static_cast<std::uint8_t>(password_[i] & 0x7F);
      for (int bit = 0; bit < 8; ++bit, bits >>= 1) {
        base = turn(base);
        if ((bits & 1) != 0) sum ^= base;
        end = turn(end);
      }
    }
    return static_cast<std::uint16_t>(sum ^ end);
  }

  std::uint16_t verifier() const {
    auto sum = static_cast<std::uint16_t>(password_.size());
    if (!password_.empty()) sum ^= 0xCE4B;
    for (std::size_t i = 0; i < password_.size(); ++i) {
      const std::uint32_t c = static_cast<std::uint8_t>(password_[i]);
      const auto distance = static_cast<unsigned>((i + 1) % 15);
      sum ^= static_cast<std::uint16_t>((c << distance | c >> (15 - distance)) & 0x7FFF);
    }
    return sum;
  }

  // `place`: of the byte in the stream, plus the size of its record.
  char decrypted(char byte, std::size_t place) const {
    const auto bits = static_cast<std::uint8_t>(byte);
    const auto turned = static_cast<std::uint8_t>(bits << 3 | bits >> 5);
    return static_cast<char>(turned ^ bytes_[place % bytes_.size()]);
  }

 private:
  std::string password_;
  std::array<std::uint8_t, 16> bytes_{};
};

// Records, or the first bytes of them, that are never encrypted (2.2.10).
std::size_t plain_bytes(const Record& record) {
  constexpr std::uint16_t kInterfaceHeader = 0xE1;
  constexpr std::uint16_t kFileLock = 0x195;
  constexpr std::uint16_t kExclusive = 0x194;
  constexpr std::uint16_t kRevisionInfo = 0x196;
  constexpr std::uint16_t kRevisionHead = 0x138;
  constexpr std::size_t kAll = ~std::size_t{0};
  switch (record.number) {
    case 0x809:
    case kInterfaceHeader:
    case kFileLock:
    case kExclusive:
    case kRevisionInfo:
    case kRevisionHead:
    case static_cast<std::uint16_t>(RecordType::kFilePass):
      return kAll;
    case static_cast<std::uint16_t>(RecordType::kBoundSheet):
      return 4;
    default:
      return 0;
  }
}

// Calls `change(position, size of the record, byte)` for each byte that is encrypted.
template <class Change>
void change_records(std::string& stream, std::size_t begin, const Change& change) {
  Records records(stream, begin);
  while (records.next()) {
    const Record& record = records.record();
    const std::size_t body = record.offset + 4;
    for (std::size_t i = plain_bytes(record); i < record.body.size(); ++i) {
      change(body + i, record.body.size(), stream[body + i]);
    }
  }
}

void decrypt_xor(std::string& stream, std::size_t begin, std::uint16_t key, std::uint16_t verifier,
                 std::string_view password) {
  for (const std::string_view one : {password, kStandardPassword}) {
    if (one.empty()) continue;
    const XorKey xor_key(one.substr(0, kMaxXorPassword));
    if (xor_key.key() != key || xor_key.verifier() != verifier) continue;
    change_records(stream, begin, [&](std::size_t place, std::size_t size, char& byte) {
      byte = xor_key.decrypted(byte, place + size);
    });
    return;
  }
  fail_encrypted(password);
}

void decrypt_rc4(std::string& stream, std::size_t begin, std::string_view header,
                 std::string_view password) {
  const OfficeCipher cipher(header, password);
  // The key goes on over headers and plain bytes, as if they were encrypted.
  std::string all = stream;
  cipher.decrypt(all, 0, kBlockSize);
  change_records(stream, begin,
                 [&](std::size_t place, std::size_t, char& byte) { byte = all[place]; });
}

}  // namespace

void decrypt_workbook(std::string& stream, std::string_view password) {
  Records records(stream);
  std::optional<Record> pass;
  // It stands close behind the first record.
  for (int i = 0; i < 8 && !pass && records.next(); ++i) {
    if (records.record().type == RecordType::kFilePass) pass = records.record();
  }
  if (!pass) return;
  const std::size_t begin = pass->end();
  const std::string body(pass->body);
  FieldReader fields(body);
  const bool is_old = body.size() == 4;  // Excel 5 has no number of the way
  const std::uint16_t way = is_old ? 0 : fields.u16();
  if (way == 0) {
    const std::uint16_t key = fields.u16();
    const std::uint16_t verifier = fields.u16();
    return decrypt_xor(stream, begin, key, verifier, password);
  }
  decrypt_rc4(stream, begin, std::string_view(body).substr(2), password);
}

}  // namespace sluice::xls
