// SPDX-License-Identifier: Apache-2.0
#include "doc/converter.hpp"

#include <sluice/embedded_objects.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/ole_metadata.hpp>
#include <sluice/opc.hpp>

#include "doc/lowering.hpp"
#include "docx/converter.hpp"

namespace sluice::doc {
namespace {

// [MS-DOC] 2.1.10: each in a storage of its own in the pool, with what the text says of it in
// ODT (2.9.160). Of those that are linked, the content is in another file; controls have none.
void tell_objects(CompoundFile& file, Job& job) {
  const CompoundFile::Entry* const pool = file.find("ObjectPool");
  if (pool == nullptr) return;
  EmbeddedObjects objects;
  for (const CompoundFile::Entry* object : file.children(*pool)) {
    if (object->kind != CompoundFile::Kind::kStorage) continue;
    const CompoundFile::Entry* const facts = file.find(*object, "\3ObjInfo");
    constexpr std::uint16_t kLinked = 0x10, kControl = 0x1000;
    const std::uint16_t flags = facts != nullptr ? little_u16(file.read(*facts, 2).bytes, 0) : 0;
    if ((flags & (kLinked | kControl)) == 0) objects.add_storage(file, *object);
  }
  objects.tell(job);
}

}  // namespace

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
    lowered = lower(job, streams);
  }
  ZipLimits limits;
  limits.ratio_grace = limits.total_bytes;  // nothing in it is compressed
  const OpcPackage package(lowered.package, limits);
  docx::convert_package(job, package, lowered.defect, "doc", [&] { set_ole_metadata(job, file); });
  tell_objects(file, job);
}

}  // namespace sluice::doc
