// SPDX-License-Identifier: Apache-2.0
#include "doc/objects.hpp"

#include <sluice/little_endian.hpp>
#include <sluice/storage_copy.hpp>

#include "doc/pictures.hpp"

namespace sluice::doc {

// Each is in a storage of its own, with what the text says of it in ODT (2.9.160).
Objects::Objects(CompoundFile& file, office_xml::Package& package) {
  const CompoundFile::Entry* const pool = file.find("ObjectPool");
  if (pool == nullptr) return;
  constexpr std::size_t kMost = 10'000;
  for (const CompoundFile::Entry* object : file.children(*pool)) {
    if (object->kind != CompoundFile::Kind::kStorage || ids_.size() == kMost) continue;
    const CompoundFile::Entry* const facts = file.find(*object, "\3ObjInfo");
    constexpr std::uint16_t kLinked = 0x10, kControl = 0x1000;
    const std::uint16_t flags = facts != nullptr ? little_u16(file.read(*facts, 2).bytes, 0) : 0;
    if ((flags & (kLinked | kControl)) != 0) continue;
    std::string bytes;
    copy_storage(file, *object, StorageCopy::kPlain,
                 [&](std::string_view piece) { bytes += piece; });
    const std::string part = "word/embeddings/object" + std::to_string(ids_.size() + 1) + ".bin";
    package.part(part, std::move(bytes));
    ids_.emplace(object->name, package.relate(kMainPart, "oleObject", part));
  }
}

// 2.6.1, sprmCPicLocation: the storage is called by the number.
std::string Objects::xml(std::uint32_t number) const {
  const auto id = ids_.find("_" + std::to_string(number));
  if (id == ids_.end()) return {};
  return "<w:object><w:objectEmbed r:id=\"" + id->second + "\"/></w:object>";
}

}  // namespace sluice::doc
