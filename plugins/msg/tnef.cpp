// SPDX-License-Identifier: Apache-2.0
#include "msg/tnef.hpp"

#include <algorithm>
#include <sluice/little_endian.hpp>
#include <sluice/plugin.hpp>

namespace sluice::msg {
namespace {

// 2.1.3.1: attributes by number; the upper half of the identifier is the type.
enum class Attribute : std::uint16_t {
  kSubject = 0x8004,
  kBody = 0x800C,
  kAttachData = 0x800F,
  kAttachTitle = 0x8010,
  kAttachRendering = 0x9002,
  kProperties = 0x9003,
  kRecipients = 0x9004,
  kAttachProperties = 0x9005,
  kCodePage = 0x9007,
};

constexpr std::size_t kMaxTnefAttachments = 10'000;
constexpr std::size_t kMaxRows = 5000;
constexpr std::uint16_t kMultiple = 0x1000;  // of a type: several values
constexpr std::size_t kInterfaceId = 16;     // in front of an object

std::size_t fixed_size(Type type) {
  switch (static_cast<std::uint16_t>(type)) {
    case 0x0002:
    case 0x0003:
    case 0x0004:
    case 0x000A:
    case 0x000B:
      return 4;
    case 0x0005:
    case 0x0006:
    case 0x0007:
    case 0x0014:
    case 0x0040:
      return 8;
    case 0x0048:
      return 16;
    default:
      return 0;
  }
}

std::size_t padded(std::size_t size) {
  return (size + 3) / 4 * 4;
}

// 2.1.3.4: a list of properties.
class PropertyReader {
 public:
  explicit PropertyReader(FieldReader& fields) : fields_(fields) {}

  // `object` gets the bytes of the attachment, if they stand among the properties.
  Properties read(std::string_view* object) {
    Properties properties;
    const std::uint32_t count = fields_.u32();
    for (std::uint32_t i = 0; i < count && fields_.ok() && fields_.left() > 0; ++i) {
      const std::uint16_t raw_type = fields_.u16();
      std::uint16_t id = fields_.u16();
      if (id >= kFirstNamed) id = read_name();
      const auto type = static_cast<Type>(raw_type & ~kMultiple);
      const std::string_view value = read_value(type, (raw_type & kMultiple) != 0);
      if (!fields_.ok()) break;
      if (id == static_cast<std::uint16_t>(Id::kAttachData)) {
        if (object != nullptr) *object = value;
      } else if (id != 0) {
        properties.set(id, type, std::string(value));
      }
    }
    return properties;
  }

 private:
  // Named properties have a set and a number, or a name: 0 for these.
  std::uint16_t read_name() {
    fields_.skip(kInterfaceId);
    if (fields_.u32() == 0) {
      const std::uint32_t number = fields_.u32();
      return number >= kFirstNamed && number <= 0xFFFF ? static_cast<std::uint16_t>(number) : 0;
    }
    fields_.skip(padded(fields_.u32()));
    return 0;
  }

  // The first one where there are several.
  std::string_view read_value(Type type, bool is_multiple) {
    const std::size_t fixed = fixed_size(type);
    if (fixed > 0) {
      const std::uint32_t values = is_multiple ? fields_.u32() : 1;
      std::string_view first;
      for (std::uint32_t i = 0; i < values && fields_.ok(); ++i) {
        const std::string_view value = fields_.bytes(fixed);
        if (i == 0) first = value;
      }
      return first;
    }
    const std::uint32_t values = fields_.u32();
    std::string_view first;
    for (std::uint32_t i = 0; i < values && fields_.ok(); ++i) {
      const std::uint32_t size = fields_.u32();
      const std::string_view value = fields_.bytes(size);
      // The last padding may be missing.
      fields_.skip(std::min(padded(size) - size, fields_.left()));
      if (i == 0) first = value;
    }
    return first;
  }

  FieldReader& fields_;
};

class TnefReader {
 public:
  explicit TnefReader(std::string_view bytes) : fields_(bytes) {}

