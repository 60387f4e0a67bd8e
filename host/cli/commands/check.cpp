#include "cli/commands/check.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <sluice/counted.hpp>

#include "cli/commands/add.h"
#include "cli/config.h"
#include "cli/json.h"
#include "cli/progress.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "owner/check.h"
#include "owner/publish.h"
#include "owner/reaper.h"
#include "owner/repair.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

using owner::Document;
using owner::Finding;
using owner::KnowledgeBase;

// Prints a check: a line for each finding, and a summary at the end.
class Report {
 public:
  Report(const Args& args, Io& io)
      : global_(args.global),
        io_(io),
        paint_(args.global.color, io.out_is_terminal, io),
        progress_(io.err, progress_style(args.global, io), {}, {io.err_columns, io.err_rows}) {}

  Progress& progress() { return progress_; }

  void finding(const Finding& finding) {
    const bool is_damage = finding.weight == Finding::Weight::kDamage;
    ++(is_damage ? damages_ : remarks_);
    if (global_.json) {
      progress_.print(io_.out, JsonObject("finding")
                                   .text("severity", is_damage ? "damage" : "remark")
                                   .text("kind", finding.kind)
                                   .text("where", finding.where)
                                   .text("message", finding.what)
                                   .text_or_null("hint", finding.next)
                                   .line());
      return;
    }
    if (global_.quiet && !is_damage) return;
    std::string line = is_damage ? paint_.red("damage") : paint_.yellow("remark");
    line += "  " + visible(finding.where) + ": " + std::string(finding.kind) + ": " +
            visible(finding.what);
    if (!finding.next.empty()) line += "; " + visible(finding.next);
    progress_.print(io_.out, line + "\n");
  }

  void mended(std::string_view kind, const std::string& where, const std::string& done) {
    ++repairs_;
    if (global_.json) {
      progress_.print(io_.out, JsonObject("repair")
                                   .text("kind", kind)
                                   .text("where", where)
                                   .text("message", done)
                                   .line());
      return;
    }
    progress_.print(io_.out, paint_.green("repaired") + "  " + visible(where) + ": " +
                                 std::string(kind) + ": " + visible(done) + "\n");
  }

  void warn(const std::string& text) {
    const Paint paint(global_.color, io_.err_is_terminal, io_);
    progress_.print(io_.err, paint.yellow("warning") + " " + visible(text) + "\n");
  }

  // `left`: damages that are still there.
  void summary(const owner::CheckCounts& counts, std::int64_t left) {
    progress_.stop();
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
    if (global_.json) {
      io_.out << JsonObject("check")
                     .number("documents", static_cast<std::int64_t>(counts.documents))
                     .number("files", static_cast<std::int64_t>(counts.files))
                     .number("bytes", static_cast<std::int64_t>(counts.bytes))
                     .number("damages", damages_)
                     .number("remarks", remarks_)
                     .number("repairs", repairs_)
                     .number("left", left)
                     .decimal("seconds", spent.count())
                     .line();
      return;
    }
    if (global_.quiet) return;
    io_.out << "checked " << counted(counts.documents, "document") << ", "
            << counted(counts.files, "file") << ", " << human_size(counts.bytes) << ": damages "
            << damages_ << ", remarks " << remarks_ << ", repairs " << repairs_ << ", left " << left
            << "\n";
  }

  void say_lock_waits(KnowledgeBase& kb) {
    kb.on_wait([this](const std::string& holder) {
      if (!holder.empty() && !global_.quiet) {
        progress_.print(io_.err, "waiting for the lock, held by " + visible(holder) + "\n");
      }
    });
  }

  std::int64_t damages() const { return damages_; }

 private:
  const GlobalArgs& global_;
  Io& io_;
  Paint paint_;
  Progress progress_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::int64_t damages_ = 0;
  std::int64_t remarks_ = 0;
  std::int64_t repairs_ = 0;
};

int exit_code(std::int64_t left) {
  return static_cast<int>(left == 0 ? ExitCode::kOk : ExitCode::kDamaged);
}

// For a KB that this user, or anybody, cannot write to; nothing then holds a writer off.
std::optional<KnowledgeBase> open_for_writing(platform::Files& files, const std::string& path) {
  try {
    return KnowledgeBase::open(files, path, owner::Database::Mode::kReadWrite);
  } catch (const SystemError& error) {
    if (!error.is(std::errc::read_only_file_system) && !error.is(std::errc::permission_denied)) {
      throw;
    }
    return std::nullopt;
  }
}

