// Link: a connection that is made again when it is lost.
#include <algorithm>
#include <thread>

#include "queue/queue.h"

namespace sluice::queue {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFirstPause{100};
// A thousand workers that come back at once would keep a server from starting.
constexpr std::chrono::milliseconds kLongestPause{5'000};
// How often it is looked whether the user wants to stop.
constexpr std::chrono::milliseconds kLook{100};

}  // namespace

Link::Link(LinkSettings settings) : settings_(std::move(settings)) {
  check_url(settings_.url);
}

Connection& Link::connection() {
  if (connection_) return *connection_;
  connection_.emplace(settings_.url);
  if (!settings_.waits_for_disk) connection_->run("set synchronous_commit = off");
  if (!settings_.listens_to.empty()) connection_->run("listen " + settings_.listens_to);
  if (is_lost_ && settings_.warn) settings_.warn("the queue answers again");
  is_lost_ = false;
  pause_ = std::chrono::milliseconds(0);
  return *connection_;
}

void Link::say_lost(const ConnectionLost& error) {
  connection_.reset();
  pause_ = std::clamp(2 * pause_, kFirstPause, kLongestPause);
  next_try_ = Clock::now() + pause_;
  if (!is_lost_ && settings_.warn) settings_.warn(error.what());
  is_lost_ = true;
}

void Link::pause_after(const ConnectionLost& error) {
  say_lost(error);
  while (Clock::now() < next_try_) {
    if (settings_.stopped && settings_.stopped()) {
      throw Stopped("ask", "the queue", error.cause(), "", ExitCode::kInterrupted);
    }
    std::this_thread::sleep_for(kLook);
  }
}

template <typename Call>
auto Link::until_answered(const Call& call) {
  const auto began = Clock::now();
  for (;;) {
    try {
      return call(connection());
    } catch (const ConnectionLost& error) {
      const bool is_patient = settings_.patience.count() < 0;
      if (!is_patient && Clock::now() - began >= settings_.patience) throw;
      pause_after(error);
    }
  }
}

Rows Link::call(const std::string& sql, const std::vector<Value>& values) {
  return until_answered([&](Connection& connection) { return connection.call(sql, values); });
}

// A transaction waits for the disk only if it has written something; then it waits for all that was
// written before, too.
void Link::make_durable() {
  until_answered([](Connection& connection) {
    connection.run(
        "begin; set local synchronous_commit = on; "
        "select pg_logical_emit_message(true, 'sluice_queue', ''); commit");
  });
}

std::optional<Rows> Link::try_call(const std::string& sql, const std::vector<Value>& values) {
  if (!connection_ && Clock::now() < next_try_) return std::nullopt;
  try {
    return connection().call(sql, values);
  } catch (const ConnectionLost& error) {
    say_lost(error);
    return std::nullopt;
  }
}

void Link::in_transaction(const std::function<void(Connection&)>& calls) {
  Connection& open = connection();
  try {
    open.run("begin");
    calls(open);
    open.run("commit");
  } catch (...) {
    connection_.reset();  // which ends the transaction
    throw;
  }
}

void Link::wait(std::chrono::milliseconds patience) {
  const auto deadline = Clock::now() + patience;
  while (Clock::now() < deadline) {
    if (settings_.stopped && settings_.stopped()) return;
    if (!connection_) return;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    try {
      if (connection_->wait_for_notification(left)) return;
    } catch (const ConnectionLost& error) {
      say_lost(error);
      return;
    }
  }
}

}  // namespace sluice::queue
