// A knowledge base from somebody else: its registry holds our tables and nothing else, none of its
// files leads elsewhere, and nothing in it keeps an interrupt from ending what runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "owner/recovery.h"
#include "owner/transaction.h"
#include "unit/owner/bundle_maker.h"
#include "unit/owner/check_runs.h"

namespace sluice::owner {
namespace {

namespace fs = std::filesystem;
using test::check_lines;
using test::plain_files;
using test::read_file;
using test::repair_run;
using test::Session;
using test::Workspace;
using test::write_file;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ForeignKb : public testing::Test {
 protected:
  ForeignKb() {
    space_.write("a.md", "A\n");
    space_.write("b.md", "B\n");
    space_.add({"a.md"});
    write_file(victim(), "precious");
  }
  std::string victim() const { return space_.docs + "/victim"; }
  std::string state(const std::string& name) const { return space_.kb + "/.sluice/" + name; }
  void execute(const std::string& sql) const {
    // As the giver's SQLite does it, which defends nothing.
    const std::string script =
        "import sqlite3,sys\nc=sqlite3.connect(sys.argv[1])\n"
        "c.executescript(sys.argv[2])\nc.commit()\nc.close()\n";
    const std::string file = space_.docs + "/run.py";
    write_file(file, script);
    const std::string sql_file = space_.docs + "/sql";
    write_file(sql_file, sql);
    const std::string command =
        "python3 '" + file + "' '" + state("registry.db") + "' \"$(cat '" + sql_file + "')\"";
    ASSERT_EQ(std::system(command.c_str()), 0) << sql;
  }
  // What opening says; empty if it opens.
  std::string refusal(Database::Mode mode) const {
    try {
      KnowledgeBase::open(plain_files(), space_.kb, mode);
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }
  void expect_refused(const std::string& what) const {
    for (const auto mode : {Database::Mode::kReadOnly, Database::Mode::kReadWrite}) {
      EXPECT_THAT(refusal(mode), HasSubstr(what));
    }
  }

  Workspace space_;
};

TEST_F(ForeignKb, ARegistryWithAnythingElseInItIsRefusedByName) {
  const std::pair<const char*, const char*> changes[] = {
      {"create trigger evil after insert on events begin delete from sources; end", "evil"},
      {"create view peek as select * from documents", "peek"},
      {"create table more(x)", "more"},
      {"create index extra on documents(size)", "extra"},
      {"drop trigger content_removed", "content_removed"},
      {"drop index events_by_name; create index events_by_name on events(op)", "events_by_name"},
      {"drop table damages; create view damages as select 1 as id", "damages"},
      {"alter table failures add column extra", "failures"},
      {"drop table recent_contents", "recent_contents"},
  };
  const std::string whole = read_file(state("registry.db"));
  for (const auto& [sql, name] : changes) {
    SCOPED_TRACE(sql);
    execute(sql);
    expect_refused(std::string("\"") + name + "\"");
    fs::remove(state("registry.db-wal"));
    fs::remove(state("registry.db-shm"));
    write_file(state("registry.db"), whole);
    EXPECT_EQ(refusal(Database::Mode::kReadWrite), "");
  }
}

TEST_F(ForeignKb, NoFileOfTheRegistryMayLeadElsewhere) {
  for (const char* name : {"registry.db", "registry.db-wal", "registry.db-shm", "kb.lock"}) {
    SCOPED_TRACE(name);
    const bool is_lock = std::string(name) == "kb.lock";
    const std::string kept = state("kept");
    const bool was_there = fs::exists(state(name));
    if (was_there) fs::rename(state(name), kept);
    const auto expect = [&](const char* what) {
      EXPECT_THAT(refusal(Database::Mode::kReadWrite), HasSubstr(what));
      if (!is_lock) {
        EXPECT_THAT(refusal(Database::Mode::kReadOnly), HasSubstr(what));
      }
      EXPECT_EQ(read_file(victim()), "precious");
      fs::remove(state(name));
    };
    fs::create_symlink(victim(), state(name));
    expect("symbolic link");
    fs::create_hard_link(victim(), state(name));
    expect("another name");
    ::mkfifo(state(name).c_str(), 0600);
    expect("not a plain file");
    if (was_there) fs::rename(kept, state(name));
    EXPECT_EQ(refusal(Database::Mode::kReadWrite), "");
  }
}

TEST_F(ForeignKb, InitMakesNothingThroughALink) {
  fs::remove(state("registry.db"));
  const std::string planted = space_.docs + "/planted";
  fs::create_symlink(planted, state("registry.db"));
  EXPECT_THROW(init_knowledge_base(plain_files(), space_.kb, test::no_config), Error);
  EXPECT_FALSE(fs::exists(planted));
}

TEST_F(ForeignKb, TheLogIsNotAppendedToThroughALink) {
  for (const bool hard : {false, true}) {
    fs::remove(space_.kb + "/wiki/log.md");
    if (hard) {
      fs::create_hard_link(victim(), space_.kb + "/wiki/log.md");
    } else {
      fs::create_symlink(victim(), space_.kb + "/wiki/log.md");
    }
    space_.write(hard ? "hard.md" : "soft.md", hard ? "hard\n" : "soft\n");
    EXPECT_THAT(space_.add({hard ? "hard.md" : "soft.md"}), Not(IsEmpty()));
    EXPECT_THAT(space_.warnings, testing::Contains(HasSubstr("wiki/log.md")));
    EXPECT_EQ(read_file(victim()), "precious");
  }
}

TEST_F(ForeignKb, WordsThatSluiceNeverWritesAreDamageAndStayIt) {
  execute("update documents set outcome = char(27) || '[31m'");
  EXPECT_THAT(check_lines(space_.kb), testing::Contains(HasSubstr("damage registry")));
  EXPECT_GT(repair_run(space_.kb).result.left, 0);
  EXPECT_THAT(check_lines(space_.kb), testing::Contains(HasSubstr("damage registry")));
}

TEST_F(ForeignKb, AnEventThatForgesALineIsMendedForGood) {
  execute(
      "insert or replace into meta values('log_cursor', '0 0');"
      "update events set name = 'x' || char(10) || '## [forged] add | y'");
  EXPECT_THAT(check_lines(space_.kb), Not(IsEmpty()));
  repair_run(space_.kb);
  EXPECT_THAT(check_lines(space_.kb), Not(testing::Contains(HasSubstr("log"))));
  EXPECT_THAT(space_.text("wiki/log.md"), Not(HasSubstr("\n## [forged]")));
}

bool always_interrupted() {
  return true;
}

TEST_F(ForeignKb, AnInterruptEndsRecoveryOfAnyNumberOfRows) {
  execute(
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000)"
      " insert into journal(batch, document, steps) select i || '-dead', 1, '' from n");
  const auto begin = std::chrono::steady_clock::now();
  try {
    auto kb = KnowledgeBase::open(plain_files(), space_.kb, Database::Mode::kReadWrite,
                                  always_interrupted);
    recover(kb, {});
    FAIL() << "it went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code(), ExitCode::kInterrupted) << error.what();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST_F(ForeignKb, AnInterruptEndsAStatementAndNotAGroupThatIsBeingCommitted) {
  execute(
      "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100000)"
      " insert into events(at, op, name, path_key, sha256)"
      " select i, 'added', i, i, zeroblob(32) from n");
  auto kb =
      KnowledgeBase::open(plain_files(), space_.kb, Database::Mode::kReadWrite, always_interrupted);
  const auto read_all = [&kb] {
    std::int64_t count = 0;
    kb.registry().each_event_after(0, [&](const Event&) { ++count; });
    return count;
  };
  EXPECT_THROW(read_all(), Error);
  Transaction transaction(kb.registry());
  EXPECT_EQ(read_all(), 100'001);
}

}  // namespace
}  // namespace sluice::owner
