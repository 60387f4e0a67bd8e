// The real program at work on a knowledge base in a temporary folder: what tests that run it share.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/differences.h"
#include "kit/paths.h"
#include "kit/program.h"

namespace sluice::test {

using Json = nlohmann::json;

class RealProgram : public ::testing::Test {
 protected:
  RealProgram();

  // Runs sluice on the knowledge base to its end.
  Finished run(std::vector<std::string> arguments, std::map<std::string, std::string> env = {});
  Finished add(std::vector<std::string> arguments, std::map<std::string, std::string> env = {});
  Running start(std::vector<std::string> arguments) const;
  // The same as a user without privileges; skips the test (and gives nothing) where that cannot be.
  bool has_other_user() const;
  Finished run_as_other_user(const std::vector<std::string>& arguments) const;
  Running start_as_other_user(const std::vector<std::string>& arguments) const;
  // Gives the folder, with all in it, to that user.
  void give_away() const;

  // Every object of a type among the lines of an output.
  static std::vector<Json> objects(const std::string& out, const std::string& type);
  std::map<std::string, Json> documents();  // by name, from `list --json`

  // Each raw file has the hash and each document the files that the registry says; nothing else is
  // there, and nothing is left in staging.
  void expect_consistent();

  void write(const std::string& name, const std::string& text) const {
    write_file(dir_ / name, text);
  }
  std::string read(const std::string& name) const { return read_file(dir_ / name); }
  std::string path(const std::string& name) const { return (dir_ / name).string(); }
  std::filesystem::path kb() const { return dir_ / "kb"; }
  static std::string fixtures() { return test::build_folder() + "/tests/plugins"; }

  TempDir dir_;
};

// A folder of mixed documents with images, blank ones and duplicates among them; `seed` tells
// folders apart.
void make_mixed_documents(const std::filesystem::path& root, int count, int seed = 0);

// A PNG by its first bytes.
std::string png(const std::string& rest = "p");

}  // namespace sluice::test
