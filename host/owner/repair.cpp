#include "owner/repair.h"

#include <algorithm>
#include <sluice/counted.hpp>

#include "model/layout.h"
#include "owner/log.h"
#include "owner/log_walk.h"
#include "owner/publish.h"
#include "owner/reaper.h"
#include "owner/recovery.h"
#include "owner/set_aside.h"
#include "owner/transaction.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

namespace layout = layout;
using Remedy = Finding::Remedy;
using Weight = Finding::Weight;

class Repair {
 public:
  Repair(KnowledgeBase& kb, const CheckSettings& settings, const RepairCalls& calls)
      : kb_(kb), settings_(settings), calls_(calls), aside_(kb) {}

  RepairResult run() {
    mend_indexes();
    finish_what_died();
    result_.counts = check(kb_, settings_, [this](const Finding& finding) { take(finding); });
    mend_rows();
    set_aside();
    mend_log();
    sync_published(kb_, {});
    return std::move(result_);
  }

 private:
  // Indexes can be made anew from their tables; a table cannot.
  void mend_indexes() {
    try {
      Registry& registry = kb_.registry();
      if (registry.integrity_problems(Registry::Depth::kFull).empty()) return;
      keep_registry();
      Transaction transaction(registry);
      transaction.writer().rebuild_indexes();
      if (!registry.integrity_problems(Registry::Depth::kFull).empty()) return;
      kb_.files().at("repair/indexes");
      transaction.commit();
      calls_.mended("registry", layout::kRegistry,
                    "its indexes were rebuilt from its tables; a copy of the old registry is in "
                    ".sluice/set-aside");
    } catch (const Error& error) {
      if (error.exit_code() != ExitCode::kDamaged) throw;
      // The check says what is wrong.
    }
  }

  // An index may say what its table has lost: it goes only once there is a copy.
  void keep_registry() {
    const auto state = kb_.files().open_dir(kb_.root(), layout::kState);
    if (!state) return;
    for (const char* name : {"registry.db", "registry.db-wal"}) aside_.copy(*state, name);
  }

  void finish_what_died() {
    const Recovery recovery = recover(kb_, {});
    if (recovery.finished > 0) {
      calls_.mended(
          "journal", layout::kRegistry,
          "published " + counted(recovery.finished, "document") + " that a dead run had committed");
    }
    for (const auto& warning : recovery.warnings) calls_.mended("journal", "wiki/sources", warning);
    for (const auto& damage : recovery.damages) calls_.mended("journal", layout::kSetAside, damage);
    if (const int reaped = move_to_trash(kb_, {}); reaped > 0) {
      calls_.mended("staging", layout::kStaging,
                    "deleted what " + counted(reaped, "dead run") + " had left");
    }
  }

  void take(const Finding& finding) {
    calls_.found(finding);
    if (finding.remedy != Remedy::kNone) {
      findings_.push_back(finding);
    } else if (finding.weight == Weight::kDamage && !is_of_marked(finding)) {
      ++result_.left;
    }
  }

  // A marked document is counted once, whatever of it is missing.
  bool is_of_marked(const Finding& finding) {
    if (finding.kind != "missing" && finding.kind != "changed") return false;
    note_marked(finding.row);
    return true;
  }

  void note_marked(std::int64_t id) {
    const bool known = std::any_of(result_.marked.begin(), result_.marked.end(),
                                   [&](const Document& one) { return one.id == id; });
    const auto document = known ? std::nullopt : kb_.registry().document(id);
    if (document) result_.marked.push_back(*document);
  }

  void mend_rows() {
    std::vector<std::function<void()>> said;
    Transaction transaction(kb_.registry());
    RegistryWriter& writer = transaction.writer();
    for (const Finding& finding : findings_) {
      std::string done;
      switch (finding.remedy) {
        case Remedy::kMark:
          writer.set_damaged(finding.row);
          done = "its document is marked, and will be converted again from its source";
          break;
        case Remedy::kUnmark:
          writer.clear_damaged(finding.row);
          done = "it is no longer marked as damaged";
          break;
        case Remedy::kPutSource:
          put_source(writer, finding.row);
          done = "its source is on record again";
          break;
        case Remedy::kDropRows:
          drop_rows(writer);
          done = "the row was put on record as damage, and dropped";
          break;
        case Remedy::kForget:
          writer.delete_damage(finding.row);
          done = "it is off the record";
          break;
        default:
          continue;
      }
      said.push_back([this, &finding, done] { calls_.mended(finding.kind, finding.where, done); });
    }
    if (said.empty()) return;
    kb_.files().at("repair/commit");
    transaction.commit();
    for (const auto& say : said) say();
    for (const Finding& finding : findings_) {
      if (finding.remedy == Remedy::kMark) note_marked(finding.row);
    }
  }

  // All at once; a list of them stays.
  void drop_rows(RegistryWriter& writer) {
    std::string list;
    for (const std::string& row : kb_.registry().dangling_rows()) list += row + "\n";
    if (list.empty()) return;
    aside_.write("registry-rows.txt", list);
    writer.drop_dangling_rows(aside_.folder());
  }

  // Its identity is not known any more: the next add reads the file and finds it unchanged.
  void put_source(RegistryWriter& writer, std::int64_t id) {
    const auto document = kb_.registry().document(id);
    if (document)
      writer.put_source({.document = id,
                         .path_key = document->path_key,
                         .identity = {},
                         .sha256 = document->sha256});
  }

  void set_aside() {
    for (const Finding& finding : findings_) {
      if (finding.remedy != Remedy::kSetAside) continue;
      const auto target = parse_target(finding.where);
      const auto folder = target ? kb_.folder(*target) : std::nullopt;
      if (!folder) continue;
      std::string name = finding.where;
      std::replace(name.begin(), name.end(), '/', '-');
      const auto now = aside_.take(*folder, target->name, name);
      if (now) calls_.mended(finding.kind, finding.where, "moved to " + *now);
    }
  }

  // Written anew also where only the remains of another repair are in the way.
  void mend_log() {
    const auto lacks = std::find_if(findings_.begin(), findings_.end(), [](const Finding& one) {
      return one.remedy == Remedy::kWriteLog;
    });
    if (lacks == findings_.end()) return;
    const std::int64_t lines = rewrite_log(kb_);
    calls_.mended(lacks->kind, lacks->where, "wrote " + counted(lines, "line"));
  }

  KnowledgeBase& kb_;
  const CheckSettings& settings_;
  const RepairCalls& calls_;
  SetAside aside_;
  std::vector<Finding> findings_;  // that can be mended
  RepairResult result_;
};

}  // namespace

RepairResult repair(KnowledgeBase& kb, const CheckSettings& settings, const RepairCalls& calls) {
  return Repair(kb, settings, calls).run();
}

}  // namespace sluice::owner
