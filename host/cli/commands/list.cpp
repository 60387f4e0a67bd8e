#include "cli/commands/list.h"

#include <algorithm>
#include <functional>
#include <sluice/counted.hpp>

#include "cli/commands/recover.h"
#include "cli/document_relations.h"
#include "cli/document_rows.h"
#include "cli/find_document.h"
#include "cli/json.h"
#include "cli/text.h"
#include "cli/workspace.h"
#include "model/source.h"
#include "owner/hand_edit.h"
#include "owner/knowledge_base.h"
#include "owner/published.h"
#include "platform/clock.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

// As many as stand on one screen together with the rest of `status`.
constexpr int kShownFailures = 10;
// Of `show`, for the same reason.
constexpr std::size_t kShownFiles = 10;
constexpr std::size_t kShownEvents = 20;

using owner::Document;
using owner::Registry;

// "report.pdf -> mail-report"; "report.pdf: encrypted: it needs a password".
std::string child_text(const Registry& registry, const Document& document, const std::string& key) {
  std::string text = key.substr(document.path_key.size() + kWithin.size());
  if (const auto failure = registry.failure(key)) {
    text += ": " + std::string(word(failure->outcome));
    return failure->reason.empty() ? text : text + ": " + failure->reason;
  }
  const auto source = registry.source(key);
  const auto became = source ? registry.document(source->document) : std::nullopt;
  return text + (became ? " -> " + became->name : ": was removed");
}

// Opens for reading, once what a dead owner has left is finished: then what is listed is also
// there.
owner::KnowledgeBase open_recovered(platform::Files& files, const Args& args, Io& io) {
  const std::string path = need_kb(files, args, io);
  recover_if_idle(files, path, io);
  return owner::KnowledgeBase::open(files, path, owner::Database::Mode::kReadOnly);
}

// "ok"; "ok, partial: page 3 cannot be read"; "damaged".
std::string state_text(const Document& document) {
  std::string text(word(document.state));
  if (document.outcome == Outcome::kOk) return text;
  text += ", " + std::string(sluice::word(document.outcome));
  return document.reason.empty() ? text : text + ": " + document.reason;
}

std::string attempt_text(const owner::AttemptRow& attempt) {
  std::string text = attempt.converter + " " + attempt.converter_version + ": " +
                     std::string(word(attempt.outcome));
  return attempt.reason.empty() ? text : text + ": " + attempt.reason;
}

void list_failures(const Registry& registry, const Args& args, Io& io) {
  const Paint paint(args.global.color, io.out_is_terminal, io);
  registry.each_failure([&](const owner::FailureRow& failure) {
    if (args.global.json) {
      io.out << failure_fields(JsonObject("failure"), failure).line();
      return;
    }
    const std::string hint = hint_of(failure);
    io.out << visible(failure.path_key) << ": " << paint.red(word(failure.outcome));
    if (!failure.converter.empty()) io.out << " (" << failure.converter << ")";
    io.out << ": " << visible(failure.reason) << "\n";
    if (!hint.empty()) io.out << "  try: " << visible(hint) << "\n";
  });
}

// What `list` is to show.
struct ListRequest {
  RowFilter filter;
  std::string sort;
  bool is_reversed = false;
  std::vector<std::string> columns;
  bool has_usual_columns = true;
  bool cuts = true;

  // As the registry has them, one after the other.
  bool is_in_order() const { return sort.empty() && !is_reversed; }
};

// Throws Error (kUsage) for what there is not.
ListRequest request_of(const ListArgs& list) {
  constexpr const char* kColumns = "name,size,converter,remark,updated,path";
  constexpr const char* kLongColumns =
      "name,size,type,converter,state,remark,added,updated,markdown,path";
  ListRequest request;
  for (const std::string& filter : list.filters) request.filter.add(filter);
  request.sort = list.sort;
  request.is_reversed = list.reverse;
  std::vector<DocumentRow> none;
  if (!list.sort.empty()) sort_rows(none, list.sort, false);
  const std::string columns = list.is_long ? kLongColumns : kColumns;
  request.columns = columns_of(list.columns.empty() ? columns : list.columns);
  request.has_usual_columns = list.columns.empty();
  request.cuts = !list.is_long;
  return request;
}

