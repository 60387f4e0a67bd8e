// SPDX-License-Identifier: Apache-2.0
#include "calendar/entry_writer.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>
#include <sluice/data_uri.hpp>
#include <sluice/url.hpp>

#include "calendar/other_properties.hpp"
#include "calendar/recurrence.hpp"
#include "calendar/times.hpp"
#include "mail/body/html_page.hpp"
#include "mail/body/plain_text.hpp"
#include "mail/mime/transfer.hpp"
#include "mail/pictures.hpp"

namespace sluice::calendar {
namespace {

// A meeting of more people is known by its list, not by its members.
constexpr std::size_t kMaxAttendees = 100;
constexpr std::size_t kMaxDates = 50;  // named one by one
constexpr std::size_t kMaxPeriods = 500;

// "NEEDS-ACTION" as words.
std::string words_of(std::string_view code) {
  std::string words = ascii_lower(code);
  std::replace(words.begin(), words.end(), '-', ' ');
  return one_line(words, 100);
}

std::string joined(const std::vector<std::string>& parts, std::string_view divider = ", ") {
  std::string text;
  for (const std::string& part : parts) {
    if (trimmed(part).empty()) continue;
    if (!text.empty()) text += divider;
    text += one_line(part);
  }
  return text;
}

// "Name <address>", from `CN=Name:mailto:address`.
std::string person_of(const Property& property) {
  std::string address = one_line(property.text());
  if (starts_with_ignoring_ascii_case(address, "mailto:")) address.erase(0, 7);
  const std::string name = one_line(property.parameter("CN"));
  if (name.empty() || name == address) return address;
  return address.empty() ? name : name + " <" + address + ">";
}

// The labels that Apple's programs keep beside values: `item1.X-ABLabel:_$!<Home>!$_`.
GroupLabels labels_of_groups(const Component& card) {
  GroupLabels labels;
  for (const Property& each : card.properties) {
    if (each.group.empty() || each.name != "X-ABLABEL" || labels.contains(each.group)) continue;
    std::string label = each.text();
    if (label.starts_with("_$!<") && label.ends_with(">!$_"))
      label = label.substr(4, label.size() - 8);
    labels.emplace(each.group, one_line(label, 100));
  }
  return labels;
}

// " (home, mobile)", from the types that mean something to a reader.
std::string kinds_of(const Property& property, const GroupLabels& labels) {
  std::vector<std::string> kinds;
  std::set<std::string, std::less<>> known;
  const auto add = [&](std::string_view kind) {
    if (!kind.empty() && known.emplace(kind).second) kinds.emplace_back(kind);
  };
  if (const auto label = labels.find(property.group); label != labels.end()) add(label->second);
  const std::string types = ascii_lower(property.parameter("TYPE"));
  for (std::string_view rest = types; !rest.empty();) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string_view type = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const bool says_nothing = type == "pref" || type == "internet" || type == "voice" ||
                              type == "other" || type == "msg" || type == "x400";
    if (!says_nothing) add(type == "cell" ? "mobile" : type);
  }
  const std::string text = joined(kinds);
  return text.empty() ? std::string() : " (" + text + ")";
}

std::string name_of_card(const Component& card) {
  if (std::string name = one_line(card.text("FN")); !name.empty()) return name;
  if (const Property* const property = card.find("N")) {
    // Family, given, other, before, behind (RFC 6350, 6.2.2).
    std::vector<std::string> fields = property->fields();
    fields.resize(5);
    const std::string name = joined({fields[3], fields[1], fields[2], fields[0], fields[4]}, " ");
    if (!name.empty()) return name;
  }
  if (const Property* const property = card.find("ORG")) return joined(property->fields());
  if (const Property* const property = card.find("EMAIL")) return one_line(property->text());
  return "(no name)";
}

// RFC 6350, 6.3.1: box, extension, street, place, region, code, country.
std::string address_of(const Property& property) {
  return joined(property.fields());
}

// vCard 3 writes "b", iCalendar "BASE64".
bool is_base64(const Property& property) {
  const std::string encoding = ascii_lower(property.parameter("ENCODING"));
  return encoding == "b" || encoding == "base64";
}

}  // namespace

