#include "fetch/program/http.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>

#include "fetch/program/inflater.h"
#include "fetch/text.h"

// The libcurl of Debian 12 (7.88) connects a socket although CURL_SOCKOPT_ALREADY_CONNECTED says
// that it is connected. In this program, libcurl's calls of connect() come here: the socket stays
// where the host has connected it. The process that resolves names has the system's own.
extern "C" __attribute__((visibility("default"))) int connect(int socket, const sockaddr* address,
                                                              socklen_t size) {
  if (sluice::fetch_program::speaks_http()) return 0;
  return static_cast<int>(::syscall(SYS_connect, socket, address, size));
}

namespace sluice::fetch_program {
namespace {

using fetch::End;
using fetch::EndKind;

// All headers of one answer; servers of the public web send below 32 KiB.
constexpr std::size_t kMaxHeaderBytes = 256 << 10;

bool is_prepared = false;

std::string& certificates() {
  static std::string text;
  return text;
}

bool is_header(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':') return false;
  return std::equal(name.begin(), name.end(), line.begin(),
                    [](char a, char b) { return a == fetch::lower_letter(b); });
}

// One answer on its way to the host.
class Exchange {
 public:
  Exchange(const fetch::PageTask& task, platform::OsHandle socket, platform::Channel& host)
      : task_(task), socket_(std::move(socket)), host_(host), curl_(curl_easy_init()) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange() {
    curl_easy_cleanup(curl_);
    curl_slist_free_all(fields_);
    curl_slist_free_all(pinned_);
  }

