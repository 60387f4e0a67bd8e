// SPDX-License-Identifier: Apache-2.0
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/code_page.hpp>
#include <sluice/counted.hpp>
#include <sluice/embedded_objects.hpp>
#include <sluice/little_endian.hpp>

namespace sluice {
namespace {

constexpr std::size_t kMaxKinds = 4;  // that a message names
constexpr std::size_t kMaxKindBytes = 60;

// Of a part: what its program calls it, or else its file's name.
std::string kind_of_part(const OpcPackage& package, const std::string& part) {
  const std::string name = part.substr(part.rfind('/') + 1);
  if (!ends_with_ignoring_ascii_case(name, ".bin")) return name;
  try {
    const std::string bytes = package.read(part);
    CompoundFile file(bytes);
    const std::string kind = kind_of_object(file, file.root());
    return kind.empty() ? name : kind;
  } catch (const Failure& failure) {
    if (failure.outcome() == Outcome::kCancelled || failure.outcome() == Outcome::kIo) throw;
    return name;  // damaged, or too large to look into
  }
}

}  // namespace

std::string kind_of_object(CompoundFile& file, const CompoundFile::Entry& storage) {
  const CompoundFile::Entry* const entry = file.find(storage, "\1CompObj");
  if (entry == nullptr) return {};
  constexpr std::size_t kHead = 28;
  constexpr std::size_t kMaxBytes = 4096;
  const std::string bytes = file.read(*entry, kMaxBytes).bytes;
  if (bytes.size() < kHead + 4) return {};
  const std::string_view text = std::string_view(bytes).substr(kHead + 4, little_u32(bytes, kHead));
  // Of the computer's code page, which the file does not name; programs of the West write ASCII.
  return one_line(CodePage(1252).utf8(text.substr(0, text.find('\0'))), kMaxKindBytes);
}

void EmbeddedObjects::add(std::string_view kind, std::size_t count) {
  count_ += count;
  std::string line = one_line(kind, kMaxKindBytes);
  if (!line.empty() && kinds_.size() <= kMaxKinds) kinds_.insert(std::move(line));
}

void EmbeddedObjects::add_parts(const OpcPackage& package, const OpcRelationships& relationships) {
  for (const OpcRelationship& relationship : relationships.all()) {
    if (relationship.type != "oleObject" && relationship.type != "package") continue;
    if (relationship.mode == OpcTarget::kExternal) continue;
    if (parts_.insert(relationship.target).second) add(kind_of_part(package, relationship.target));
  }
}

void EmbeddedObjects::add_storage(CompoundFile& file, const CompoundFile::Entry& storage) {
  add(kind_of_object(file, storage));
}

std::string EmbeddedObjects::kinds() const {
  std::string list;
  std::size_t named = 0;
  for (const std::string& kind : kinds_) {
    list += named == 0 ? ": " : ", ";
    if (named++ == kMaxKinds) return list + "...";
    list += kind;
  }
  return list;
}

void EmbeddedObjects::tell(Job& job) const {
  if (count_ == 0) return;
  job.warn(
      "embedded-document",
      counted(count_, "embedded object is not converted, but for what the document shows of it",
              "embedded objects are not converted, but for what the document shows of them") +
          kinds());
}

}  // namespace sluice
