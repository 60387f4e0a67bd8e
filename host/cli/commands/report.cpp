#include "cli/commands/report.h"

#include <sstream>

#include "cli/commands/recover.h"
#include "cli/json.h"
#include "cli/output_file.h"
#include "cli/report/report.h"
#include "cli/report/report_json.h"
#include "cli/report/report_page.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "owner/knowledge_base.h"

namespace sluice::cli {

int run_report(platform::Files& files, const Args& args, const ReportArgs& request, Io& io) {
  const Workspace workspace = open_workspace(files, args, io, NeedsKb::kYes);
  recover_if_idle(files, *workspace.kb, io);
  const auto kb =
      owner::KnowledgeBase::open(files, *workspace.kb, owner::Database::Mode::kReadOnly);
  const Settings& settings = workspace.config.settings();
  const Report report =
      make_report(kb, request.since, [&settings](std::string_view converter) -> const Limits& {
        const auto own = settings.converter_limits.find(converter);
        return own == settings.converter_limits.end() ? settings.limits : own->second;
      });
  if (request.html) {
    std::ostringstream page;
    write_report_page(page, report, kb);
    if (*request.html == "-") {
      io.out << page.str();
      return static_cast<int>(ExitCode::kOk);
    }
    write_output_file(files, io, *request.html, page.str());
    if (!args.global.json && !args.global.quiet) {
      io.out << "wrote " << visible(*request.html) << "\n";
    }
  }
  if (args.global.json) {
    JsonObject object("report");
    io.out << add_report(object, report).line();
  } else if (!request.html) {
    const std::size_t columns = io.out_is_terminal && io.out_columns ? io.out_columns() : 0;
    io.out << report_text(report, Paint(args.global.color, io.out_is_terminal, io), columns);
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace sluice::cli