void DetailLines::begin(std::string_view label) {
  lines_.begin(std::string(label) + ":");
  out_.text(" ");
}

void DetailLines::add(std::string_view label, std::string_view value) {
  if (trimmed(value).empty()) return;
  if (is_web_address(value)) return add_link(label, value);
  begin(label);
  out_.text(value);
}

void DetailLines::add_link(std::string_view label, std::string_view url) {
  begin(label);
  const std::string address = one_line(url, 4096);
  out_.begin_link(address);
  out_.text(address);
  out_.end_link();
}

void EntryWriter::heading(const std::string& text) {
  out_.begin_heading(2);
  out_.text(text);
  out_.end_heading();
}

bool EntryWriter::write_entry(const Component& entry) {
  if (entry.name == "VFREEBUSY") {
    write_busy(entry);
    return true;
  }
  const bool is_task = entry.name == "VTODO";
  if (entry.name != "VEVENT" && !is_task && entry.name != "VJOURNAL") return false;
  const std::string summary = one_line(entry.text("SUMMARY"));
  const char* const unnamed = is_task ? "(task)" : entry.name == "VJOURNAL" ? "(note)" : "(event)";
  heading(summary.empty() ? unnamed : summary);
  DetailLines lines(out_);
  write_times(entry, lines);
  write_recurrence(entry, lines);
  lines.add("Where", one_line(entry.text("LOCATION")));
  write_people(entry, lines);
  const std::string status = words_of(entry.text("STATUS"));
  if (status != "confirmed") lines.add("Status", status);
  if (const std::string done = one_line(entry.text("PERCENT-COMPLETE"), 20); !done.empty()) {
    lines.add("Done", done + " %");
  }
  if (const std::string priority = one_line(entry.text("PRIORITY"), 20); priority != "0") {
    lines.add("Priority", priority);
  }
  for (const char* name : {"CATEGORIES", "RESOURCES"}) {
    std::vector<std::string> all;
    for (const Property* property : entry.all(name)) {
      for (std::string& each : property->list()) all.push_back(std::move(each));
    }
    lines.add(name[0] == 'C' ? "Categories" : "Resources", joined(all));
  }
  lines.add("Link", one_line(entry.text("URL"), 4096));
  lines.add("Contact", one_line(entry.text("CONTACT")));
  for (const Property* property : entry.all("ATTACH")) write_attachment(*property, lines);
  write_reminders(entry, lines);
  write_others(entry, {}, lines);
  lines.end();
  write_description(entry);
  return true;
}

void EntryWriter::write_description(const Component& entry) {
  for (const char* name : {"DESCRIPTION", "COMMENT"}) {
    for (const Property* property : entry.all(name)) {
      mail::write_plain_text(property->text(), {}, out_);
    }
  }
  if (!trimmed(entry.text("DESCRIPTION")).empty()) return;
  // Outlook's form, and that of RFC 9073.
  for (const char* name : {"X-ALT-DESC", "STYLED-DESCRIPTION"}) {
    const Property* const property = entry.find(name);
    if (property == nullptr) continue;
    const mail::HtmlPage page(property->text());
    return page.write([](std::string_view) { return std::nullopt; }, job_, out_);
  }
}

void EntryWriter::write_times(const Component& entry, DetailLines& lines) {
  const Property* const start = entry.find("DTSTART");
  const Property* const end = entry.find("DTEND");
  const Property* const duration = entry.find("DURATION");
  if (start != nullptr) {
    std::string when = span_text(*start, end);
    if (end == nullptr && duration != nullptr) when += ", for " + duration_text(duration->value);
    lines.add(entry.name == "VTODO" ? "Begins" : "When", when);
  }
  if (const Property* const due = entry.find("DUE")) lines.add("Due", time_text(*due));
  if (const Property* const done = entry.find("COMPLETED"))
    lines.add("Completed", time_text(*done));
}

