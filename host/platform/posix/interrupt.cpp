#include "platform/interrupt.h"

#include <signal.h>
#include <unistd.h>

namespace sluice::platform {
namespace {

// What a signal handler may touch: the one mutable global of the program.
volatile sig_atomic_t g_interrupts = 0;

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

bool interrupted() {
  return g_interrupts > 0;
}

}  // namespace sluice::platform
