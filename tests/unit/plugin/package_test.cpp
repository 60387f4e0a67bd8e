// Packages on their way in: what a good one unpacks to, and every way in which one can be hostile.
#include "plugin/package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "platform/error.h"
#include "plugin/trust.h"
#include "plugin_folder.h"

namespace sluice::plugin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

struct Entry {
  std::string name;
  std::string content = {};
  char type = '0';
  std::string link = {};
};

// A ustar file.
std::string tar_of(const std::vector<Entry>& entries) {
  std::string out;
  for (const Entry& entry : entries) {
    std::string header(512, '\0');
    header.replace(0, entry.name.size(), entry.name);
    header.replace(100, 7, "0000644");
    char size[13];
    std::snprintf(size, sizeof size, "%011zo", entry.content.size());
    header.replace(124, 11, size, 11);
    header.replace(136, 11, "00000000000");
    header[156] = entry.type;
    header.replace(157, entry.link.size(), entry.link);
    header.replace(257, 8, std::string("ustar\00000", 8));
    header.replace(148, 8, "        ");
    unsigned sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    char checksum[8];
    std::snprintf(checksum, sizeof checksum, "%06o", sum);
    header.replace(148, 7, checksum, 7);
    out += header + entry.content;
    out.resize((out.size() + 511) / 512 * 512);
  }
  return out + std::string(1024, '\0');
}

class PackageTest : public ::testing::Test {
 protected:
  std::vector<Entry> good() const {
    return {{"example/", "", '5'},
            {"example/plugin.toml", plugin_.manifest()},
            {"example/example.so", plugin_.library_bytes},
            {"example/words.dat", plugin_.data}};
  }
  Package open(const std::string& bytes) {
    write_file(temp_ / "x.tar", bytes);
    return Package::open(files_, temp_.path("x.tar"));
  }
  std::string refusal(const std::string& bytes) {
    try {
      open(bytes);
    } catch (const Error& error) {
      return error.what();
    }
    return "it was taken";
  }
  std::string refusal(const std::vector<Entry>& entries) { return refusal(tar_of(entries)); }
  test::Tree unpack(const Package& package) {
    fs::remove_all(temp_ / "to");
    fs::create_directory(temp_ / "to");
    package.unpack(files_, *files_.open_dir(temp_.path("to")));
    return test::tree_of(temp_ / "to");
  }
  test::Tree whole() const {
    return {{"plugin.toml", plugin_.manifest()},
            {"example.so", plugin_.library_bytes},
            {"words.dat", plugin_.data}};
  }

  PluginText plugin_{.library_bytes = std::string(1000, 'x'), .data = "words"};
  test::TempDir temp_;
  platform::Files files_;
};

TEST_F(PackageTest, ATarFileUnpacksToItsFilesForThisUserAlone) {
  const Package package = open(tar_of(good()));
  EXPECT_EQ(package.manifest().id, "example");
  EXPECT_EQ(unpack(package), whole());
  for (const auto& entry : fs::directory_iterator(temp_ / "to")) {
    EXPECT_EQ(entry.status().permissions(), fs::perms(0600)) << entry.path();
  }
}

TEST_F(PackageTest, TarOfTheSystemMakesSuchFiles) {
  write_plugin(temp_ / "example", plugin_);
  for (const char* format : {"ustar", "gnu"}) {
    const std::string command = "tar -C " + temp_.path() + " --format=" + format + " -cf " +
                                temp_.path("made.tar") + " example";
    ASSERT_EQ(std::system(command.c_str()), 0);
    EXPECT_EQ(unpack(Package::open(files_, temp_.path("made.tar"))), whole()) << format;
  }
}

TEST_F(PackageTest, AFolderGivesWhatItsManifestNames) {
  write_plugin(temp_ / "anything", plugin_);
  write_file(temp_ / "anything/notes.txt", "mine");
  const Package package = Package::open(files_, temp_.path("anything"));
  EXPECT_EQ(unpack(package), whole());
  EXPECT_THAT(package.left_out(), ElementsAre("notes.txt"));
}

TEST_F(PackageTest, AFolderWithALinkInItIsRefused) {
  write_plugin(temp_ / "p", plugin_);
  for (const char* name : {"plugin.toml", "example.so", "words.dat"}) {
    fs::rename(temp_ / "p" / name, temp_ / "real");
    fs::create_symlink(temp_ / "real", temp_ / "p" / name);
    EXPECT_THROW(Package::open(files_, temp_.path("p")), Error) << name;
    fs::remove(temp_ / "p" / name);
    fs::rename(temp_ / "real", temp_ / "p" / name);
  }
  EXPECT_NO_THROW(Package::open(files_, temp_.path("p")));
}

