#include "fetch/fetcher.h"

#include <algorithm>
#include <array>
#include <set>
#include <thread>
#include <utility>

#include "fetch/connect.h"
#include "fetch/content_headers.h"
#include "model/path_text.h"
#include "model/utf8.h"
#include "platform/clock.h"

namespace sluice::fetch {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

namespace {

constexpr milliseconds kSlice{50};  // how soon a stop is noticed
constexpr std::string_view kProduct = "sluice";
constexpr std::size_t kMaxText = 200;     // of what a server or a library says, in a message
constexpr unsigned kRobotsRedirects = 5;  // RFC 9309, section 2.3.1.2
// What a server that has several forms of a page is to send.
constexpr std::string_view kAccept =
    "text/html, application/xhtml+xml, application/pdf, text/markdown;q=0.9, */*;q=0.8";

constexpr const char* kAllowHint = "if it is yours, name it in [fetch] allow of your configuration";
constexpr const char* kServerHint = "try again later, or look at the URL in a browser";

// For a message: no control characters, and not too long.
std::string quoted(std::string_view text) {
  std::string out = path_text(mended_utf8(text.substr(0, kMaxText)));
  while (out.ends_with('\n') || out.ends_with(' ')) out.pop_back();
  return out;
}

bool is_redirect(std::uint32_t status) {
  constexpr std::array<std::uint32_t, 5> kStatuses = {301, 302, 303, 307, 308};
  return std::find(kStatuses.begin(), kStatuses.end(), status) != kStatuses.end();
}

[[noreturn]] void fail_by_status(const AnswerHead& head) {
  const std::string answer = "its server answers " + std::to_string(head.status);
  switch (head.status) {
    case 401:
    case 403:
    case 407:
      throw FetchFailure{Outcome::kIo, answer + ", which means that it may not be read",
                         "save it in a browser and add the file"};
    case 404:
    case 410:
      throw FetchFailure{Outcome::kGone, answer + ", which means that it is not there"};
    case 429:
    case 503: {
      const std::string wait =
          head.retry_after.empty() ? "" : " (Retry-After: " + quoted(head.retry_after) + ")";
      throw FetchFailure{Outcome::kIo, answer + ", which means that it is busy" + wait,
                         "try again later"};
    }
    case 204:
    case 205:
      throw FetchFailure{Outcome::kEmpty, answer + ", which means that it has no content",
                         "look at the URL in a browser"};
    default:
      throw FetchFailure{Outcome::kIo, answer, kServerHint};
  }
}

[[noreturn]] void fail_by_end(const End& end, const FetchSettings& settings) {
  switch (end.kind) {
    case EndKind::kTooLarge:
      throw FetchFailure{Outcome::kLimit,
                         "it has more than " + std::to_string(settings.max_bytes) + " bytes",
                         "raise size in [fetch] of the configuration"};
    case EndKind::kTooSlow:
      throw FetchFailure{Outcome::kTimeout, "its server is too slow: " + quoted(end.text),
                         "raise timeout or idle_timeout in [fetch] of the configuration"};
    case EndKind::kNotTrusted:
      throw FetchFailure{Outcome::kRefused,
                         "its server's certificate is not trusted: " + quoted(end.text),
                         "look at the URL in a browser; for an authority of your own, set "
                         "certificates in [fetch]"};
    default:
      throw FetchFailure{Outcome::kIo, "it did not come whole: " + quoted(end.text), kServerHint};
  }
}

[[noreturn]] void fail_too_slow() {
  throw FetchFailure{Outcome::kTimeout, "it took longer than [fetch] timeout allows",
                     "raise timeout in [fetch] of the configuration"};
}

}  // namespace

struct Fetcher::Request {
  const Url& url;
  const FetchFacts* before = nullptr;
  const Calls& calls;
  Clock::time_point end;
  std::uint64_t max_bytes = 0;

  milliseconds left() const {
    return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(end - Clock::now()));
  }
  void check() const {
    if (calls.stop->load(std::memory_order_relaxed)) {
      throw FetchFailure{Outcome::kCancelled, "stopped"};
    }
    if (left() == milliseconds(0)) fail_too_slow();
  }
};

