// Drives a fuzz target without libFuzzer: every seed, then mutations of them, always the same ones,
// until a number or a time is reached. An input that ends the process or does not end itself is
// left in a file.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "frame/mutator.h"
#include "frame/seeds.h"
#include "kit/corpus.h"
#include "kit/files.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kTime{2};    // for the mutations and the test documents
constexpr std::uint64_t kMutations = 4000;  // at most
constexpr std::size_t kDocuments = 40;      // of the collections
constexpr unsigned kSecondsOfOneInput = 20;

const std::string* current = nullptr;
char finding[4096];

void keep_current() {
  if (current == nullptr) return;
  const int file = ::open(finding, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  const char note[] = "fuzz: the input is in ";
  if (file < 0 || ::write(file, current->data(), current->size()) < 0 ||
      ::write(2, note, sizeof note - 1) < 0 || ::write(2, finding, std::strlen(finding)) < 0 ||
      ::write(2, "\n", 1) < 0) {
    return;
  }
}

extern "C" void on_fatal_signal(int number) {
  if (number == SIGALRM) {
    const char note[] = "fuzz: an input takes too long\n";
    if (::write(2, note, sizeof note - 1) < 0) ::_exit(1);
  }
  keep_current();
  ::signal(number, SIG_DFL);
  ::raise(number);
}

extern "C" void on_sanitizer_death() {
  keep_current();
}

void watch_for_death(const std::string& name) {
  std::snprintf(finding, sizeof finding, "finding-%s", name.c_str());
  for (const int number : {SIGABRT, SIGALRM}) ::signal(number, on_fatal_signal);
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(on_sanitizer_death);
    return;
  }
  // On a stack of its own, so that an overflow is caught, too.
  static char stack[64 << 10];
  stack_t alternative{};
  alternative.ss_sp = stack;
  alternative.ss_size = sizeof stack;
  ::sigaltstack(&alternative, nullptr);
  struct sigaction action {};
  action.sa_handler = on_fatal_signal;
  action.sa_flags = SA_ONSTACK;
  for (const int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) ::sigaction(number, &action, nullptr);
}

void run(const std::string& input) {
  // A copy of exactly its size, so that a read past the end is one past the allocation.
  const std::vector<std::uint8_t> exact(input.begin(), input.end());
  current = &input;
  ::alarm(kSecondsOfOneInput);
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
  ::alarm(0);
  current = nullptr;
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    out.emplace_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return out;
}

struct Arguments {
  std::string own;
  std::vector<std::string> collections;
  std::vector<std::string> extensions;
  std::size_t max_bytes = 65536;
  std::vector<std::string> inputs;  // given by name: these alone
};

Arguments read_arguments(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = values[i];
    const std::string_view value =
        argument.substr(std::min(argument.find('=') + 1, argument.size()));
    if (argument.starts_with("--own=")) {
      arguments.own = value;
    } else if (argument.starts_with("--collections=")) {
      arguments.collections = split(value);
    } else if (argument.starts_with("--extensions=")) {
      arguments.extensions = split(value);
    } else if (argument.starts_with("--max-bytes=")) {
      arguments.max_bytes = std::strtoull(std::string(value).c_str(), nullptr, 10);
    } else {
      arguments.inputs.emplace_back(argument);
    }
  }
  return arguments;
}

}  // namespace

int main(int count, char** values) {
  using sluice::test::read_file;
  const Arguments arguments = read_arguments(count, values);
  const std::string program = values[0];
  watch_for_death(program.substr(program.rfind('/') + 1));
  if (!arguments.inputs.empty()) {
    for (const std::string& input : arguments.inputs) run(read_file(input));
    return 0;
  }
  std::vector<std::string> seeds;
  for (const auto& path : sluice::fuzz::files_in(arguments.own)) {
    seeds.push_back(read_file(path));
    run(seeds.back());
  }
  const std::size_t own = seeds.size();
  const Clock::time_point end = Clock::now() + kTime;
  std::uint64_t documents = 0;
  for (const auto& path : sluice::fuzz::corpus_files(arguments.collections, arguments.extensions,
                                                     arguments.max_bytes, kDocuments)) {
    if (Clock::now() >= end) break;
    seeds.push_back(read_file(path));
    run(seeds.back());
    ++documents;
  }
  const sluice::fuzz::Mutator mutator(seeds, arguments.max_bytes);
  std::uint64_t mutations = 0;
  while (mutations < kMutations && Clock::now() < end) run(mutator.make(mutations++));
  std::printf("%zu seeds, %llu documents, %llu mutations\n", own,
              static_cast<unsigned long long>(documents),
              static_cast<unsigned long long>(mutations));
  return 0;
}
