// Takes the compression off a body (RFC 9110, section 8.4.1.3). By our own call of zlib, since
// libcurl takes a stream that ends early for a whole one.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace sluice::fetch_program {

class Inflater {
 public:
  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Gets what comes out, piece by piece; false ends it.
  using Sink = std::function<bool(std::string_view)>;
  enum class Result { kGoesOn, kBroken, kRefused };
  Result add(std::string_view bytes, const Sink& sink);
  // All of it came: it ended with its checksum.
  bool is_complete() const { return is_complete_; }

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  bool is_complete_ = false;
};

}  // namespace sluice::fetch_program