void each_wanted_row(const Registry& registry, const ListRequest& request,
                     const std::function<void(DocumentRow&&)>& visit) {
  const auto add = [&](DocumentRow row) {
    if (request.filter.matches(row)) visit(std::move(row));
  };
  registry.each_document([&](const Document& document) { add(row_of(document)); });
  if (request.filter.wants_failures()) {
    registry.each_failure([&](const owner::FailureRow& failure) { add(row_of(failure)); });
  }
}

std::vector<DocumentRow> wanted_rows(const Registry& registry, const ListRequest& request) {
  std::vector<DocumentRow> rows;
  each_wanted_row(registry, request, [&](DocumentRow&& row) { rows.push_back(std::move(row)); });
  if (!request.sort.empty()) {
    sort_rows(rows, request.sort, request.is_reversed);
  } else if (request.is_reversed) {
    std::reverse(rows.begin(), rows.end());
  }
  return rows;
}

void list_as_json(const Registry& registry, const ListRequest& request, Io& io) {
  const RelationsInTurn relations(registry);
  const auto print = [&](const Document& document) {
    io.out << document_json(document, relations(document));
  };
  if (request.filter.is_empty() && request.is_in_order()) {
    registry.each_document(print);  // one after the other: there may be many
    return;
  }
  for (const DocumentRow& row : wanted_rows(registry, request)) {
    if (row.id != 0) {
      if (const auto document = registry.document(row.id)) print(*document);
    } else if (const auto failure = registry.failure(row.path)) {
      io.out << failure_fields(JsonObject("failure"), *failure).line();
    }
  }
}

void list_as_table(const Registry& registry, const ListRequest& request, const Args& args, Io& io) {
  RowLayout layout{.columns = request.columns, .has_heading = io.out_is_terminal};
  const Paint paint(args.global.color, io.out_is_terminal, io);
  if (!io.out_is_terminal && request.is_in_order()) {
    RowTable table(layout);
    each_wanted_row(registry, request, [&](DocumentRow&& row) { table.add(row); });
    io.out << table.text(paint);
    return;
  }
  const std::vector<DocumentRow> rows = wanted_rows(registry, request);
  if (io.out_is_terminal) {
    if (request.has_usual_columns) leave_out_remark(layout, rows);
    layout.now = platform::record_time_s();
    if (request.cuts && io.out_columns) layout.width = io.out_columns();
  }
  RowTable table(layout);
  for (const DocumentRow& row : rows) table.add(row);
  io.out << table.text(paint);
}

// What is known of a source that failed when it was last tried.
void add_failure(Table& table, const owner::FailureRow& failure) {
  table.add({"failed", failure.path_key});
  table.add({"outcome", std::string(word(failure.outcome))});
  if (!failure.reason.empty()) table.add({"reason", failure.reason});
  const std::string next = hint_of(failure);
  if (!next.empty()) table.add({"try", next});
  if (!failure.converter.empty()) table.add({"converter", failure.converter});
  for (const auto& attempt : failure.attempts) table.add({"attempt", attempt_text(attempt)});
  table.add({"at", platform::iso_time(failure.at)});
}

void show_failure(const owner::FailureRow& failure, const Args& args, Io& io) {
  if (args.global.json) {
    io.out << failure_fields(JsonObject("failure"), failure).line();
    return;
  }
  Table table;
  add_failure(table, failure);
  io.out << table.text(Paint(args.global.color, io.out_is_terminal, io));
}

// Failures of sources that are on record from an earlier, better time.
std::vector<owner::FailureRow> failures_of(const Registry& registry, const Document& document) {
  std::vector<owner::FailureRow> failures;
  for (const auto& key : source_keys(registry, document)) {
    if (auto failure = registry.failure(key)) failures.push_back(std::move(*failure));
  }
  return failures;
}

