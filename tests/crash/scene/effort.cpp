#include "crash/scene/effort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string_view>

namespace sluice::crash {
namespace {

Effort choose() {
  Effort effort;
  const char* how_much = std::getenv("SLUICE_CRASH");
  effort.full = how_much != nullptr && std::string_view(how_much) == "full";
  const char* seed = std::getenv("SLUICE_CRASH_SEED");
  constexpr std::time_t kDay = 24 * 60 * 60;
  effort.seed = seed != nullptr ? std::strtoull(seed, nullptr, 10)
                                : static_cast<std::uint64_t>(std::time(nullptr) / kDay);
  std::printf("SLUICE_CRASH=%s SLUICE_CRASH_SEED=%llu\n", effort.full ? "full" : "sample",
              static_cast<unsigned long long>(effort.seed));
  return effort;
}

}  // namespace

const Effort& effort() {
  static const Effort kEffort = choose();
  return kEffort;
}

std::vector<std::size_t> points(std::size_t count, std::size_t sample, const std::string& salt,
                                std::size_t most) {
  std::vector<std::size_t> chosen;
  if (effort().full) sample = most;
  sample = std::min(sample, count);
  std::mt19937_64 random(effort().seed ^ std::hash<std::string>()(salt));
  for (std::size_t part = 0; part < sample; ++part) {
    const std::size_t begin = part * count / sample;
    const std::size_t end = (part + 1) * count / sample;
    chosen.push_back(1 + begin + random() % (end - begin));
  }
  return chosen;
}

void say_size(const std::string& name, std::uint64_t value) {
  std::printf("%s: %llu\n", name.c_str(), static_cast<unsigned long long>(value));
  std::fflush(stdout);
  std::string key = name;
  std::replace_if(
      key.begin(), key.end(), [](char c) { return c == ' ' || c == ','; }, '_');
  testing::Test::RecordProperty(key, std::to_string(value));
}

}  // namespace sluice::crash
