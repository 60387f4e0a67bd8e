// SPDX-License-Identifier: Apache-2.0
#include "msg/contact_card.hpp"

#include <algorithm>
#include <array>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <string>
#include <utility>
#include <vector>

namespace sluice::msg {
namespace {

struct Row {
  std::string_view label;
  std::array<Id, 3> ids;  // of values of the same meaning; the first again where there is only one
};

constexpr Row row(std::string_view label, Id id) {
  return {label, {id, id, id}};
}

constexpr auto kWork = std::to_array<Row>(
    {row("Name:", Id::kDisplayName),
     row("Nickname:", Id::kNickname),
     row("Company:", Id::kCompany),
     row("Department:", Id::kDepartment),
     row("Office:", Id::kOffice),
     row("Title:", Id::kJobTitle),
     row("Profession:", Id::kProfession),
     row("Manager:", Id::kManager),
     row("Assistant:", Id::kAssistant),
     {"Email:", {Id::kEmailAddress, Id::kSecondEmailAddress, Id::kThirdEmailAddress}},
     row("Instant messages:", Id::kInstantMessaging),
     {"Business phone:", {Id::kBusinessPhone, Id::kSecondBusinessPhone, Id::kBusinessPhone}},
     row("Company phone:", Id::kCompanyPhone),
     {"Home phone:", {Id::kHomePhone, Id::kSecondHomePhone, Id::kHomePhone}},
     row("Mobile phone:", Id::kMobilePhone),
     row("Primary phone:", Id::kPrimaryPhone),
     row("Callback:", Id::kCallbackPhone),
     row("Car phone:", Id::kCarPhone),
     row("Radio phone:", Id::kRadioPhone),
     row("Assistant's phone:", Id::kAssistantPhone),
     row("Other phone:", Id::kOtherPhone),
     row("Pager:", Id::kPager),
     row("Text phone:", Id::kTextPhone),
     row("ISDN:", Id::kIsdn),
     row("Telex:", Id::kTelex),
     row("Business fax:", Id::kBusinessFax),
     row("Home fax:", Id::kHomeFax),
     row("Primary fax:", Id::kPrimaryFax),
     {"Web page:", {Id::kBusinessPage, Id::kPersonalPage, Id::kWebPage}}});

constexpr auto kPerson = std::to_array<Row>(
    {row("Spouse:", Id::kSpouse), row("Hobbies:", Id::kHobbies), row("Language:", Id::kLanguage),
     row("Customer number:", Id::kCustomerNumber),
     row("Government number:", Id::kGovernmentNumber)});

// Each value once, in order.
std::string values_of(const Properties& properties, const std::array<Id, 3>& ids) {
  std::string joined;
  std::vector<std::string> values;
  for (const Id id : ids) {
    std::string value = properties.line(id);
    if (value.empty() || std::find(values.begin(), values.end(), value) != values.end()) continue;
    joined.append(joined.empty() ? "" : ", ").append(value);
    values.push_back(std::move(value));
  }
  return joined;
}

struct Address {
  std::string_view label;
  Id whole;
  std::array<Id, 5> parts;
};

constexpr auto kAddresses = std::to_array<Address>(
    {{"Business address:",
      Id::kWorkAddress,
      {Id::kWorkStreet, Id::kWorkPostalCode, Id::kWorkCity, Id::kWorkState, Id::kWorkCountry}},
     {"Home address:",
      Id::kHomeAddress,
      {Id::kHomeStreet, Id::kHomePostalCode, Id::kHomeCity, Id::kHomeState, Id::kHomeCountry}},
     {"Other address:",
      Id::kOtherAddress,
      {Id::kOtherStreet, Id::kOtherPostalCode, Id::kOtherCity, Id::kOtherState,
       Id::kOtherCountry}}});

// An address has lines.
std::string with_commas(std::string_view lines) {
  std::string out;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string line = one_line(lines.substr(0, end));
    if (!line.empty()) out.append(out.empty() ? "" : ", ").append(line);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return out;
}

// Whether the text has the words, and not within a longer one: "US" is not in "BUS STATION".
// Chinese and Japanese have no blanks between words.
bool has_words(std::string_view text, std::string_view words) {
  const auto is_of_word = [&](std::size_t at) {
    return at < text.size() && is_ascii_alphanumeric(text[at]);
  };
  for (std::size_t at = text.find(words); at != std::string_view::npos;
       at = text.find(words, at + words.size())) {
    if ((at == 0 || !is_of_word(at - 1)) && !is_of_word(at + words.size())) return true;
  }
  return false;
}

// Outlook leaves the country out of the whole where it is the user's own.
std::string address_of(const Properties& properties, const Address& address) {
  std::string whole = with_commas(properties.text(address.whole));
  const bool has_whole = !whole.empty();
  for (const Id id : address.parts) {
    const std::string part = with_commas(properties.text(id));
    if (part.empty() || (has_whole && has_words(whole, part))) continue;
    whole.append(whole.empty() ? "" : ", ").append(part);
  }
  return whole;
}

std::string day_of(const Properties& properties, Id local, Id in_utc) {
  const std::string time = properties.time(local);
  return (time.empty() ? properties.time(in_utc) : time).substr(0, 10);
}

}  // namespace

void write_contact(const Properties& properties, mail::LabelLines& lines) {
  for (const Row& each : kWork) lines.add(each.label, values_of(properties, each.ids));
  bool has_address = false;
  for (const Address& address : kAddresses) {
    const std::string value = address_of(properties, address);
    has_address = has_address || !value.empty();
    lines.add(address.label, value);
  }
  if (!has_address) lines.add("Address:", with_commas(properties.text(Id::kPostalAddress)));
  lines.add("Birthday:", day_of(properties, Id::kLocalBirthday, Id::kBirthday));
  lines.add("Anniversary:", day_of(properties, Id::kLocalAnniversary, Id::kAnniversary));
  for (const Row& each : kPerson) lines.add(each.label, values_of(properties, each.ids));
}

}  // namespace sluice::msg
