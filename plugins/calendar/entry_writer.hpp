// SPDX-License-Identifier: Apache-2.0
//
// Events, tasks, journals, busy times (RFC 5545) and contacts (RFC 6350) as sections of Markdown.
#pragma once

#include <cstdint>
#include <map>
#include <sluice/images.hpp>
#include <sluice/markdown_writer.hpp>
#include <string>
#include <string_view>

#include "calendar/content_lines.hpp"
#include "mail/attachments.hpp"
#include "mail/head.hpp"

namespace sluice::calendar {

// Lines with labels whose values may be links.
class DetailLines {
 public:
  explicit DetailLines(MarkdownWriter& out) : out_(out), lines_(out) {}
  // Nothing for an empty value.
  void add(std::string_view label, std::string_view value);
  void add_link(std::string_view label, std::string_view url);
  void end() { lines_.end(); }

 private:
  void begin(std::string_view label);

  MarkdownWriter& out_;
  mail::LabelLines lines_;
};

// Of a contact, by their groups.
using GroupLabels = std::map<std::string, std::string>;

class EntryWriter {
 public:
  EntryWriter(Job& job, MarkdownWriter& out, mail::Attachments& attachments)
      : job_(job), out_(out), attachments_(attachments), data_uris_(job) {}

  // Writes one of VEVENT, VTODO, VJOURNAL, VFREEBUSY; false for any other.
  bool write_entry(const Component& entry);
  void write_contact(const Component& card);

 private:
  void heading(const std::string& text);
  void write_times(const Component& entry, DetailLines& lines);
  void write_recurrence(const Component& entry, DetailLines& lines);
  void write_people(const Component& entry, DetailLines& lines);
  void write_reminders(const Component& entry, DetailLines& lines);
  void write_busy(const Component& entry);
  void write_attachment(const Property& property, DetailLines& lines);
  void write_ways(const Component& card, const GroupLabels& labels, DetailLines& lines);
  void write_others(const Component& component, const GroupLabels& labels, DetailLines& lines);
  void write_description(const Component& entry);
  void write_picture(const Component& card);

  Job& job_;
  MarkdownWriter& out_;
  mail::Attachments& attachments_;
  ImageCollector data_uris_;
};

}  // namespace sluice::calendar
