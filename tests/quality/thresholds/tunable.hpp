// SPDX-License-Identifier: Apache-2.0
//
// Included before each source of a copy whose constants can be changed: thresholds.py writes
// `static const float& kGap = sluice_thresholds::constant<float>("file.cpp kGap", 0.5F)` there.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <type_traits>

namespace sluice_thresholds {

// Where a constant is kept, and what sets it. One that a function owns is made when the function
// first runs.
struct Settings {
  std::map<std::string, std::function<void(double)>> known;
  std::string changed;  // set before the constant is made
  double value = 0;

  void change(const std::string& name, double to) {
    changed = name;
    value = to;
    if (const auto found = known.find(name); found != known.end()) found->second(to);
  }
};

inline Settings& settings() {
  static Settings all;
  return all;
}

template <typename T>
T converted(double value) {
  if constexpr (std::is_integral_v<T>) return static_cast<T>(std::llround(value));
  return static_cast<T>(value);
}

template <typename T>
const T& constant(const char* name, T value) {
  static std::map<std::string, T> values;
  T& kept = values.emplace(name, value).first->second;
  if (settings().changed == name) kept = converted<T>(settings().value);
  settings().known[name] = [&kept](double to) { kept = converted<T>(to); };
  return kept;
}

}  // namespace sluice_thresholds
