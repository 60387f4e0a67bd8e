// Instructions of the kernel's classic BPF (Documentation/networking/filter.rst) for filters on
// system calls that a worker writes itself, since a number of this very process stands in them.
// Jumps are written from a place to a place.
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cstddef>
#include <cstdint>

namespace sluice::program::bpf {

constexpr std::uint32_t low_word(unsigned argument) {
  const auto at = static_cast<std::uint32_t>(offsetof(seccomp_data, args) + argument * 8);
  return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? at : at + 4;
}
constexpr std::uint32_t high_word(unsigned argument) {
  return low_word(argument) ^ 4U;
}

constexpr sock_filter word(std::uint32_t at) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at);
}
constexpr sock_filter answer(std::uint32_t what) {
  return BPF_STMT(BPF_RET | BPF_K, what);
}
constexpr sock_filter jump(std::uint16_t code, std::uint8_t here, std::uint32_t value,
                           std::uint8_t yes, std::uint8_t no) {
  return {static_cast<std::uint16_t>(BPF_JMP | BPF_K | code),
          static_cast<std::uint8_t>(yes - here - 1), static_cast<std::uint8_t>(no - here - 1),
          value};
}
constexpr sock_filter when_equal(std::uint8_t here, std::uint32_t value, std::uint8_t yes,
                                 std::uint8_t no) {
  return jump(BPF_JEQ, here, value, yes, no);
}
constexpr sock_filter when_set(std::uint8_t here, std::uint32_t bits, std::uint8_t yes,
                               std::uint8_t no) {
  return jump(BPF_JSET, here, bits, yes, no);
}

// From now on and for good, for this process and all that it forks. False: errno says why.
bool load(const sock_filter* program, std::size_t count);

}  // namespace sluice::program::bpf
