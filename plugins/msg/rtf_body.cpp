// SPDX-License-Identifier: Apache-2.0
#include "msg/rtf_body.hpp"

#include <cstdint>
#include <sluice/outcome.hpp>
#include <span>

#include "docx/settings.hpp"
#include "rtf/block_writer.hpp"
#include "rtf/compressed.hpp"
#include "rtf/encapsulated.hpp"
#include "rtf/reader.hpp"
#include "rtf/survey.hpp"

namespace sluice::msg {

RtfBody read_rtf(const Properties& properties) {
  RtfBody body;
  const std::string bytes = properties.bytes(Id::kCompressedRtf);
  // Programs write a header, or less, where there is no text.
  constexpr std::size_t kHeader = 16;
  if (bytes.size() <= kHeader) return body;
  rtf::Decompressed opened;
  try {
    opened = rtf::decompressed({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  } catch (const Failure& failure) {
    if (failure.outcome() != Outcome::kMalformed) throw;
    body.is_damaged = true;
    return body;
  }
  body.is_damaged = opened.is_damaged;
  switch (rtf::encapsulated_in(opened.rtf)) {
    case rtf::Encapsulated::kHtml:
      body.html = rtf::de_encapsulated(opened.rtf);
      break;
    case rtf::Encapsulated::kText:
      body.plain = rtf::de_encapsulated(opened.rtf);
      break;
    case rtf::Encapsulated::kNothing:
      body.rtf = std::move(opened.rtf);
      break;
  }
  return body;
}

void write_rtf(std::string_view source, Job& job, MarkdownWriter& out) {
  const docx::Settings settings;
  const rtf::Survey survey;
  rtf::BlockWriter writer(job, out, settings, survey);
  rtf::Reader reader(source, settings, rtf::Keep::kAll, job, writer);
  writer.begin(reader.header());
  reader.read();
  writer.write(reader.footers());
  writer.close();
  writer.write_notes(reader.notes());
  reader.pictures().report();
  reader.objects().tell({});
}

}  // namespace sluice::msg
