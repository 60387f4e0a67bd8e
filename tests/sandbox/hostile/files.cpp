// SPDX-License-Identifier: Apache-2.0
//
// Reading and changing files that are not the document's.
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "attacks.hpp"

namespace hostile {
namespace {

const char* text(const World& world, const char* key) {
  const auto found = world.find(key);
  return found == world.end() ? "" : found->second.c_str();
}

int opens(const char* path, int flags) {
  return error_of(::open(path, flags | O_CLOEXEC, 0600));
}

Attack reads(const char* key) {
  return [key](const World& world, sluice::Job&) {
    const int file = ::open(text(world, key), O_RDONLY | O_CLOEXEC);
    char byte = 0;
    if (file < 0) return errno;
    return ::read(file, &byte, 1) == 1 ? 0 : EIO;
  };
}

Attack lists(const char* key) {
  return [key](const World& world, sluice::Job&) {
    DIR* folder = ::opendir(text(world, key));
    return folder == nullptr ? errno : 0;
  };
}

int read_proc_file(const char* file, pid_t process) {
  const std::string path = "/proc/" + std::to_string(process) + "/" + file;
  return opens(path.c_str(), O_RDONLY);
}

}  // namespace

void add_attacks_on_files(Attacks& out) {
  out["read-passwd"] = [](const World&, sluice::Job&) { return opens("/etc/passwd", O_RDONLY); };
  out["read-secret"] = reads("secret");
  out["read-registry"] = reads("registry");
  out["read-kb"] = reads("document");
  out["read-source-folder"] = reads("neighbour");
  out["list-kb"] = lists("kb");
  out["list-staging"] = lists("staging");
  out["list-root"] = [](const World&, sluice::Job&) { return ::opendir("/") ? 0 : errno; };
  out["read-dotdot"] = [](const World& world, sluice::Job&) {
    return error_of(::openat(AT_FDCWD, (std::string("../../..") + text(world, "secret")).c_str(),
                             O_RDONLY | O_CLOEXEC));
  };
  out["read-environment-of-host"] = [](const World& world, sluice::Job&) {
    return read_proc_file("environ", std::atoi(text(world, "victim")));
  };
  out["read-memory-of-parent"] = [](const World&, sluice::Job&) {
    return read_proc_file("mem", ::getppid());
  };
  out["write-memory-of-victim"] = [](const World& world, sluice::Job&) {
    return opens(("/proc/" + std::string(text(world, "victim")) + "/mem").c_str(), O_RDWR);
  };
  out["write-kb"] = [](const World& world, sluice::Job&) {
    return opens(text(world, "document"), O_WRONLY | O_APPEND);
  };
  out["create-in-kb"] = [](const World& world, sluice::Job&) {
    return opens((std::string(text(world, "kb")) + "/raw/planted.md").c_str(), O_WRONLY | O_CREAT);
  };
  out["create-outside"] = [](const World& world, sluice::Job&) {
    return opens((std::string(text(world, "outside")) + "/planted").c_str(), O_WRONLY | O_CREAT);
  };
  out["create-nameless"] = [](const World& world, sluice::Job&) {
    return opens(text(world, "outside"), O_TMPFILE | O_RDWR);
  };
  out["truncate"] = [](const World& world, sluice::Job&) {
    return error_of(::truncate(text(world, "victim-file"), 0));
  };
  out["chmod"] = [](const World& world, sluice::Job&) {
    return error_of(::chmod(text(world, "victim-file"), 0777));
  };
  out["chown"] = [](const World& world, sluice::Job&) {
    return error_of(::chown(text(world, "victim-file"), ::getuid(), ::getgid()));
  };
  out["change-times"] = [](const World& world, sluice::Job&) {
    return error_of(::utimensat(AT_FDCWD, text(world, "victim-file"), nullptr, 0));
  };
  out["set-attribute"] = [](const World& world, sluice::Job&) {
    return error_of(::setxattr(text(world, "victim-file"), "user.planted", "1", 1, 0));
  };
  out["unlink"] = [](const World& world, sluice::Job&) {
    return error_of(::unlink(text(world, "victim-file")));
  };
  out["rename"] = [](const World& world, sluice::Job&) {
    const std::string from = text(world, "victim-file");
    return error_of(::rename(from.c_str(), (from + ".moved").c_str()));
  };
  out["hard-link"] = [](const World& world, sluice::Job&) {
    return error_of(::link(text(world, "victim-file"),
                           (std::string(text(world, "outside")) + "/planted").c_str()));
  };
  out["symlink"] = [](const World& world, sluice::Job&) {
    return error_of(::symlink(text(world, "secret"),
                              (std::string(text(world, "outside")) + "/planted").c_str()));
  };
  out["make-folder"] = [](const World& world, sluice::Job&) {
    return error_of(::mkdir((std::string(text(world, "outside")) + "/planted").c_str(), 0700));
  };
  out["make-fifo"] = [](const World& world, sluice::Job&) {
    return error_of(::mkfifo((std::string(text(world, "outside")) + "/planted").c_str(), 0600));
  };
  out["make-device"] = [](const World& world, sluice::Job&) {
    return error_of(
        ::mknod((std::string(text(world, "outside")) + "/planted").c_str(), S_IFCHR | 0600, 0x103));
  };
  out["open-by-handle"] = [](const World& world, sluice::Job&) {
    constexpr unsigned kRoom = 128;
    alignas(file_handle) char bytes[sizeof(file_handle) + kRoom] = {};
    auto* handle = reinterpret_cast<file_handle*>(bytes);
    handle->handle_bytes = kRoom;
    int mount = 0;
    // Where naming it is refused, any handle does to try.
    if (::name_to_handle_at(AT_FDCWD, text(world, "secret"), handle, &mount, 0) < 0) {
      handle->handle_bytes = 8;
    }
    const int at = ::open(text(world, "outside"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return error_of(::open_by_handle_at(at < 0 ? 0 : at, handle, O_RDONLY));
  };
  out["read-beside-library"] = reads("beside-library");
  out["empty-by-opening"] = [](const World& world, sluice::Job&) {
    return opens(text(world, "victim-file"), O_RDONLY | O_TRUNC);
  };
}

}  // namespace hostile
