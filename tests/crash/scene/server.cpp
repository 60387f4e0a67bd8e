#include "crash/scene/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "platform/sha256.h"

namespace sluice::crash {
namespace {

std::string answer_to(const std::string& request) {
  const std::size_t begin = request.find(' ') + 1;
  const std::string path = request.substr(begin, request.find(' ', begin) - begin);
  std::ifstream file(path.find("/site/") == std::string::npos ? "" : path, std::ios::binary);
  if (!file) return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  const std::string body(std::istreambuf_iterator<char>(file), {});
  const std::string etag = '"' + platform::to_hex(platform::sha256(body)).substr(0, 16) + '"';
  const std::string head = "ETag: " + etag + "\r\nConnection: close\r\n";
  if (request.find(etag) != std::string::npos) {
    return "HTTP/1.1 304 Not Modified\r\n" + head + "\r\n";
  }
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n" + head + "\r\n" + body;
}

// One request after another: a server gets one at a time.
void answer_one(int listener) {
  const int client = ::accept(listener, nullptr, nullptr);
  if (client < 0) return;
  std::string request;
  char chunk[4096];
  while (request.find("\r\n\r\n") == std::string::npos) {
    // A client that is killed says nothing more.
    pollfd waiting{client, POLLIN, 0};
    if (::poll(&waiting, 1, 2000) <= 0) break;
    const ssize_t got = ::read(client, chunk, sizeof chunk);
    if (got <= 0) break;
    request.append(chunk, static_cast<std::size_t>(got));
  }
  const std::string answer = answer_to(request);
  (void)!::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
  ::close(client);
}

[[noreturn]] void serve(int listener, int owner) {
  for (;;) {
    pollfd waiting[] = {{listener, POLLIN, 0}, {owner, POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0) continue;
    if (waiting[1].revents != 0) ::_exit(0);
    answer_one(listener);
  }
}

std::uint16_t start() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  int ends[2] = {-1, -1};
  const bool listens = listener >= 0 && ::bind(listener, any, size) == 0 &&
                       ::listen(listener, 64) == 0 && ::getsockname(listener, any, &size) == 0 &&
                       ::pipe2(ends, O_CLOEXEC) == 0;
  if (!listens) throw std::runtime_error("cannot start a server");
  const pid_t child = ::fork();
  if (child == 0) {
    if (::fork() != 0) ::_exit(0);
    ::close(ends[1]);
    serve(listener, ends[0]);
  }
  ::waitpid(child, nullptr, 0);
  // The other end closes with this process.
  ::close(ends[0]);
  ::close(listener);
  return ntohs(address.sin_port);
}

}  // namespace

const std::string& server_address() {
  static const std::string kAddress = "127.0.0.1:" + std::to_string(start());
  return kAddress;
}

std::string url_of_file(const std::string& path) {
  return "http://" + server_address() + path;
}

}  // namespace sluice::crash