// One request at a time, and a pause before the next. Waiting for the turn is no part of a page's
// time: others ask for it.
class Fetcher::Turn {
 public:
  Turn(Server& server, milliseconds pause, const std::atomic<bool>& stop)
      : hold_(server, stop), server_(server), pause_(pause) {
    while (Clock::now() < server_.free_at) {
      check(stop);
      std::this_thread::sleep_for(
          std::min<Clock::duration>(kSlice, server_.free_at - Clock::now()));
    }
  }
  ~Turn() { server_.free_at = Clock::now() + pause_; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  // The server, for one at a time.
  class Hold {
   public:
    Hold(Server& server, const std::atomic<bool>& stop) : server_(server) {
      std::unique_lock lock(server_.mutex);
      while (!server_.freed.wait_for(lock, kSlice, [this] { return !server_.is_busy; })) {
        check(stop);
      }
      server_.is_busy = true;
    }
    ~Hold() {
      {
        const std::lock_guard guard(server_.mutex);
        server_.is_busy = false;
      }
      server_.freed.notify_one();
    }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;

   private:
    Server& server_;
  };

  static void check(const std::atomic<bool>& stop) {
    if (stop.load(std::memory_order_relaxed)) throw FetchFailure{Outcome::kCancelled, "stopped"};
  }

  const Hold hold_;
  Server& server_;
  const milliseconds pause_;
};

Page Fetcher::fetch(const Url& first, const FetchFacts& before, const Calls& calls) {
  Url url = first;
  std::set<std::string> seen;
  milliseconds left = settings_.timeout;
  if (calls.timeout.count() > 0) left = std::min(left, calls.timeout);
  std::uint64_t max_bytes = settings_.max_bytes;
  if (calls.max_bytes > 0) max_bytes = std::min(max_bytes, calls.max_bytes);
  for (unsigned redirects = 0; redirects <= settings_.redirects; ++redirects) {
    if (!seen.insert(url.text()).second) {
      throw FetchFailure{Outcome::kIo, "its redirects lead in a circle", kServerHint};
    }
    const std::shared_ptr<Server> server = server_of(url);
    const Turn turn(*server, settings_.pause, *calls.stop);
    Request one{url, nullptr, calls, Clock::now() + left, max_bytes};
    if (settings_.robots && !robots_of(*server, one).allows(url.path + url.query)) {
      throw FetchFailure{Outcome::kRefused, "robots.txt of " + url.origin() + " does not allow it",
                         "if its owner agrees, set robots = false in [fetch] of the configuration"};
    }
    if (before.final_url == url.text()) one.before = &before;
    const AnswerHead head = request(one);
    left = one.left();
    if (is_redirect(head.status) && !head.location.empty()) {
      std::string why_not;
      const auto next = resolve_url(url, mended_utf8(head.location), why_not);
      if (!next) {
        throw FetchFailure{Outcome::kRefused,
                           "it leads to " + quoted(head.location) + ": " + why_not, kServerHint};
      }
      if (url.is_https && !next->is_https) {
        throw FetchFailure{Outcome::kRefused,
                           "it leads from https to " + quoted(next->text()) +
                               ", which anybody on the way can change",
                           "add that URL itself if you trust the way"};
      }
      url = *next;
      continue;
    }
    Page page;
    page.is_unchanged = head.status == 304 && one.before != nullptr;
    if (!page.is_unchanged && (head.status != 200 && head.status != 203)) fail_by_status(head);
    page.facts = {url.text(), head.etag, head.last_modified, platform::record_time_s()};
    const ContentType type = content_type(head.content_type);
    page.media_type = type.media_type;
    page.charset = type.charset;
    page.file_name = proposed_file_name(head.disposition);
    return page;
  }
  throw FetchFailure{
      Outcome::kIo,
      "it leads through more than " + std::to_string(settings_.redirects) + " redirects",
      "raise redirects in [fetch] of the configuration, or add the last URL"};
}

std::shared_ptr<Fetcher::Server> Fetcher::server_of(const Url& url) {
  const std::lock_guard guard(mutex_);
  auto& server = servers_[url.origin()];
  if (!server) server = std::make_shared<Server>();
  return server;
}

// REQUIRES: the server's turn.
const Robots& Fetcher::robots_of(Server& server, const Request& request) {
  if (!server.robots) server.robots = fetch_robots(request);
  return *server.robots;
}

// A server without the file allows everything; so does one whose file leads nowhere. One that
// cannot say allows nothing (RFC 9309, section 2.3.1), and the page fails the same way.
Robots Fetcher::fetch_robots(const Request& page) {
  std::string text;
  const Calls calls{[&text](std::string_view piece) {
                      text += piece.substr(
                          0, kMaxRobotsBytes - std::min<std::size_t>(kMaxRobotsBytes, text.size()));
                    },
                    page.calls.stop};
  Url url = page.url;
  url.path = "/robots.txt";
  url.query.clear();
  for (unsigned redirects = 0; redirects <= kRobotsRedirects; ++redirects) {
    text.clear();
    AnswerHead head;
    try {
      head = request({url, nullptr, calls, page.end, kMaxRobotsBytes});
    } catch (const FetchFailure& failure) {
      // All that was read of a long one counts.
      if (failure.outcome == Outcome::kLimit) return {text, kProduct};
      if (redirects > 0 && failure.outcome == Outcome::kRefused) return {};
      throw;
    }
    if (head.status == 200) return {text, kProduct};
    if (is_redirect(head.status)) {
      std::string why_not;
      const auto next = resolve_url(url, mended_utf8(head.location), why_not);
      if (!next) return {};
      url = *next;
      continue;
    }
    if (head.status < 500 && head.status != 429) return {};
    throw FetchFailure{Outcome::kIo,
                       "robots.txt of " + page.url.origin() +
                           " cannot be read: its server answers " + std::to_string(head.status),
                       kServerHint};
  }
  return {};
}

AnswerHead Fetcher::request(const Request& request) {
  request.check();
  // Starts while the name is looked up.
  const auto cpu_time = std::chrono::ceil<std::chrono::seconds>(settings_.timeout);
  FetchProcess process(program_, SandboxRole::kFetching, cpu_time);
  PageTask task;
  const platform::OsHandle socket = connect(request, task.address);
  task.url = request.url.text();
  task.host = request.url.host;
  task.port = request.url.port;
  task.agent = settings_.agent;
  task.accept = kAccept;
  if (request.before != nullptr) {
    task.etag = request.before->etag;
    task.last_modified = request.before->last_modified;
  }
  task.max_bytes = request.max_bytes;
  task.milliseconds = static_cast<std::uint64_t>(request.left().count()) + 1;
  task.low_speed_seconds = static_cast<std::uint64_t>(settings_.idle_timeout.count());
  process.send(encode(task), &socket);
  return receive(process, request);
}

// Counts bytes and time itself: the other side may not.
AnswerHead Fetcher::receive(FetchProcess& process, const Request& request) {
  std::optional<AnswerHead> head;
  std::uint64_t bytes = 0;
  platform::Message message;
  while (true) {
    request.check();
    if (!process.receive(message, std::min(kSlice, request.left()))) continue;
    if (const auto piece = decode_piece(message.bytes)) {
      bytes += piece->size();
      if (!head || bytes > request.max_bytes) FetchProcess::fail_protocol();
      if (head->status == 200 || head->status == 203) request.calls.body(*piece);
    } else if (auto end = decode_end(message.bytes)) {
      if (end->kind == EndKind::kDone && head) return *head;
      fail_by_end(*end, settings_);
    } else if (auto next = decode_head(message.bytes); next && !head) {
      head = std::move(next);
    } else {
      FetchProcess::fail_protocol();
    }
  }
}

std::vector<Address> Fetcher::resolve(const Request& request) {
  const std::string& host = request.url.host;
  if (const auto literal = parse_address(host)) return {*literal};
  constexpr std::chrono::seconds kCpuTime{10};
  FetchProcess process(program_, SandboxRole::kResolving, kCpuTime);
  process.send(encode_name(host));
  platform::Message message;
  while (!process.receive(message, std::min(kSlice, request.left()))) request.check();
  const auto addresses = decode_addresses(message.bytes);
  if (!addresses) FetchProcess::fail_protocol();
  if (addresses->list.empty()) {
    throw FetchFailure{Outcome::kIo,
                       "its host " + host + " has no address: " + quoted(addresses->error),
                       "check the URL and the network"};
  }
  return addresses->list;
}

// To the first of the name's addresses that answers, of those that may be reached. Names with some
// public and some private addresses exist in networks of companies; the private ones are left out.
platform::OsHandle Fetcher::connect(const Request& request, Address& address) {
  const Url& url = request.url;
  std::string refusal;
  std::string why_not;
  for (const Address& one : resolve(request)) {
    request.check();
    if (auto why = settings_.allowed.refusal(url.host, one, url.port); !why.empty()) {
      if (refusal.empty()) refusal = std::move(why);
      continue;
    }
    auto socket = connect_to(one, url.port, std::min(settings_.connect_timeout, request.left()),
                             *request.calls.stop, why_not);
    if (socket) {
      address = one;
      return std::move(*socket);
    }
    why_not = to_text(one) + ": " + why_not;
  }
  request.check();
  if (why_not.empty()) {
    throw FetchFailure{Outcome::kRefused,
                       "its host " + url.authority() + " may not be reached: " + refusal,
                       kAllowHint};
  }
  throw FetchFailure{Outcome::kIo, "its server cannot be reached at " + why_not,
                     "check the URL and the network"};
}

}  // namespace sluice::fetch
