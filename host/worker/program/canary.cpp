#include "worker/program/canary.h"

#include <algorithm>
#include <array>

#include "model/limits.h"
#include "worker/program/abi_text.h"
#include "worker/program/in_fork.h"
#include "worker/program/job.h"

namespace sluice::program {
namespace {

constexpr std::size_t kShown = 120;  // bytes of a text that a reason shows
constexpr std::size_t kBefore = 30;  // of them before the first difference
volatile std::sig_atomic_t never = 0;

// On one line, beginning shortly before byte `at`.
std::string shown(std::string_view text, std::size_t at) {
  const std::size_t begin = at < kShown ? 0 : at - std::min(at, kBefore);
  std::string out = begin == 0 ? "\"" : "\"...";
  for (const char c : text.substr(std::min(begin, text.size()), kShown)) {
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += '?';
    } else {
      out += c;
    }
  }
  return out + (text.size() > begin + kShown ? "...\"" : "\"");
}

wire::Result convert(const sluice_converter& converter, const std::string& options) {
  const sluice_canary& canary = *converter.canary;
  const Limits defaults;
  wire::RunInput input;
  input.options = options;
  input.memory_bytes = defaults.memory;
  input.output_bytes = wire::kInlineBody;
  wire::JobInput job;
  job.file_name = view(canary.file_name);
  job.media_type = view(canary.media_type);
  job.source = {reinterpret_cast<const char*>(canary.source.data),
                static_cast<std::size_t>(canary.source.size)};
  job.source_bytes = job.source.size();
  job.is_inline = true;
  input.jobs.push_back(job);
  platform::Files files;
  HostLink nobody{platform::Channel()};
  const RunContext run{files, nobody, input, never};
  return Job(run, 0, input.jobs[0], nullptr).convert(converter);
}

// The body with the links to other sources in it, as written.
std::string text_of(const wire::Result& result) {
  std::string text;
  std::size_t from = 0;
  for (const wire::Link& link : result.links) {
    if (link.to != wire::Link::To::kDocument) continue;
    text.append(result.body, from, static_cast<std::size_t>(link.offset) - from);
    text += result.document_links[link.asset - 1].written;
    from = static_cast<std::size_t>(link.offset);
  }
  return text.append(result.body, from);
}

std::string fault_of(const sluice_converter& converter, const std::string& options) {
  const std::string_view expected = view(converter.canary->markdown);
  const wire::Result result = convert(converter, options);
  const std::string what = "the converter " + std::string(view(converter.id)) +
                           " does not work here: its test document ";
  if (result.outcome != SLUICE_OUTCOME_OK) {
    return what + "failed" + (result.reason.empty() ? "" : ": " + result.reason);
  }
  const std::string got = text_of(result);
  if (got == expected) return {};
  const auto differ = std::mismatch(expected.begin(), expected.end(), got.begin(), got.end());
  const auto at = static_cast<std::size_t>(differ.first - expected.begin());
  return what + "became " + shown(got, at) + " instead of " + shown(expected, at);
}

}  // namespace

std::optional<std::string> canary_fault(const PluginLibrary& library, const wire::Load& facts,
                                        std::uint64_t key) {
  for (const wire::Load::Converter& entry : facts.converters) {
    const sluice_converter* converter = library.find(entry.id);
    if (converter == nullptr || converter->canary == nullptr) continue;
    std::string fault;
    if (entry.threads) {
      const std::optional<std::string> said =
          in_fork([&] { return fault_of(*converter, entry.options); }, key);
      fault = said ? *said
                   : "the converter " + entry.id + " does not work here: its test document ended " +
                         "the process";
    } else {
      fault = fault_of(*converter, entry.options);
    }
    if (!fault.empty()) return fault;
  }
  return std::nullopt;
}

}  // namespace sluice::program