TEST_F(PackageTest, PlacesOutsideOfItsFolderAreRefused) {
  for (const char* name : {"../evil", "/etc/evil", "example/../../evil", "example/sub/evil", "evil",
                           "other/evil", "./../evil", "example/", "..", "../", "example//evil"}) {
    auto entries = good();
    entries.push_back({name, "x"});
    EXPECT_THAT(refusal(entries), HasSubstr("cannot install")) << name;
  }
}

TEST_F(PackageTest, LinksAndDevicesAreRefused) {
  for (const char type : {'1', '2', '3', '4', '6', '7', 'L', 'K', 'x', 'g', 'S'}) {
    auto entries = good();
    entries.insert(entries.begin() + 1, Entry{"example/link", "", type, "/etc/passwd"});
    EXPECT_THAT(refusal(entries), HasSubstr("no plain file")) << type;
  }
}

TEST_F(PackageTest, FilesThatNobodyNamesAndFilesThatAreMissingAreRefused) {
  auto extra = good();
  extra.push_back({"example/.hidden", "x"});
  EXPECT_THAT(refusal(extra), HasSubstr("\".hidden\", which plugin.toml does not name"));
  auto dots = good();
  dots.push_back({"example/..", "x"});
  EXPECT_THAT(refusal(dots), HasSubstr("which plugin.toml does not name"));
  for (std::size_t i = 1; i < 4; ++i) {
    auto missing = good();
    const std::string name = missing[i].name.substr(8);
    missing.erase(missing.begin() + static_cast<long>(i));
    EXPECT_THAT(refusal(missing), HasSubstr(name)) << name;
  }
  auto twice = good();
  twice.push_back(twice[2]);
  EXPECT_THAT(refusal(twice), HasSubstr("twice"));
}

TEST_F(PackageTest, AFolderOfAnotherNameIsRefused) {
  auto entries = good();
  for (Entry& entry : entries) entry.name.replace(0, 7, "another");
  EXPECT_THAT(refusal(entries), HasSubstr("\"another\", but plugin.toml says \"example\""));
}

TEST_F(PackageTest, EveryCutIsRefused) {
  const std::string whole = tar_of(good());
  for (std::size_t size = 0; size + 1024 < whole.size(); size += 97) {
    EXPECT_NE(refusal(whole.substr(0, size)), "it was taken") << size;
  }
}

TEST_F(PackageTest, DamageToAnyHeaderIsRefusedOrChangesNothing) {
  const std::string whole = tar_of(good());
  for (std::size_t at = 0; at < 512; at += 3) {
    std::string damaged = whole;
    damaged[at + 512] = static_cast<char>(damaged[at + 512] ^ 0x15);
    EXPECT_NE(refusal(damaged), "it was taken") << at;
  }
}

TEST_F(PackageTest, LyingSizesAreRefused) {
  const std::vector<std::string> sizes = {"77777777777", "-0000000001", "0000000000x",
                                          "           ",
                                          std::string("\x80\0\0\0\0\0\0\0\0\0\1", 11)};
  for (const std::string& size : sizes) {
    std::string bytes = tar_of(good());
    bytes.replace(512 + 124, 11, std::string(11, ' ').replace(0, size.size(), size));
    bytes.replace(512 + 148, 8, "        ");
    unsigned sum = 0;
    for (std::size_t i = 512; i < 1024; ++i) sum += static_cast<unsigned char>(bytes[i]);
    char checksum[8];
    std::snprintf(checksum, sizeof checksum, "%06o", sum);
    bytes.replace(512 + 148, 7, checksum, 7);
    EXPECT_NE(refusal(bytes), "it was taken") << size;
  }
}

TEST_F(PackageTest, WhatIsNoTarFileIsSaidToBeNone) {
  EXPECT_THAT(refusal(std::string("\x1f\x8b\x08", 3) + std::string(2000, 'z')),
              HasSubstr("not a tar file, or a compressed one"));
  EXPECT_THAT(refusal(std::string()), HasSubstr("there is nothing in it"));
  EXPECT_THROW(Package::open(files_, temp_.path("none")), Error);
  ASSERT_EQ(::mkfifo(temp_.path("fifo").c_str(), 0600), 0);
  EXPECT_THROW(Package::open(files_, temp_.path("fifo")), Error);
}

}  // namespace
}  // namespace sluice::plugin
