#include "crash/scene/scenarios.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "crash/scene/disturb.h"
#include "kit/base64.h"
#include "kit/box.h"
#include "kit/office_package.h"
#include "kit/paths.h"
#include "unit/owner/consistency.h"

namespace sluice::crash {
namespace {

const std::string kOwnWords = "My own words\n";
const std::string kInTheWay = "In the way\n";
const std::string kTorn = "Torn in staging\n";
const std::vector<std::string> kAdd = {"-j", "2", "add", "@docs"};
const std::vector<std::string> kRepair = {"-j", "2", "check", "--repair"};

std::string png(const std::string& rest) {
  return std::string("\x89PNG\r\n\x1a\n", 8) + rest;
}

void add_documents(const World& world) {
  world.write("a.md", "# A\n\n![one](one.png) and ![two](two.png)\n");
  world.write("one.png", png("one"));
  world.write("two.png", png("two"));
  world.write("b.md", "B\n");
  world.write("sub/a.md", "Another A\n\n![one](../one.png)\n");  // under a taken name
  world.write("sub/c.csv", "x,y\n1,2\n");
}

// None of which takes another's name, should that one fail.
void add_documents_apart(const World& world) {
  add_documents(world);
  world.erase("sub/a.md");
  world.write("sub/e.md", "E\n\n![two](../two.png)\n");
}

void replace_documents(const World& world) {
  add_documents(world);
  world.must(world.kb(), kAdd);
  world.write("a.md", "Plain now\n");
  world.write("b.md", "# B\n\nhas ![two](two.png)\n");
  world.write("two.png", png("two"));
  world.write("sub/a.md", "Another A, changed\n\n![two](../two.png)\n");
  world.write("sub/d.md", "New\n");
}

void add_and_remove(const World& world) {
  add_documents(world);
  world.write("sub/e.md", "B\n");  // goes with b, of which it is a duplicate
  world.must(world.kb(), kAdd);
}

// One source becomes the duplicate of another, one leaves those that had its content.
void exchange_duplicates(const World& world) {
  world.write("a.md", "A\n");
  world.write("b.md", "B\n\n![one](one.png)\n");
  world.write("one.png", png("one"));
  world.write("c.md", "Same\n");
  world.write("d.md", "Same\n");
  world.must(world.kb(), kAdd);
  world.write("b.md", "A\n");
  world.write("c.md", "Changed\n");
  world.write("x/b.md", "Takes the name\n");
}

void edit_by_hand(const World& world) {
  add_documents(world);
  world.must(world.kb(), kAdd);
  test::write_file(world.kb() + "/wiki/sources/b.md", kOwnWords);
  test::write_file(world.kb() + "/raw/d.md", kInTheWay);
  world.write("b.md", "B, changed\n");
  world.write("d.md", "D\n");
}

// Text that its user and its source have changed, in other lines and in the same one.
void edit_to_merge(const World& world) {
  std::string lines;
  for (int i = 0; i < 12; ++i) lines += "Line " + std::to_string(i) + " stays.\n\n";
  world.write("a.md", "First\n\n" + lines + "Last\n");
  world.write("b.md", "B\n\n" + lines);
  world.must(world.kb(), kAdd);
  for (const char* page : {"/wiki/sources/a.md", "/wiki/sources/b.md"}) {
    std::string text = test::read_file(world.kb() + page);
    text.insert(text.find("Line 0"), "My own words. ");
    test::write_file(world.kb() + page, text);
  }
  test::write_file(world.kb() + "/raw/d.md", kInTheWay);
  world.write("a.md", "First\n\n" + lines + "The last\n");
  world.write("b.md", "B\n\nAnother " + lines);
  world.write("d.md", "D\n");
}

std::vector<std::string> add_and(const std::string& on_edit) {
  return {"-j", "2", "add", "--on-edit", on_edit, "@docs"};
}

// What a replacing run leaves that dies while it publishes, before the `last`-th of its renames.
void die_before_rename(const World& world, int last) {
  replace_documents(world);
  int publishing = 0;
  const auto run = disturb(world, world.kb(), {kAdd}, [&](const Call& call) {
    Verdict verdict;
    const bool publishes =
        call.syscall->kind == Kind::kRename &&
        (call.is_below(world.kb() + "/wiki/sources") || call.is_below(world.kb() + "/raw"));
    if (publishes && ++publishing == last) verdict.action = Verdict::Action::kKill;
    return verdict;
  });
  if (run.front().exit_code != 128 + 9) {
    throw std::runtime_error("the run that was to leave something to recover lived");
  }
}

void die_while_publishing(const World& world) {
  die_before_rename(world, 3);
}

// What cannot be published any more, behind a registry whose index of contents has lost its rows.
void die_and_tear(const World& world) {
  die_before_rename(world, 1);
  const std::string state = world.kb() + "/.sluice";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(state + "/staging")) {
    if (entry.path().extension() == ".raw") test::write_file(entry.path(), kTorn);
  }
  owner::Database(state + "/registry.db", owner::Database::Mode::kReadWrite)
      .execute("DELETE FROM recent_contents");
}

void add_two_folders(const World& world) {
  world.write("one/a.md", "# A\n\n![one](../one.png)\n");
  world.write("one/b.md", "B\n");
  world.write("one/c.md", "C\n");
  world.write("one.png", png("one"));
  world.write("two/d.md", "# D\n\n![one](../one.png)\n");
  world.write("two/e.md", "E\n");
  world.write("two/f.md", "F\n");
  world.must(world.kb(), {"add", "@docs/one/b.md", "@docs/two/e.md"});
  world.write("one/b.md", "B, changed\n");
  world.write("two/e.md", "E, changed\n");
}

// What a person, a full disk and a worn one may have left.
void damage_what_can_be_mended(const World& world) {
  add_documents(world);
  world.write("sub/lost.md", "A row is lost\n");
  world.write("sub/unknown.md", "Its source is off the record\n");
  world.must(world.kb(), kAdd);
  const std::string kb = world.kb();
  std::filesystem::remove(kb + "/wiki/sources/a.md");
  std::filesystem::remove(kb + "/raw/c.csv");
  test::write_file(kb + "/raw/b.md", kOwnWords);
  test::write_file(kb + "/raw/stray.pdf", "A stray file\n");
  test::write_file(kb + "/wiki/sources/Stray.md", "A stray page\n");
  std::filesystem::create_directory(kb + "/wiki/sources/images/stray");
  test::write_file(kb + "/wiki/sources/images/stray/x.png", png("stray"));
  std::string log = test::read_file(kb + "/wiki/log.md");
  const std::size_t second = log.find('\n') + 1;
  test::write_file(kb + "/wiki/log.md", log.erase(second, log.find('\n', second) + 1 - second));
  owner::Database(kb + "/.sluice/registry.db", owner::Database::Mode::kReadWrite)
      .execute(
          "DELETE FROM sources WHERE path_key LIKE '%/unknown.md';"
          "DELETE FROM documents WHERE name = 'lost'");
}

// So many that their group is flushed while it is decided; one is written anew meanwhile.
void add_a_large_group(const World& world) {
  world.write("one.png", png("one"));
  for (int i = 100; i < 170; ++i) {
    const std::string number = std::to_string(i);
    world.write(number + ".md", number + (i % 25 == 0 ? "\n\n![one](one.png)\n" : "\n"));
  }
  world.write("sub/100.md", "Under a taken name\n\n![one](../one.png)\n");
}

std::vector<std::string> add_boxes() {
  return {"-j", "2", "add", "--plugin", test::build_folder() + "/tests/plugins/box", "@docs"};
}

// A file beside them that one of them holds, too, and one with a picture in it.
void add_trees(const World& world) {
  const test::Box inner = test::Box().text("Inner").child("deep.md", "Deep\n");
  world.write("a.box", test::Box()
                           .text("A")
                           .child("stays.md", "Stays\n")
                           .child("goes.md", "Goes\n")
                           .child("changes.md", "Changes\n")
                           .child("in.box", inner)
                           .bytes());
  world.write("b.md", "B\n");
  world.write("c.box", test::Box().child("same.md", "B\n").child("own.csv", "x,y\n1,2\n").bytes());
}

void change_trees(const World& world) {
  add_trees(world);
  world.must(world.kb(), add_boxes());
  world.write("a.box", test::Box()
                           .text("A, changed")
                           .child("stays.md", "Stays\n")
                           .child("changes.md", "Changed\n")
                           .child("new.md", "Goes\n")  // the content of one that goes
                           .child("in.box", test::Box().child("deep.md", "Deeper\n"))
                           .bytes());
  world.write("c.box", test::Box().child("other.md", "Other\n").bytes());
}

void add_trees_to_remove(const World& world) {
  add_trees(world);
  world.must(world.kb(), add_boxes());
}

std::string document_with_picture() {
  return test::OfficePackage("word/document.xml")
      .part("word/media/one.png", png("one"))
      .relate("word/document.xml", "rId1", "image", "media/one.png")
      .part("word/document.xml",
            "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
            "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
            "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
            "<w:body><w:p><w:r><w:t>Word</w:t></w:r></w:p><w:p><w:r><w:drawing>"
            "<a:blip r:embed='rId1'/></w:drawing></w:r></w:p></w:body></w:document>")
      .build();
}

// A document with a picture in an archive in an archive; and one archive that is changed.
void change_archives(const World& world) {
  const std::string inner =
      test::ZipBuilder().add("word.docx", document_with_picture()).add("deep.md", "Deep\n").build();
  world.write("old.zip", test::ZipBuilder().add("goes.md", "Goes\n").build());
  world.must(world.kb(), kAdd);
  world.write("old.zip", test::ZipBuilder().add("comes.md", "Comes\n").build());
  world.write("a.zip", test::ZipBuilder().add("in.zip", inner).add("top.md", "Top\n").build());
}

std::string mail(const std::string& text,
                 const std::vector<std::pair<std::string, std::string>>& files) {
  std::string message =
      "From: a@b.example\nTo: c@d.example\nSubject: Papers\nMIME-Version: 1.0\n"
      "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n" +
      text + "\n";
  for (const auto& [name, bytes] : files) {
    message +=
        "--x\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n"
        "Content-Disposition: attachment; filename=\"" +
        name + "\"\n\n" + test::to_base64(bytes) + "\n";
  }
  return message + "--x--\n";
}

// A document with a picture in an archive in a mail; and a mail that holds others than before.
void change_mails(const World& world) {
  const std::string papers =
      test::ZipBuilder().add("word.docx", document_with_picture()).add("deep.md", "Deep\n").build();
  world.write("old.eml", mail("Old", {{"goes.md", "Goes\n"}, {"stays.md", "Stays\n"}}));
  world.must(world.kb(), kAdd);
  world.write("old.eml", mail("New", {{"stays.md", "Stays\n"}, {"comes.zip", papers}}));
  world.write("new.eml", mail("Here", {{"top.md", "Top\n"}, {"papers.zip", papers}}));
}

std::vector<std::string> sync_all() {
  return {"-j",
          "2",
          "sync",
          "--max-delete",
          "100%",
          "--plugin",
          test::build_folder() + "/tests/plugins/box",
          "@docs"};
}

// Renamed, moved, renamed and changed, deleted; and one whose copy carries its document on.
void change_folders(const World& world) {
  add_documents(world);
  world.write("same1.md", "Same\n");
  world.write("same2.md", "Same\n");
  world.write("long.md", "# Long\n\nA line that stays.\nAnd another that stays.\nOne goes.\n");
  world.must(world.kb(), add_boxes());
  world.erase("b.md");
  world.write("moved/b2.md", "B\n");
  world.erase("long.md");
  world.write("longer.md", "# Long\n\nA line that stays.\nAnd another that stays.\nOne is new.\n");
  world.erase("sub/c.csv");
  world.erase("same1.md");
  world.write("a.md", "Plain now\n");
}

// In the folders of the sources: documents move into a new one and out of one that goes, one of
// them edited by hand; a raw file has no extension; folders go, and one takes the place of a file.
void move_in_mirror(const World& world) {
  std::filesystem::remove_all(world.kb());
  std::filesystem::create_directory(world.kb());
  world.must(world.kb(), {"init", "--layout", "mirror"});
  world.write("a.md", "# A\n\n![one](one.png) and [b](old/b.md)\n");
  world.write("one.png", png("one"));
  world.write("old/b.md", "# B\n\n![one](../one.png) and [a](../a.md)\n");
  world.write("old/images/c.md", "C\n");
  world.write("goes/deep/d.md", "# D\n\n![one](../../one.png)\n");
  world.write("e.box", test::Box().text("E").child("in.md", "In\n").bytes());
  world.write("same1.md", "Same\n");
  world.write("x/same2.md", "Same\n");
  world.must(world.kb(), add_boxes());
  test::write_file(world.kb() + "/wiki/sources/docs/old/images_/c.md", kOwnWords);
  std::filesystem::create_directories(world.docs() + "/new/images");
  std::filesystem::rename(world.docs() + "/old/b.md", world.docs() + "/new/b.md");
  std::filesystem::rename(world.docs() + "/old/images/c.md", world.docs() + "/new/images/c.md");
  std::filesystem::remove_all(world.docs() + "/goes");
  world.write("goes.csv", "x,y\n1,2\n");
  std::filesystem::create_directory(world.docs() + "/box");
  std::filesystem::rename(world.docs() + "/e.box", world.docs() + "/box/e.box");
  world.erase("same1.md");
  world.write("a.md", "# A, changed\n\n![one](one.png) and [b](new/b.md)\n");
  world.write("x/y/f.md", "# F\n\n[a](../../a.md)\n");
}

// A knowledge base with an index, which its user has edited.
void change_with_index(const World& world) {
  test::write_file(world.kb() + "/.sluice/config.toml", "[output]\nindex = true\n");
  add_documents(world);
  world.must(world.kb(), kAdd);
  test::write_file(world.kb() + "/wiki/index.md", kOwnWords);
  world.write("b.md", "# B, changed\n");
  world.write("sub/d.md", "New\n");
  world.erase("sub/c.csv");
}

// Links to what is there, what comes, what goes and what moves; by path and by name.
void link_documents(const World& world) {
  world.write("a.md", "# A\n\n[b](b.md) and [[new]] and ![one](one.png) and [[gone|it]]\n");
  world.write("one.png", png("one"));
  world.write("b.md", "[[a#A]], [c](sub/c.md)\n");
  world.write("gone.md", "Goes, with a link to [a](a.md)\n");
  world.write("sub/c.md", "[b](../b.md) and [[nowhere]]\n");
  world.must(world.kb(), add_boxes());
  world.erase("gone.md");
  world.erase("sub/c.md");
  world.write("moved/c.md", "[b](../b.md) and [[nowhere]]\n");
  world.write("new.md", "[[a]] and [[new]]\n");
  world.write("x/a.md", "Takes the name: [[b]]\n");
}

// A container that is renamed and changed, with most of what is within it.
void rename_trees(const World& world) {
  add_trees(world);
  world.must(world.kb(), add_boxes());
  world.erase("a.box");
  world.write("z.box", test::Box()
                           .text("A")
                           .child("stays.md", "Stays\n")
                           .child("new.md", "New\n")
                           .child("in.box", test::Box().text("Inner").child("deep.md", "Deep\n"))
                           .bytes());
}

// Bundles of documents, with documents within one of them, for a knowledge base that has another
// version of one already.
void prepare_bundles(const World& world) {
  add_documents(world);
  add_trees(world);
  // Not the bytes of a document within c.box: that one would be a duplicate until this one changes.
  world.write("sub/c.csv", "x,y\n7,8\n");
  world.must(world.kb(), {"add", "@docs/b.md", "@docs/sub/c.csv"});
  world.write("sub/c.csv", "x,y\n1,3\n");
  world.must(world.kb(), {"prepare", "--plugin", test::build_folder() + "/tests/plugins/box",
                          "@docs", "--out", world.path("bundles")});
}

std::vector<Scenario> make_scenarios() {
  return {
      {"Adding", add_documents, {kAdd}},
      {"AddingApart", add_documents_apart, {kAdd}},
      {"Replacing", replace_documents, {kAdd}},
      {"Duplicates", exchange_duplicates, {kAdd}},
      {"EditedByHand", edit_by_hand, {kAdd}, {kOwnWords, kInTheWay}},
      {"Merging", edit_to_merge, {add_and("merge")}, {kInTheWay}},
      {"LeavingEdits", edit_to_merge, {add_and("ours")}, {kInTheWay}},
      {"Removing", add_and_remove, {{"remove", "a", "b"}}, {}, false},
      {"AddingTrees", add_trees, {add_boxes()}},
      {"ChangingTrees", change_trees, {add_boxes()}},
      {"ChangingArchives", change_archives, {kAdd}},
      {"ChangingMails", change_mails, {kAdd}},
      {"RemovingTrees", add_trees_to_remove, {{"remove", "a", "c"}}, {}, false},
      {"Syncing", change_folders, {sync_all()}},
      {"SyncingTrees", rename_trees, {sync_all()}},
      {"Linking", link_documents, {sync_all()}},
      {"Mirroring", move_in_mirror, {sync_all()}, {kOwnWords}},
      {"Indexing", change_with_index, {sync_all()}, {kOwnWords}},
      {"Committing", prepare_bundles, {{"commit", "@docs/../bundles"}}},
      {"Reconverting", add_and_remove, {{"-j", "2", "reconvert", "--all"}}, {}, false},
      {"Recovering", die_while_publishing, {{"recover"}}},
      {"TwoAtOnce",
       add_two_folders,
       {{"-j", "1", "add", "@docs/one"}, {"-j", "1", "add", "@docs/two"}}},
      {"LargeGroup", add_a_large_group, {kAdd}, {}, true, true},
      {"Repairing",
       damage_what_can_be_mended,
       {kRepair},
       {},
       true,
       false,
       {{"recover"}, kRepair},
       true,
       true},
      {"RepairingTheDead", die_and_tear, {kRepair}, {kTorn}, true, false, {kRepair}, true},
  };
}

}  // namespace

