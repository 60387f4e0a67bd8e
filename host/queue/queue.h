// The queue as its programs see it: typed calls of the functions in host/queue/sql, on a connection
// that is made again when it is lost.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "queue/postgres.h"

namespace sluice::queue {

struct QueueSettings {
  std::string id;
  std::string store;
  std::chrono::milliseconds lease{0};
  std::int64_t max_attempts = 0;
  std::int64_t task_window = 0;
};

struct Task {
  std::int64_t seq = 0;
  std::string root;      // absolute
  std::string relative;  // below it
  std::string path_key;
  std::int64_t attempts = 0;
};

// A bundle in the store, of one task.
struct Delivery {
  std::int64_t seq = 0;
  std::string sha256;  // hexadecimal, of the file in the store
  std::uint64_t size = 0;
  std::string outcome;
};

// A task that no worker has to do anything for.
struct OverTask {
  std::int64_t seq = 0;
  std::string id;
  std::string path_key;
  std::string state;  // "done", "failed", "cancelled", ...
  std::string token;
  std::string worker;
  std::string sha256;
  std::uint64_t size = 0;
  std::string reason;
};

struct Numbered {
  std::int64_t seq = 0;
  std::string path;
};

struct LinkSettings {
  std::string url;
  // What a crash of the server may lose of the last half second is only work: a claim, a bundle
  // that is made again, a mark that the knowledge base has, too. Then nobody waits for its disk.
  bool waits_for_disk = true;
  // How long a lost connection is tried again before the call fails. Negative: until `stopped`.
  std::chrono::milliseconds patience{60'000};
  std::string listens_to = {};  // a channel of notifications
  std::function<bool()> stopped = {};
  std::function<void(const std::string&)> warn = {};
};

// The server does not answer and we were asked to stop.
class Stopped : public Error {
 public:
  using Error::Error;
};

// One connection after the other to the same database.
class Link {
 public:
  explicit Link(LinkSettings settings);

  // Makes calls that may be made again: until one is answered. Throws ConnectionLost when the
  // patience is over, Stopped, or Error.
  Rows call(const std::string& sql, const std::vector<Value>& values = {});
  // One try, on a connection that is there or can be made now. Nothing if it is lost.
  std::optional<Rows> try_call(const std::string& sql, const std::vector<Value>& values = {});
  // Several calls in one transaction; not made again.
  void in_transaction(const std::function<void(Connection&)>& calls);
  // What earlier calls changed is on the server's disk (and on that of a synchronous standby) when
  // this returns, also where nothing else waits for the disk.
  void make_durable();
  // Waits for a notification, or that long: the caller then looks again in any case.
  void wait(std::chrono::milliseconds patience);

 private:
  Connection& connection();
  // `call` with a connection, again until it is not lost.
  template <typename Call>
  auto until_answered(const Call& call);
  void pause_after(const ConnectionLost& error);
  void say_lost(const ConnectionLost& error);

  LinkSettings settings_;
  std::optional<Connection> connection_;
  std::chrono::steady_clock::time_point next_try_{};
  std::chrono::milliseconds pause_{0};
  bool is_lost_ = false;
};

// Throws Error if the queue has another version than this program.
QueueSettings read_settings(Link& link);

// A token that nobody can guess.
std::string new_token();

std::vector<Task> claim(Link& link, const std::string& token, const std::string& worker,
                        const std::string& setup, std::size_t most);
// Nothing if the server cannot be asked now; false if the claim is lost.
std::optional<bool> heartbeat(Link& link, const std::string& token);
// The numbers of those that were still wanted.
std::vector<std::int64_t> complete(Link& link, const std::string& token,
                                   const std::vector<Delivery>& deliveries);
bool fail(Link& link, const std::string& token, std::int64_t seq, const std::string& why);
void give_back(Link& link, const std::string& token);
bool is_idle(Link& link);

std::vector<OverTask> next_over(Link& link, std::size_t most);
// `known`: what was settled by the last call, which the server may have forgotten. Returns what is
// settled.
std::int64_t settle(Link& link, std::int64_t known, std::int64_t upto,
                    const std::vector<std::int64_t>& committed);
bool refuse(Link& link, const OverTask& task, const std::string& why);
// Empty `seqs`: all.
std::vector<Numbered> cancel(Link& link, const std::vector<std::int64_t>& seqs);
std::vector<Numbered> retry(Link& link, const std::vector<std::int64_t>& seqs);

}  // namespace sluice::queue
