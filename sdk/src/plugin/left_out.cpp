// SPDX-License-Identifier: Apache-2.0
#include <functional>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>
#include <sluice/left_out.hpp>
#include <utility>

namespace sluice {
namespace {

constexpr std::size_t kMaxSamples = 3;
constexpr std::size_t kMaxSampleBytes = 60;
constexpr std::size_t kMaxKnown = 4096;  // then a text may count twice

}  // namespace

std::string setting_of(std::string_view plugin, std::string_view option) {
  if (plugin.empty() || option.empty()) return {};
  return "[plugin." + std::string(plugin) + "] " + std::string(option) + " = true";
}

std::string how_to_convert(std::uint64_t count, std::string_view setting) {
  if (setting.empty()) return {};
  return (count == 1 ? "; to convert it, set " : "; to convert them, set ") + std::string(setting);
}

void LeftOut::add(std::string_view text) {
  std::string line = one_line(text);
  if (line.empty()) return;
  const std::size_t hash = std::hash<std::string>()(line);
  if (known_.contains(hash)) return;
  if (known_.size() < kMaxKnown) known_.insert(hash);
  ++count_;
  if (samples_.size() == kMaxSamples) return;
  const bool is_long = line.size() > kMaxSampleBytes;
  samples_.push_back(is_long ? one_line(line, kMaxSampleBytes) + "..." : std::move(line));
}

std::string LeftOut::message(std::string_view plugin) const {
  if (count_ == 0) return {};
  std::string message = counted(count_, one_, many_) + " left out";
  if (const std::string setting = setting_of(plugin, option_); !setting.empty()) {
    message.append(count_ == 1 ? " (to keep it, set " : " (to keep them, set ");
    message.append(setting).append(")");
  }
  if (!samples_.empty()) message += ':';
  for (const std::string& sample : samples_) message += " \"" + sample + "\"";
  if (!samples_.empty() && count_ > samples_.size()) message += " ...";
  return message;
}

void LeftOut::tell(Job& job, std::string_view plugin) const {
  if (count_ > 0) job.warn("left-out", message(plugin), Severity::kNote);
}

void TextLeftOuts::tell(Job& job, std::string_view plugin) const {
  for (const LeftOut* each : all()) each->tell(job, plugin);
}

std::string TextLeftOuts::why_empty(std::string_view nothing, std::string_view plugin) const {
  for (const LeftOut* each : all()) {
    if (each->count() > 0) return "there is no other text: " + each->message(plugin);
  }
  return std::string(nothing);
}

}  // namespace sluice
