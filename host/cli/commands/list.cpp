#include "cli/commands/list.h"

#include "cli/commands/recover.h"
#include "cli/find_document.h"
#include "cli/json.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "owner/knowledge_base.h"
#include "platform/clock.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

using owner::Document;
using owner::Registry;

std::vector<std::string> source_keys(const Registry& registry, const Document& document) {
  std::vector<std::string> keys;
  for (const auto& source : registry.sources_of(document.id)) keys.push_back(source.path_key);
  return keys;
}

// Opens for reading, once what a dead owner has left is finished: then what is listed is also
// there.
owner::KnowledgeBase open_recovered(platform::Files& files, const Args& args, Io& io) {
  const std::string path = need_kb(files, args, io);
  recover_if_idle(files, path, io);
  return owner::KnowledgeBase::open(files, path, owner::Database::Mode::kReadOnly);
}

// By name or path; then by the file name that a source has; one of several is not guessed.
Document find_document(owner::KnowledgeBase& kb, const std::string& wanted, const Io& io) {
  const Registry& registry = kb.registry();
  auto found = find_documents(kb, io.working_directory, wanted);
  if (found.empty()) {
    registry.each_document([&](const Document& document) {
      const std::string& key = document.path_key;
      if (key.substr(key.rfind('/') + 1) == wanted) found.push_back(document);
    });
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    throw Error("show", wanted, "there is no document of that name",
                nearest_documents(registry, wanted));
  }
  throw Error("show", wanted, "several documents come from such a file: " + names_with_paths(found),
              "give one of these names");
}

void show_text(const Document& document, const Registry& registry, const Paint& paint, Io& io) {
  Table table;
  table.add({"name", document.name});
  table.add({"state", std::string(word(document.state)) +
                          (document.outcome == Outcome::kOk
                               ? ""
                               : ", " + std::string(sluice::word(document.outcome)))});
  table.add({"sha256", platform::to_hex(document.sha256)});
  table.add({"size", human_size(document.size)});
  table.add({"media type", document.media_type});
  table.add({"converter", document.converter + " " + document.converter_version});
  table.add({"raw", document.raw});
  table.add({"markdown", document.markdown});
  table.add({"added", platform::iso_time(document.added_at)});
  table.add({"updated", platform::iso_time(document.updated_at)});
  for (const auto& key : source_keys(registry, document)) table.add({"source", key});
  for (const auto& file : registry.files_of(document.id)) table.add({"file", file.path});
  io.out << table.text(paint);
  io.out << "\nhistory\n";
  Table history;
  for (const auto& event : registry.events_of(document.name)) {
    history.add({"  " + std::to_string(event.seq), platform::log_time(event.at),
                 std::string(word(event.op)), event.path_key});
  }
  io.out << history.text(paint);
}

}  // namespace

int run_list(platform::Files& files, const Args& args, Io& io) {
  auto kb = open_recovered(files, args, io);
  const Registry& registry = kb.registry();
  if (args.global.json) {
    registry.each_document([&](const Document& document) {
      io.out << document_json(document, source_keys(registry, document));
    });
    return 0;
  }
  const Paint paint(args.global.color, io.out_is_terminal, io);
  Table table;
  registry.each_document([&](const Document& document) {
    table.add({document.name, human_size(document.size), document.converter,
               document.state == owner::DocumentState::kOk ? "" : std::string(word(document.state)),
               document.path_key});
  });
  io.out << table.text(paint);
  return 0;
}

int run_show(platform::Files& files, const Args& args, const ShowArgs& show, Io& io) {
  auto kb = open_recovered(files, args, io);
  const Registry& registry = kb.registry();
  const Document document = find_document(kb, show.name, io);
  if (!args.global.json) {
    show_text(document, registry, Paint(args.global.color, io.out_is_terminal, io), io);
    return 0;
  }
  io.out << document_json(document, source_keys(registry, document));
  for (const auto& event : registry.events_of(document.name)) {
    io.out << JsonObject("event")
                  .number("seq", event.seq)
                  .text("at", platform::iso_time(event.at))
                  .text("op", word(event.op))
                  .text("name", event.name)
                  .path("path", event.path_key)
                  .text("sha256", platform::to_hex(event.sha256))
                  .line();
  }
  return 0;
}

int run_status(platform::Files& files, const Args& args, Io& io) {
  auto kb =
      owner::KnowledgeBase::open(files, need_kb(files, args, io), owner::Database::Mode::kReadOnly);
  const Registry& registry = kb.registry();
  const owner::Counts counts = registry.counts();
  const auto batches = kb.staging() ? files.list(kb.staging()).size() : 0;
  const auto failures = registry.last_failures(10);
  const auto damages = registry.damages();
  if (args.global.json) {
    std::vector<JsonObject> failed;
    for (const auto& failure : failures) {
      JsonObject one;
      one.path("path", failure.path_key)
          .text("reason", word(failure.outcome))
          .text("message", failure.reason)
          .text_or_null("converter", failure.converter)
          .text("at", platform::iso_time(failure.at));
      failed.push_back(std::move(one));
    }
    io.out << JsonObject("status")
                  .text("kb", kb.path())
                  .number("documents", counts.documents)
                  .number("sources", counts.sources)
                  .number("raw_bytes", counts.raw_bytes)
                  .number("markdown_bytes", counts.markdown_bytes)
                  .number("assets", counts.assets)
                  .number("asset_bytes", counts.asset_bytes)
                  .number("pending_journal", counts.pending)
                  .number("staging", static_cast<std::int64_t>(batches))
                  .number("damaged", counts.damaged)
                  .number("damaged_documents", counts.damaged_documents)
                  .number("failures", counts.failures)
                  .number("last_event", counts.events)
                  .objects("last_failures", std::move(failed))
                  .texts("damages", damages)
                  .line();
    return 0;
  }
  const Paint paint(args.global.color, io.out_is_terminal, io);
  Table table;
  table.add({"knowledge base", kb.path()});
  table.add({"documents", std::to_string(counts.documents) + " from " +
                              std::to_string(counts.sources) + " sources"});
  table.add({"raw", human_size(static_cast<std::uint64_t>(counts.raw_bytes))});
  table.add({"markdown", human_size(static_cast<std::uint64_t>(counts.markdown_bytes))});
  table.add({"assets", std::to_string(counts.assets) + ", " +
                           human_size(static_cast<std::uint64_t>(counts.asset_bytes))});
  table.add({"journal", counts.pending == 0
                            ? "empty"
                            : std::to_string(counts.pending) + " document(s) to be published"});
  table.add({"staging", batches == 0 ? "empty" : "in use, or left by a run that died"});
  if (counts.damaged_documents > 0) {
    table.add(
        {"damaged", std::to_string(counts.damaged_documents) + " document(s): run 'sluice check'"});
  }
  table.add({"failures", std::to_string(counts.failures)});
  io.out << table.text(paint);
  for (const auto& failure : failures) {
    io.out << "  " << visible(failure.path_key) << ": " << word(failure.outcome) << ": "
           << visible(failure.reason) << "\n";
  }
  for (const auto& damage : damages)
    io.out << paint.red("damaged") << " " << visible(damage) << "\n";
  return 0;
}

}  // namespace sluice::cli
