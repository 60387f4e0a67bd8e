#include "queue/queue.h"

#include <array>
#include <random>

#include "model/path_text.h"
#include "queue/schema.h"

namespace sluice::queue {
namespace {

std::vector<Numbered> numbered(const Rows& rows) {
  std::vector<Numbered> all;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    all.push_back({rows.number(row, 0), rows.text(row, 1)});
  }
  return all;
}

Value some_or_all(const std::vector<std::int64_t>& seqs) {
  return seqs.empty() ? Value() : Value(array_of(seqs));
}

}  // namespace

QueueSettings read_settings(Link& link) {
  const Rows rows = link.call(
      "select version, queue, store, lease_ms, max_attempts, task_window from "
      "sluice_queue.settings()");
  if (rows.size() != 1) {
    throw Error("use", "the queue", "its table of settings is empty",
                "make it with 'sluice queue init'");
  }
  if (rows.number(0, 0) != kSchemaVersion) {
    throw Error("use", "the queue",
                "its tables have version " + rows.text(0, 0) + ", and this program knows version " +
                    std::to_string(kSchemaVersion),
                "install the sluice-queue that made it, on every computer");
  }
  return {.id = rows.text(0, 1),
          .store = rows.text(0, 2),
          .lease = std::chrono::milliseconds(rows.number(0, 3)),
          .max_attempts = rows.number(0, 4),
          .task_window = rows.number(0, 5)};
}

// A UUID of version 4 (RFC 9562).
std::string new_token() {
  std::random_device random;
  std::array<unsigned, 16> bytes{};
  for (unsigned& byte : bytes) byte = random() & 0xffU;
  bytes[6] = (bytes[6] & 0x0fU) | 0x40U;
  bytes[8] = (bytes[8] & 0x3fU) | 0x80U;
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (at == 4 || at == 6 || at == 8 || at == 10) text += '-';
    text += "0123456789abcdef"[bytes[at] >> 4U];
    text += "0123456789abcdef"[bytes[at] & 0x0fU];
  }
  return text;
}

std::vector<Task> claim(Link& link, const std::string& token, const std::string& worker,
                        const std::string& setup, std::size_t most) {
  const Rows rows =
      link.call("select seq, root, path, prefix, attempts from sluice_queue.claim($1, $2, $3, $4)",
                {token, worker, setup, std::to_string(most)});
  std::vector<Task> tasks;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::string relative = path_from_text(rows.text(row, 2));
    tasks.push_back({.seq = rows.number(row, 0),
                     .root = path_from_text(rows.text(row, 1)),
                     .relative = relative,
                     .path_key = path_from_text(rows.text(row, 3)) + relative,
                     .attempts = rows.number(row, 4)});
  }
  return tasks;
}

std::optional<bool> heartbeat(Link& link, const std::string& token) {
  const auto rows = link.try_call("select sluice_queue.heartbeat($1)", {token});
  if (!rows) return std::nullopt;
  return rows->flag(0, 0);
}

std::vector<std::int64_t> complete(Link& link, const std::string& token,
                                   const std::vector<Delivery>& deliveries) {
  std::vector<std::int64_t> seqs;
  std::vector<std::int64_t> sizes;
  std::vector<std::string> hashes;
  std::vector<std::string> outcomes;
  for (const Delivery& one : deliveries) {
    seqs.push_back(one.seq);
    sizes.push_back(static_cast<std::int64_t>(one.size));
    hashes.push_back(one.sha256);
    outcomes.push_back(one.outcome);
  }
  const Rows rows =
      link.call("select sluice_queue.complete($1, $2, $3, $4, $5)",
                {token, array_of(seqs), array_of(hashes), array_of(sizes), array_of(outcomes)});
  std::vector<std::int64_t> wanted;
  for (std::size_t row = 0; row < rows.size(); ++row) wanted.push_back(rows.number(row, 0));
  return wanted;
}

bool fail(Link& link, const std::string& token, std::int64_t seq, const std::string& why) {
  return link
      .call("select sluice_queue.fail($1, $2, $3)", {token, std::to_string(seq), path_text(why)})
      .flag(0, 0);
}

void give_back(Link& link, const std::string& token) {
  link.try_call("select sluice_queue.give_back($1)", {token});
}

bool is_idle(Link& link) {
  return link.call("select sluice_queue.is_idle()").flag(0, 0);
}

std::vector<OverTask> next_over(Link& link, std::size_t most) {
  const Rows rows = link.call(
      "select seq, id, prefix || path, state, token, worker, bundle_sha256, bundle_size, reason "
      "from "
      "sluice_queue.next_over($1)",
      {std::to_string(most)});
  std::vector<OverTask> tasks;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    tasks.push_back({.seq = rows.number(row, 0),
                     .id = rows.text(row, 1),
                     .path_key = path_from_text(rows.text(row, 2)),
                     .state = rows.text(row, 3),
                     .token = rows.text(row, 4),
                     .worker = rows.text(row, 5),
                     .sha256 = rows.text(row, 6),
                     .size = static_cast<std::uint64_t>(rows.number(row, 7)),
                     .reason = rows.text(row, 8)});
  }
  return tasks;
}

std::int64_t settle(Link& link, std::int64_t known, std::int64_t upto,
                    const std::vector<std::int64_t>& committed) {
  return link
      .call("select sluice_queue.settle($1, $2, $3)",
            {std::to_string(known), std::to_string(upto), array_of(committed)})
      .number(0, 0);
}

bool refuse(Link& link, const OverTask& task, const std::string& why) {
  return link
      .call("select sluice_queue.refuse($1, $2, $3)",
            {std::to_string(task.seq), task.token, path_text(why)})
      .flag(0, 0);
}

std::vector<Numbered> cancel(Link& link, const std::vector<std::int64_t>& seqs) {
  return numbered(
      link.call("select seq, path from sluice_queue.cancel($1) order by seq", {some_or_all(seqs)}));
}

std::vector<Numbered> retry(Link& link, const std::vector<std::int64_t>& seqs) {
  return numbered(
      link.call("select seq, path from sluice_queue.retry($1) order by seq", {some_or_all(seqs)}));
}

}  // namespace sluice::queue
