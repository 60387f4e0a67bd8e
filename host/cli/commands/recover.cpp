#include "cli/commands/recover.h"

#include <sluice/counted.hpp>

#include "cli/config.h"
#include "cli/json.h"
#include "cli/lock_wait.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "owner/knowledge_base.h"
#include "owner/owner.h"
#include "owner/reaper.h"
#include "owner/recovery.h"
#include "platform/error.h"
#include "staging/staging.h"

namespace sluice::cli {
namespace {

constexpr const char* kHolder = "sluice recover";

void say(const owner::Recovery& recovery, const std::vector<std::string>& left, Io& io) {
  for (const auto& warning : recovery.warnings) io.err << "warning " << visible(warning) << "\n";
  for (const auto& damage : recovery.damages) io.err << "damaged " << visible(damage) << "\n";
  for (const auto& path : left) io.err << "warning could not delete " << visible(path) << "\n";
}

// What a run does at its end, and one that died may have left: the links between documents of which
// what they lead to came or went, and the index.
void finish_projections(platform::Files& files, owner::KnowledgeBase& kb, const Config& config,
                        Io& io) {
  LazyStaging staging(files, kb.root());
  owner::OwnerSettings settings;
  settings.lock_timeout = config.settings().lock_timeout;
  settings.holder = kHolder;
  settings.index = config.settings().index;
  owner::Owner owner(
      kb, staging, settings,
      {{},
       [](const owner::DocumentResult&) {},
       [&io](const std::string& text) { io.err << "warning " << visible(text) << "\n"; }});
  const bool has_unsettled = !kb.registry().unsettled_links(0, 1).empty();
  if (!has_unsettled && !owner::index_is_behind(kb, settings.index)) return;
  owner.settle_links([&io] { return io.interrupted && io.interrupted(); });
  owner.finish();
}

}  // namespace

int run_recover(platform::Files& files, const Args& args, Io& io) {
  const std::string path = need_kb(files, args, io);
  const Config config = Config::load(files, args, io, path);
  auto kb = owner::KnowledgeBase::open(files, path, owner::Database::Mode::kReadWrite);
  say_lock_waits(kb, args.global, io);
  owner::Recovery recovery;
  int reaped = 0;
  {
    const auto held =
        kb.lock(platform::LockMode::kExclusive, config.settings().lock_timeout, kHolder);
    recovery = owner::recover(kb, {});
    reaped = owner::move_to_trash(kb, {});
  }
  const auto left = owner::empty_trash(kb);
  finish_projections(files, kb, config, io);
  if (args.global.json) {
    io.out << JsonObject("recover")
                  .number("finished", recovery.finished)
                  .number("reaped", reaped)
                  .texts("kept", recovery.warnings)
                  .texts("damaged", recovery.damages)
                  .texts("left", left)
                  .line();
  } else {
    say(recovery, left, io);
    if (!args.global.quiet) {
      io.out << "finished " << counted(recovery.finished, "document") << ", deleted the staging of "
             << counted(reaped, "run") << "\n";
    }
  }
  if (!recovery.damages.empty() && !args.global.quiet && !args.global.json) {
    io.err << "  try: sluice check --repair\n";
  }
  return static_cast<int>(recovery.damages.empty() ? ExitCode::kOk : ExitCode::kDamaged);
}

void recover_if_idle(platform::Files& files, const std::string& path, Io& io) {
  try {
    owner::KnowledgeBase reading =
        owner::KnowledgeBase::open(files, path, owner::Database::Mode::kReadOnly);
    if (!reading.registry().has_journal()) return;
    auto kb = owner::KnowledgeBase::open(files, path, owner::Database::Mode::kReadWrite);
    owner::Recovery recovery;
    {
      const auto held = kb.try_lock_exclusive(kHolder);
      if (!held) return;
      recovery = owner::recover(kb, {});
      owner::move_to_trash(kb, {});
    }
    say(recovery, owner::empty_trash(kb), io);
  } catch (const SystemError&) {
    // A medium that cannot be written to can still be read.
  }
}

}  // namespace sluice::cli
