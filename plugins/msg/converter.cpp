// SPDX-License-Identifier: Apache-2.0
#include "msg/converter.hpp"

#include <sluice/compound_file.hpp>

#include "mail/alternatives.hpp"
#include "msg/item_writer.hpp"
#include "msg/outlook_file.hpp"
#include "msg/tnef.hpp"

namespace sluice::msg {
namespace {

std::string_view head_of_file(const Probe& input) {
  return {reinterpret_cast<const char*>(input.head.data()), input.head.size()};
}

}  // namespace

// The directory may stand anywhere in the file: what it holds is seen when it is read.
bool MsgConverter::probe(const Probe& input) {
  return head_of_file(input).starts_with(kCompoundFileMark);
}

void MsgConverter::convert(Job& job) {
  CompoundFile file(job.source_text());
  if (file.find("__properties_version1.0") == nullptr) {
    throw Failure(Outcome::kUnsupported, "the file is of another program than Outlook");
  }
  const Item item = read_outlook_file(file);
  write_item(item, mail::preference_of(job), job);
}

bool TnefConverter::probe(const Probe& input) {
  return head_of_file(input).starts_with(kTnefMark);
}

void TnefConverter::convert(Job& job) {
  const Item item = read_tnef(job.source_text());
  write_item(item, mail::preference_of(job), job);
}

// A code page, and a text in it that needs ICU's tables.
Canary TnefConverter::canary() const {
  static constexpr std::string_view kCanary(
      "\x78\x9F\x3E\x22\0\0"
      "\1\x07\x90\6\0\x08\0\0\0\xA4\3\0\0\0\0\0\0\xA7\0"
      "\1\x0C\x80\2\0\x08\0\0\0\x83\x4A\x83\x69\x83\x8A\x83\x41\0\0",
      44);
  return {kCanary, "canary.tnef", "application/ms-tnef", "カナリア\n"};
}

}  // namespace sluice::msg
