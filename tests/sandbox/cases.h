// Every attack of the plugin `hostile`, with what must become of it in the sandbox and without it.
#pragma once

namespace sluice::test {

enum class In {
  kDenied,     // refused; the converter goes on and its document is committed
  kViolation,  // the converter is killed
};
enum class Without {
  kSucceeds,
  kNotKilled,   // may fail for reasons of the system (a kernel without it, a container), not as a
                // violation
  kAlsoDenied,  // does not depend on this sandbox: the host hands nothing over
  kUntried,     // would harm the machine that runs the test
};

struct Case {
  const char* name;
  In in;
  Without without;
};

#ifdef SLUICE_SANITIZED
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif

inline const Case kCases[] = {
    {"read-passwd", In::kDenied, Without::kSucceeds},
    {"read-secret", In::kDenied, Without::kSucceeds},
    {"read-registry", In::kDenied, Without::kSucceeds},
    {"read-kb", In::kDenied, Without::kSucceeds},
    {"read-source-folder", In::kDenied, Without::kSucceeds},
    {"read-dotdot", In::kDenied, Without::kNotKilled},
    {"list-kb", In::kDenied, Without::kSucceeds},
    {"list-staging", In::kDenied, Without::kSucceeds},
    {"list-root", In::kDenied, Without::kSucceeds},
    {"read-environment-of-host", In::kDenied, Without::kSucceeds},
    {"read-memory-of-parent", In::kDenied, Without::kNotKilled},
    {"write-memory-of-victim", In::kDenied, Without::kNotKilled},
    {"write-kb", In::kDenied, Without::kSucceeds},
    {"create-in-kb", In::kDenied, Without::kSucceeds},
    {"create-outside", In::kDenied, Without::kSucceeds},
    {"create-nameless", In::kDenied, Without::kNotKilled},
    {"truncate", In::kDenied, Without::kSucceeds},
    {"chmod", In::kDenied, Without::kSucceeds},
    {"chown", In::kDenied, Without::kSucceeds},
    {"change-times", In::kDenied, Without::kSucceeds},
    {"set-attribute", In::kDenied, Without::kNotKilled},
    {"unlink", In::kDenied, Without::kSucceeds},
    {"rename", In::kDenied, Without::kSucceeds},
    {"hard-link", In::kDenied, Without::kSucceeds},
    {"symlink", In::kDenied, Without::kSucceeds},
    {"make-folder", In::kDenied, Without::kSucceeds},
    {"scratch-link", In::kDenied, Without::kNotKilled},
    {"scratch-mode", In::kDenied, Without::kSucceeds},
    {"scratch-reopen", In::kDenied, Without::kSucceeds},
    {"scratch-lock", In::kDenied, Without::kSucceeds},
    {"scratch-reserve", In::kDenied, Without::kNotKilled},
    {"scratch-make", In::kDenied, Without::kSucceeds},
    {"make-fifo", In::kViolation, Without::kSucceeds},
    {"make-device", In::kViolation, Without::kNotKilled},
    {"open-by-handle", In::kViolation, Without::kNotKilled},
    {"read-beside-library", In::kDenied, Without::kSucceeds},
    {"empty-by-opening", In::kDenied, Without::kSucceeds},

    {"chmod-output", In::kDenied, Without::kSucceeds},
    {"reopen-descriptor", In::kDenied, Without::kSucceeds},
    {"lock-descriptor", In::kDenied, Without::kSucceeds},
    {"flags-of-descriptor", In::kDenied, Without::kSucceeds},
    {"reserve-disk", In::kDenied, Without::kNotKilled},
    {"grow-beyond-limit", In::kDenied, Without::kAlsoDenied},
    {"terminal-input", In::kDenied, Without::kAlsoDenied},
    {"inherit", In::kDenied, Without::kAlsoDenied},
    {"inherit-environment", In::kDenied, Without::kAlsoDenied},

    {"fork", In::kViolation, Without::kNotKilled},
    {"fork-bomb", In::kViolation, Without::kNotKilled},
    {"spawn", In::kViolation, Without::kNotKilled},
    {"system", In::kViolation, Without::kNotKilled},
#ifndef SLUICE_SANITIZED  // a sanitizer has threads of its own
    {"thread", In::kDenied, Without::kNotKilled},
#endif
    {"execute", In::kViolation, Without::kNotKilled},
    {"execute-memory", In::kDenied, Without::kNotKilled},
    {"kill", In::kViolation, Without::kSucceeds},
    {"kill-probe", In::kViolation, Without::kSucceeds},
    {"kill-parent", In::kViolation, Without::kSucceeds},
    {"kill-everybody", In::kViolation, Without::kUntried},
    {"kill-thread", In::kViolation, Without::kSucceeds},
    {"kill-queued", In::kViolation, Without::kSucceeds},
    {"kill-by-handle", In::kDenied, Without::kSucceeds},
    {"trace", In::kViolation, Without::kNotKilled},
    {"read-memory", In::kViolation, Without::kNotKilled},
    {"limit-victim", In::kDenied, Without::kSucceeds},
    {"slow-victim", In::kDenied, Without::kSucceeds},
    {"pin-victim", In::kDenied, Without::kSucceeds},
    {"raise-memory", In::kDenied, Without::kNotKilled},
    {"raise-files", In::kDenied, Without::kNotKilled},
    {"outlive-host", In::kDenied, Without::kSucceeds},
    {"dumpable", In::kDenied, Without::kSucceeds},
    {"become-other", In::kDenied, Without::kNotKilled},
    {"own-session", In::kDenied, Without::kSucceeds},

    {"connect-tcp", In::kViolation, Without::kSucceeds},
    {"fast-open-tcp", In::kViolation, Without::kNotKilled},
    {"bind-tcp", In::kViolation, Without::kSucceeds},
    {"listen-tcp", In::kViolation, Without::kSucceeds},
    {"send-udp", In::kViolation, Without::kSucceeds},
    {"socket-ipv6", In::kViolation, Without::kNotKilled},
    {"socket-packet", In::kViolation, Without::kNotKilled},
    {"socket-netlink", In::kDenied, Without::kSucceeds},
    {"socket-vsock", In::kViolation, Without::kNotKilled},
    {"connect-unix", In::kDenied, Without::kSucceeds},
    {"connect-abstract", In::kDenied, Without::kSucceeds},
    {"socket-pair", In::kDenied, Without::kSucceeds},

    {"io-uring", In::kViolation, Without::kNotKilled},
    {"bpf", In::kViolation, Without::kNotKilled},
    {"userfaultfd", In::kViolation, Without::kNotKilled},
    {"keyctl", In::kViolation, Without::kNotKilled},
    {"add-key", In::kViolation, Without::kNotKilled},
    {"perf", In::kViolation, Without::kNotKilled},
    {"unshare", In::kViolation, Without::kNotKilled},
    {"mount", In::kViolation, Without::kUntried},
    {"chroot", In::kViolation, Without::kNotKilled},
    {"shared-memory", In::kDenied, Without::kNotKilled},
    {"shared-mapping", In::kDenied, Without::kSucceeds},
#ifndef SLUICE_SANITIZED  // a sanitizer's memory has no bound
    {"hog-memory", In::kDenied, Without::kAlsoDenied},
#endif
    {"memory-file", In::kDenied, Without::kSucceeds},
    {"watch-kb", In::kDenied, Without::kSucceeds},
    {"set-clock", In::kViolation, Without::kUntried},
    {"reboot", In::kViolation, Without::kUntried},
    {"sync", In::kDenied, Without::kSucceeds},
#if defined(__x86_64__)
    {"call-i386", In::kViolation, Without::kNotKilled},
    {"call-x32", In::kViolation, Without::kNotKilled},
#endif
};

}  // namespace sluice::test
