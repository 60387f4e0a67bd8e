// A world of a test's own for run(args, Io&): streams, environment, and a temporary home with a
// working directory in it.
#pragma once

#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/io.h"
#include "unit/plugin/plugin_folder.h"

namespace sluice::cli {

class World {
 public:
  World() {
    env["HOME"] = path("home");
    std::filesystem::create_directories(work());
  }

  // Runs one command line; the streams hold what this run alone wrote.
  int run(const std::vector<std::string>& words) {
    out.str("");
    err.str("");
    Io one = io();
    return cli::run(words, one);
  }

  Io io() {
    const auto find = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = env.find(name);
      return found == env.end() ? std::nullopt : std::optional(found->second);
    };
    return {.in = in,
            .out = out,
            .err = err,
            .out_is_terminal = false,
            .err_is_terminal = false,
            .env = find,
            .env_names =
                [this] {
                  std::vector<std::string> names;
                  for (const auto& [name, value] : env) names.push_back(name);
                  return names;
                },
            .working_directory = work(),
            .interrupted = {}};
  }

  std::string path(const std::string& name) const { return temp_.path(name); }
  std::string work() const { return path("work"); }
  void write(const std::string& name, const std::string& text) const {
    plugin::write_file(temp_ / name, text);
  }
  void add_plugin(const std::string& folder, const plugin::PluginText& text) const {
    plugin::write_plugin(temp_ / folder, text);
  }
  // A directory that counts as a KB for the configuration.
  std::string make_kb_state(const std::string& config) const {
    write("kb/.sluice/config.toml", config);
    return path("kb");
  }

  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  std::map<std::string, std::string> env;

 private:
  test::TempDir temp_;
};

}  // namespace sluice::cli
