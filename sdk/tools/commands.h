// The commands of sluice-sdk: what they are asked for, and how they do it. Each prints on standard
// output and returns the exit code: 0 done, 1 something is wrong with the plugin, 2 usage, 77 a
// single test was left out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sluice::tool {

enum class Format { kText, kJson };

struct NewArguments {
  std::string name;
  std::string language = "c++";
  std::string extension;  // empty: the name
};
int make_new(const NewArguments& wanted);

struct DescribeArguments {
  std::string library;
  Format format = Format::kText;
};
int describe(const DescribeArguments& wanted);

struct ValidateArguments {
  std::string folder;
  std::string samples;
  std::vector<std::string> tests;
  std::uint64_t seed = 1;
  unsigned patience = 120;
  Format format = Format::kText;
  bool quiet = false;        // prints failures alone
  bool show_output = false;  // of the plugin
  bool list = false;
};
int validate(const ValidateArguments& wanted);

struct FuzzArguments {
  std::string plugin;
  std::string samples;
  std::uint64_t seed = 1;
  std::uint64_t runs = 10'000;
  unsigned patience = 10;
  std::string keep = ".";  // where inputs that break it are written
};
int fuzz(const FuzzArguments& wanted);

struct BenchArguments {
  std::string plugin;
  std::string samples;
  unsigned runs = 20;
  Format format = Format::kText;
};
int bench(const BenchArguments& wanted);

struct PackageArguments {
  std::string folder;
  std::string output;  // empty: <id>-<version>.tar
};
int package(const PackageArguments& wanted);

// The folder of a plugin, from its folder or its library.
std::string plugin_folder(const std::string& folder_or_library);

}  // namespace sluice::tool