void EntryWriter::write_recurrence(const Component& entry, DetailLines& lines) {
  for (const Property* rule : entry.all("RRULE"))
    lines.add("Repeats", recurrence_text(rule->value));
  const auto dates = [&](const char* name) {
    std::vector<std::string> all;
    for (const Property* property : entry.all(name)) {
      for (const std::string& value : property->list()) {
        // A period begins with its time.
        const std::string first = value.substr(0, value.find('/'));
        if (all.size() < kMaxDates) all.push_back(time_text(first, property->parameter("TZID")));
      }
    }
    return joined(all);
  };
  lines.add("Also on", dates("RDATE"));
  lines.add("Except on", dates("EXDATE"));
  for (const Property* rule : entry.all("EXRULE"))
    lines.add("Except", recurrence_text(rule->value));
  if (const Property* const of = entry.find("RECURRENCE-ID")) {
    lines.add("Instead of the one on", time_text(*of));
  }
}

void EntryWriter::write_people(const Component& entry, DetailLines& lines) {
  if (const Property* const organizer = entry.find("ORGANIZER")) {
    lines.add("Organizer", person_of(*organizer));
  }
  const std::vector<const Property*> attendees = entry.all("ATTENDEE");
  std::string all;
  for (std::size_t i = 0; i < std::min(attendees.size(), kMaxAttendees); ++i) {
    std::string said = words_of(attendees[i]->parameter("PARTSTAT"));
    const std::string role = ascii_lower(attendees[i]->parameter("ROLE"));
    if (said == "needs action") said = "no answer";
    if (role == "opt-participant") said += said.empty() ? "optional" : ", optional";
    if (role == "non-participant") said += said.empty() ? "for information" : ", for information";
    all += (i > 0 ? ", " : "") + person_of(*attendees[i]) + (said.empty() ? "" : " (" + said + ")");
  }
  if (attendees.size() > kMaxAttendees) {
    all += " and " + counted(attendees.size() - kMaxAttendees, "other");
  }
  lines.add("Attendees", all);
}

void EntryWriter::write_reminders(const Component& entry, DetailLines& lines) {
  std::vector<std::string> all;
  for (const Component& alarm : entry.components) {
    const Property* const trigger = alarm.find("TRIGGER");
    if (alarm.name != "VALARM" || trigger == nullptr || all.size() >= kMaxDates) continue;
    const std::string_view value = trimmed(trigger->value);
    const bool is_duration = value.find('P') != std::string_view::npos;
    const bool is_end = equal_ignoring_ascii_case(trigger->parameter("RELATED"), "END");
    all.push_back(is_duration
                      ? duration_text(value) + (value.starts_with('-') ? " before" : " after") +
                            (is_end ? " the end" : "")
                      : time_text(*trigger));
  }
  lines.add("Reminder", joined(all));
}

void EntryWriter::write_busy(const Component& entry) {
  heading("Busy times");
  DetailLines lines(out_);
  write_times(entry, lines);
  write_people(entry, lines);
  lines.end();
  std::size_t periods = 0;
  out_.begin_list();
  for (const Property* property : entry.all("FREEBUSY")) {
    for (const std::string& period : property->list()) {
      if (++periods > kMaxPeriods) continue;
      const std::size_t slash = period.find('/');
      const std::string begin = time_text(period.substr(0, slash), {});
      const std::string end = slash == period.npos ? std::string() : period.substr(slash + 1);
      out_.begin_item();
      out_.text(begin + (end.empty()            ? ""
                         : end.starts_with('P') ? ", for " + duration_text(end)
                                                : " to " + time_text(end, {})));
      const std::string kind = words_of(property->parameter("FBTYPE"));
      if (!kind.empty() && kind != "busy") out_.text(" (" + kind + ")");
      out_.end_item();
    }
  }
  out_.end_list();
  if (periods > kMaxPeriods) {
    job_.warn("left-out", "only the first " + std::to_string(kMaxPeriods) + " of " +
                              counted(periods, "busy time") + " are shown");
  }
}

