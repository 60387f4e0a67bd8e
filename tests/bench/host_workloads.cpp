// Workloads of the host.
#include <string>
#include <vector>

#include "bench/workloads.h"
#include "model/names.h"
#include "owner/check.h"
#include "owner/source_cursor.h"
#include "scan/scanner.h"
#include "unit/owner/bundle_maker.h"

namespace sluice::bench {
namespace {

void names() {
  Words words;
  std::vector<std::string> stems;
  for (int i = 0; i < 3000; ++i)
    stems.push_back(words.words(4) + " (Entw\xC3\xBCrfe) " + std::to_string(i));
  measure([&] {
    for (const std::string& stem : stems) {
      if (sluice::name_key(sluice::document_name(stem)).empty()) fail("a name is empty");
    }
  });
}

void scan() {
  sluice::test::TempDir folder(sluice::test::TempDir::Where::kMemory);
  folder.file(".gitignore", "*.log\n/build/\nnode_modules/\n!keep.log\n");
  for (int i = 0; i < 2000; ++i) {
    folder.folder("d" + std::to_string(i % 20));
    folder.file(
        "d" + std::to_string(i % 20) + "/" + std::to_string(i) + (i % 10 == 0 ? ".log" : ".md"),
        "");
  }
  sluice::platform::Files files;
  sluice::scan::ScanOptions options;
  options.takes_extension = [](const std::string& extension) { return extension == "md"; };
  measure([&] {
    sluice::scan::Scanner scanner(files, {folder.path()}, options);
    int count = 0;
    while (scanner.next()) ++count;
    if (count != 1800) fail("the scan found " + std::to_string(count));
  });
}

// Commits documents to a new knowledge base; with `then`, what is measured is done with that.
void commit(int count, const std::function<void(sluice::test::Workspace&)>& then) {
  sluice::test::Workspace space;
  std::vector<sluice::Source> sources;
  for (int i = 0; i < count; ++i) {
    const std::string name = "note-" + std::to_string(10'000 + i) + ".md";
    space.write(name, "# Note " + std::to_string(i) + "\n");
    sources.push_back(space.source(name));
  }
  {
    sluice::owner::OwnerSettings settings;
    settings.flush_ahead_from = 1'000'000;  // no thread
    sluice::test::Session session(space.kb, sluice::test::plain_files(), settings);
    session.owner.start();
    std::vector<sluice::Bundle> bundles;
    for (const auto& source : sources) bundles.push_back(session.make(source));
    const std::function<void()> work = [&] { session.owner.commit(std::move(bundles)); };
    then ? work() : measure(work);
    session.owner.finish();
    if (session.results.size() != sources.size()) fail("not all were committed");
  }
  if (then) then(space);
}

void known_sources() {
  constexpr int kCount = 1500;
  commit(kCount, [](sluice::test::Workspace& space) {
    const auto kb = space.open();
    measure([&] {
      const auto view = sluice::owner::RegistryViewsOf(kb.registry_path()).open();
      for (int i = 0; i < kCount; ++i) {
        const std::string name = "note-" + std::to_string(10'000 + i) + ".md";
        if (!view->source(space.path_key(name))) fail(name + " is not on record");
      }
    });
  });
}

void check() {
  commit(600, [](sluice::test::Workspace& space) {
    auto kb = space.open();
    const auto held = kb.lock(sluice::platform::LockMode::kShared, std::chrono::seconds(1), "");
    measure([&] {
      sluice::owner::CheckSettings settings;
      settings.reads_files = false;
      settings.jobs = 1;
      sluice::owner::check(kb, settings, [](const sluice::owner::Finding& finding) {
        fail(finding.where + ": " + finding.what);
      });
    });
  });
}

}  // namespace

Workloads host_workloads() {
  return {
      {"names", names},
      {"scan", scan},
      {"commit", [] { commit(300, nullptr); }},
      {"known-sources", known_sources},
      {"check-quick", check},
  };
}

}  // namespace sluice::bench