// What `show` was given: a document, or else a source that failed.
struct Shown {
  std::vector<Document> documents;
  std::vector<owner::FailureRow> failures;
};

// By name or path; then by the file name that a source has.
Shown find_shown(owner::KnowledgeBase& kb, const std::string& wanted, const Io& io) {
  Shown found{find_documents(kb, io.working_directory, wanted), {}};
  if (!found.documents.empty()) return found;
  found.failures = find_failures(kb, io.working_directory, wanted);
  if (!found.failures.empty()) return found;
  const auto is_wanted = [&](const auto& key) { return ("/" + key).ends_with("/" + wanted); };
  kb.registry().each_document([&](const Document& document) {
    if (is_wanted(document.path_key)) found.documents.push_back(document);
  });
  if (!found.documents.empty()) return found;
  kb.registry().each_failure([&](const owner::FailureRow& failure) {
    if (is_wanted(failure.path_key)) found.failures.push_back(failure);
  });
  return found;
}

// One of several is not guessed.
[[noreturn]] void refuse_to_show(const Registry& registry, const std::string& wanted,
                                 const Shown& found) {
  if (found.documents.size() > 1) {
    throw Error(
        "show", wanted,
        "several documents come from a file with this name: " + names_with_paths(found.documents),
        "give one of these names");
  }
  if (found.failures.empty()) {
    throw Error("show", wanted, "there is no document with this name",
                nearest_documents(registry, wanted));
  }
  std::string paths;
  for (const auto& failure : found.failures) {
    paths += (paths.empty() ? "" : ", ") + failure.path_key;
  }
  throw Error("show", wanted, "several files of that name have failed: " + paths,
              "give one of these paths");
}

// For a terminal, with its age: "2026-01-31T12:00:00Z, 3 h ago".
std::string time_text(std::int64_t at, const Io& io) {
  const std::string time = platform::iso_time(at);
  return io.out_is_terminal ? time + ", " + human_age(at, platform::record_time_s()) : time;
}

// A book may have hundreds: then they are counted.
void add_files(Table& table, const std::vector<owner::PublishedFile>& files) {
  for (std::size_t i = 0; i < files.size() && i < kShownFiles; ++i) {
    table.add({"file", files[i].path});
  }
  if (files.size() <= kShownFiles) return;
  const std::string& last = files.back().path;
  table.add(
      {"files", std::to_string(files.size()) + " in all, in " + last.substr(0, last.rfind('/'))});
}

void show_text(const Document& document, const owner::KnowledgeBase& kb, const Paint& paint,
               Io& io) {
  const Registry& registry = kb.registry();
  Table table;
  table.add({"id", std::to_string(document.id)});
  table.add({"name", document.name});
  table.add({"state", state_text(document)});
  table.add({"markdown", document.markdown});
  for (const auto& key : source_keys(registry, document)) table.add({"source", key});
  if (const auto fetched = registry.fetch_facts(document.path_key)) {
    table.add({"fetched", fetched_text(*fetched, time_text(fetched->at, io))});
  }
  table.add({"sha256", platform::to_hex(document.sha256)});
  table.add({"size", human_size(document.size)});
  table.add({"media type", document.media_type});
  table.add({"converter", document.converter + " " + document.converter_version});
  for (const auto& attempt : registry.attempts_of(document.id)) {
    table.add({"attempt", attempt_text(attempt)});
  }
  if (!document.raw.empty()) table.add({"raw", document.raw});
  table.add({"added", time_text(document.added_at, io)});
  table.add({"updated", time_text(document.updated_at, io)});
  if (const auto child = registry.child(document.path_key)) table.add({"within", child->container});
  for (const auto& key : children_keys(registry, document)) {
    table.add({"holds", child_text(registry, document, key)});
  }
  add_files(table, registry.files_of(document.id));
  const owner::DocumentLinks links = owner::links_of_document(kb, document);
  for (const std::string& name : links.to) table.add({"links to", name});
  for (const std::string& name : links.from) table.add({"linked from", name});
  for (const auto& failure : failures_of(registry, document)) add_failure(table, failure);
  io.out << table.text(paint);
  io.out << "\nhistory\n";
  Table history;
  const auto events = registry.events_of(document.name);
  const std::size_t first = events.size() - std::min(events.size(), kShownEvents);
  if (first > 0) {
    io.out << "  " << counted(first, "earlier event") << ": 'sluice log' names "
           << (first == 1 ? "it" : "them") << "\n";
  }
  for (std::size_t i = first; i < events.size(); ++i) {
    const auto& event = events[i];
    history.add({"  " + std::to_string(event.seq), platform::log_time(event.at),
                 std::string(word(event.op)), event.path_key});
  }
  io.out << history.text(paint);
}

