// SPDX-License-Identifier: Apache-2.0
#include "msg/outlook_file.hpp"

#include <map>
#include <sluice/ascii.hpp>
#include <sluice/embedded_file.hpp>
#include <sluice/little_endian.hpp>
#include <sluice/plugin.hpp>
#include <sluice/storage_copy.hpp>

namespace sluice::msg {
namespace {

using Entry = CompoundFile::Entry;
using Kind = CompoundFile::Kind;

// Outlook sends to some hundreds, and attaches some tens.
constexpr std::size_t kMaxRecipients = 5000;
constexpr std::size_t kMaxAttachments = 10'000;

constexpr std::string_view kStreamPrefix = "__substg1.0_";
constexpr std::string_view kPropertiesStream = "__properties_version1.0";
// 2.4.1: how many bytes stand before the properties.
constexpr std::size_t kHeadOfMessage = 32;
constexpr std::size_t kHeadOfPart = 8;
// [MS-OXCMSG], 2.2.2.9: how an attachment is stored.
constexpr std::uint64_t kEmbeddedMessage = 5;

// The value of eight hexadecimal digits behind the prefix; 0 if they are not there.
std::uint32_t tag_of(std::string_view name) {
  if (!starts_with_ignoring_ascii_case(name, kStreamPrefix)) return 0;
  const std::string_view digits = name.substr(kStreamPrefix.size());
  if (digits.size() != 8) return 0;
  std::uint32_t tag = 0;
  for (const char c : digits) {
    const int digit = hex_value(static_cast<unsigned char>(c));
    if (digit < 0) return 0;
    tag = tag << 4 | static_cast<std::uint32_t>(digit);
  }
  return tag;
}

class OutlookReader {
 public:
  explicit OutlookReader(CompoundFile& file) : file_(file) {}

  Item read() {
    Item item;
    read_names();
    item.properties = properties_of(file_.root(), kHeadOfMessage);
    const std::uint64_t page = item.properties.number(Id::kMessageCodePage);
    code_page_ = static_cast<std::uint32_t>(
        page != 0 ? page : item.properties.number(Id::kInternetCodePage));
    item.properties.set_code_page(code_page_);
    for (const Entry* entry : file_.children(file_.root())) {
      if (entry->kind != Kind::kStorage) continue;
      if (starts_with_ignoring_ascii_case(entry->name, "__recip_version1.0_")) {
        if (item.recipients.size() < kMaxRecipients) {
          item.recipients.push_back(properties_of(*entry, kHeadOfPart));
        }
      } else if (starts_with_ignoring_ascii_case(entry->name, "__attach_version1.0_")) {
        if (item.attachments.size() < kMaxAttachments) item.attachments.push_back(attached(*entry));
      }
    }
    item.defect = defect_;
    return item;
  }

 private:
  // 2.2.3: entries of eight bytes, the number or the place of a name first. The number that the
  // file gave a property is its place in the list.
  void read_names() {
    const Entry* const storage = file_.find("__nameid_version1.0");
    if (storage == nullptr) return;
    const Entry* const entries = file_.find(*storage, "__substg1.0_00030102");
    if (entries == nullptr) return;
    const std::string list = content(*entries);
    for (std::size_t at = 0; at + 8 <= list.size(); at += 8) {
      const bool has_number = (little_u32(list, at + 4) & 1) == 0;
      const std::uint32_t number = little_u32(list, at);
      const std::size_t given = kFirstNamed + little_u16(list, at + 6);
      if (!has_number || number < kFirstNamed || number > 0xFFFF || given > 0xFFFF) continue;
      names_.emplace(static_cast<std::uint16_t>(given), static_cast<std::uint16_t>(number));
    }
  }

  // Named properties under the numbers of their names; those that have other names are not read.
  void set(Properties& properties, std::uint16_t id, Type type, std::string value) const {
    if (id >= kFirstNamed) {
      const auto named = names_.find(id);
      if (named == names_.end()) return;
      id = named->second;
    }
    properties.set(id, type, std::move(value));
  }

  // Values of fixed size stand in one stream, all others in streams of their own. What is attached
  // is read when it is written.
  Properties properties_of(const Entry& storage, std::size_t head) {
    Properties properties;
    properties.set_code_page(code_page_);
    for (const Entry* entry : file_.children(storage)) {
      if (entry->kind != Kind::kStream) continue;
      const std::uint32_t tag = tag_of(entry->name);
      const auto id = static_cast<std::uint16_t>(tag >> 16);
      if (tag != 0 && id != static_cast<std::uint16_t>(Id::kAttachData)) {
        set(properties, id, static_cast<Type>(tag & 0xFFFF), content(*entry));
      } else if (equal_ignoring_ascii_case(entry->name, kPropertiesStream)) {
        read_fixed(content(*entry), head, properties);
      }
    }
    return properties;
  }

  void read_fixed(std::string_view stream, std::size_t head, Properties& properties) const {
    constexpr std::size_t kSize = 16;
    for (std::size_t at = head; at + kSize <= stream.size(); at += kSize) {
      const auto type = static_cast<Type>(little_u16(stream, at));
      const bool is_fixed = type == Type::kInteger16 || type == Type::kInteger32 ||
                            type == Type::kBoolean || type == Type::kTime;
      if (is_fixed) {
        set(properties, little_u16(stream, at + 2), type, std::string(stream.substr(at + 8, 8)));
      }
    }
  }

  std::string content(const Entry& entry) {
    CompoundFile::Content content = file_.read(entry);
    if (!content.is_whole && defect_.empty()) defect_ = "the file is cut off or damaged";
    return std::move(content.bytes);
  }

  Attached attached(const Entry& storage) {
    Attached attached;
    attached.properties = properties_of(storage, kHeadOfPart);
    for (const Entry* entry : file_.children(storage)) {
      if (tag_of(entry->name) >> 16 != static_cast<std::uint16_t>(Id::kAttachData)) continue;
      if (entry->kind == Kind::kStream) {
        attached.write = [&file = file_, entry](const mail::ByteSink& sink) {
          const CompoundFile::Content bytes = file.read(*entry);
          sink(bytes.bytes);
          return std::uint64_t{bytes.is_whole ? 0U : 1U};
        };
      } else {
        attached.is_message = attached.properties.number(Id::kAttachMethod) == kEmbeddedMessage;
        attached.write = [&file = file_, entry,
                          is_message = attached.is_message](const mail::ByteSink& sink) {
          // An object of another program: the document in it, if there is one.
          if (!is_message) {
            if (const auto held = file_in_object(file, *entry)) {
              sink(held->bytes);
              return std::uint64_t{0};
            }
          }
          return copy_storage(file, *entry,
                              is_message ? StorageCopy::kMessage : StorageCopy::kPlain, sink);
        };
      }
    }
    return attached;
  }

  CompoundFile& file_;
  std::map<std::uint16_t, std::uint16_t> names_;  // the number in the file: that of the name
  std::uint32_t code_page_ = 0;
  std::string defect_;
};

}  // namespace

Item read_outlook_file(CompoundFile& file) {
  if (file.find(kPropertiesStream) == nullptr) {
    throw Failure(Outcome::kMalformed, "the file holds no message: its properties are missing");
  }
  return OutlookReader(file).read();
}

}  // namespace sluice::msg
