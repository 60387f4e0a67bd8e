// Fixed pieces of work, whose instructions regress.py counts. Everything is generated and the same
// each time; no workload starts a thread or a process. The converters' and the host's stand in
// files of their own, which see nothing of each other.
#pragma once

#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>

namespace sluice::bench {

using Workloads = std::map<std::string, std::function<void()>>;
Workloads converter_workloads();
Workloads host_workloads();

// What is counted of a workload; the rest is its setup.
void measure(const std::function<void()>& work);
// Of the converter, as JSON: what its manifest gives by default.
const std::string& options();
// Ends the workload: it did not do what it should.
[[noreturn]] void fail(const std::string& why);

// Words, sentences and numbers: the same for each seed, with every compiler.
class Words {
 public:
  std::string_view word() {
    constexpr std::string_view kWords[] = {"sluice", "gate",    "river", "stone",   "document",
                                           "commit", "prepare", "owner", "journal", "water"};
    return kWords[random_() % std::size(kWords)];
  }
  std::string words(std::size_t count) {
    std::string text;
    for (; count > 0; --count) text.append(text.empty() ? "" : " ").append(word());
    return text;
  }
  unsigned number(unsigned most) { return static_cast<unsigned>(random_() % most); }

 private:
  std::mt19937 random_{42};
};

}  // namespace sluice::bench
