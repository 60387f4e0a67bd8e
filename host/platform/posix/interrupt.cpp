#include "platform/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>

namespace sluice::platform {
namespace {

// What signal handlers may touch: the mutable globals of the program. Lanes read them, too, so that
// sig_atomic_t is not enough.
std::atomic<int> g_interrupts{0};
std::atomic<bool> g_reload{false};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

extern "C" void count_reload(int /*signal*/) {
  g_reload = true;
}

extern "C" void count_interrupt(int /*signal*/) {
  if (g_interrupts.fetch_add(1) > 0) ::_exit(130);
}

}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = count_interrupt;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

void catch_reloads() {
  struct sigaction action {};
  action.sa_handler = count_reload;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGHUP, &action, nullptr);
}

bool reload_asked() {
  return g_reload.exchange(false);
}

bool interrupted() {
  return g_interrupts.load(std::memory_order_relaxed) > 0;
}

}  // namespace sluice::platform
