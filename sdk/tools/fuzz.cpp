// `sluice-sdk fuzz`: converts damaged samples. Each document follows from the seed and its number,
// so whatever breaks the plugin can be made again.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <random>

#include "conformance/isolation.h"
#include "conformance/trial.h"
#include "platform/error.h"
#include "tools/commands.h"

namespace sluice::tool {
namespace {

using conformance::Ending;
using conformance::Library;
using conformance::Sample;
using conformance::Subject;

// Documents of one process: starting one costs more than converting a small document.
constexpr std::uint64_t kBatch = 200;
constexpr std::size_t kMaxFindings = 10;
constexpr std::size_t kMaxSource = std::size_t{1} << 20;

// One small damage at a random place.
void damage(std::string& bytes, const std::string& other, std::mt19937_64& random) {
  const std::size_t size = bytes.size();
  const std::size_t at = size == 0 ? 0 : random() % size;
  const std::size_t length =
      1 + random() % std::max<std::size_t>(1, std::min<std::size_t>(size, 64));
  switch (random() % 8) {
    case 0:
      if (size > 0) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
      break;
    case 1:
      if (size > 0) bytes[at] = static_cast<char>(random());
      break;
    case 2:
      bytes.erase(at, length);
      break;
    case 3:
      bytes.insert(at, bytes.substr(at, length));
      break;
    case 4:
      bytes.resize(at);
      break;
    case 5:
      bytes.insert(at, other.substr(other.empty() ? 0 : random() % other.size(), length));
      break;
    case 6:
      bytes.insert(at, length, static_cast<char>(random()));
      break;
    default:  // numbers at their ends
      for (std::size_t i = at; i < std::min(size, at + 4); ++i)
        bytes[i] = random() % 2 ? '\xFF' : '\0';
  }
}

Sample make_document(const std::vector<Sample>& samples, std::uint64_t seed, std::uint64_t number) {
  std::seed_seq mixed{seed, seed >> 32, number, number >> 32};
  std::mt19937_64 random(mixed);
  Sample made = samples[random() % samples.size()];
  const std::string& other = samples[random() % samples.size()].bytes;
  for (std::uint64_t i = 1 + random() % 8; i > 0; --i) damage(made.bytes, other, random);
  made.bytes.resize(std::min(made.bytes.size(), kMaxSource));
  return made;
}

// Converts documents from `first` on; what one of them breaks, or nothing.
std::string convert_batch(const Subject& subject, const FuzzArguments& wanted, std::uint64_t first,
                          std::uint64_t end) {
  const Library library(subject.manifest.library_path(), {});
  const std::vector<Sample> samples = conformance::samples_of(subject, library);
  for (std::uint64_t number = first; number < end; ++number) {
    conformance::note(std::to_string(number));
    const conformance::Trial trial =
        conformance::convert(subject, library, make_document(samples, wanted.seed, number));
    if (trial.thrown)
      throw std::runtime_error("an exception leaves the converter: " + trial.reason);
    if (trial.outcome == Outcome::kInternal) throw std::runtime_error("internal: " + trial.reason);
  }
  return {};
}

// The samples as the batch sees them: with canaries, which only the loaded library has.
std::vector<Sample> real_samples(const Subject& subject) {
  const Ending ending = conformance::in_process(
      [&] {
        const Library library(subject.manifest.library_path(), {});
        std::string all;
        for (const Sample& sample : conformance::samples_of(subject, library)) {
          all += std::to_string(sample.bytes.size()) + ":" + sample.bytes;
        }
        return all;
      },
      std::chrono::seconds(60), conformance::Streams::kSilent);
  if (ending.kind != Ending::Kind::kReturned) {
    throw Error("load", subject.manifest.library_path(), ending.text);
  }
  std::vector<Sample> samples = subject.samples;
  std::size_t at = 0;
  for (Sample& sample : samples) {
    const std::size_t colon = ending.text.find(':', at);
    const std::size_t size = std::stoull(ending.text.substr(at, colon - at));
    sample.bytes = ending.text.substr(colon + 1, size);
    at = colon + 1 + size;
  }
  return samples;
}

void report(const Subject& subject, const FuzzArguments& wanted, const std::vector<Sample>& samples,
            std::uint64_t number, const std::string& what) {
  const Sample made = make_document(samples, wanted.seed, number);
  const std::filesystem::path file =
      std::filesystem::path(wanted.keep) /
      ("fuzz-" + subject.manifest.id + "-" + std::to_string(wanted.seed) + "-" +
       std::to_string(number) + std::filesystem::path(made.file_name).extension().string());
  std::ofstream(file, std::ios::binary) << made.bytes;
  std::cout << "document " << number << ": " << what << "; kept in " << file.string() << "\n";
}

std::string ending_text(const Ending& ending, unsigned patience) {
  if (ending.kind != Ending::Kind::kTimeout) return ending.text;
  return "it does not end within " + std::to_string(patience) + " s";
}

}  // namespace

int fuzz(const FuzzArguments& wanted) {
  Subject subject = conformance::read_subject(plugin_folder(wanted.plugin));
  if (!wanted.samples.empty()) conformance::add_samples(subject, wanted.samples);
  conformance::add_made_up_samples(subject);
  const std::vector<Sample> samples = real_samples(subject);
  std::size_t findings = 0;
  std::uint64_t next = 0;
  while (next < wanted.runs && findings < kMaxFindings) {
    const std::uint64_t end = std::min(next + kBatch, wanted.runs);
    const Ending ending = conformance::in_process(
        [&] { return convert_batch(subject, wanted, next, end); },
        std::chrono::seconds(wanted.patience + kBatch), conformance::Streams::kSilent);
    if (ending.kind == Ending::Kind::kReturned) {
      next = end;
      continue;
    }
    const std::uint64_t number = ending.doing.empty() ? next : std::stoull(ending.doing);
    ++findings;
    report(subject, wanted, samples, number, ending_text(ending, wanted.patience));
    next = number + 1;
  }
  std::cout << next << " documents of seed " << wanted.seed << ", " << findings
            << " broke the plugin\n";
  return findings == 0 ? 0 : 1;
}

}  // namespace sluice::tool