  void run() {
    if (curl_ == nullptr) return;
    set_up_request();
    set_up_connection();
    set_up_limits();
    const CURLcode code = curl_easy_perform(curl_);
    if (is_gone_) return;
    if (code == CURLE_OK || ends_early_) send_head();
    host_.send(fetch::encode(end_of(code)));
  }

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Exchange*>(self)->add_header({data, size * count}) ? size * count : 0;
  }
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
    return static_cast<Exchange*>(self)->add_body({data, size * count}) ? size * count : 0;
  }
  static curl_socket_t on_open(void* self, curlsocktype /*purpose*/, curl_sockaddr* /*address*/) {
    auto* const exchange = static_cast<Exchange*>(self);
    const auto socket = static_cast<curl_socket_t>(exchange->socket_.value());
    if (std::exchange(exchange->is_used_, true)) return CURL_SOCKET_BAD;  // there is one
    return socket;
  }
  static int on_close(void* /*self*/, curl_socket_t /*socket*/) { return 0; }
  static int on_socket(void* /*self*/, curl_socket_t /*socket*/, curlsocktype /*purpose*/) {
    return CURL_SOCKOPT_ALREADY_CONNECTED;
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(curl_, option, value);
  }

  void add_field(const std::string& field) { fields_ = curl_slist_append(fields_, field.c_str()); }

  void set_up_request() {
    set(CURLOPT_URL, task_.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_HTTP09_ALLOWED, 0L);
    set(CURLOPT_USERAGENT, task_.agent.c_str());
    add_field("Accept-Encoding: gzip");
    if (!task_.etag.empty()) add_field("If-None-Match: " + task_.etag);
    if (!task_.last_modified.empty()) add_field("If-Modified-Since: " + task_.last_modified);
    if (!task_.accept.empty()) add_field("Accept: " + task_.accept);
    set(CURLOPT_HTTPHEADER, fields_);
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_ERRORBUFFER, error_.data());
  }

  void set_up_connection() {
    set(CURLOPT_PROXY, "");  // none, whatever the environment says
    const bool is_ipv6 = task_.address.is_ipv6;
    const std::string address = fetch::to_text(task_.address);
    const std::string pin = task_.host + ":" + std::to_string(task_.port) + ":" +
                            (is_ipv6 ? "[" + address + "]" : address);
    // An address needs no looking up.
    const bool is_address = task_.host.find(':') != std::string::npos;
    if (!is_address) pinned_ = curl_slist_append(nullptr, pin.c_str());
    set(CURLOPT_RESOLVE, pinned_);
    set(CURLOPT_OPENSOCKETFUNCTION, &on_open);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_SOCKOPTFUNCTION, &on_socket);
    set(CURLOPT_CLOSESOCKETFUNCTION, &on_close);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_TCP_NODELAY, 0L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_CAPATH, nullptr);
    std::string& trusted = certificates();
    curl_blob blob{trusted.data(), trusted.size(), CURL_BLOB_NOCOPY};
    set(CURLOPT_CAINFO_BLOB, &blob);
  }

  void set_up_limits() {
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(task_.milliseconds));
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);  // bytes in a second
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(task_.low_speed_seconds));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(task_.max_bytes));
  }

  bool add_header(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > kMaxHeaderBytes) return false;
    if (line.starts_with("HTTP/")) {  // the one before was an interim answer
      head_ = {};
      encoding_.clear();
    }
    const auto keep = [line](std::string_view name, std::string& value) {
      if (is_header(line, name)) value = fetch::without_blanks(line.substr(name.size() + 1));
    };
    if (is_head_sent_) return true;  // of a trailer nothing counts
    keep("content-type", head_.content_type);
    keep("content-encoding", encoding_);
    keep("etag", head_.etag);
    keep("last-modified", head_.last_modified);
    keep("location", head_.location);
    keep("retry-after", head_.retry_after);
    keep("content-disposition", head_.disposition);
    return true;
  }

  // False: nothing more is wanted, or the host is gone.
  bool add_body(std::string_view bytes) {
    if (!is_head_sent_ && !send_head()) return false;
    if (head_.status < 200 || head_.status > 299) {
      ends_early_ = true;
      return false;
    }
    if (!std::exchange(is_body_begun_, true) && !begin_body()) return false;
    if (inflater_) {
      const auto result =
          inflater_->add(bytes, [this](std::string_view piece) { return send_body(piece); });
      is_badly_encoded_ = result == Inflater::Result::kBroken;
      return result == Inflater::Result::kGoesOn;
    }
    return send_body(bytes);
  }

  // False, and the reason will be told, if it is encoded in a way that was not asked for.
  bool begin_body() {
    const std::string encoding = fetch::in_lower_case(encoding_);
    if (encoding == "gzip" || encoding == "x-gzip") {
      inflater_.emplace();
    } else if (!encoding.empty() && encoding != "identity") {
      is_badly_encoded_ = true;
    }
    return !is_badly_encoded_;
  }

  bool send_body(std::string_view bytes) {
    body_bytes_ += bytes.size();
    if (body_bytes_ > task_.max_bytes) {
      is_too_large_ = true;
      return false;
    }
    while (!bytes.empty()) {
      const std::string_view piece = bytes.substr(0, fetch::kMaxPiece);
      if (!send(fetch::encode_piece(piece))) return false;
      bytes.remove_prefix(piece.size());
    }
    return true;
  }

  bool send_head() {
    if (std::exchange(is_head_sent_, true)) return true;
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    head_.status = static_cast<std::uint32_t>(status);
    return send(fetch::encode(head_));
  }

  bool send(const std::string& message) {
    is_gone_ = is_gone_ || !host_.send(message);
    return !is_gone_;
  }

  End end_of(CURLcode code) const {
    if (is_badly_encoded_) return {EndKind::kBroken, "its encoding '" + encoding_ + "' is broken"};
    if (code == CURLE_OK && inflater_ && !inflater_->is_complete()) {
      return {EndKind::kBroken, "its compressed content ends early"};
    }
    if (code == CURLE_OK || ends_early_) return {EndKind::kDone, {}};
    if (is_too_large_ || code == CURLE_FILESIZE_EXCEEDED) return {EndKind::kTooLarge, {}};
    const std::string text = error_.front() == '\0' ? curl_easy_strerror(code) : error_.data();
    switch (code) {
      case CURLE_OPERATION_TIMEDOUT:
        return {EndKind::kTooSlow, text};
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_ISSUER_ERROR:
      case CURLE_SSL_CACERT_BADFILE:
        return {EndKind::kNotTrusted, text};
      default:
        return {EndKind::kBroken, text};
    }
  }

  const fetch::PageTask& task_;
  const platform::OsHandle socket_;
  platform::Channel& host_;
  CURL* const curl_;
  curl_slist* fields_ = nullptr;
  curl_slist* pinned_ = nullptr;
  std::array<char, CURL_ERROR_SIZE> error_{};
  fetch::AnswerHead head_;
  std::string encoding_;
  std::optional<Inflater> inflater_;
  bool is_body_begun_ = false;
  bool is_badly_encoded_ = false;
  std::size_t header_bytes_ = 0;
  std::uint64_t body_bytes_ = 0;
  bool is_head_sent_ = false;
  bool is_used_ = false;
  bool ends_early_ = false;
  bool is_too_large_ = false;
  bool is_gone_ = false;
};

}  // namespace

bool speaks_http() {
  return is_prepared;
}

bool prepare_http(const std::string& certificates_file) {
  is_prepared = true;
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return false;
  std::ifstream file(certificates_file, std::ios::binary);
  certificates().assign(std::istreambuf_iterator<char>(file), {});
  return !certificates().empty();
}

void fetch_page(const fetch::PageTask& task, platform::OsHandle socket, platform::Channel& host) {
  Exchange(task, std::move(socket), host).run();
}

}  // namespace sluice::fetch_program
