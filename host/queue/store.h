// Where bundles travel: a folder that several computers see, or an S3-like service. A file is there
// whole or not at all, under a name that is written once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/files.h"

namespace sluice::queue {

// Called between pieces of a long transfer, a few times a second; throws to stop it.
using BetweenPieces = std::function<void()>;

class Store {
 public:
  virtual ~Store() = default;

  // Puts a file there; one of that name gives way. `sha256`: of its bytes, in hexadecimal. Throws
  // Error.
  virtual void put(const std::string& name, const platform::File& from, std::uint64_t size,
                   const std::string& sha256, const BetweenPieces& between) = 0;
  // Copies it to `to`, which is empty. False if it is not there. A file of more than `most` bytes
  // is an Error.
  virtual bool get(const std::string& name, const platform::File& to, std::uint64_t most,
                   const BetweenPieces& between) = 0;
  // Nothing happens if it is not there.
  virtual void remove(const std::string& name) = 0;
  // All names of this store, in any order; also what somebody writes, or has left when it was
  // killed.
  virtual std::vector<std::string> list() = 0;
};

// `url`: file:///FOLDER, or s3://BUCKET/PREFIX?endpoint=URL&region=NAME. `subfolder` keeps queues
// apart that share a store. `env` reads a variable of the environment: the keys of an S3 account
// come from there alone. Throws Error (kUsage) for a URL that is neither.
std::unique_ptr<Store> open_store(
    platform::Files& files, std::string_view url, const std::string& subfolder,
    const std::function<std::optional<std::string>(const std::string&)>& env);

// Throws Error (kUsage).
void check_store_url(std::string_view url);

}  // namespace sluice::queue
