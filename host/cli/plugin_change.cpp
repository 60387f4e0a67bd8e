#include "cli/plugin_change.h"

#include "cli/json.h"
#include "cli/text.h"

namespace sluice::cli {

void print_change(Io& io, const Args& args, const PluginChange& change) {
  if (args.global.json) {
    io.out << JsonObject("plugin_change")
                  .text("action", change.action)
                  .text_or_null("id", change.id)
                  .text_or_null("version", change.version)
                  .path("where", change.where)
                  .line();
    return;
  }
  if (args.global.quiet) return;
  std::string what(change.action);
  for (const std::string& word : {change.id, change.version}) {
    if (!word.empty()) what += " " + word;
  }
  io.out << visible(what) << " in " << visible(change.where) << '\n';
}

}  // namespace sluice::cli
