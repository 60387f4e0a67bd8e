// The tests of a plugin: what each checks, which rule of the manual that is, and how to mend a
// plugin that breaks it.
#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "conformance/subject.h"

namespace sluice::conformance {

struct Context {
  const Subject& subject;
  std::string sluice;      // the program, or empty
  std::uint64_t seed = 1;  // of what is random
};

// What a test throws.
class Broken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A test that cannot be made here, and why: it returns this text. An empty one: passed.
using Skipped = std::string;

struct Test {
  const char* id;
  const char* rule;  // what the manual says
  const char* mend;
  Skipped (*run)(const Context& context);
};

std::span<const Test> loading_tests();
std::span<const Test> input_tests();
std::span<const Test> output_tests();
std::span<const Test> control_tests();
std::span<const Test> host_tests();

// All of them, in the order in which they are run.
std::vector<Test> all_tests();

// The library's file.
std::string library_path(const Subject& subject);

}  // namespace sluice::conformance
