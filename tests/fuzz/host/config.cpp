// A configuration file: a usage error that says where, or values that are as the table of keys says
// and that mean the same when they are written down as TOML and read again.
#include "cli/config_file.h"
#include "frame/require.h"
#include "platform/error.h"

namespace {

using namespace sluice;
using fuzz::require;

void check(const cli::Setting& setting) {
  const cli::Key& key = *setting.key;
  if (const auto* number = std::get_if<std::uint64_t>(&setting.value)) {
    require(*number >= key.minimum && *number <= key.maximum, "a number is in its bounds");
  }
  const std::string text = cli::toml_text(key, setting.value);
  const std::string file =
      "[" + std::string(key.table) + "]\n" + std::string(key.name) + " = " + text;
  const cli::ConfigFile again = cli::parse_config(file, "/again.toml");
  require(again.values.size() == 1 && again.values[0].key == &key, "it is the same key");
  require(key.type == cli::Key::Type::kList || again.values[0].value == setting.value,
          "a value read back is the same: " + file);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cli::ConfigFile file;
  try {
    file =
        cli::parse_config(std::string(reinterpret_cast<const char*>(data), size), "/config.toml");
  } catch (const Error& error) {
    require(error.exit_code() == ExitCode::kUsage, "what does not fit is a usage error");
    return 0;
  }
  for (const cli::Setting& setting : file.values) check(setting);
  return 0;
}