// What is wrong with a knowledge base, and what needs attention all the same.
struct Health {
  std::vector<std::string> faults;  // none: it is healthy
  std::vector<std::string> notes;
};

Health health_of(const owner::Counts& counts, std::size_t damages) {
  Health health;
  if (counts.damaged_documents > 0) {
    health.faults.push_back(counted(counts.damaged_documents, "document is", "documents are") +
                            " damaged: run 'sluice check'");
  }
  if (damages > 0) {
    health.faults.push_back(counted(damages, "damage is", "damages are") +
                            " on record: run 'sluice check'");
  }
  if (counts.pending > 0) {
    health.notes.push_back(counted(counts.pending, "document is", "documents are") +
                           " to be published: a run is at work, or 'sluice recover' finishes it");
  }
  if (counts.failures > 0) {
    health.notes.push_back(counted(counts.failures, "source") +
                           " failed: 'sluice list --failed' says what helps");
  }
  return health;
}

void print_health(const Health& health, const Paint& paint, Io& io) {
  io.out << (health.faults.empty() ? paint.green("healthy") : paint.red("not healthy")) << "\n";
  for (const std::string& fault : health.faults) io.out << "  " << fault << "\n";
  for (const std::string& note : health.notes) io.out << "  " << note << "\n";
  io.out << "\n";
}

// Whether somebody has changed its Markdown. Without the lock: a run may be replacing the file.
// Then the row is pending, or another one after the look than before.
bool is_edited_now(const owner::KnowledgeBase& kb, std::int64_t id) {
  const auto before = kb.registry().document(id);
  if (!before || !owner::is_edited(kb, *before)) return false;
  const auto after = kb.registry().document(id);
  return after && after->markdown_sha256 == before->markdown_sha256 &&
         after->state != owner::DocumentState::kPending;
}

// Every Markdown file is read: page by page, so that no transaction is open meanwhile. The second
// look is at the registry of the moment.
void list_edited(const owner::KnowledgeBase& kb, const Args& args, Io& io) {
  constexpr int kPage = 256;
  std::vector<Document> found;
  std::int64_t last = 0;
  while (true) {
    const std::vector<Document> page = kb.registry().documents_after(last, kPage);
    if (page.empty()) break;
    last = page.back().id;
    std::copy_if(page.begin(), page.end(), std::back_inserter(found),
                 [&](const Document& document) { return owner::is_edited(kb, document); });
  }
  std::ranges::sort(found, {}, &Document::name);
  for (const Document& document : found) {
    if (!is_edited_now(kb, document.id)) continue;
    const std::size_t conflicts = owner::open_conflicts(kb, document);
    if (args.global.json) {
      auto relations = relations_of(kb.registry(), document);
      relations.conflicts = static_cast<std::int64_t>(conflicts);
      io.out << document_json(document, relations);
    } else {
      io.out << visible(document.name) << "  " << visible(document.markdown)
             << (conflicts > 0 ? "  (" + counted(conflicts, "conflict") + ")\n" : "\n");
    }
  }
}

}  // namespace

