#include "sandbox/targets.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

#include "platform/sha256.h"

namespace sluice::test {

namespace fs = std::filesystem;

Listener::~Listener() {
  ::close(socket_);
}

std::unique_ptr<Listener> Listener::internet(int type) {
  const int made = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  if (type == SOCK_STREAM) {
    EXPECT_EQ(::listen(made, 4), 0);
  }
  return std::make_unique<Listener>(made);
}

namespace {

std::unique_ptr<Listener> listen_unix(const std::string& name, std::size_t at) {
  const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path + at, name.data(), name.size());
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size() + 1);
  EXPECT_EQ(::bind(made, reinterpret_cast<const sockaddr*>(&address), size), 0);
  EXPECT_EQ(::listen(made, 4), 0);
  return std::make_unique<Listener>(made);
}

}  // namespace

std::unique_ptr<Listener> Listener::unix_path(const std::string& path) {
  return listen_unix(path, 0);
}

std::unique_ptr<Listener> Listener::abstract(const std::string& name) {
  return listen_unix(name, 1);
}

std::string Listener::port() const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
  return std::to_string(ntohs(address.sin_port));
}

bool Listener::was_reached() const {
  pollfd waiting{socket_, POLLIN, 0};
  return ::poll(&waiting, 1, 0) > 0;
}

Escape::Escape() {
  write("outside/victim.txt", "of somebody else\n");
  write("outside/secret.txt", "secret\n");
  write("plugins/hostile/beside.txt", "of the plugin's folder\n");
  fs::permissions(dir_ / "outside/victim.txt", fs::perms(0640));
  write("old.md", "# Old\n");
  EXPECT_EQ(add({"old.md"}).exit_code, 0);
  unix_ = Listener::unix_path(path("outside/socket"));
  abstract_name_ = "sluice-escape-" + std::to_string(::getpid());
  abstract_ = Listener::abstract(abstract_name_);
}

std::string Escape::order(const std::string& name) const {
  const std::map<std::string, std::string> world = {
      {"secret", path("outside/secret.txt")},
      {"victim-file", path("outside/victim.txt")},
      {"outside", path("outside")},
      {"kb", kb().string()},
      {"document", (kb() / "raw/old.md").string()},
      {"registry", (kb() / ".sluice/registry.db").string()},
      {"staging", (kb() / ".sluice/staging").string()},
      {"neighbour", path("in/a.md")},
      {"victim", std::to_string(victim_.pid())},
      {"name-of-orphan", name_of_orphan()},
      {"beside-library", path("plugins/hostile/beside.txt")},
      {"tcp", tcp_->port()},
      {"udp", udp_->port()},
      {"unix", path("outside/socket")},
      {"abstract", abstract_name_}};
  std::string text = name + "\n";
  for (const auto& [key, value] : world) text += key + " " + value + "\n";
  // No text, so that no other converter gets a try.
  return text + std::string("\0\1\2\3\4\5\6\7", 8);
}

double slowness() {
  const char* given = std::getenv("SLUICE_TEST_SLOWNESS");
  const double factor = given == nullptr ? 1 : std::atof(given);
  return factor >= 1 ? factor : 1;
}

std::string seconds_of(double time) {
  std::ostringstream text;
  text << time * slowness();
  return text.str();
}

Escape::Outcome Escape::attack(const std::string& name, Sandbox sandbox) {
  return run_attack(name, sandbox, plugins(), seconds_of(20));
}

Escape::Outcome Escape::attack_from_constructor(const std::string& name, Sandbox sandbox,
                                                double timeout) {
  order_constructor(name);
  return run_attack("constructor", sandbox, plugins_of_constructor(), seconds_of(timeout));
}

void Escape::order_constructor(const std::string& name) const {
  const std::string from = plugins() + "/hostile/";
  std::string library = read_file(from + "hostile.so");
  const std::string marker = "SLUICE-CONSTRUCTOR-ORDER:";
  const std::size_t at = library.find(marker);
  ASSERT_NE(at, std::string::npos);
  const std::string text = order(name);
  library.replace(at + marker.size(), text.find('\0') + 1, text, 0, text.find('\0') + 1);
  std::string manifest = read_file(from + "plugin.toml");
  const std::size_t hash = manifest.find("sha256 = \"") + 10;
  manifest.replace(hash, 64, platform::to_hex(platform::sha256(library)));
  write("plugins/hostile/hostile.so", library);
  write("plugins/hostile/plugin.toml", manifest);
}

bool Escape::orphan_lives() const {
  for (const auto& entry : fs::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "stat");
    std::string line;
    if (!std::getline(file, line)) continue;
    const std::size_t behind = line.rfind(')');
    // A process that has ended and is not yet waited for does not live.
    if (line.find("(" + name_of_orphan() + ")") != std::string::npos &&
        line.compare(behind, 3, ") Z") != 0 && line.compare(behind, 3, ") X") != 0) {
      return true;
    }
  }
  return false;
}

bool Escape::orphan_stays() const {
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::milliseconds(static_cast<int>(5000 * slowness()));
  while (orphan_lives() && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return orphan_lives();
}

Escape::Outcome Escape::run_attack(const std::string& name, Sandbox sandbox,
                                   const std::string& plugins, const std::string& seconds) {
  const std::string extension = "hostile";
  const std::string tag = sandbox == Sandbox::kOn ? "on" : "off";
  write("in/a.md", "# Before " + tag + "\n");
  write("in/m." + extension, order(name));
  write("in/z.md", "# Behind " + tag + "\n");
  std::map<std::string, std::string> env = {
      {"SLUICE_SANDBOX_LEVEL", sandbox == Sandbox::kOn ? "required" : "off"},
      {"SLUICE_TEST_SECRET", "token"}};
  Outcome out;
  out.run = add({"in", "--json", "--plugin", plugins, "--timeout", seconds}, env);
  for (Json& doc : objects(out.run.out, "doc")) {
    if (doc["source"] == "in/m." + extension) {
      out.doc = doc;
    } else {
      EXPECT_NE(doc["result"], "failed") << doc;
    }
  }
  EXPECT_FALSE(out.doc.is_null()) << out.run.out << out.run.err;
  if (!out.doc["markdown"].is_null() && out.doc["result"] != "failed") {
    const std::string text = read_file(kb() / out.doc["markdown"].get<std::string>());
    out.text = text.substr(text.find("\n---\n\n") + 6);
  }
  EXPECT_EQ(out.run.exit_code, out.doc["result"] == "failed" ? 3 : 0) << out.run.err;
  if (sandbox == Sandbox::kOn) {
    EXPECT_EQ(objects(out.run.out, "run_start").at(0)["sandbox"], "full");
    expect_consistent();
    expect_untouched();
    EXPECT_TRUE(victim_lives());
  }
  return out;
}

void Escape::expect_untouched() const {
  EXPECT_EQ(read("outside/victim.txt"), "of somebody else\n");
  EXPECT_EQ(read("outside/secret.txt"), "secret\n");
  EXPECT_EQ(read_file(kb() / "raw/old.md"), "# Old\n");
  struct stat status {};
  EXPECT_EQ(::stat(path("outside/victim.txt").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0640U);
  EXPECT_EQ(status.st_nlink, 1U);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(dir_ / "outside")) {
    names.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("victim.txt", "secret.txt", "socket"));
  EXPECT_FALSE(tcp_->was_reached());
  EXPECT_FALSE(udp_->was_reached());
  EXPECT_FALSE(unix_->was_reached());
  EXPECT_FALSE(abstract_->was_reached());
}

}  // namespace sluice::test