int check_only(platform::Files& files, const std::string& path, const Config& config,
               const owner::CheckSettings& settings, Report& report) {
  auto kb = open_for_writing(files, path);
  const bool locks = kb.has_value();
  if (!kb) {
    kb.emplace(KnowledgeBase::open(files, path, owner::Database::Mode::kReadOnly));
    report.warn(
        "checked without the lock, which is not available here: documents that are being added "
        "may look like damage");
  }
  std::optional<KnowledgeBase::Lock> held;
  report.say_lock_waits(*kb);
  if (locks) {
    held.emplace(
        kb->lock(platform::LockMode::kShared, config.settings().lock_timeout, "sluice check"));
  }
  report.progress().set_total(static_cast<std::uint64_t>(kb->registry().counts().documents));
  const auto counts =
      owner::check(*kb, settings, [&](const Finding& finding) { report.finding(finding); });
  held.reset();
  report.summary(counts, report.damages());
  return exit_code(report.damages());
}

// The path of the source that a document was made from, or that holds it, if that still has the
// bytes on record.
std::optional<std::string> intact_source(KnowledgeBase& kb, const Document& document) {
  const auto child = kb.registry().child(document.path_key);
  const std::string& key = child ? child->root : document.path_key;
  const auto source = kb.registry().source(key);
  if (child && !source) return std::nullopt;
  const auto& expected = child ? source->sha256 : document.sha256;
  if (is_url(key)) return key;  // what its server has now replaces it
  const std::string path = key.starts_with('/') ? key : kb.path() + "/" + key;
  const std::size_t slash = path.rfind('/');
  try {
    const auto dir = kb.files().open_dir(path.substr(0, slash + 1));
    if (!dir) return std::nullopt;
    const auto digest = owner::hash_file(kb.files(), *dir, path.substr(slash + 1));
    return digest == expected ? std::optional(path) : std::nullopt;
  } catch (const SystemError&) {
    return std::nullopt;
  }
}

// Makes marked documents anew whose sources are what they were. Returns how many stay marked.
std::int64_t make_anew(platform::Files& files, const Args& args, KnowledgeBase& kb,
                       const std::vector<Document>& marked, Report& report, Io& io) {
  AddArgs add;
  for (const Document& document : marked) {
    if (auto path = intact_source(kb, document)) {
      // Many documents may be within one source.
      const bool is_new = std::find(add.paths.begin(), add.paths.end(), *path) == add.paths.end();
      if (is_new) add.paths.push_back(std::move(*path));
    } else {
      report.warn(document.name + " cannot be converted again: its source " + document.path_key +
                  " is gone or has other content; restore it, or the file, from a backup and run "
                  "this again, or run 'sluice remove " +
                  document.name + "'");
    }
  }
  if (!add.paths.empty()) {
    Args adding = args;
    adding.command = add;
    try {
      run_add(files, adding, add, io);
    } catch (const Error& error) {
      report.warn(error.what());
    }
  }
  std::int64_t left = 0;
  for (const Document& document : marked) {
    const auto now = kb.registry().document(document.id);
    left += now && now->state == owner::DocumentState::kDamaged ? 1 : 0;
  }
  return left;
}

int check_and_repair(platform::Files& files, const Args& args, const std::string& path,
                     const Config& config, const owner::CheckSettings& settings, Report& report,
                     Io& io) {
  auto kb = KnowledgeBase::open(files, path, owner::Database::Mode::kReadWrite);
  report.say_lock_waits(kb);
  owner::RepairResult result;
  {
    const auto held = kb.lock(platform::LockMode::kExclusive, config.settings().lock_timeout,
                              "sluice check --repair");
    result = owner::repair(kb, settings,
                           {[&](const Finding& finding) { report.finding(finding); },
                            [&](std::string_view kind, const std::string& where,
                                const std::string& done) { report.mended(kind, where, done); }});
  }
  for (const auto& left : owner::empty_trash(kb)) report.warn("could not delete " + left);
  report.progress().stop();
  const std::int64_t left = result.left + make_anew(files, args, kb, result.marked, report, io);
  report.summary(result.counts, left);
  return exit_code(left);
}

}  // namespace

int run_check(platform::Files& files, const Args& args, const CheckArgs& check, Io& io) {
  const std::string path = need_kb(files, args, io);
  const Config config = Config::load(files, args, io, path);
  Report report(args, io);
  owner::CheckSettings settings;
  settings.jobs = config.settings().jobs;
  settings.reads_files = !check.quick;
  settings.interrupted = io.interrupted;
  settings.progress = [&](std::uint64_t documents) { report.progress().add_done(documents); };
  return check.repair ? check_and_repair(files, args, path, config, settings, report, io)
                      : check_only(files, path, config, settings, report);
}

}  // namespace sluice::cli
