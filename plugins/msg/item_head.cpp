// SPDX-License-Identifier: Apache-2.0
#include "msg/item_head.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>

#include "mail/mime/addresses.hpp"
#include "mail/mime/fields.hpp"
#include "msg/contact_card.hpp"

namespace sluice::msg {
namespace {

// [MS-OXOMSG], 2.2.3.1.
enum class RecipientType : std::uint64_t { kTo = 1, kCc = 2, kBcc = 3 };

// Addresses within Exchange ("/O=ORG/OU=...") say nothing to a reader.
std::string address_of(const Properties& properties, Id smtp, Id address) {
  std::string found = properties.line(smtp);
  if (found.empty()) found = properties.line(address);
  return found.find('@') == std::string::npos ? std::string() : found;
}

std::string person(const std::string& name, const std::string& address) {
  if (address.empty() || name == address) return name;
  return name.empty() ? address : name + " <" + address + ">";
}

// [MS-OXOTASK], 2.2.2.2.2. That a task has not begun is what it is without a status.
std::string status_of(const Properties& task) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"", "in progress", "complete", "waiting for somebody else", "deferred"});
  const std::uint64_t status = task.number(Id::kTaskStatus);
  return status < kWords.size() ? std::string(kWords[status]) : std::string();
}

std::string without_brackets(std::string id) {
  if (id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
  return id;
}

}  // namespace

mail::Head head_of(const Item& item) {
  const Properties& properties = item.properties;
  mail::Head head;
  // What came over the network with it, if it did.
  const std::string transport = properties.text(Id::kTransportHeaders);
  const mail::Fields fields = mail::Fields::read(transport);
  if (!fields.empty()) head = mail::read_head(fields);
  if (const std::string subject = properties.line(Id::kSubject); !subject.empty()) {
    head.subject = subject;
  }
  const std::string from = person(
      properties.line(Id::kRepresentingName).empty() ? properties.line(Id::kSenderName)
                                                     : properties.line(Id::kRepresentingName),
      address_of(properties, Id::kRepresentingSmtp, Id::kRepresentingAddress).empty()
          ? address_of(properties, Id::kSenderSmtp, Id::kSenderAddress)
          : address_of(properties, Id::kRepresentingSmtp, Id::kRepresentingAddress));
  if (head.from.empty()) head.from = from;
  std::vector<std::string> to;
  std::vector<std::string> cc;
  std::vector<std::string> bcc;
  for (const Properties& recipient : item.recipients) {
    const std::string who = person(recipient.line(Id::kDisplayName),
                                   address_of(recipient, Id::kSmtpAddress, Id::kAddress));
    if (who.empty()) continue;
    switch (static_cast<RecipientType>(recipient.number(Id::kRecipientType) & 0xF)) {
      case RecipientType::kCc:
        cc.push_back(who);
        break;
      case RecipientType::kBcc:
        bcc.push_back(who);
        break;
      default:
        to.push_back(who);
    }
  }
  if (!to.empty()) head.to = std::move(to);
  if (!cc.empty()) head.cc = std::move(cc);
  if (!bcc.empty()) head.bcc = std::move(bcc);
  if (head.date.empty()) head.date = properties.time(Id::kSubmitTime);
  if (head.date.empty()) head.date = properties.time(Id::kDeliveryTime);
  if (head.message_id.empty()) head.message_id = without_brackets(properties.line(Id::kMessageId));
  if (head.in_reply_to.empty()) {
    head.in_reply_to = without_brackets(properties.line(Id::kInReplyTo));
  }
  return head;
}

void write_details(const Item& item, MarkdownWriter& out) {
  const std::string message_class = ascii_lower(item.properties.line(Id::kMessageClass));
  const bool is_contact = message_class.starts_with("ipm.contact");
  const bool is_appointment = message_class.starts_with("ipm.appointment") ||
                              message_class.starts_with("ipm.schedule") ||
                              message_class.starts_with("ipm.task");
  mail::LabelLines lines(out);
  const Properties& properties = item.properties;
  if (is_appointment) {
    const auto time = [&properties](Id id) {
      std::string text = properties.time(id);
      std::replace(text.begin(), text.end(), 'T', ' ');
      if (text.ends_with('Z')) text.replace(text.size() - 1, 1, " UTC");
      return text;
    };
    const auto first = [&time](std::initializer_list<Id> ids) {
      for (const Id id : ids) {
        if (std::string text = time(id); !text.empty()) return text;
      }
      return std::string();
    };
    lines.add("Begins:", first({Id::kAppointmentStart, Id::kStartDate, Id::kTaskStart}));
    lines.add("Ends:", first({Id::kAppointmentEnd, Id::kEndDate, Id::kTaskDue}));
    lines.add("Repeats:", properties.line(Id::kRecurrenceText));
    lines.add("Where:", properties.line(Id::kLocation));
    lines.add("Completed:", time(Id::kTaskCompleted));
    if (message_class.starts_with("ipm.task")) {
      lines.add("Status:", status_of(properties));
      lines.add("Owner:", properties.line(Id::kTaskOwner));
    }
  }
  if (is_contact) {
    write_contact(properties, lines);
  }
  lines.end();
}

}  // namespace sluice::msg
