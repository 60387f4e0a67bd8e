// Tests of a plugin in the host itself, inside its sandbox.
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "conformance/isolation.h"
#include "conformance/test.h"
#include "conformance/trial.h"

namespace sluice::conformance {
namespace {

std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

struct Printed {
  int exit_code = 0;
  std::string text;
};

Printed run(const std::string& command) {
  Printed printed;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start a shell");
  char buffer[65536];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    printed.text.append(buffer, got);
  }
  const int status = ::pclose(pipe);
  printed.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return printed;
}

// What stands behind the front matter, without blanks at its end.
std::string body_of(const std::string& document) {
  const auto end =
      document.rfind("---\n", 0) == 0 ? document.find("\n---\n", 3) : std::string::npos;
  std::string body = end == std::string::npos ? document : document.substr(end + 5);
  body.erase(0, body.find_first_not_of('\n'));
  body.erase(body.find_last_not_of(" \n") + 1);
  return body;
}

// A folder that is removed with all its contents when the object is destroyed.
class WorkFolder {
 public:
  WorkFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "sluice-sdk-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("cannot make " + path);
    path_ = path;
  }
  ~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Skipped same(const Context& context) {
  if (context.sluice.empty()) return "there is no program sluice in PATH or beside sluice-sdk";
  HostKind kind;
  kind.offers_children = true;
  const Library library(library_path(context.subject), kind);
  const WorkFolder work;
  bool any = false;
  for (const Sample& sample : samples_of(context.subject, library)) {
    note("converting " + sample.file_name + " in the host");
    library.children() = {};
    const Trial trial = convert(context.subject, library, sample);
    // `convert` writes links to assets and children as the document's place demands.
    const bool has_links = !trial.asset_names.empty() || !library.children().all.empty();
    if (!trial.made_output() || has_links) continue;
    any = true;
    const std::string file = (work.path() / sample.file_name).string();
    std::ofstream(file, std::ios::binary) << sample.bytes;
    const std::string command =
        "HOME=" + quoted(work.path().string()) + " " + quoted(context.sluice) +
        " convert --plugin " + quoted(context.subject.folder) + " --converter " + sample.converter +
        " --media-type " + quoted(sample.media_type) + " " + quoted(file) + " 2>&1";
    const Printed printed = run(command);
    if (printed.exit_code != 0) throw Broken(sample.file_name + ": " + printed.text);
    if (body_of(printed.text) != body_of("\n" + trial.body)) {
      throw Broken(sample.file_name + " becomes in the host\n" + printed.text + "\nbut here\n" +
                   trial.body);
    }
  }
  return any ? ""
             : "no sample becomes a text without links of the host: give documents with --samples";
}

constexpr Test kHostTests[] = {
    {"host.same", "Sandbox: a document becomes the same in the host's sandbox as in a test.",
     "run `sluice -vv convert --plugin FOLDER FILE` to see what the sandbox refuses", same},
};

}  // namespace

std::span<const Test> host_tests() {
  return kHostTests;
}

}  // namespace sluice::conformance
