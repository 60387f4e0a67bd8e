// SPDX-License-Identifier: Apache-2.0
#include "doc/converter.hpp"

#include <sluice/ole_metadata.hpp>
#include <sluice/opc.hpp>

#include "doc/lowering.hpp"
#include "docx/converter.hpp"

namespace sluice::doc {
bool DocConverter::probe(const Probe& input) {
  const std::string_view head(reinterpret_cast<const char*>(input.head.data()), input.head.size());
  return head.starts_with(kCompoundFileMark);
}

void DocConverter::convert(Job& job) {
  CompoundFile file(job.source_text());
  Lowered lowered;
  {
    const Streams streams = read_streams(file, job.secret("password"));
    if (streams.is_old) {
      job.warn(
          "old-word",
          "a document of Word 6 or 95: its text is here; its headings, lists and tables are not");
    }
    lowered = lower(job, streams, file);
  }
  ZipLimits limits;
  limits.ratio_grace = limits.total_bytes;  // nothing in it is compressed
  const OpcPackage package(lowered.package, limits);
  docx::convert_package(job, package, lowered.defect, "doc", [&] { set_ole_metadata(job, file); });
}

}  // namespace sluice::doc
