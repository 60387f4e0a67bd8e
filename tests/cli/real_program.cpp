#include "cli/real_program.h"

#include <unistd.h>

#include <set>
#include <sstream>

#include "platform/sha256.h"

namespace sluice::test {

namespace fs = std::filesystem;

namespace {

constexpr int kOtherUser = 65534;
std::vector<std::string> as_other_user(const std::vector<std::string>& arguments) {
  std::vector<std::string> command = {sluice_program()};
  if (::geteuid() == 0) {
    const std::string id = std::to_string(kOtherUser);
    command = {"/usr/bin/setpriv", "--reuid",       id, "--regid", id,
               "--clear-groups",   sluice_program()};
  }
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

}  // namespace

RealProgram::RealProgram() {
  fs::permissions(dir_.path(), fs::perms(0755));
  EXPECT_EQ(sluice({"init", kb().string()}).exit_code, 0);
}

Finished RealProgram::run(std::vector<std::string> arguments,
                          std::map<std::string, std::string> env) {
  arguments.insert(arguments.begin(), {"-C", kb().string()});
  return sluice(std::move(arguments), std::move(env), dir_.path());
}

Finished RealProgram::add(std::vector<std::string> arguments,
                          std::map<std::string, std::string> env) {
  arguments.insert(arguments.begin(), "add");
  return run(std::move(arguments), std::move(env));
}

Running RealProgram::start(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), {sluice_program(), "-C", kb().string()});
  return Running(std::move(arguments), test_environment(), dir_.path());
}

bool RealProgram::has_other_user() const {
  return Running(as_other_user({"--version"}), test_environment()).wait().exit_code == 0;
}

Finished RealProgram::run_as_other_user(const std::vector<std::string>& arguments) const {
  return start_as_other_user(arguments).wait();
}

Running RealProgram::start_as_other_user(const std::vector<std::string>& arguments) const {
  std::vector<std::string> all = {"-C", kb().string()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return Running(as_other_user(all), test_environment(), dir_.path());
}

void RealProgram::give_away() const {
  if (::geteuid() != 0) return;
  const auto give = [](const fs::path& path) {
    EXPECT_EQ(::lchown(path.c_str(), kOtherUser, kOtherUser), 0) << path;
  };
  give(dir_.path());
  for (const auto& entry : fs::recursive_directory_iterator(dir_.path())) give(entry.path());
}

std::vector<Json> RealProgram::objects(const std::string& out, const std::string& type) {
  std::vector<Json> found;
  std::istringstream lines(out);
  std::string line;
  while (std::getline(lines, line)) {
    Json object = Json::parse(line);
    if (object["type"] == type) found.push_back(std::move(object));
  }
  return found;
}

std::map<std::string, Json> RealProgram::documents() {
  std::map<std::string, Json> by_name;
  const Finished list = run({"list", "--json"});
  EXPECT_EQ(list.exit_code, 0) << list.err;
  for (Json& document : objects(list.out, "document")) {
    const std::string name = document["name"];
    by_name.emplace(name, std::move(document));
  }
  return by_name;
}

void RealProgram::expect_consistent() {
  std::set<std::string> expected;
  for (const auto& [name, document] : documents()) {
    const std::string raw = document["raw"];
    const std::string markdown = document["markdown"];
    expected.insert({raw, markdown});
    EXPECT_EQ(platform::to_hex(platform::sha256(read_file(kb() / raw))), document["sha256"]) << raw;
    EXPECT_TRUE(fs::exists(kb() / markdown)) << markdown;
    EXPECT_EQ(document["state"], "ok") << name;
    std::error_code none;
    const fs::path images = kb() / "wiki/sources/images" / name;
    const auto assets = std::distance(fs::directory_iterator(images, none), {});
    EXPECT_EQ(assets, document["assets"]) << name;
  }
  std::set<std::string> found;
  for (const char* shelf : {"raw", "wiki/sources"}) {
    for (const auto& entry : fs::directory_iterator(kb() / shelf)) {
      if (!entry.is_directory()) found.insert(shelf + ("/" + entry.path().filename().string()));
    }
  }
  EXPECT_EQ(found, expected);
  EXPECT_THAT(tree_of(kb() / ".sluice/staging"), ::testing::IsEmpty());
}

void make_mixed_documents(const fs::path& root, int count, int seed) {
  for (int i = 0; i < count; ++i) {
    const fs::path folder = root / ("part-" + std::to_string(i % 5));
    const std::string number = std::to_string(i);
    const std::string text = "folder " + std::to_string(seed) + ", number " + number;
    write_file(folder / ("note-" + number + ".md"),
               "# Note\n\n" + text + "\n\n![image](pictures/" + std::to_string(i % 3) + ".png)\n");
    write_file(folder / "pictures" / (std::to_string(i % 3) + ".png"), png(std::to_string(i % 3)));
    write_file(folder / ("table-" + number + ".csv"), "a,b\n" + text + "\n");
    write_file(folder / ("page-" + number + ".html"), "<title>" + text + "</title><p>" + text);
    if (i % 4 == 0) write_file(folder / ("blank-" + number + ".md"), "\n");
    if (i % 4 == 1) write_file(folder / ("copy-" + number + ".csv"), "a,b\n" + text + "\n");
    // The same stem again, in other folders and other kinds.
    write_file(folder / "index.txt", "index of " + folder.filename().string() + text + "\n");
  }
}

std::string png(const std::string& rest) {
  return std::string("\x89PNG\r\n\x1a\n", 8) + rest;
}

}  // namespace sluice::test
