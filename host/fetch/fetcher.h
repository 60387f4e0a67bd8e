// Fetches pages of the web by the rules: only public addresses, every redirect as a request of its
// own, robots.txt, one request at a time to a server, limits on size and time. Bytes from the
// network are read by processes that can do nothing else (process.h).
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fetch/process.h"
#include "fetch/robots.h"
#include "fetch/settings.h"
#include "model/source.h"
#include "model/url.h"

namespace sluice::fetch {

struct Page {
  bool is_unchanged = false;  // since it was fetched last: there is no body
  FetchFacts facts;
  std::string media_type;  // as the server says, in lower case; may be wrong
  std::string charset;     // the same
  std::string file_name;   // that the server proposes
};

// Used by all lanes at the same time.
class Fetcher {
 public:
  Fetcher(FetchProgram program, FetchSettings settings)
      : program_(std::move(program)), settings_(std::move(settings)) {}
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  struct Calls {
    // Takes the body, piece by piece. What it throws ends the request.
    std::function<void(std::string_view)> body;
    const std::atomic<bool>* stop;
    // Less than the settings allow; 0: as they do.
    std::uint64_t max_bytes = 0;
    std::chrono::milliseconds timeout{0};
  };
  // `before`: of the fetch whose bytes are on record; empty if the body is wanted in any case.
  // Throws FetchFailure, also if `stop` became true.
  Page fetch(const Url& url, const FetchFacts& before, const Calls& calls);

 private:
  // A server, by scheme, name and port.
  struct Server {
    std::mutex mutex;  // of is_busy alone; who made it true has the rest
    std::condition_variable freed;
    bool is_busy = false;
    std::chrono::steady_clock::time_point free_at{};
    std::optional<Robots> robots;
  };
  class Turn;
  struct Request;

  std::shared_ptr<Server> server_of(const Url& url);
  const Robots& robots_of(Server& server, const Request& request);
  Robots fetch_robots(const Request& request);
  AnswerHead request(const Request& request);
  AnswerHead receive(FetchProcess& process, const Request& request);
  platform::OsHandle connect(const Request& request, Address& address);
  std::vector<Address> resolve(const Request& request);

  const FetchProgram program_;
  const FetchSettings settings_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Server>> servers_;
};

}  // namespace sluice::fetch
