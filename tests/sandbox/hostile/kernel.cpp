// SPDX-License-Identifier: Apache-2.0
//
// Other doors of the kernel.
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <string>

#include "attacks.hpp"

namespace hostile {
namespace {

// The process id by the calls of another architecture, whose numbers mean other things.
int calls_i386() {
#if defined(__x86_64__)
  long result = 20;  // getpid of i386
  asm volatile("int $0x80" : "+a"(result) : : "memory");
  return result > 0 ? 0 : static_cast<int>(-result);
#else
  return ENOSYS;
#endif
}

int calls_x32() {
#if defined(__x86_64__)
  return error_of(::syscall(0x40000000 | SYS_getpid));
#else
  return ENOSYS;
#endif
}

}  // namespace

void add_attacks_on_kernel(Attacks& out) {
  out["io-uring"] = [](const World&, sluice::Job&) {
    io_uring_params parameters{};
    return error_of(::syscall(SYS_io_uring_setup, 4, &parameters));
  };
  out["bpf"] = [](const World&, sluice::Job&) {
    bpf_attr attributes{};
    attributes.map_type = BPF_MAP_TYPE_ARRAY;
    attributes.key_size = 4;
    attributes.value_size = 4;
    attributes.max_entries = 1;
    return error_of(::syscall(SYS_bpf, BPF_MAP_CREATE, &attributes, sizeof attributes));
  };
  out["userfaultfd"] = [](const World&, sluice::Job&) {
    return error_of(::syscall(SYS_userfaultfd, O_CLOEXEC));
  };
  out["keyctl"] = [](const World&, sluice::Job&) {
    return error_of(
        ::syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 1, 0, 0));
  };
  out["add-key"] = [](const World&, sluice::Job&) {
    return error_of(::syscall(SYS_add_key, "user", "planted", "x", 1, KEY_SPEC_PROCESS_KEYRING));
  };
  out["perf"] = [](const World&, sluice::Job&) {
    perf_event_attr attributes{};
    attributes.type = PERF_TYPE_SOFTWARE;
    attributes.size = sizeof attributes;
    attributes.config = PERF_COUNT_SW_CPU_CLOCK;
    return error_of(::syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
  };
  out["unshare"] = [](const World&, sluice::Job&) {
    return error_of(::unshare(CLONE_NEWUSER | CLONE_NEWNS));
  };
  out["mount"] = [](const World& world, sluice::Job&) {
    return error_of(::mount("none", world.at("outside").c_str(), "tmpfs", 0, nullptr));
  };
  out["chroot"] = [](const World& world, sluice::Job&) {
    return error_of(::chroot(world.at("outside").c_str()));
  };
  out["shared-memory"] = [](const World&, sluice::Job&) {
    const int memory = ::shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    if (memory >= 0) ::shmctl(memory, IPC_RMID, nullptr);
    return error_of(memory);
  };
  out["shared-mapping"] = [](const World&, sluice::Job&) {
    void* shared = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return shared == MAP_FAILED ? errno : 0;
  };
  out["hog-memory"] = [](const World&, sluice::Job&) {
    void* much = ::mmap(nullptr, 3UL << 30, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return much == MAP_FAILED ? errno : 0;
  };
  out["memory-file"] = [](const World&, sluice::Job&) {
    return error_of(::syscall(SYS_memfd_create, "planted", 0));
  };
  out["watch-kb"] = [](const World& world, sluice::Job&) {
    const int watch = ::inotify_init1(IN_CLOEXEC);
    if (watch < 0) return errno;
    return error_of(::inotify_add_watch(watch, world.at("kb").c_str(), IN_ALL_EVENTS));
  };
  out["set-clock"] = [](const World&, sluice::Job&) {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return error_of(::clock_settime(CLOCK_REALTIME, &now));
  };
  out["reboot"] = [](const World&, sluice::Job&) {
    // The command to switch Ctrl-Alt-Del off: it harms nobody even where it is let through.
    return error_of(::syscall(SYS_reboot, 0xfee1dead, 672274793, 0, nullptr));
  };
  out["sync"] = [](const World&, sluice::Job&) {
    return error_of(::syscall(SYS_syncfs, STDIN_FILENO));
  };
  out["call-i386"] = [](const World&, sluice::Job&) { return calls_i386(); };
  out["call-x32"] = [](const World&, sluice::Job&) { return calls_x32(); };
}

}  // namespace hostile