const std::vector<Scenario>& scenarios() {
  static const std::vector<Scenario> kAll = [] {
    std::vector<Scenario> all = make_scenarios();
    for (Scenario& one : scenarios_from_elsewhere()) all.push_back(std::move(one));
    return all;
  }();
  return kAll;
}

const Scenario& scenario(const std::string& name) {
  for (const Scenario& one : scenarios()) {
    if (one.name == name) return one;
  }
  throw std::runtime_error("there is no scenario " + name);
}

Stage::Stage(const Scenario& chosen, Order order)
    : scenario(chosen), judge(make_judge(chosen.commands.size() == 1 ? order : Order::kAny)) {}

Judge Stage::make_judge(Order order) {
  scenario.build(world);
  // Looked at in copies: to open a registry after a crash is to change its files.
  const std::string untouched = world.copy(world.kb(), "before");
  owner::KnowledgeBase kb_before = open_kb(untouched);
  Facts before = facts_of(kb_before);
  const std::string undisturbed = world.copy(world.kb(), "undisturbed");
  std::vector<Reported> all;
  for (const auto& words : scenario.commands) {
    const auto outcome = world.run(undisturbed, words);
    if (outcome.exit_code != 0) throw std::runtime_error("undisturbed it failed: " + outcome.err);
    for (Reported& report : reported(outcome.out)) all.push_back(std::move(report));
  }
  owner::KnowledgeBase kb_after = open_kb(undisturbed);
  Facts after = facts_of(kb_after);
  // Else what is reported would be compared with nothing.
  for (const Reported& report : all) {
    if (before.documents.contains(report.path) || after.documents.contains(report.path)) continue;
    throw std::runtime_error(report.path + " was reported, and nobody knows it");
  }
  std::set<std::string> tolerated;
  const auto tolerate = [&tolerated](owner::KnowledgeBase& kb) {
    for (std::string& line : disagreements(kb)) tolerated.insert(std::move(line));
  };
  std::vector<std::string> kept = scenario.words_of_a_person;
  if (scenario.keeps_files) {
    for (auto& [path, bytes] : test::published_tree(untouched)) {
      if (path != "wiki/log.md" && !path.ends_with('/')) kept.push_back(bytes);
    }
  }
  if (scenario.is_damaged) {
    tolerate(kb_after);
  } else if (!kept.empty()) {
    tolerate(kb_before);
    tolerate(kb_after);
  }
  return {std::move(before), std::move(after), order, std::move(tolerated), std::move(kept)};
}

}  // namespace sluice::crash
