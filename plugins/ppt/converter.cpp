// SPDX-License-Identifier: Apache-2.0
#include "ppt/converter.hpp"

#include <sluice/left_out.hpp>
#include <sluice/ole_metadata.hpp>
#include <sluice/opc.hpp>

#include "ppt/lowering.hpp"
#include "pptx/converter.hpp"

namespace sluice::ppt {

bool PptConverter::probe(const Probe& input) {
  const std::string_view head(reinterpret_cast<const char*>(input.head.data()), input.head.size());
  return head.starts_with(kCompoundFileMark);
}

void PptConverter::convert(Job& job) {
  CompoundFile file(job.source_text());
  Lowered lowered;
  {
    Stream stream(file, job.secret("password"));
    lowered = lower(job, stream);
  }
  set_ole_metadata(job, file);
  LeftOut media = media_left_out();
  for (const std::string& path : lowered.media) {
    path.empty() ? media.add_unread() : media.add_file(path);
  }
  media.tell(job, "ppt");
  const OpcPackage package(lowered.package);
  pptx::convert_package(job, package, lowered.lacks, "ppt");
}

}  // namespace sluice::ppt
