#include "cli/commands/init.h"

#include <filesystem>

#include "cli/config.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "cli/text.h"
#include "model/layout.h"
#include "owner/knowledge_base.h"
#include "platform/error.h"

namespace sluice::cli {

namespace fs = std::filesystem;

int run_init(platform::Files& files, const Args& args, const InitArgs& init, Io& io) {
  const std::string path = absolute_path(io, init.dir);
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw SystemError("make the directory", init.dir, error);
  auto kind = init.layout;
  // What is there keeps what it has.
  if (!kind && !fs::exists(fs::path(path) / layout::kRegistry, error)) {
    kind = Config::load(files, args, io, std::nullopt).settings().layout;
  }
  const bool made = owner::init_knowledge_base(files, path, commented_config, kind);
  if (args.global.json) {
    io.out << JsonObject("init").text("kb", path).flag("created", made).line();
  } else if (!args.global.quiet) {
    io.out << (made ? "made a knowledge base in " : "there is already a knowledge base in ")
           << visible(path) << "\n";
  }
  return 0;
}

}  // namespace sluice::cli
