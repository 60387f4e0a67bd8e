#include "crash/scene/world.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

namespace sluice::crash {
namespace {

namespace fs = std::filesystem;

std::string temporary_folder() {
  const bool in_memory = fs::is_directory("/dev/shm") && ::access("/dev/shm", W_OK) == 0;
  const fs::path parent = in_memory ? fs::path("/dev/shm") : fs::temp_directory_path();
  std::string pattern = (parent / "sluice-crash-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  return fs::canonical(pattern).string();
}

void set_environment() {
  for (const auto& [name, value] : test::test_environment()) {
    ::setenv(name.c_str(), value.c_str(), 1);
  }
  // Log lines that carry the same time in every run.
  ::setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
  // Under a tracer a fork a document is slower than the owner's patience: groups would stay small.
  ::setenv("SLUICE_SANDBOX_DOCUMENTS_PER_PROCESS", "60", 1);
  // The leak checker cannot work under a tracer.
  const char* options = std::getenv("ASAN_OPTIONS");
  ::setenv("ASAN_OPTIONS",
           ((options == nullptr ? std::string() : std::string(options) + ":") + "detect_leaks=0")
               .c_str(),
           1);
}

std::string text_of(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::vector<Reported> reported(const std::string& out) {
  std::vector<Reported> all;
  std::istringstream lines(out);
  for (std::string line; std::getline(lines, line);) {
    if (lines.eof()) break;  // cut off
    const auto object = nlohmann::json::parse(line, nullptr, false);
    if (!object.is_object() || text_of(object, "type") != "doc") continue;
    all.push_back({text_of(object, "result"), text_of(object, "path"), text_of(object, "message")});
  }
  return all;
}

World::World() : root_(temporary_folder()) {
  set_environment();
  fs::create_directory(docs());
  fs::create_directory(kb());
  fs::create_directory(path("scratch"));
  must(kb(), {"init"});
}

World::~World() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void World::write(const std::string& name, const std::string& text) const {
  test::write_file(docs() + "/" + name, text);
}

void World::erase(const std::string& name) const {
  fs::remove(docs() + "/" + name);
}

std::vector<std::string> World::command(const std::string& kb,
                                        const std::vector<std::string>& words) const {
  std::vector<std::string> command = {test::sluice_program()};
  if (words.front() == "init") {
    command.insert(command.end(), words.begin(), words.end());
    command.push_back(kb);
    return command;
  }
  command.insert(command.end(), {"-C", kb, "--json", "--progress", "never", "--color", "never"});
  for (std::string word : words) {
    if (word.rfind("@docs", 0) == 0) word.replace(0, 5, docs());
    command.push_back(std::move(word));
  }
  return command;
}

Tracer::Outcome World::run(const std::string& kb, const std::vector<std::string>& words) const {
  const test::Finished finished = test::Running(command(kb, words)).wait();
  return {finished.exit_code, finished.out, finished.err};
}

void World::must(const std::string& kb, const std::vector<std::string>& words) const {
  const Tracer::Outcome outcome = run(kb, words);
  if (outcome.exit_code != 0) {
    throw std::runtime_error(words.front() + " ended with " + std::to_string(outcome.exit_code) +
                             ": " + outcome.out + outcome.err);
  }
}

std::string World::copy(const std::string& from, const std::string& to) const {
  const std::string target = path(to);
  fs::remove_all(target);
  fs::copy(from, target, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  return target;
}

}  // namespace sluice::crash
