// SPDX-License-Identifier: Apache-2.0
//
// Properties of MAPI ([MS-OXPROPS]): what Outlook knows of a message, a recipient or an attachment,
// by their numbers, whether they come from a .msg file or from a winmail.dat.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mime/transfer.hpp"

namespace sluice::msg {

// [MS-OXCDATA], 2.11.1: the types that are read.
enum class Type : std::uint16_t {
  kInteger16 = 0x0002,
  kInteger32 = 0x0003,
  kBoolean = 0x000B,
  kObject = 0x000D,
  kString8 = 0x001E,
  kUnicode = 0x001F,
  kTime = 0x0040,
  kBinary = 0x0102,
};

// The numbers that are read; [MS-OXPROPS], 2.
enum class Id : std::uint16_t {
  kMessageClass = 0x001A,
  kSubject = 0x0037,
  kSubmitTime = 0x0039,
  kRepresentingName = 0x0042,
  kStartDate = 0x0060,
  kEndDate = 0x0061,
  kRepresentingAddress = 0x0065,
  kTransportHeaders = 0x007D,
  kSenderName = 0x0C1A,
  kRecipientType = 0x0C15,
  kSenderAddress = 0x0C1F,
  kDeliveryTime = 0x0E06,
  kBody = 0x1000,
  kCompressedRtf = 0x1009,
  kHtml = 0x1013,
  kMessageId = 0x1035,
  kInReplyTo = 0x1042,
  kDisplayName = 0x3001,
  kAddress = 0x3003,
  kAttachData = 0x3701,
  kAttachFileName = 0x3704,
  kAttachMethod = 0x3705,
  kAttachLongName = 0x3707,
  kAttachLongPath = 0x370D,
  kAttachMimeTag = 0x370E,
  kAttachContentId = 0x3712,
  kAttachLocation = 0x3713,
  kSmtpAddress = 0x39FE,
  kCallbackPhone = 0x3A02,
  kGovernmentNumber = 0x3A07,
  kBusinessPhone = 0x3A08,
  kHomePhone = 0x3A09,
  kLanguage = 0x3A0C,
  kPostalAddress = 0x3A15,
  kCompany = 0x3A16,
  kJobTitle = 0x3A17,
  kDepartment = 0x3A18,
  kOffice = 0x3A19,
  kPrimaryPhone = 0x3A1A,
  kSecondBusinessPhone = 0x3A1B,
  kMobilePhone = 0x3A1C,
  kRadioPhone = 0x3A1D,
  kCarPhone = 0x3A1E,
  kOtherPhone = 0x3A1F,
  kPager = 0x3A21,
  kPrimaryFax = 0x3A23,
  kBusinessFax = 0x3A24,
  kHomeFax = 0x3A25,
  kTelex = 0x3A2C,
  kIsdn = 0x3A2D,
  kAssistantPhone = 0x3A2E,
  kSecondHomePhone = 0x3A2F,
  kAssistant = 0x3A30,
  kAnniversary = 0x3A41,
  kBirthday = 0x3A42,
  kHobbies = 0x3A43,
  kProfession = 0x3A46,
  kSpouse = 0x3A48,
  kCustomerNumber = 0x3A4A,
  kTextPhone = 0x3A4B,
  kManager = 0x3A4E,
  kNickname = 0x3A4F,
  kPersonalPage = 0x3A50,
  kBusinessPage = 0x3A51,
  kCompanyPhone = 0x3A57,
  kHomeCity = 0x3A59,
  kHomeCountry = 0x3A5A,
  kHomePostalCode = 0x3A5B,
  kHomeState = 0x3A5C,
  kHomeStreet = 0x3A5D,
  kOtherCity = 0x3A5F,
  kOtherCountry = 0x3A60,
  kOtherPostalCode = 0x3A61,
  kOtherState = 0x3A62,
  kOtherStreet = 0x3A63,
  kInternetCodePage = 0x3FDE,
  kMessageCodePage = 0x3FFD,
  kSenderSmtp = 0x5D01,
  kRepresentingSmtp = 0x5D02,
  // Properties that have names, by their number within a set ([MS-OXPROPS], 1.3.2); a file gives
  // them numbers of its own.
  kHomeAddress = 0x801A,
  kWorkAddress = 0x801B,
  kOtherAddress = 0x801C,
  kWebPage = 0x802B,
  kWorkStreet = 0x8045,
  kWorkCity = 0x8046,
  kWorkState = 0x8047,
  kWorkPostalCode = 0x8048,
  kWorkCountry = 0x8049,
  kInstantMessaging = 0x8062,
  kEmailAddress = 0x8083,
  kSecondEmailAddress = 0x8093,
  kThirdEmailAddress = 0x80A3,
  kLocalBirthday = 0x80DE,
  kLocalAnniversary = 0x80DF,
  kTaskStatus = 0x8101,
  kTaskStart = 0x8104,
  kTaskDue = 0x8105,
  kTaskCompleted = 0x810F,
  kTaskOwner = 0x811F,
  kLocation = 0x8208,
  kAppointmentStart = 0x820D,
  kAppointmentEnd = 0x820E,
  kRecurrenceText = 0x8232,
};
inline constexpr std::uint16_t kFirstNamed = 0x8000;

class Properties {
 public:
  // `value` as it is stored, little-endian, or without its length. The first of a number counts.
  void set(std::uint16_t id, Type type, std::string value);
  // What `other` has and this has not.
  void add(const Properties& other) { values_.insert(other.values_.begin(), other.values_.end()); }

  // UTF-8 on one line, or with its lines; empty if there is none.
  std::string line(Id id) const;
  std::string text(Id id) const;
  // The bytes of a binary value; of a text, as UTF-8.
  std::string bytes(Id id) const;
  std::uint64_t number(Id id) const;
  // ISO 8601 in UTC; empty if there is none.
  std::string time(Id id) const;
  // Of texts of 8 bits: 0 if nothing says it.
  void set_code_page(std::uint32_t page) { code_page_ = page; }

 private:
  struct Value {
    Type type;
    std::string bytes;
  };
  const Value* find(Id id) const;

  std::map<std::uint16_t, Value> values_;
  std::uint32_t code_page_ = 0;
};

struct Attached {
  Properties properties;
  bool is_message = false;
  // Writes its bytes; returns how many places are damaged. Empty if they are not in the file.
  std::function<std::uint64_t(const mail::ByteSink&)> write;
};

// A message with all that belongs to it.
struct Item {
  Properties properties;
  std::vector<Properties> recipients;
  std::vector<Attached> attachments;
  bool is_tnef = false;
  // What is missing, for the user; empty if nothing.
  std::string defect;
};

// The name of a Windows code page, as decoders know it; empty for 0.
std::string charset_of_code_page(std::uint64_t page);

}  // namespace sluice::msg
