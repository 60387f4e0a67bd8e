// Checks and repairs of a knowledge base, what they say as short lines: "damage missing raw/a.md".
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "owner/check.h"
#include "owner/reaper.h"
#include "owner/repair.h"
#include "unit/owner/bundle_maker.h"

namespace sluice::test {

inline std::string line_of(const owner::Finding& finding) {
  const bool is_damage = finding.weight == owner::Finding::Weight::kDamage;
  return (is_damage ? "damage " : "remark ") + std::string(finding.kind) + " " + finding.where;
}

// REQUIRES: the KB lock, unless nobody else is at work on it.
inline std::vector<std::string> check_lines(owner::KnowledgeBase& kb,
                                            const owner::CheckSettings& settings = {}) {
  std::vector<std::string> lines;
  owner::check(kb, settings,
               [&](const owner::Finding& finding) { lines.push_back(line_of(finding)); });
  return lines;
}

inline std::vector<std::string> check_lines(const std::string& path,
                                            const owner::CheckSettings& settings = {}) {
  auto kb = owner::KnowledgeBase::open(plain_files(), path, owner::Database::Mode::kReadWrite);
  const auto held = kb.lock(platform::LockMode::kShared, std::chrono::seconds(5), "check");
  return check_lines(kb, settings);
}

struct Repaired {
  std::vector<std::string> found;
  std::vector<std::string> mended;  // "missing raw/a.md"
  owner::RepairResult result;
};

inline Repaired repair_run(const std::string& path, platform::Files& files = plain_files()) {
  auto kb = owner::KnowledgeBase::open(files, path, owner::Database::Mode::kReadWrite);
  Repaired repaired;
  {
    const auto held = kb.lock(platform::LockMode::kExclusive, std::chrono::seconds(5), "repair");
    repaired.result = owner::repair(
        kb, {},
        {[&](const owner::Finding& finding) { repaired.found.push_back(line_of(finding)); },
         [&](std::string_view kind, const std::string& where, const std::string&) {
           repaired.mended.push_back(std::string(kind) + " " + where);
         }});
  }
  owner::empty_trash(kb);
  return repaired;
}

// Bit rot in the registry, at `from_end` bytes before the end of the first page of a table or
// index.
inline void rot(const std::string& path, const std::string& what, std::size_t from_end,
                std::size_t size) {
  const std::string file = path + "/.sluice/registry.db";
  std::int64_t page = 0;
  std::int64_t page_size = 0;
  {
    owner::Database db(file, owner::Database::Mode::kReadWrite);
    auto root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = ?1");
    if (!root.bind(1, what).step()) throw Error("find", what, "it is not in the schema");
    page = root.integer(0);
    auto bytes = db.prepare("PRAGMA page_size");
    bytes.step();
    page_size = bytes.integer(0);
  }  // the last connection moves the log into the file
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  out.seekp(page * page_size - static_cast<std::int64_t>(from_end));
  out << std::string(size, '\x5a');
}
inline void rot_index(const std::string& path) {
  rot(path, "sources_by_document", 12, 4);
}
inline void rot_table(const std::string& path) {
  rot(path, "documents", 4096, 64);
}

}  // namespace sluice::test
