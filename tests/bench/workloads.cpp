// bench_workloads NAME [OPTIONS] runs one of the workloads; without a name it lists them.
#include "bench/workloads.h"

#include <iostream>
#include <stdexcept>

// valgrind counts within this function alone (--toggle-collect).
extern "C" __attribute__((noinline)) void sluice_measured(const std::function<void()>* work) {
  (*work)();
}

namespace sluice::bench {

void measure(const std::function<void()>& work) {
  sluice_measured(&work);
}

namespace {

std::string given_options = "{}";

}  // namespace

const std::string& options() {
  return given_options;
}

void fail(const std::string& why) {
  throw std::runtime_error(why);
}

}  // namespace sluice::bench

int main(int argc, char** argv) {
  auto workloads = sluice::bench::converter_workloads();
  workloads.merge(sluice::bench::host_workloads());
  if (argc > 2) sluice::bench::given_options = argv[2];
  const auto found = argc > 1 ? workloads.find(argv[1]) : workloads.end();
  if (found == workloads.end()) {
    for (const auto& [name, work] : workloads) std::cout << name << "\n";
    return argc == 1 ? 0 : 2;
  }
  try {
    found->second();
  } catch (const std::exception& error) {
    std::cerr << argv[1] << ": " << error.what() << "\n";
    return 1;
  }
}
