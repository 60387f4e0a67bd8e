// SPDX-License-Identifier: Apache-2.0
#include "calendar/other_properties.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

namespace sluice::calendar {
namespace {

// Properties that EntryWriter shows in places of their own.
constexpr auto kShown = std::to_array<std::string_view>({"SUMMARY",
                                                         "DTSTART",
                                                         "DTEND",
                                                         "DURATION",
                                                         "DUE",
                                                         "COMPLETED",
                                                         "RRULE",
                                                         "EXRULE",
                                                         "RDATE",
                                                         "EXDATE",
                                                         "RECURRENCE-ID",
                                                         "LOCATION",
                                                         "ORGANIZER",
                                                         "ATTENDEE",
                                                         "STATUS",
                                                         "PERCENT-COMPLETE",
                                                         "PRIORITY",
                                                         "CATEGORIES",
                                                         "RESOURCES",
                                                         "URL",
                                                         "CONTACT",
                                                         "ATTACH",
                                                         "DESCRIPTION",
                                                         "COMMENT",
                                                         "FREEBUSY",
                                                         "FN",
                                                         "N",
                                                         "ORG",
                                                         "TITLE",
                                                         "ROLE",
                                                         "NICKNAME",
                                                         "EMAIL",
                                                         "TEL",
                                                         "ADR",
                                                         "IMPP",
                                                         "BDAY",
                                                         "ANNIVERSARY",
                                                         "MEMBER",
                                                         "RELATED",
                                                         "NOTE",
                                                         "PHOTO",
                                                         "LOGO"});

// Identifiers, stamps and orders to programs (RFC 5545, 6350, 7986, 9073, 9554); LABEL, which
// repeats ADR; STYLED-DESCRIPTION, which EntryWriter shows if there is no other description.
constexpr auto kOfPrograms = std::to_array<std::string_view>({"UID",
                                                              "DTSTAMP",
                                                              "SEQUENCE",
                                                              "REV",
                                                              "PRODID",
                                                              "VERSION",
                                                              "CLASS",
                                                              "CREATED",
                                                              "TRANSP",
                                                              "KEY",
                                                              "SOUND",
                                                              "CALSCALE",
                                                              "METHOD",
                                                              "RELATED-TO",
                                                              "LAST-MODIFIED",
                                                              "CLIENTPIDMAP",
                                                              "XML",
                                                              "KIND",
                                                              "SOURCE",
                                                              "REQUEST-STATUS",
                                                              "COLOR",
                                                              "AGENT",
                                                              "REFRESH-INTERVAL",
                                                              "STRUCTURED-DATA",
                                                              "PROFILE",
                                                              "MAILER",
                                                              "SORT-STRING",
                                                              "JSPROP",
                                                              "NAME",
                                                              "REFID",
                                                              "CALADRURI",
                                                              "CALURI",
                                                              "FBURL",
                                                              "LINK",
                                                              "CONCEPT",
                                                              "ACKNOWLEDGED",
                                                              "IMAGE",
                                                              "STYLED-DESCRIPTION",
                                                              "LABEL",
                                                              "TZID"});

// Properties of single programs that people write, and what they mean.
constexpr auto kOfPeople = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"X-GOOGLE-CONFERENCE", "Conference"},
     {"X-MICROSOFT-SKYPETEAMSMEETINGURL", "Conference"},
     {"X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", "Conference"},
     {"X-ABRELATEDNAMES", "Related"},
     {"X-ABDATE", "Date"},
     {"X-AIM", "AIM"},
     {"X-GADUGADU", "Gadu-Gadu"},
     {"X-GOOGLE-TALK", "Google Talk"},
     {"X-GTALK", "Google Talk"},
     {"X-GROUPWISE", "GroupWise"},
     {"X-ICQ", "ICQ"},
     {"X-JABBER", "Jabber"},
     {"X-MATRIX", "Matrix"},
     {"X-MSN", "MSN"},
     {"X-QQ", "QQ"},
     {"X-SIP", "SIP"},
     {"X-SKYPE", "Skype"},
     {"X-SKYPE-USERNAME", "Skype"},
     {"X-TWITTER", "Twitter"},
     {"X-YAHOO", "Yahoo"},
     {"X-ASSISTANT", "Assistant"},
     {"X-DEPARTMENT", "Department"},
     {"X-EVOLUTION-ANNIVERSARY", "Anniversary"},
     {"X-EVOLUTION-ASSISTANT", "Assistant"},
     {"X-EVOLUTION-MANAGER", "Manager"},
     {"X-EVOLUTION-SPOUSE", "Spouse"},
     {"X-EVOLUTION-VIDEO-URL", "Video"},
     {"X-GENDER", "Gender"},
     {"X-MAIDENNAME", "Maiden name"},
     {"X-MANAGER", "Manager"},
     {"X-PHONETIC-FIRST-NAME", "Phonetic first name"},
     {"X-PHONETIC-LAST-NAME", "Phonetic last name"},
     {"X-PROFESSION", "Profession"},
     {"X-SPOUSE", "Spouse"}});

template <std::size_t kSize>
bool is_one_of(const std::array<std::string_view, kSize>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "CONTACT-URI" as "Contact uri".
std::string label_of(std::string_view name) {
  std::string label = ascii_lower(name);
  std::replace(label.begin(), label.end(), '-', ' ');
  label[0] = ascii_upper(label[0]);
  return label;
}

}  // namespace

std::vector<OtherProperty> other_properties(const Component& component) {
  std::vector<OtherProperty> found;
  for (const Property& each : component.properties) {
    if (is_one_of(kShown, each.name) || is_one_of(kOfPrograms, each.name)) continue;
    if (!each.name.starts_with("X-")) {
      found.push_back({label_of(each.name), &each});
      continue;
    }
    const auto known = std::find_if(kOfPeople.begin(), kOfPeople.end(),
                                    [&](const auto& one) { return one.first == each.name; });
    if (known != kOfPeople.end()) found.push_back({std::string(known->second), &each});
  }
  return found;
}

}  // namespace sluice::calendar
