// `sluice-sdk describe`: prints a library's own tables; loads it in a process of its own.
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sluice/plugin.hpp>

#include "conformance/isolation.h"
#include "conformance/library.h"
#include "platform/error.h"
#include "platform/sha256.h"
#include "tools/commands.h"

namespace sluice::tool {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string library_of(const std::string& given) {
  if (!fs::is_directory(given)) return fs::absolute(given).string();
  return conformance::read_subject(given).manifest.library_path();
}

Json described(const std::string& path) {
  const conformance::Library library(path, {});
  const sluice_plugin& plugin = library.plugin();
  Json converters = Json::array();
  for (const sluice_converter& converter : library.converters()) {
    converters.push_back({{"id", view(converter.id)},
                          {"probe", converter.probe != nullptr},
                          {"canary", converter.canary != nullptr}});
  }
  return {{"library", path},
          {"sha256", platform::to_hex(platform::sha256(conformance::read_file(path)))},
          {"id", view(plugin.id)},
          {"version", view(plugin.version)},
          {"abi", std::to_string(plugin.abi_major) + "." + std::to_string(plugin.abi_minor)},
          {"exports", conformance::exports_of(path)},
          {"converters", converters}};
}

void print_description(const Json& all) {
  for (const char* key : {"library", "sha256", "id", "version", "abi"}) {
    std::cout << key << ": " << all[key].get<std::string>() << "\n";
  }
  for (const Json& converter : all["converters"]) {
    std::cout << "converter: " << converter["id"].get<std::string>()
              << (converter["probe"].get<bool>() ? ", with a probe" : "")
              << (converter["canary"].get<bool>() ? ", with a canary" : "") << "\n";
  }
  std::cout << "exports:";
  for (const Json& name : all["exports"]) std::cout << " " << name.get<std::string>();
  std::cout << "\n";
}

}  // namespace

int describe(const DescribeArguments& wanted) {
  const std::string path = library_of(wanted.library);
  if (!fs::is_regular_file(path)) {
    throw Error("describe", path, "there is no such file", "", ExitCode::kUsage);
  }
  const conformance::Ending ending =
      conformance::in_process([&] { return described(path).dump(); }, std::chrono::seconds(60),
                              conformance::Streams::kSilent);
  if (ending.kind != conformance::Ending::Kind::kReturned) {
    throw Error("describe", path,
                ending.kind == conformance::Ending::Kind::kTimeout
                    ? "loading it does not end within 60 s"
                    : ending.text);
  }
  const Json all = Json::parse(ending.text);
  if (wanted.format == Format::kJson) {
    std::cout << all.dump(2) << "\n";
  } else {
    print_description(all);
  }
  return 0;
}

}  // namespace sluice::tool