int run_list(platform::Files& files, const Args& args, const ListArgs& list, Io& io) {
  const ListRequest request = request_of(list);
  auto kb = open_recovered(files, args, io);
  const Registry& registry = kb.registry();
  if (list.edited) {
    list_edited(kb, args, io);
  } else if (list.failed) {
    list_failures(registry, args, io);
  } else if (args.global.json) {
    list_as_json(registry, request, io);
  } else {
    list_as_table(registry, request, args, io);
  }
  return 0;
}

int run_show(platform::Files& files, const Args& args, const ShowArgs& show, Io& io) {
  auto kb = open_recovered(files, args, io);
  const Registry& registry = kb.registry();
  const Shown found = find_shown(kb, show.name, io);
  if (found.documents.size() + found.failures.size() != 1) {
    refuse_to_show(registry, show.name, found);
  }
  if (found.documents.empty()) {
    show_failure(found.failures.front(), args, io);
    return 0;
  }
  const Document& document = found.documents.front();
  if (!args.global.json) {
    show_text(document, kb, Paint(args.global.color, io.out_is_terminal, io), io);
    return 0;
  }
  DocumentRelations relations = relations_of(registry, document);
  auto children = children_keys(registry, document);
  if (!children.empty()) relations.children = std::move(children);
  relations.links = owner::links_of_document(kb, document);
  io.out << document_json(document, relations);
  for (const auto& failure : failures_of(registry, document)) show_failure(failure, args, io);
  for (const auto& event : registry.events_of(document.name)) {
    io.out << event_json(event);
  }
  return 0;
}

int run_status(platform::Files& files, const Args& args, Io& io) {
  auto kb =
      owner::KnowledgeBase::open(files, need_kb(files, args, io), owner::Database::Mode::kReadOnly);
  const Registry& registry = kb.registry();
  const owner::Counts counts = registry.counts();
  const auto batches = kb.staging() ? files.list(kb.staging()).size() : 0;
  const auto failures = registry.last_failures(kShownFailures);
  const auto damages = registry.damages();
  const Health health = health_of(counts, damages.size());
  if (args.global.json) {
    std::vector<JsonObject> failed;
    for (const auto& failure : failures) failed.push_back(failure_fields({}, failure));
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
                  .number("last_event", registry.last_event())
                  .objects("last_failures", std::move(failed))
                  .texts("damages", damages)
                  .flag("healthy", health.faults.empty())
                  .texts("faults", health.faults)
                  .texts("notes", health.notes)
                  .line();
    return 0;
  }
  const Paint paint(args.global.color, io.out_is_terminal, io);
  print_health(health, paint, io);
  Table table;
  table.add({"knowledge base", kb.path()});
  table.add({"documents",
             std::to_string(counts.documents) + " from " + counted(counts.sources, "source")});
  table.add({"raw", human_size(static_cast<std::uint64_t>(counts.raw_bytes))});
  table.add({"markdown", human_size(static_cast<std::uint64_t>(counts.markdown_bytes))});
  table.add({"assets", std::to_string(counts.assets) + ", " +
                           human_size(static_cast<std::uint64_t>(counts.asset_bytes))});
  table.add({"journal", counts.pending == 0
                            ? "empty"
                            : counted(counts.pending, "document") + " to be published"});
  table.add({"staging", batches == 0 ? "empty" : "in use, or left by a dead run"});
  if (counts.damaged_documents > 0) {
    table.add({"damaged", counted(counts.damaged_documents, "document") + ": run 'sluice check'"});
  }
  table.add({"failures", std::to_string(counts.failures)});
  io.out << table.text(paint);
  for (const auto& failure : failures) {
    io.out << "  " << visible(failure.path_key) << ": " << word(failure.outcome) << ": "
           << visible(failure.reason) << "\n";
  }
  const auto more = counts.failures - static_cast<std::int64_t>(failures.size());
  if (more > 0) io.out << "  and " << more << " more: 'sluice list --failed' names them\n";
  for (const auto& damage : damages)
    io.out << paint.red("damaged") << " " << visible(damage) << "\n";
  return 0;
}

}  // namespace sluice::cli
