// `sluice-sdk package`: one archive with the folder <id>/ and what its manifest names.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "conformance/suite.h"
#include "platform/error.h"
#include "platform/sha256.h"
#include "tools/commands.h"
#include "tools/tar.h"

namespace sluice::tool {
namespace {

namespace fs = std::filesystem;

// Nobody could install a plugin whose manifest does not fit its library.
void expect_installable(const conformance::Subject& subject) {
  const conformance::Context context{subject, "", 1};
  for (const conformance::Test& test : conformance::loading_tests()) {
    const std::string id = test.id;
    if (id != "load.manifest" && id != "load.opens" && id != "load.truth") continue;
    const conformance::Result result = conformance::run_test(test, context, {});
    if (result.verdict == conformance::Result::Verdict::kFailed) {
      throw Error("pack", subject.folder, result.detail, test.mend);
    }
  }
}

}  // namespace

std::string plugin_folder(const std::string& folder_or_library) {
  const fs::path path(folder_or_library);
  if (fs::is_directory(path)) return path.string();
  if (fs::is_regular_file(path)) return fs::absolute(path).parent_path().string();
  throw Error("read the plugin", folder_or_library, "there is no such file or folder", "",
              ExitCode::kUsage);
}

int package(const PackageArguments& wanted) {
  const conformance::Subject subject = conformance::read_subject(plugin_folder(wanted.folder));
  expect_installable(subject);
  const plugin::Manifest& manifest = subject.manifest;
  TarWriter tar;
  tar.add_folder(manifest.id);
  std::vector<std::string> names = {"plugin.toml", manifest.library};
  for (const auto& file : manifest.files) names.push_back(file.name);
  for (const std::string& name : names) {
    tar.add_file(manifest.id + "/" + name, conformance::read_file(subject.folder + "/" + name));
  }
  const std::string file =
      wanted.output.empty() ? manifest.id + "-" + manifest.version + ".tar" : wanted.output;
  std::ofstream out(file, std::ios::binary);
  out << tar.finish();
  if (!out.flush()) throw Error("write", file, "the folder is not there, or the disk is full");
  std::cout << file << "\n";
  return 0;
}

}  // namespace sluice::tool
