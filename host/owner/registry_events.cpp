// What happened to documents, and which programs have taken it in.
#include <array>

#include "owner/registry.h"
#include "owner/registry_statements.h"
#include "platform/error.h"

namespace sluice::owner {
namespace {

constexpr std::array<std::string_view, 6> kOpWords = {"added",   "updated", "duplicate",
                                                      "removed", "renamed", "reconverted"};

constexpr const char* kSelectEvents =
    "SELECT seq, at, op, name, path_key, sha256, document, path_before FROM events ";

Event read_event(const Statement& row) {
  const auto op = event_op_from_word(row.text(2));
  if (!op) refuse_word("an event");
  return {row.integer(0),      row.integer(1), *op,        row.text(3), row.text(4),
          digest(row.blob(5)), row.integer(6), row.text(7)};
}

}  // namespace

std::string_view word(EventOp op) {
  return kOpWords[static_cast<std::size_t>(op)];
}

std::optional<EventOp> event_op_from_word(std::string_view word) {
  for (std::size_t i = 0; i < kOpWords.size(); ++i) {
    if (kOpWords[i] == word) return static_cast<EventOp>(i);
  }
  return std::nullopt;
}

void Registry::each_event_after(std::int64_t seq,
                                const std::function<void(const Event&)>& visit) const {
  Statement row = db_.prepare(std::string(kSelectEvents) + "WHERE seq > ?1 ORDER BY seq");
  row.bind(1, seq);
  while (row.step()) visit(read_event(row));
}

std::vector<Event> Registry::events_after(std::int64_t seq, int limit) const {
  Statement row = db_.prepare(std::string(kSelectEvents) + "WHERE seq > ?1 ORDER BY seq LIMIT ?2");
  row.bind(1, seq).bind(2, static_cast<std::int64_t>(limit));
  std::vector<Event> events;
  while (row.step()) events.push_back(read_event(row));
  return events;
}

std::int64_t Registry::last_event() const {
  Statement row = db_.prepare("SELECT coalesce(max(seq), 0) FROM events");
  row.step();
  return row.integer(0);
}

std::int64_t Registry::missing_events() const {
  Statement row = db_.prepare("SELECT coalesce(max(seq), 0) - count(*) FROM events");
  row.step();
  return row.integer(0);
}

std::vector<Event> Registry::events_of(std::string_view name) const {
  Statement row = db_.prepare(std::string(kSelectEvents) + "WHERE name = ?1 ORDER BY seq");
  row.bind(1, name);
  std::vector<Event> events;
  while (row.step()) events.push_back(read_event(row));
  return events;
}

std::optional<HookRow> Registry::hook(std::string_view command) const {
  Statement row = db_.prepare(
      "SELECT command, position, failures, not_before, reason FROM hooks WHERE command = ?1");
  row.bind(1, command);
  if (!row.step()) return std::nullopt;
  return HookRow{row.text(0), row.integer(1), row.integer(2), row.integer(3), row.text(4)};
}

}  // namespace sluice::owner
