#include "sandbox/fetcher/attacks.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <sstream>

namespace sluice::test {
namespace {

int error_of(long result) {
  return result < 0 ? errno : 0;
}

std::string in_folder(const World& world, const char* name) {
  return world.at("folder") + "/" + name;
}

sockaddr_in listener_of(const World& world, const char* key = "port") {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(world.at(key))));
  return address;
}

const sockaddr* any(const sockaddr_in& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

pid_t victim(const World& world) {
  return std::stoi(world.at("victim"));
}

int opens(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  return error_of(file);
}

template <class Do>
int with_socket(int family, int type, Do act) {
  const int made = ::socket(family, type | SOCK_CLOEXEC, 0);
  return made < 0 ? errno : error_of(act(made));
}

void add_files(std::map<std::string, FetchAttack>& out) {
  out["read-secret"] = [](const World& w, int) { return opens(in_folder(w, "secret"), O_RDONLY); };
  out["read-passwd"] = [](const World&, int) { return opens("/etc/passwd", O_RDONLY); };
  out["read-memory-of-host"] = [](const World& w, int) {
    return opens("/proc/" + w.at("host") + "/mem", O_RDONLY);
  };
  out["list-root"] = [](const World&, int) { return opens("/", O_RDONLY | O_DIRECTORY); };
  out["list-folder"] = [](const World& w, int) {
    return opens(w.at("folder"), O_RDONLY | O_DIRECTORY);
  };
  out["write"] = [](const World& w, int) { return opens(in_folder(w, "secret"), O_WRONLY); };
  out["truncate"] = [](const World& w, int) {
    return error_of(::truncate(in_folder(w, "secret").c_str(), 1));
  };
  out["create"] = [](const World& w, int) {
    return opens(in_folder(w, "planted"), O_WRONLY | O_CREAT);
  };
  out["make-folder"] = [](const World& w, int) {
    return error_of(::mkdir(in_folder(w, "planted").c_str(), 0700));
  };
  out["symlink"] = [](const World& w, int) {
    return error_of(::symlink("/etc", in_folder(w, "planted").c_str()));
  };
  out["hard-link"] = [](const World& w, int) {
    return error_of(::link(in_folder(w, "secret").c_str(), in_folder(w, "planted").c_str()));
  };
  out["rename"] = [](const World& w, int) {
    return error_of(::rename(in_folder(w, "goes").c_str(), in_folder(w, "planted").c_str()));
  };
  out["unlink"] = [](const World& w, int) {
    return error_of(::unlink(in_folder(w, "goes").c_str()));
  };
  out["chmod"] = [](const World& w, int) {
    return error_of(::chmod(in_folder(w, "goes").c_str(), 0777));
  };
}

void add_network(std::map<std::string, FetchAttack>& out) {
  out["connect-elsewhere"] = [](const World& w, int) {
    const sockaddr_in to = listener_of(w);
    return with_socket(AF_INET, SOCK_STREAM,
                       [&](int made) { return ::connect(made, any(to), sizeof to); });
  };
  // The socket that it was given, to another place.
  out["reconnect"] = [](const World& w, int socket) {
    sockaddr none{};
    none.sa_family = AF_UNSPEC;
    if (::connect(socket, &none, sizeof none) != 0) return errno;
    const sockaddr_in to = listener_of(w);
    return error_of(::connect(socket, any(to), sizeof to));
  };
  out["bind"] = [](const World&, int) {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    return with_socket(AF_INET, SOCK_STREAM,
                       [&](int made) { return ::bind(made, any(own), sizeof own); });
  };
  out["listen"] = [](const World&, int) {
    return with_socket(AF_INET, SOCK_STREAM, [](int made) { return ::listen(made, 1); });
  };
  out["fast-open"] = [](const World& w, int) {
    const sockaddr_in to = listener_of(w);
    return with_socket(AF_INET, SOCK_STREAM, [&](int made) {
      return ::sendto(made, "x", 1, MSG_FASTOPEN | MSG_NOSIGNAL, any(to), sizeof to);
    });
  };
  out["fast-open-message"] = [](const World& w, int) {
    sockaddr_in to = listener_of(w);
    char byte = 'x';
    iovec piece{&byte, 1};
    mmsghdr messages{};
    messages.msg_hdr.msg_name = &to;
    messages.msg_hdr.msg_namelen = sizeof to;
    messages.msg_hdr.msg_iov = &piece;
    messages.msg_hdr.msg_iovlen = 1;
    return with_socket(AF_INET, SOCK_STREAM, [&](int made) {
      return ::sendmsg(made, &messages.msg_hdr, MSG_FASTOPEN | MSG_NOSIGNAL);
    });
  };
  // What connect() promises is done by the first write.
  out["fast-open-later"] = [](const World& w, int) {
    const sockaddr_in to = listener_of(w);
    return with_socket(AF_INET, SOCK_STREAM, [&](int made) {
      const int yes = 1;
      if (::setsockopt(made, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &yes, sizeof yes) != 0) return -1;
      if (::connect(made, any(to), sizeof to) != 0) return -1;
      return static_cast<int>(::send(made, "x", 1, MSG_NOSIGNAL));
    });
  };
  out["send-udp"] = [](const World& w, int) {
    const sockaddr_in to = listener_of(w, "udp");
    return with_socket(AF_INET, SOCK_DGRAM, [&](int made) {
      return ::sendto(made, "planted", 7, 0, any(to), sizeof to);
    });
  };
  out["socket-raw"] = [](const World&, int) {
    return with_socket(AF_PACKET, SOCK_RAW, [](int) { return 0; });
  };
  out["connect-unix"] = [](const World& w, int) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    const std::string path = in_folder(w, "socket");
    std::memcpy(to.sun_path, path.data(), path.size());
    return with_socket(AF_UNIX, SOCK_STREAM, [&](int made) {
      return ::connect(made, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    });
  };
}

void add_processes(std::map<std::string, FetchAttack>& out) {
  out["fork"] = [](const World&, int) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    if (child < 0) return errno;
    ::waitpid(child, nullptr, 0);
    return 0;
  };
  out["run-program"] = [](const World&, int) {
    char name[] = "/bin/true";
    char* const arguments[] = {name, nullptr};
    ::execv(name, arguments);
    return errno;
  };
  out["kill"] = [](const World& w, int) { return error_of(::kill(victim(w), SIGTERM)); };
  out["ask-about-host"] = [](const World& w, int) {
    return error_of(::kill(std::stoi(w.at("host")), 0));
  };
  out["trace"] = [](const World& w, int) {
    return error_of(::ptrace(PTRACE_SEIZE, victim(w), nullptr, nullptr));
  };
  out["read-memory"] = [](const World& w, int) {
    char byte = 0;
    const iovec own{&byte, 1};
    const iovec theirs{reinterpret_cast<void*>(0x400000), 1};
    return error_of(::process_vm_readv(victim(w), &own, 1, &theirs, 1, 0));
  };
  out["limit-other"] = [](const World& w, int) {
    rlimit limit{};
    if (::prlimit(victim(w), RLIMIT_NOFILE, nullptr, &limit) != 0) return errno;
    return error_of(::prlimit(victim(w), RLIMIT_NOFILE, &limit, nullptr));
  };
  out["leave-session"] = [](const World&, int) { return error_of(::setsid()); };
  out["new-namespace"] = [](const World&, int) { return error_of(::unshare(CLONE_NEWUSER)); };
  out["io-uring"] = [](const World&, int) {
    io_uring_params parameters{};
    return error_of(::syscall(SYS_io_uring_setup, 1, &parameters));
  };
}

}  // namespace

const std::map<std::string, FetchAttack>& fetch_attacks() {
  static const std::map<std::string, FetchAttack> kAll = [] {
    std::map<std::string, FetchAttack> all;
    add_files(all);
    add_network(all);
    add_processes(all);
    return all;
  }();
  return kAll;
}

std::string world_text(const World& world) {
  std::string text;
  for (const auto& [key, value] : world) text += key + " " + value + "\n";
  return text;
}

World world_of(const std::string& text) {
  World world;
  std::istringstream lines(text);
  std::string key;
  std::string value;
  while (lines >> key && std::getline(lines >> std::ws, value)) world[key] = value;
  return world;
}

}  // namespace sluice::test
