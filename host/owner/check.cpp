#include "owner/check.h"

#include <algorithm>
#include <set>
#include <sluice/counted.hpp>

#include "model/layout.h"
#include "owner/check_documents.h"
#include "owner/check_strangers.h"
#include "owner/log.h"
#include "owner/log_walk.h"
#include "owner/source_cursor.h"
#include "owner/wiki_index.h"
#include "platform/error.h"
#include "staging/staging.h"

namespace sluice::owner {
namespace {

namespace layout = layout;
using Remedy = Finding::Remedy;
using Weight = Finding::Weight;

constexpr const char* kRunRepair = "run 'sluice check --repair'";

class Check {
 public:
  Check(KnowledgeBase& kb, const CheckSettings& settings, const ReportFinding& report)
      : kb_(kb), settings_(settings), report_(report) {}

  CheckCounts run() {
    if (!registry_is_sound()) return {};
    check_rows();
    check_links();
    check_journal();
    PublishedPaths published;
    const CheckCounts counts = DocumentCheck(kb_, settings_, pending_, report_, published).run();
    StrangerCheck(kb_, settings_, pending_, report_, published).run();
    check_log();
    check_index();
    check_staging();
    check_set_aside();
    return counts;
  }

 private:
  bool registry_is_sound() {
    const auto wrong = [this](const std::string& what) {
      report_({Weight::kDamage, "registry", layout::kRegistry, what,
               "run 'sluice check --repair'; if that does not help, restore it from a backup: raw/ "
               "and wiki/ are untouched",
               Remedy::kNone, 0});
    };
    try {
      const auto depth = settings_.reads_files ? Registry::Depth::kFull : Registry::Depth::kQuick;
      const auto problems = kb_.registry().integrity_problems(depth);
      for (const std::string& problem : problems) wrong(problem);
      return problems.empty();
    } catch (const Error& error) {
      if (error.exit_code() != ExitCode::kDamaged) throw;
      wrong(error.cause());
      return false;
    }
  }

  void check_rows() {
    const std::string& id = kb_.registry().kb_id();
    if (id.size() != 32 || id.find_first_not_of("0123456789abcdef") != std::string::npos) {
      report_({Weight::kDamage, "registry", layout::kRegistry, "it has no id of the knowledge base",
               "restore it from a backup", Remedy::kNone, 0});
    }
    for (const std::string& row : kb_.registry().dangling_rows()) {
      report_({Weight::kDamage, "row", row, "its document is missing", kRunRepair,
               Remedy::kDropRows, 0});
    }
  }

  void check_links() {
    constexpr std::size_t kMany = 100'000;
    const std::size_t waiting = kb_.registry().unsettled_links(0, kMany).size();
    if (waiting == 0) return;
    report_({Weight::kRemark, "links", layout::kRegistry,
             counted(waiting, "document has links", "documents have links") +
                 " that are to be written anew, since what they lead to came or went",
             "run 'sluice recover'", Remedy::kNone, 0});
  }

  void stop_if_interrupted() const {
    if (settings_.interrupted && settings_.interrupted()) {
      throw Error("check", kb_.path(), "interrupted", "run it again", ExitCode::kInterrupted);
    }
  }

  bool is_alive(const std::string& batch) {
    if (!layout::is_plain_name(batch) || !kb_.staging()) return false;
    try {
      return lease_state(kb_.files(), kb_.staging(), batch) == LeaseState::kAlive;
    } catch (const SystemError&) {
      return false;  // a lease that cannot be locked is on a medium where nobody works
    }
  }

  // What living runs have in the journal is published, since they gave the lock away.
  void check_journal() {
    for (const auto& [batch, rows] : kb_.registry().journal({})) {
      stop_if_interrupted();
      if (is_alive(batch)) continue;
      for (const JournalRow& row : rows) {
        const auto steps = parse_steps(row.steps);
        if (!steps) {
          report_({Weight::kDamage, "journal", layout::kRegistry,
                   "row " + std::to_string(row.id) + " of the journal is not one of Sluice's",
                   "run 'sluice recover' to set it aside", Remedy::kNone, 0});
          continue;
        }
        for (const Step& step : *steps) pending_.insert(step.target);
      }
      report_({Weight::kDamage, "journal", layout::kRegistry,
               counted(rows.size(), "document that a dead run had committed is",
                       "documents that a dead run had committed are") +
                   " not completely published",
               "run 'sluice recover'", Remedy::kNone, 0});
    }
  }

