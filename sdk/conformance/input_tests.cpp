// Tests of what a converter does with its input.
#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <sluice/plugin.hpp>

#include "conformance/isolation.h"
#include "conformance/test.h"
#include "conformance/trial.h"

namespace sluice::conformance {
namespace {

constexpr std::size_t kMaxCuts = 64;
constexpr int kRandomSources = 64;
constexpr std::size_t kMaxRandomSource = 4096;

// A bug of the converter is the only outcome that no input may have.
void expect_no_bug(const Trial& trial, const std::string& what) {
  if (trial.outcome == Outcome::kInternal && !trial.thrown) {
    throw Broken(what + " becomes internal: " + trial.reason);
  }
}

std::int32_t ask_probe(const sluice_converter& converter, const Sample& sample) {
  sluice_probe input{};
  const std::size_t head = std::min<std::size_t>(sample.bytes.size(), 64 << 10);
  input.size = sizeof input;
  input.head = bytes(std::string_view(sample.bytes).substr(0, head));
  input.tail = bytes(std::string_view(sample.bytes).substr(sample.bytes.size() - head));
  input.source_size = sample.bytes.size();
  input.file_name = str(sample.file_name);
  input.media_type = str(sample.media_type);
  input.set_reason = [](const sluice_probe*, sluice_str) {};
  return converter.probe(converter.context, &input);
}

Skipped probe_pure(const Context& context) {
  const Library library(library_path(context.subject), {});
  bool any = false;
  for (const Sample& sample : samples_of(context.subject, library)) {
    const sluice_converter& converter = library.converter(sample.converter);
    if (converter.probe == nullptr) continue;
    any = true;
    note("probing " + sample.file_name);
    const std::int32_t first = ask_probe(converter, sample);
    for (int i = 0; i < 3; ++i) {
      const std::int32_t again = ask_probe(converter, sample);
      if (again != first) {
        throw Broken("probe answers " + std::to_string(first) + ", then " + std::to_string(again) +
                     " to " + sample.file_name);
      }
    }
    if (first < SLUICE_PROBE_FAILED || first > SLUICE_PROBE_YES) {
      throw Broken("probe answers " + std::to_string(first) + " to " + sample.file_name);
    }
  }
  return any ? "" : "no converter has a probe";
}

// Converts every sample under `conditions`, and once more without; returns what differs.
void expect_same(const Context& context, const Conditions& conditions) {
  const Library library(library_path(context.subject), {});
  for (const Sample& sample : samples_of(context.subject, library)) {
    note("converting " + sample.file_name);
    const Trial here = convert(context.subject, library, sample, conditions);
    const Trial there = convert(context.subject, library, sample);
    if (here.everything != there.everything) {
      throw Broken(sample.file_name + " becomes something else (" + outcome_name(here.outcome) +
                   " " + here.reason + ")");
    }
  }
}

Skipped probe_bounds(const Context& context) {
  Conditions conditions;
  conditions.guard_probe = true;
  expect_same(context, conditions);
  return {};
}

Skipped source_bounds(const Context& context) {
  Conditions conditions;
  conditions.guard_source = true;
  expect_same(context, conditions);
  return {};
}

Skipped unmappable(const Context& context) {
  const Library library(library_path(context.subject), {});
  Conditions conditions;
  conditions.unmappable = true;
  for (const Sample& sample : samples_of(context.subject, library)) {
    note("converting " + sample.file_name + ", which cannot be mapped");
    const Trial trial = convert(context.subject, library, sample, conditions);
    if (!trial.made_output()) continue;
    if (trial.everything != convert(context.subject, library, sample).everything) {
      throw Broken(sample.file_name + " cannot be mapped, but becomes " +
                   outcome_name(trial.outcome) + " with something else in it");
    }
  }
  return {};
}

Skipped empty(const Context& context) {
  const Library library(library_path(context.subject), {});
  for (Sample sample : samples_of(context.subject, library)) {
    sample.bytes.clear();
    note("converting an empty " + sample.file_name);
    expect_no_bug(convert(context.subject, library, sample), "an empty " + sample.file_name);
  }
  return {};
}

Skipped random(const Context& context) {
  const Library library(library_path(context.subject), {});
  std::mt19937_64 generator(context.seed);
  for (const Sample& sample : samples_of(context.subject, library)) {
    const auto& magic = context.subject.converter(sample.converter).magic;
    for (int i = 0; i < kRandomSources; ++i) {
      Sample made = sample;
      made.bytes.clear();
      if (i % 2 == 1 && !magic.empty()) {
        made.bytes.assign(static_cast<std::size_t>(magic[0].offset), '\0');
        made.bytes += magic[0].bytes;
      }
      const std::size_t size = 1 + generator() % kMaxRandomSource;
      for (std::size_t at = 0; at < size; ++at) made.bytes += static_cast<char>(generator());
      const std::string what = "random source " + std::to_string(i) + " of seed " +
                               std::to_string(context.seed) + " as " + sample.file_name;
      note(what);
      expect_no_bug(convert(context.subject, library, made), what);
    }
  }
  return {};
}

Skipped truncated(const Context& context) {
  const Library library(library_path(context.subject), {});
  for (const Sample& sample : samples_of(context.subject, library)) {
    const std::size_t size = sample.bytes.size();
    const std::size_t step = std::max<std::size_t>(1, size / kMaxCuts);
    for (std::size_t length = 1; length < size; length += step) {
      Sample cut = sample;
      cut.bytes.resize(length);
      const std::string what =
          "the first " + std::to_string(length) + " bytes of " + sample.file_name;
      note(what);
      expect_no_bug(convert(context.subject, library, cut), what);
    }
  }
  return {};
}

// Values of an option that a user may set: its ends, or all where they are few.
std::vector<nlohmann::json> values_of(const plugin::Option& option) {
  using Type = plugin::Option::Type;
  switch (option.type) {
    case Type::kBoolean:
      return {true, false};
    case Type::kInteger:
      return {option.minimum.value_or(std::numeric_limits<std::int64_t>::min()),
              option.maximum.value_or(std::numeric_limits<std::int64_t>::max())};
    case Type::kNumber:
      return {-1e308, 0.0, 1e308};
    case Type::kEnum:
      return {option.values.begin(), option.values.end()};
    case Type::kString:
    case Type::kSecret:
      return {"", "x", std::string(4096, 'y'), "\xC3\xA9\n\"\\"};
    case Type::kList:
      return {nlohmann::json::array(), option.values.empty() ? nlohmann::json::array({"", "a"})
                                                             : nlohmann::json(option.values)};
    case Type::kPath:
      return {};  // its bytes come by option_file, which finds none here
  }
  return {};
}

Skipped options(const Context& context) {
  const Library library(library_path(context.subject), {});
  bool any = false;
  for (const Sample& sample : samples_of(context.subject, library)) {
    const plugin::ConverterManifest& manifest = context.subject.converter(sample.converter);
    for (const plugin::Option& option : manifest.options) {
      for (const nlohmann::json& value : values_of(option)) {
        any = true;
        auto all = nlohmann::ordered_json::parse(all_defaults(manifest));
        all[option.name] = value;
        Conditions conditions;
        conditions.options = all.dump();
        const std::string what =
            sample.file_name + " with " + option.name + " = " + value.dump().substr(0, 40);
        note("converting " + what);
        expect_no_bug(convert(context.subject, library, sample, conditions), what);
      }
    }
  }
  return any ? "" : "no converter has an option";
}

constexpr Test kInputTests[] = {
    {"input.probe-pure", "Probe: the same answer for the same input, one of the three.",
     "keep no state between calls of probe, and return a sluice_probe_answer", probe_pure},
    {"input.probe-bounds", "Probe: head and tail end where their size says, and cannot be changed.",
     "check sizes before you read; texts are not terminated", probe_bounds},
    {"input.source-bounds",
     "Source: the mapped bytes end where their size says, and cannot be changed.",
     "check sizes before you read; copy what you want to change; the bytes are not terminated",
     source_bounds},
    {"input.unmappable", "Source: source_map can fail with IO.",
     "check the status; read by source_read, or return SLUICE_OUTCOME_IO", unmappable},
    {"input.empty", "Source: it may be empty.",
     "return empty, unsupported or malformed with a reason", empty},
    {"input.random", "Source: it is hostile; any bytes may come.",
     "check every length and offset; `sluice-sdk fuzz` finds more of these", random},
    {"input.truncated", "Source: it may end anywhere.",
     "check that what you read is there; return partial or malformed", truncated},
    {"input.options", "Options: every value that the manifest admits works.",
     "narrow the option in plugin.toml (minimum, maximum, values), or serve the value", options},
};

}  // namespace

std::span<const Test> input_tests() {
  return kInputTests;
}

}  // namespace sluice::conformance
