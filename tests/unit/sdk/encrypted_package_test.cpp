// Packages that this file encrypts itself ([MS-OFFCRYPTO] 2.3.4), in every way that Office has
// since 2007, are read with the password, with the standard one, and not with another.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <sluice/opc.hpp>
#include <sluice/testing.hpp>

#include "kit/compound_file_builder.h"
#include "kit/office_package.h"

namespace sluice {
namespace {

std::string little(std::uint64_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

std::string hashed(const char* name, const std::string& bytes) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &size,
             EVP_get_digestbyname(name), nullptr);
  out.resize(size);
  return out;
}

std::string encrypted(const std::string& mode, std::string bytes, const std::string& key,
                      const std::string& vector) {
  bytes.resize((bytes.size() + 15) / 16 * 16, '\0');
  const std::string cipher = "AES-" + std::to_string(key.size() * 8) + "-" + mode;
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  EVP_EncryptInit_ex(context, EVP_get_cipherbyname(cipher.c_str()), nullptr,
                     reinterpret_cast<const unsigned char*>(key.data()),
                     reinterpret_cast<const unsigned char*>(vector.data()));
  EVP_CIPHER_CTX_set_padding(context, 0);
  std::string out(bytes.size() + 16, '\0');
  int written = 0;
  EVP_EncryptUpdate(context, reinterpret_cast<unsigned char*>(out.data()), &written,
                    reinterpret_cast<const unsigned char*>(bytes.data()),
                    static_cast<int>(bytes.size()));
  EVP_CIPHER_CTX_free(context);
  out.resize(static_cast<std::size_t>(written));
  return out;
}

std::string base64(const std::string& bytes) {
  std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string spun(const char* hash, const std::string& salt, const std::string& password,
                 int spins) {
  std::string wide;
  for (const char c : password) wide += {c, '\0'};
  std::string out = hashed(hash, salt + wide);
  for (int i = 0; i < spins; ++i) out = hashed(hash, little(static_cast<unsigned>(i), 4) + out);
  return out;
}

// --- the two ways of encryption ---

std::string cut(std::string hash, std::size_t size) {
  hash.resize(size, '\x36');
  return hash;
}

std::string agile(const std::string& package, const std::string& password, const char* hash,
                  std::size_t key_size, int spins = 100) {
  const std::string salt = "0123456789abcdef";
  const std::string data_salt = "fedcba9876543210";
  const std::string key = cut("the key of the package, long enough", key_size);
  const std::string base = spun(hash, salt, password, spins);
  const auto value = [&](const std::string& bytes, const char* purpose) {
    const std::string its_key = cut(hashed(hash, base + std::string(purpose, 8)), key_size);
    return base64(encrypted("CBC", bytes, its_key, salt));
  };
  const std::string verifier = "sixteen bytes...";
  const std::string parameters =
      "saltSize=\"16\" blockSize=\"16\" keyBits=\"" + std::to_string(key_size * 8) +
      "\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"" + hash +
      "\" saltValue=\"";
  const std::string info =
      little(4, 2) + little(4, 2) + little(0x40, 4) +
      "<encryption xmlns=\"http://schemas.microsoft.com/office/2006/encryption\" "
      "xmlns:p=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><keyData " +
      parameters + base64(data_salt) + "\"/><keyEncryptors><keyEncryptor uri=\"x\">" +
      "<p:encryptedKey spinCount=\"" + std::to_string(spins) + "\" " + parameters + base64(salt) +
      "\" encryptedVerifierHashInput=\"" + value(verifier, "\xFE\xA7\xD2\x76\x3B\x4B\x9E\x79") +
      "\" encryptedVerifierHashValue=\"" +
      value(hashed(hash, verifier), "\xD7\xAA\x0F\x6D\x30\x61\x34\x4E") +
      "\" encryptedKeyValue=\"" + value(key, "\x14\x6E\x0B\xE7\xAB\xAC\xD0\xD6") +
      "\"/></keyEncryptor></keyEncryptors></encryption>";
  std::string stream = little(package.size(), 8);
  for (std::size_t at = 0; at < package.size(); at += 4096) {
    const std::string vector = hashed(hash, data_salt + little(at / 4096, 4)).substr(0, 16);
    stream += encrypted("CBC", package.substr(at, 4096), key, vector);
  }
  return test::compound_file({{"EncryptionInfo", info + std::string(4096, ' ')},
                              {"EncryptedPackage", stream + std::string(4096, '\0')}});
}

std::string standard(const std::string& package, const std::string& password) {
  const std::string salt = "0123456789abcdef";
  const std::string base = hashed("SHA1", spun("SHA1", salt, password, 50'000) + little(0, 4));
  std::string inner(64, '\x36');
  std::string outer(64, '\x5C');
  for (std::size_t i = 0; i < base.size(); ++i) {
    inner[i] = static_cast<char>(inner[i] ^ base[i]);
    outer[i] = static_cast<char>(outer[i] ^ base[i]);
  }
  const std::string key = (hashed("SHA1", inner) + hashed("SHA1", outer)).substr(0, 16);
  const std::string verifier = "sixteen bytes...";
  const std::string header = little(0x24, 4) + little(0, 4) + little(0x660E, 4) +
                             little(0x8004, 4) + little(128, 4) + little(0x18, 4) + little(0, 8);
  std::string info = little(4, 2) + little(2, 2) + little(0x24, 4) + little(header.size(), 4) +
                     header + little(16, 4) + salt + encrypted("ECB", verifier, key, "") +
                     little(20, 4) + encrypted("ECB", hashed("SHA1", verifier), key, "");
  info.resize(5000, '\0');
  const std::string stream = little(package.size(), 8) + encrypted("ECB", package, key, "");
  return test::compound_file(
      {{"EncryptionInfo", info}, {"EncryptedPackage", stream + std::string(4096, '\0')}});
}

std::string package_of(const std::string& text) {
  test::OfficePackage package("a.xml");
  package.part("a.xml", "<a>" + text + "</a>");
  return package.build();
}

std::string opened(const std::string& bytes, const std::string& password = "") {
  RecordingJob job(bytes, "a.docx", "application/x-ole-encrypted-package");
  std::string out;
  class Opener : public Converter {
   public:
    Opener(std::string& out, const std::string& password) : out_(out), password_(password) {}
    void convert(Job& job) override {
      const OpcPackage package(job, {}, password_);
      out_ = package.read("a.xml");
      job.write("x");
    }

   private:
    std::string& out_;
    const std::string& password_;
  } opener(out, password);
  const Outcome outcome = job.run(opener);
  if (outcome == Outcome::kEncrypted) return "encrypted: " + job.reason();
  return outcome == Outcome::kOk ? out : "failed: " + job.reason();
}

TEST(EncryptedPackage, OpensWithThePasswordOnly) {
  const std::string package = package_of("words");
  for (const char* hash : {"SHA1", "SHA256", "SHA384", "SHA512"}) {
    for (const std::size_t key_size : {16u, 24u, 32u}) {
      const std::string bytes = agile(package, "secret", hash, key_size);
      EXPECT_EQ(opened(bytes, "secret"), "<a>words</a>") << hash << key_size;
      EXPECT_TRUE(opened(bytes, "Secret").starts_with("encrypted:"));
      EXPECT_TRUE(opened(bytes).starts_with("encrypted:"));
    }
  }
  const std::string bytes = standard(package, "secret");
  EXPECT_EQ(opened(bytes, "secret"), "<a>words</a>");
  EXPECT_TRUE(opened(bytes, "other").starts_with("encrypted:"));
}

// What is protected against changes only is encrypted with a password that everybody knows.
TEST(EncryptedPackage, OpensWithTheStandardPassword) {
  const std::string package = package_of("open to all");
  EXPECT_EQ(opened(agile(package, "VelvetSweatshop", "SHA512", 32)), "<a>open to all</a>");
  EXPECT_EQ(opened(standard(package, "VelvetSweatshop")), "<a>open to all</a>");
  EXPECT_EQ(opened(agile(package, "VelvetSweatshop", "SHA1", 16), "wrong"), "<a>open to all</a>");
}

TEST(EncryptedPackage, OfManySegmentsIsWhole) {
  std::string text;
  std::uint32_t state = 1;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 1664525 + 1013904223;
    text += static_cast<char>('a' + (state >> 24) % 26);
  }
  EXPECT_EQ(opened(agile(package_of(text), "p", "SHA512", 32), "p"), "<a>" + text + "</a>");
}

TEST(EncryptedPackage, NeverTakesMinutes) {
  std::string bytes = agile(package_of("x"), "p", "SHA512", 32);
  const auto at = bytes.find("spinCount=\"100\"");
  bytes.replace(at, 15, "spinCount=\"999999999\"  ").erase(at + 23, 8);
  const std::string outcome = opened(bytes, "p");
  EXPECT_TRUE(outcome.starts_with("failed:")) << outcome;
}

// Cut off and spoilt at many places: an outcome, and never the text of another package.
TEST(EncryptedPackage, SurvivesDamage) {
  const std::string bytes = agile(package_of("words"), "VelvetSweatshop", "SHA256", 16, 1);
  for (std::size_t at = 0; at < 2048; at += 3) {
    for (const char byte : {'\x00', '\x7F', '\xFF'}) {
      std::string spoilt = bytes;
      spoilt[at] = byte;
      const std::string text = opened(spoilt);
      EXPECT_TRUE(text == "<a>words</a>" || text.find("ed: ") != std::string::npos) << text;
    }
    opened(bytes.substr(0, at * 4));
  }
}

}  // namespace
}  // namespace sluice
