// SPDX-License-Identifier: Apache-2.0
//
// Typed reading of a converter's options. The host has checked each against the manifest and filled
// the defaults in, so a failure here means that code and manifest disagree: a bug of the plugin.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sluice {

class Options {
 public:
  // `json`: Job::options(). Throws Failure(kInternal) if it is not a JSON object.
  explicit Options(std::string_view json);
  ~Options();
  Options(Options&&) noexcept;
  Options& operator=(Options&&) noexcept;

  // The value of an option by its name in the manifest. Each throws Failure(kInternal), naming the
  // option, if there is none of that name or it has another type.
  bool get_bool(std::string_view name) const;
  std::int64_t get_int(std::string_view name) const;
  // For options of type "string" and "enum".
  std::string get_string(std::string_view name) const;

 private:
  struct Values;
  std::unique_ptr<const Values> values_;
};

}  // namespace sluice