  Item read() {
    fields_.skip(kTnefMark.size() + 2);  // and a key
    while (fields_.left() > 0) {
      const std::uint8_t level = fields_.u8();
      if (level != 1 && level != 2) break;
      const std::uint32_t identifier = fields_.u32();
      const std::uint32_t size = fields_.u32();
      const bool is_cut = size > fields_.left();
      const std::string_view value = fields_.bytes(std::min<std::size_t>(size, fields_.left()));
      attribute(static_cast<Attribute>(identifier & 0xFFFF), value);
      if (is_cut) item_.defect = "the file is cut off";
      fields_.skip(std::min<std::size_t>(2, fields_.left()));  // the checksum
    }
    // A text of 8 bits is in the page that stands in front, wherever it stands.
    item_.properties.set_code_page(code_page_);
    for (Properties& each : item_.recipients) each.set_code_page(code_page_);
    for (Attached& each : item_.attachments) each.properties.set_code_page(code_page_);
    return std::move(item_);
  }

 private:
  void attribute(Attribute attribute, std::string_view value) {
    switch (attribute) {
      case Attribute::kCodePage:
        code_page_ = little_u32(value, 0);
        break;
      case Attribute::kSubject:
        set_late(Id::kSubject, Type::kString8, std::string(value));
        break;
      case Attribute::kBody:
        set_late(Id::kBody, Type::kString8, std::string(value));
        break;
      case Attribute::kProperties:
        merge(value);
        break;
      case Attribute::kRecipients:
        read_recipients(value);
        break;
      case Attribute::kAttachRendering:
        begin_attachment();
        break;
      case Attribute::kAttachTitle:
        attachment().properties.set(static_cast<std::uint16_t>(Id::kAttachFileName), Type::kString8,
                                    std::string(value));
        break;
      case Attribute::kAttachData:
        set_data(value);
        break;
      case Attribute::kAttachProperties:
        read_attachment(value);
        break;
      default:
        break;
    }
  }

  void set_late(Id id, Type type, std::string value) {
    item_.properties.set(static_cast<std::uint16_t>(id), type, std::move(value));
  }

  // What stands among the properties is Unicode, and better than the attributes.
  void merge(std::string_view value) {
    FieldReader fields(value);
    Properties all = PropertyReader(fields).read(nullptr);
    all.add(item_.properties);
    item_.properties = std::move(all);
  }

  void read_recipients(std::string_view value) {
    FieldReader fields(value);
    const std::uint32_t rows = fields.u32();
    for (std::uint32_t i = 0; i < rows && i < kMaxRows && fields.ok() && fields.left() > 0; ++i) {
      item_.recipients.push_back(PropertyReader(fields).read(nullptr));
    }
  }

  void begin_attachment() {
    if (item_.attachments.size() < kMaxTnefAttachments) item_.attachments.emplace_back();
  }
  Attached& attachment() {
    if (item_.attachments.empty()) item_.attachments.emplace_back();
    return item_.attachments.back();
  }

  void set_data(std::string_view bytes) {
    attachment().write = [bytes](const mail::ByteSink& sink) {
      sink(bytes);
      return std::uint64_t{0};
    };
  }

  // An object is a message in this format ([MS-OXTNEF], 2.1.3.3.15), behind the interface's id.
  void read_attachment(std::string_view value) {
    FieldReader fields(value);
    std::string_view object;
    Properties properties = PropertyReader(fields).read(&object);
    Attached& to = attachment();
    properties.add(to.properties);
    to.properties = std::move(properties);
    if (object.empty()) return;
    const std::string_view inner = object.substr(std::min(object.size(), kInterfaceId));
    to.is_message = inner.starts_with(kTnefMark);
    if (to.is_message || !to.write) set_data(to.is_message ? inner : object);
  }

  FieldReader fields_;
  Item item_;
  std::uint32_t code_page_ = 0;
};

}  // namespace

Item read_tnef(std::string_view bytes) {
  if (!bytes.starts_with(kTnefMark)) {
    throw Failure(Outcome::kMalformed, "the file is no winmail.dat: its mark is missing");
  }
  Item item = TnefReader(bytes).read();
  item.is_tnef = true;
  return item;
}

}  // namespace sluice::msg