  void check_log() {
    platform::Files& files = kb_.files();
    const std::int64_t recorded = recorded_cursor(kb_.registry()).seq;
    std::int64_t lost = 0;
    std::int64_t behind = 0;
    std::string first;
    try {
      const auto wiki = files.open_dir(kb_.root(), layout::kWiki);
      const auto log = wiki ? files.open_read(*wiki, layout::kLogName) : std::nullopt;
      walk_log(kb_, log ? &*log : nullptr, {{}, [&](const Event& event) {
                                              if (lost + behind == 0)
                                                first = std::to_string(event.seq);
                                              ++(event.seq <= recorded ? lost : behind);
                                            }});
    } catch (const SystemError& error) {
      report_({Weight::kDamage, "log", layout::kLog, "it cannot be read: " + error.cause(),
               error.next(), Remedy::kNone, 0});
      return;
    }
    if (lost > 0) {
      report_({Weight::kDamage, "log", layout::kLog,
               "it lacks the lines of " + counted(lost, "event") + ", from event " + first,
               kRunRepair, Remedy::kWriteLog, 0});
    } else if (behind > 0) {
      report_({Weight::kRemark, "log", layout::kLog,
               "the lines of the last " + counted(behind, "event") + " are not written yet",
               "the next run that adds, or 'sluice recover', writes them", Remedy::kWriteLog, 0});
    }
  }

  void check_index() {
    if (!index_is_behind(kb_, Index::kAsBefore)) return;
    report_({Weight::kRemark, "index", layout::kIndex,
             "it is not there, or does not show the newest documents",
             "the next run that adds, or 'sluice recover', writes it", Remedy::kNone, 0});
  }

  std::vector<std::string> names_in(const platform::Dir& dir) {
    std::vector<std::string> names;
    for (const auto& entry : kb_.files().list(dir)) names.push_back(entry.name);
    std::sort(names.begin(), names.end());
    return names;
  }

  void check_staging() {
    const std::string log = std::string(layout::kState) + "/" + kUnfinishedLog;
    if (kb_.files().resolve_info(kb_.root(), log)) {
      report_({Weight::kRemark, "staging", log, "a repair that died has left it", kRunRepair,
               Remedy::kWriteLog, 0});
    }
    if (!kb_.staging()) return;
    std::set<std::string> batches;
    for (const std::string& name : names_in(kb_.staging())) {
      batches.insert(layout::batch_of_lease(name).value_or(name));
    }
    for (const std::string& batch : batches) {
      if (is_alive(batch)) continue;
      report_({Weight::kRemark, "staging", layout::batch_dir(batch), "a run that died has left it",
               "the next run that adds, or 'sluice recover', deletes it", Remedy::kNone, 0});
    }
  }

  std::optional<platform::Dir> state_folder(const std::string& name) {
    const auto state = kb_.files().open_dir(kb_.root(), layout::kState);
    return state ? kb_.files().open_dir(*state, name) : std::nullopt;
  }

  void check_set_aside() {
    const auto folder = state_folder(layout::kSetAsideName);
    std::set<std::string> there;
    if (folder) {
      for (const std::string& name : names_in(*folder)) there.insert(name);
    }
    std::set<std::string> unexplained = there;
    for (const DamageRow& damage : kb_.registry().damage_rows()) {
      const bool is_there = there.contains(damage.set_aside);
      unexplained.erase(damage.set_aside);
      const std::string where = damage.set_aside.empty()
                                    ? std::string(layout::kRegistry)
                                    : std::string(layout::kSetAside) + "/" + damage.set_aside;
      report_({Weight::kRemark, "set-aside", where, "on record: " + damage.what,
               is_there ? "delete the folder when you need it no more"
                        : "run 'sluice check --repair' to remove it from the registry",
               is_there ? Remedy::kNone : Remedy::kForget, damage.id});
    }
    for (const std::string& name : unexplained) {
      report_({Weight::kRemark, "set-aside", std::string(layout::kSetAside) + "/" + name,
               "a repair has set it aside", "delete it when you need it no more", Remedy::kNone,
               0});
    }
  }

  KnowledgeBase& kb_;
  const CheckSettings& settings_;
  const ReportFinding& report_;
  std::set<std::string> pending_;
};

}  // namespace

CheckCounts check(KnowledgeBase& kb, const CheckSettings& settings, const ReportFinding& report) {
  // The KB lock keeps writers away all the while; a lookup by itself would be a transaction.
  const ReadTransaction reading(kb.registry());
  return Check(kb, settings, report).run();
}

}  // namespace sluice::owner