// A file within the calendar is a document of its own.
void EntryWriter::write_attachment(const Property& property, DetailLines& lines) {
  if (!is_base64(property)) {
    lines.add("Attachment", one_line(property.value, 4096));
    return;
  }
  std::string name = property.parameter("FILENAME");
  if (name.empty()) name = property.parameter("X-FILENAME");
  const std::string type = ascii_lower(property.parameter("FMTTYPE"));
  attachments_.add({std::move(name), type, [text = property.value](const mail::ByteSink& sink) {
                      return mail::decode(mail::Transfer::kBase64, text, sink);
                    }});
}

void EntryWriter::write_contact(const Component& card) {
  heading(name_of_card(card));
  write_picture(card);
  DetailLines lines(out_);
  if (const Property* const org = card.find("ORG"))
    lines.add("Organization", joined(org->fields()));
  lines.add("Title", one_line(card.text("TITLE")));
  lines.add("Role", one_line(card.text("ROLE")));
  if (const Property* const nick = card.find("NICKNAME"))
    lines.add("Nickname", joined(nick->list()));
  const GroupLabels labels = labels_of_groups(card);
  write_ways(card, labels, lines);
  const auto date = [&](const char* label, const char* name) {
    if (const Property* const property = card.find(name))
      lines.add(label, time_text(property->value, {}));
  };
  date("Birthday", "BDAY");
  date("Anniversary", "ANNIVERSARY");
  if (const Property* const all = card.find("CATEGORIES"))
    lines.add("Categories", joined(all->list()));
  for (const Property* member : card.all("MEMBER")) lines.add("Member", one_line(member->text()));
  for (const Property* related : card.all("RELATED")) {
    lines.add("Related", one_line(related->text()) + kinds_of(*related, labels));
  }
  write_others(card, labels, lines);
  lines.end();
  for (const Property* note : card.all("NOTE")) mail::write_plain_text(note->text(), {}, out_);
}

void EntryWriter::write_others(const Component& component, const GroupLabels& labels,
                               DetailLines& lines) {
  // A file made by a program can have any number of them.
  constexpr std::size_t kMaxOthers = 200;
  const std::vector<OtherProperty> others = other_properties(component);
  for (std::size_t i = 0; i < std::min(others.size(), kMaxOthers); ++i) {
    const Property& property = *others[i].property;
    if (is_base64(property) || is_data_uri(property.value)) {
      job_.warn("left-out", "the file in the property " + property.name + " is left out");
      continue;
    }
    lines.add(others[i].label + kinds_of(property, labels), joined(property.fields()));
  }
  if (others.size() > kMaxOthers) {
    job_.warn("left-out", "only the first " + std::to_string(kMaxOthers) + " of " +
                              counted(others.size(), "other property", "other properties") +
                              " of an entry are shown");
  }
}

// The ways to reach somebody.
void EntryWriter::write_ways(const Component& card, const GroupLabels& labels, DetailLines& lines) {
  struct Way {
    const char* name;
    const char* label;
  };
  static constexpr auto kWays = std::to_array<Way>({{"EMAIL", "Email"},
                                                    {"TEL", "Phone"},
                                                    {"ADR", "Address"},
                                                    {"URL", "Link"},
                                                    {"IMPP", "Chat"},
                                                    {"X-SOCIALPROFILE", "Profile"}});
  for (const Way& way : kWays) {
    for (const Property* property : card.all(way.name)) {
      std::string value =
          property->name == "ADR" ? address_of(*property) : one_line(property->text());
      if (starts_with_ignoring_ascii_case(value, "tel:")) value.erase(0, 4);
      if (value.empty()) continue;
      const std::string kinds = kinds_of(*property, labels);
      lines.add(std::string(way.label) + kinds, value);
    }
  }
}

void EntryWriter::write_picture(const Component& card) {
  for (const char* name : {"PHOTO", "LOGO"}) {
    for (const Property* property : card.all(name)) {
      std::optional<sluice_asset> asset;
      if (is_base64(*property)) {
        asset = mail::add_picture(job_, mail::from_base64(property->value), "");
      } else if (is_data_uri(property->value)) {
        asset = data_uris_.collect(property->value);
      }
      if (!asset) continue;
      out_.image(*asset, name_of_card(card));
      out_.end_paragraph();
    }
  }
}

}  // namespace sluice::calendar
