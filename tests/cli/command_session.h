// One user's session in-process: streams, a fake environment, and a temporary folder in which the
// program runs. Paths are relative to that folder, which is the process's working directory too.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "cli/differences.h"
#include "cli/io.h"
#include "kit/paths.h"
#include "kit/program.h"

namespace sluice::test {

class CommandSession : public ::testing::Test {
 protected:
  using Json = nlohmann::json;

  CommandSession() {
    std::filesystem::create_directories(path("home"));
    std::filesystem::create_directories(path("work"));
    std::filesystem::current_path(path("work"));
    env_["HOME"] = path("home").string();
    // Pictures that have no pixels stand beside documents; they are none themselves.
    env_["SLUICE_PLUGINS_DENY"] = "ocr";
  }
  ~CommandSession() override { std::filesystem::current_path("/"); }

  // Runs one command line; out_ and err_ hold what it alone wrote.
  int run(const std::vector<std::string>& words) {
    std::istringstream in(in_);
    std::ostringstream out;
    std::ostringstream err;
    cli::Io io{.in = in,
               .out = out,
               .err = err,
               .out_is_terminal = out_is_terminal_,
               .err_is_terminal = err_is_terminal_,
               .env =
                   [this](const std::string& name) {
                     const auto found = env_.find(name);
                     return found == env_.end() ? std::nullopt : std::optional(found->second);
                   },
               .working_directory = std::filesystem::current_path().string(),
               .interrupted = {}};
    const int code = cli::run(words, io);
    out_ = out.str();
    err_ = err.str();
    return code;
  }

  // What the last run wrote to standard output, an object a line.
  std::vector<Json> objects() const {
    std::vector<Json> all;
    std::istringstream lines(out_);
    std::string line;
    while (std::getline(lines, line)) all.push_back(Json::parse(line));
    return all;
  }
  std::vector<Json> objects(const std::string& type) const {
    std::vector<Json> some;
    for (Json& object : objects()) {
      if (object["type"] == type) some.push_back(std::move(object));
    }
    return some;
  }
  // Runs `add --json` with these words and gives its doc objects.
  std::vector<Json> add_docs(std::vector<std::string> words) {
    words.insert(words.begin(), {"-C", "kb", "add", "--json"});
    run(words);
    return objects("doc");
  }

  // Names of what differs in the knowledge base, but for what SQLite keeps for its readers.
  std::vector<std::string> changes_since(const Tree& before) const {
    std::vector<std::string> names;
    for (const std::string& name : differences(before, tree_of(work("kb")))) {
      if (!name.starts_with(".sluice/registry.db-")) names.push_back(name);
    }
    return names;
  }

  void make_kb() { ASSERT_EQ(run({"init", "kb"}), 0) << err_; }
  void write(const std::string& name, const std::string& text) const {
    write_file(work(name), text);
  }
  std::string read(const std::string& name) const { return read_file(work(name)); }
  bool exists(const std::string& name) const { return std::filesystem::exists(work(name)); }
  std::filesystem::path work(const std::string& name) const { return path("work") / name; }
  std::filesystem::path path(const std::string& name) const { return dir_ / name; }

  // The folder of the plugins that tests load.
  static std::string fixtures() { return test::build_folder() + "/tests/plugins"; }

  std::map<std::string, std::string> env_;
  std::string in_;
  std::string out_;
  std::string err_;
  bool out_is_terminal_ = false;
  bool err_is_terminal_ = false;

 private:
  TempDir dir_;
};

}  // namespace sluice::test
