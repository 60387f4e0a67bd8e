#include "conformance/stop_watch.h"

#include <sys/time.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <ctime>

namespace sluice::conformance {
namespace {

// What a prepare is given before it is asked to stop: enough to be in the midst of its work.
constexpr long kMidwayMicroseconds = 50'000;
// A process that is ready to run may wait this many times longer than it runs.
constexpr double kBusyMachine = 50;

struct Instant {
  timespec wall;
  timespec work;
};
// Signal handlers reach nothing else; a process tests one plugin, one conversion at a time.
std::atomic<bool> stop_asked{false};
Instant stop_instant;

Instant now() {
  Instant instant{};
  ::clock_gettime(CLOCK_MONOTONIC, &instant.wall);
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &instant.work);
  return instant;
}

void ask(int /*signal*/) {
  stop_instant = now();
  stop_asked.store(true);
}

double seconds(const timespec& from, const timespec& to) {
  return static_cast<double>(to.tv_sec - from.tv_sec) +
         static_cast<double>(to.tv_nsec - from.tv_nsec) / 1e9;
}

void set_timer(long microseconds) {
  itimerval timer{};
  timer.it_value.tv_usec = microseconds;
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

StopWatch::StopWatch(Cancel cancel) {
  stop_asked.store(false);
  if (cancel == Cancel::kFromStart) ask(0);
  if (cancel != Cancel::kMidway) return;
  struct sigaction action {};
  action.sa_handler = ask;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGALRM, &action, nullptr);
  set_timer(kMidwayMicroseconds);
}

StopWatch::~StopWatch() {
  set_timer(0);
}

bool StopWatch::asked() const {
  return stop_asked.load();
}

double StopWatch::worked_since() const {
  if (!asked()) return 0;
  const Instant end = now();
  return std::max(seconds(stop_instant.work, end.work),
                  seconds(stop_instant.wall, end.wall) / kBusyMachine);
}

}  // namespace sluice::conformance
