// An S3-like service, through libcurl: PutObject, GetObject, DeleteObject and ListObjectsV2, with
// paths for buckets.
#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <span>
#include <thread>

#include "platform/clock.h"
#include "platform/error.h"
#include "platform/sha256.h"
#include "queue/store_kinds.h"
#include "queue/xml_values.h"

namespace sluice::queue {
namespace {

// A service may be busy, or restart: it is asked again after 0.2, 0.4, ... seconds.
constexpr int kMaxTries = 6;
constexpr std::chrono::milliseconds kFirstRetryPause{200};
// Slower than this for so long, and the transfer counts as broken.
constexpr long kSlowBytesPerSecond = 1'000;
constexpr long kSlowSeconds = 30;
constexpr std::size_t kMaxAnswer = 4 << 20;  // a list of 1,000 names is below 1 MiB

std::string amz_time() {
  std::string time;
  for (const char c : platform::iso_time(platform::file_clock_ns() / 1'000'000'000)) {
    if (c != '-' && c != ':') time += c;
  }
  return time;
}

// What one request sends and takes.
struct Transfer {
  platform::Files* files = nullptr;
  const platform::File* body = nullptr;  // what is sent
  std::uint64_t size = 0;
  std::uint64_t sent = 0;
  const platform::File* to = nullptr;  // where the answer goes; else to `answer`
  std::uint64_t most = 0;
  std::uint64_t taken = 0;
  std::string answer = {};
  const BetweenPieces* between = nullptr;
  std::exception_ptr trouble = {};  // of ours, while libcurl called us
  bool is_too_large = false;
};

// Exceptions must not go through libcurl: they wait in the transfer.
template <typename Work>
auto guarded(Transfer& transfer, decltype(std::declval<Work>()()) failed, const Work& work) {
  try {
    return work();
  } catch (...) {
    transfer.trouble = std::current_exception();
    return failed;
  }
}

std::size_t send_piece(char* buffer, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  return guarded(transfer, std::size_t{CURL_READFUNC_ABORT}, [&]() -> std::size_t {
    const std::uint64_t room = std::min<std::uint64_t>(size * count, transfer.size - transfer.sent);
    const std::span bytes(reinterpret_cast<std::byte*>(buffer), room);
    const std::size_t got = transfer.files->read(*transfer.body, transfer.sent, bytes);
    transfer.sent += got;
    return got;
  });
}

int rewind_body(void* context, curl_off_t offset, int origin) {
  auto& transfer = *static_cast<Transfer*>(context);
  if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_FAIL;
  transfer.sent = static_cast<std::uint64_t>(offset);
  return CURL_SEEKFUNC_OK;
}

std::size_t take_piece(char* buffer, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  return guarded(transfer, std::size_t{0}, [&]() -> std::size_t {
    const std::size_t bytes = size * count;
    const std::uint64_t most = transfer.to != nullptr ? transfer.most : kMaxAnswer;
    if (transfer.taken + bytes > most) {
      transfer.is_too_large = true;
      return 0;
    }
    if (transfer.to != nullptr) {
      transfer.files->write(*transfer.to, transfer.taken, std::as_bytes(std::span(buffer, bytes)));
    } else {
      transfer.answer.append(buffer, bytes);
    }
    transfer.taken += bytes;
    return bytes;
  });
}

int look_up(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(context);
  return guarded(transfer, 1, [&] {
    if (transfer.between != nullptr && *transfer.between) (*transfer.between)();
    return 0;
  });
}

struct CurlEnd {
  void operator()(CURL* curl) const noexcept { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

class S3Store : public Store {
 public:
  S3Store(platform::Files& files, StoreUrl url, const std::string& subfolder, S3Keys keys)
      : files_(files),
        url_(std::move(url)),
        folder_((url_.prefix.empty() ? "" : url_.prefix + "/") + subfolder + "/"),
        keys_(std::move(keys)),
        curl_(curl_easy_init()) {
    if (curl_ == nullptr) throw std::bad_alloc();
  }

  void put(const std::string& name, const platform::File& from, std::uint64_t size,
           const std::string& sha256, const BetweenPieces& between) override {
    Transfer transfer{.files = &files_, .body = &from, .size = size, .between = &between};
    const long status = request("PUT", folder_ + name, {}, sha256, transfer);
    if (status < 200 || status > 299) refuse("write", name, status, transfer.answer);
  }

  bool get(const std::string& name, const platform::File& to, std::uint64_t most,
           const BetweenPieces& between) override {
    Transfer transfer{.files = &files_, .to = &to, .most = most, .between = &between};
    const long status = request("GET", folder_ + name, {}, empty_hash(), transfer);
    if (status == 404) return false;
    if (status != 200) refuse("read", name, status, "");
    return true;
  }

  void remove(const std::string& name) override {
    Transfer transfer{.files = &files_};
    const long status = request("DELETE", folder_ + name, {}, empty_hash(), transfer);
    if (status != 404 && (status < 200 || status > 299)) {
      refuse("delete", name, status, transfer.answer);
    }
  }

  std::vector<std::string> list() override {
    std::vector<std::string> names;
    std::string next;
    do {
      std::map<std::string, std::string> query = {{"list-type", "2"}, {"prefix", folder_}};
      if (!next.empty()) query["continuation-token"] = next;
      Transfer transfer{.files = &files_};
      const long status = request("GET", "", query, empty_hash(), transfer);
      if (status != 200) refuse("list", "", status, transfer.answer);
      for (const std::string& key : xml_values(transfer.answer, "Key")) {
        if (key.starts_with(folder_)) names.push_back(key.substr(folder_.size()));
      }
      const auto more = xml_values(transfer.answer, "NextContinuationToken");
      next = more.empty() ? "" : more.front();
    } while (!next.empty());
    return names;
  }

 private:
  static std::string empty_hash() { return platform::to_hex(platform::sha256("")); }

  [[noreturn]] void refuse(const std::string& action, const std::string& name, long status,
                           const std::string& answer) const {
    const auto code = xml_values(answer, "Code");
    throw Error(action, "s3://" + url_.bucket + "/" + folder_ + name,
                "the service answers " + std::to_string(status) +
                    (code.empty() ? "" : " (" + code.front() + ")"),
                status == 403 ? "check the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                                "what they may do, and the clock of this computer"
                              : "check the bucket and the endpoint");
  }

  // Returns the status of the answer. `key`: of the object, or empty for the bucket.
  long request(const char* method, const std::string& key,
               const std::map<std::string, std::string>& query, const std::string& sha256,
               Transfer& transfer) {
    for (int attempt = 1;; ++attempt) {
      transfer.sent = 0;
      transfer.taken = 0;
      transfer.answer.clear();
      std::string problem;
      const long status = request_once(method, key, query, sha256, transfer, problem);
      if (transfer.trouble) std::rethrow_exception(transfer.trouble);
      if (transfer.is_too_large) {
        throw Error("read", "s3://" + url_.bucket + "/" + key,
                    "it is not the file that its worker described",
                    "try the document again: sluice queue retry");
      }
      const bool may_pass = status == 0 || status == 429 || status >= 500;
      if (!may_pass) return status;
      if (attempt == kMaxTries) {
        if (status != 0) return status;
        throw Error("reach", url_.endpoint, problem, "check the endpoint and the network");
      }
      std::this_thread::sleep_for(kFirstRetryPause * (1 << (attempt - 1)));
      if (transfer.between != nullptr && *transfer.between) (*transfer.between)();
    }
  }

  // 0 if there is no answer; then `problem` says why.
  long request_once(const char* method, const std::string& key,
                    const std::map<std::string, std::string>& query, const std::string& sha256,
                    Transfer& transfer, std::string& problem) {
    const std::string path = uri_path("/" + url_.bucket + (key.empty() ? "" : "/" + key));
    const std::string time = amz_time();
    S3Request signed_request{
        .method = method,
        .path = path,
        .query = query,
        .headers = {{"host", url_.endpoint.substr(url_.endpoint.find("://") + 3)},
                    {"x-amz-content-sha256", sha256},
                    {"x-amz-date", time}}};
    if (!keys_.session_token.empty()) {
      signed_request.headers["x-amz-security-token"] = keys_.session_token;
    }
    std::unique_ptr<curl_slist, CurlEnd> headers;
    const auto add_header = [&](const std::string& line) {
      curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
      if (longer == nullptr) throw std::bad_alloc();
      static_cast<void>(headers.release());
      headers.reset(longer);
    };
    for (const auto& [name, value] : signed_request.headers) add_header(name + ": " + value);
    add_header("Authorization: " + authorization(signed_request, keys_, url_.region, time));
    add_header("Expect:");
    const std::string text = query_text(query);
    set_up(method, url_.endpoint + path + (text.empty() ? "" : "?" + text), transfer);
    curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, headers.get());
    const CURLcode code = curl_easy_perform(curl_.get());
    long status = 0;
    curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_setopt(curl_.get(), CURLOPT_HTTPHEADER, nullptr);
    if (code == CURLE_OK) return status;
    problem = curl_easy_strerror(code);
    return 0;
  }

  // One handle for all requests keeps the connection open.
  void set_up(const std::string& method, const std::string& url, Transfer& transfer) {
    CURL* curl = curl_.get();
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, kSlowBytesPerSecond);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_piece);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_up);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
    if (method == "PUT") {
      curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
      curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(transfer.size));
      curl_easy_setopt(curl, CURLOPT_READFUNCTION, send_piece);
      curl_easy_setopt(curl, CURLOPT_READDATA, &transfer);
      curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, rewind_body);
      curl_easy_setopt(curl, CURLOPT_SEEKDATA, &transfer);
    } else if (method != "GET") {
      curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method.c_str());
    }
  }

  platform::Files& files_;
  StoreUrl url_;
  std::string folder_;  // of all keys
  S3Keys keys_;
  std::unique_ptr<CURL, CurlEnd> curl_;
};

}  // namespace

std::unique_ptr<Store> open_s3_store(platform::Files& files, const StoreUrl& url,
                                     const std::string& subfolder, S3Keys keys) {
  return std::make_unique<S3Store>(files, url, subfolder, std::move(keys));
}

}  // namespace sluice::queue
