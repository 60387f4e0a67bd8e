#include "platform/interrupt.h"

#include <signal.h>
#include <unistd.h>

namespace sluice::platform {
namespace {

// What signal handlers may touch: the mutable globals of the program.
volatile sig_atomic_t g_interrupts = 0;
volatile sig_atomic_t g_reloads = 0;

extern "C" void count_reload(int /*signal*/) {
  g_reloads = 1;
}

extern "C" void count_interrupt(int /*signal*/) {
  g_interrupts = g_interrupts + 1;
  if (g_interrupts > 1) ::_exit(130);
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
  const bool asked = g_reloads != 0;
  g_reloads = 0;
  return asked;
}

bool interrupted() {
  return g_interrupts > 0;
}

}  // namespace sluice::platform
