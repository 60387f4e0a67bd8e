// Work whose traces must not stay in this process.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace sluice::program {

// Runs `work` in a forked process and waits for its text (at most 4 KiB of it). Nothing if the
// process ended in any other way. `key`: what starting a process takes, see wire::Confined.
std::optional<std::string> in_fork(const std::function<std::string()>& work, std::uint64_t key);

}  // namespace sluice::program
