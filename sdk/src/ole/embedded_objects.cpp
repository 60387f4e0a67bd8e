// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>
#include <sluice/embedded_objects.hpp>
#include <sluice/images.hpp>
#include <sluice/left_out.hpp>

namespace sluice {
namespace {

constexpr std::size_t kMaxKinds = 4;  // that a message names
constexpr std::size_t kMaxKindBytes = 60;
constexpr std::string_view kStorageExtension = ".bin";

// A document needs a name that says what it is: that of its file, or else what it is called and its
// type.
std::string name_of(const EmbeddedFile& file, std::string_view kind) {
  std::string name = file.name;
  if (name.empty() || name == "." || name == "..") {
    name = is_blank(kind) ? "embedded-document" : one_line(kind, kMaxKindBytes);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '/' || c == '\\'; }, '-');
    const std::string_view extension = document_extension(file.bytes);
    if (!extension.empty()) name.append(".").append(extension);
  }
  return name;
}

bool is_embedded(const OpcRelationship& relationship) {
  return (relationship.type == "oleObject" || relationship.type == "package") &&
         relationship.mode != OpcTarget::kExternal;
}

}  // namespace

void write_taken(const TakenObject& object, MarkdownWriter& out) {
  out.text(" ");  // the picture of the object stands beside it
  if (object.picture) {
    out.image(*object.picture, object.name);
  } else {
    if (object.child) out.begin_child_link(*object.child);
    out.text(object.name);
    if (object.child) out.end_link();
  }
  out.text(" ");
}

void EmbeddedObjects::leave(std::string_view kind, std::size_t count) {
  left_ += count;
  std::string line = one_line(kind, kMaxKindBytes);
  if (!line.empty() && kinds_.size() <= kMaxKinds) kinds_.insert(std::move(line));
}

std::optional<TakenObject> EmbeddedObjects::take(std::string_view kind,
                                                 std::optional<EmbeddedFile> file) {
  if (!file || !is_taking_) {
    leave(kind);
    return std::nullopt;
  }
  return hand_over(name_of(*file, kind), file->bytes);
}

std::optional<TakenObject> EmbeddedObjects::take(CompoundFile& file,
                                                 const CompoundFile::Entry& storage) {
  const std::string kind = kind_of_object(file, storage);
  return take(kind, is_taking_ ? file_in_object(file, storage) : std::nullopt);
}

// A picture would have no text to show as a document; empty files are named, but are no documents.
// What the host refuses is only named: it counts them.
std::optional<TakenObject> EmbeddedObjects::hand_over(std::string name, const std::string& bytes) {
  job_.check_cancelled();
  TakenObject taken{std::move(name), {}, {}};
  const std::span raw(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  if (const std::string_view type = sniff_image(raw); !type.empty()) {
    taken.picture = job_.add_asset(taken.name, type, raw);
    return taken;
  }
  if (bytes.empty()) return taken;
  auto child = children_.open(taken.name);
  if (!child) return taken;
  child->write(bytes);
  if (child->finish()) taken.child = child->id();
  return taken;
}

std::optional<TakenObject> EmbeddedObjects::take_stream(std::string_view name,
                                                        const std::function<std::string()>& read) {
  const bool is_storage = name.find('.') == std::string_view::npos ||
                          ends_with_ignoring_ascii_case(name, kStorageExtension);
  std::string kind;
  std::optional<EmbeddedFile> file;
  if (is_taking_ || is_storage) {
    try {
      std::string bytes = read();
      if (is_storage && bytes.starts_with(kCompoundFileMark)) {
        CompoundFile storage(bytes);
        kind = kind_of_object(storage, storage.root());
      }
      if (is_taking_) file = file_in_object(std::move(bytes));
    } catch (const Failure& failure) {
      if (failure.outcome() == Outcome::kCancelled || failure.outcome() == Outcome::kIo) throw;
      file.reset();  // damaged, or too large to look into
    }
  }
  if (kind.empty()) kind = is_storage ? name.substr(0, name.rfind('.')) : name;
  if (file && file->name.empty() && !is_storage) file->name = name;
  return take(kind, std::move(file));
}

const std::optional<TakenObject>& EmbeddedObjects::part(const OpcPackage& package,
                                                        const std::string& name) {
  const auto [known, is_new] = parts_.try_emplace(name);
  if (is_new) {
    known->second = take_stream(std::string_view(name).substr(name.rfind('/') + 1),
                                [&] { return package.read(name); });
  }
  return known->second;
}

void EmbeddedObjects::write_part(const OpcPackage& package, const OpcRelationships& relationships,
                                 std::string_view id, MarkdownWriter& out) {
  const OpcRelationship* const relationship = relationships.find(id);
  if (relationship == nullptr || !is_embedded(*relationship)) return;
  if (const auto& taken = part(package, relationship->target)) write_taken(*taken, out);
}

void EmbeddedObjects::write_parts(const OpcPackage& package, const OpcRelationships& relationships,
                                  MarkdownWriter& out, const std::function<void()>& begin) {
  for (const OpcRelationship& relationship : relationships.all()) {
    if (!is_embedded(relationship) || parts_.contains(relationship.target)) continue;
    const auto& taken = part(package, relationship.target);
    if (!taken) continue;
    begin();
    write_taken(*taken, out);
    out.end_paragraph();
  }
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

void EmbeddedObjects::tell(std::string_view plugin) const {
  if (left_ == 0) return;
  const std::string option = embedded_ == Embedded::kNamed
                                 ? how_to_convert(left_, setting_of(plugin, "embedded_documents"))
                                 : std::string();
  job_.warn(
      "embedded-document",
      counted(left_, "embedded object is not converted, but for what the document shows of it",
              "embedded objects are not converted, but for what the document shows of them") +
          kinds() + option);
}

}  // namespace sluice
