#include "cli/commands/report.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/commands/recover.h"
#include "cli/json.h"
#include "cli/report/report.h"
#include "cli/report/report_json.h"
#include "cli/report/report_page.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "owner/knowledge_base.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

[[noreturn]] void refuse_file(const std::string& file, int error) {
  throw Error("write", file, std::generic_category().message(error),
              "give --html a file in a folder that you may write to");
}

// Beside the file first, so that a reader sees the old page or the new one, and nothing between.
void write_page(const std::string& file, const std::string& page) {
  const std::string beside = file + ".part";
  errno = 0;
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out << page;
  out.close();
  std::error_code error(out ? 0 : errno != 0 ? errno : EIO, std::generic_category());
  if (!error) std::filesystem::rename(beside, file, error);
  if (!error) return;
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  refuse_file(file, error.value());
}

}  // namespace

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
    write_page(absolute_path(io, *request.html), page.str());
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
