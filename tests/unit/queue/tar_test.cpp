// A bundle's folder as a tar file: what is written can be read again (travel/bundle_tar), and what
// was changed since is refused, or left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>

#include "kit/files.h"
#include "kit/temp_dir.h"
#include "platform/error.h"
#include "platform/sha256.h"
#include "queue/tar_writer.h"
#include "travel/bundle_tar.h"

namespace sluice::queue {
namespace {

using ::testing::UnorderedElementsAre;

class TarTest : public ::testing::Test {
 protected:
  std::string packed(const std::string& name) {
    files_.unlink(*files_.open_dir(dir_.path()), "out.tar");
    const platform::File to = files_.create(*files_.open_dir(dir_.path()), "out.tar");
    result_ = write_tar(files_, *files_.open_dir((dir_ / "b").string()), name, to);
    return test::read_file(dir_ / "out.tar");
  }
  std::unique_ptr<travel::BundleFiles> opened(const std::string& bytes, const std::string& only) {
    test::write_file(dir_ / "in.tar", bytes);
    auto file = files_.open_read(*files_.open_dir(dir_.path()), "in.tar");
    const travel::BundleTar tar(files_, std::make_shared<const platform::File>(std::move(*file)),
                                "in.tar", only);
    return tar.open(only);
  }
  std::string text_of(travel::BundleFiles& bundle, const std::string& name) {
    const travel::FileBytes bytes = bundle.open(name);
    std::string text(static_cast<std::size_t>(bytes.size), '\0');
    files_.read(*bytes.file, bytes.offset,
                std::as_writable_bytes(std::span(text.data(), text.size())));
    return text;
  }

  platform::Files files_;
  test::TempDir dir_;
  TarResult result_;
};

constexpr const char* kName = "000000000001-0123456789abcdef";

TEST_F(TarTest, HoldsWhatTheFolderHolds) {
  const std::string long_name = "0.assets/" + std::string(200, 'n') + "ä.png";
  test::write_file(dir_ / "b/bundle.json", "{}");
  test::write_file(dir_ / "b/0.md", std::string(1'000, 'm'));
  test::write_file(dir_ / "b/0.raw", "");
  test::write_file(dir_ / "b" / long_name, "picture");
  const std::string bytes = packed(kName);
  EXPECT_EQ(result_.size, bytes.size());
  EXPECT_EQ(result_.sha256, platform::to_hex(platform::sha256(bytes)));
  const auto bundle = opened(bytes, kName);
  EXPECT_THAT(bundle->names(), UnorderedElementsAre(long_name, "0.md", "0.raw", "bundle.json"));
  EXPECT_EQ(text_of(*bundle, "0.md"), std::string(1'000, 'm'));
  EXPECT_EQ(text_of(*bundle, long_name), "picture");
  EXPECT_THROW(bundle->open("1.md"), travel::Refused);
}

TEST_F(TarTest, IsReadOnlyIfItHoldsTheOneBundle) {
  test::write_file(dir_ / "b/bundle.json", "{}");
  const std::string bytes = packed(kName);
  EXPECT_THROW(opened(bytes, "000000000002-0123456789abcdef"), Error);
  const std::string other = packed("000000000002-0123456789abcdef");
  EXPECT_THROW(opened(bytes.substr(0, bytes.size() - 1'024) + other, kName), Error);
  EXPECT_THROW(opened(packed("no-bundle"), kName), Error);
}

TEST_F(TarTest, WhatIsCutOffOrChangedIsRefusedOrHarmless) {
  test::write_file(dir_ / "b/bundle.json", "{}");
  test::write_file(dir_ / ("b/" + std::string(150, 'x')), "text");
  const std::string bytes = packed(kName);
  for (std::size_t size = 0; size + 1'024 < bytes.size(); size += 64) {
    try {
      const auto bundle = opened(bytes.substr(0, size), kName);
      // As every tar does, it may end behind an entry: then a file is missing.
      EXPECT_LT(bundle->names().size(), 2U) << size;
      EXPECT_EQ(size % 512, 0U) << size;
    } catch (const Error&) {
    }
  }
  // A changed byte is noticed, or changes only what a file holds: its hash is checked by others.
  for (std::size_t at = 0; at < bytes.size(); at += 7) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x15);
    try {
      const auto bundle = opened(changed, kName);
      for (const std::string& name : bundle->names()) {
        const travel::FileBytes file = bundle->open(name);
        EXPECT_LE(file.offset + file.size, changed.size());
      }
    } catch (const Error&) {
    } catch (const travel::Refused&) {
    }
  }
}

}  // namespace
}  // namespace sluice::queue
