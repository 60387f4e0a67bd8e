// SPDX-License-Identifier: Apache-2.0
#include "calendar/converter.hpp"

#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <sluice/counted.hpp>
#include <sluice/markdown_writer.hpp>
#include <string>

#include "calendar/content_lines.hpp"
#include "calendar/entry_writer.hpp"
#include "calendar/times.hpp"
#include "mail/attachments.hpp"

namespace sluice::calendar {
namespace {

// Whether the first line that is not blank is this one, in any case. Text in UTF-16 is decoded
// first.
bool begins_with(const Probe& input, std::string_view first) {
  const std::string text = decode_text(input.head).utf8;
  const std::string_view bare = trimmed(text);
  return starts_with_ignoring_ascii_case(bare, first);
}

std::string decoded(std::string_view source) {
  const std::string bytes = with_whole_characters(source);
  return decode_text({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}).utf8;
}

// Writes the entries of a file as they are read: one is held at a time.
class FileWriter {
 public:
  explicit FileWriter(Job& job)
      : job_(job),
        text_(decoded(job.source_text())),
        reader_(text_),
        out_(job),
        attachments_(job),
        entries_(job, out_, attachments_) {}

  void convert() {
    while (auto property = reader_.next()) {
      job_.check_cancelled();
      if (property->name != "BEGIN") {
        calendar_property(*property);
        continue;
      }
      const std::string name = ascii_upper(trimmed(property->value));
      // Its entries stand within it.
      if (name != "VCALENDAR") write(reader_.read_component(name));
    }
    attachments_.write_list(out_);
    out_.finish();
    conclude();
  }

 private:
  void calendar_property(const Property& property) {
    if (property.name == "X-WR-CALNAME" || (property.name == "NAME" && title_.empty())) {
      title_ = one_line(property.text());
      if (title_.empty() || count_ > 0) return;
      out_.begin_heading(1);
      out_.text(title_);
      out_.end_heading();
    } else if (property.name == "X-WR-CALDESC") {
      out_.text(property.text());
      out_.end_paragraph();
    }
  }

  void write(const Component& component) {
    if (component.name == "VCARD") {
      entries_.write_contact(component);
    } else if (!entries_.write_entry(component)) {
      // Time zones are known by their names.
      if (component.name != "VTIMEZONE") ++others_;
      return;
    }
    if (++count_ > 1) return;
    first_ = one_line(component.text(component.name == "VCARD" ? "FN" : "SUMMARY"));
    if (const Property* const start = component.find("DTSTART")) begin_ = iso_time(start->value);
  }

  void conclude() {
    if (!title_.empty() || count_ == 1)
      job_.set_metadata("title", title_.empty() ? first_ : title_);
    if (count_ == 1 && !begin_.empty()) job_.set_metadata("date", begin_);
    job_.set_metadata("entries", std::to_string(count_));
    if (others_ > 0) {
      job_.warn("left-out", counted(others_, "entry is", "entries are") + " of an unknown kind");
    }
    std::string lost;
    if (reader_.damaged_lines() > 0) {
      lost = counted(reader_.damaged_lines(), "line") + " could not be read";
      job_.warn("damaged-lines", lost);
    }
    if (attachments_.damaged() > 0) {
      job_.warn("damaged-encoding",
                counted(attachments_.damaged(), "place") + " in attachments could not be decoded");
    }
    if (reader_.is_cut_off()) lost = "the file is cut off within an entry";
    if (count_ == 0) {
      job_.finish_as(Outcome::kEmpty, "there is no entry in the file");
    } else if (!lost.empty()) {
      job_.finish_as(Outcome::kPartial, lost);
    }
  }

  Job& job_;
  std::string text_;
  LineReader reader_;
  MarkdownWriter out_;
  mail::Attachments attachments_;
  EntryWriter entries_;
  std::string title_;
  std::string first_;
  std::string begin_;
  std::uint64_t count_ = 0;
  std::uint64_t others_ = 0;
};

}  // namespace

bool CalendarConverter::probe(const Probe& input) {
  return begins_with(input, "begin:vcalendar");
}

void CalendarConverter::convert(Job& job) {
  FileWriter(job).convert();
}

// In an encoding that needs ICU's tables.
Canary CalendarConverter::canary() const {
  return {
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY;CHARSET=shift_jis;ENCODING=QUOTED-PRINTABLE:=83J="
      "83i\n"
      "DTSTART:20240301T100000Z\nEND:VEVENT\nEND:VCALENDAR\n",
      "canary.ics", "text/calendar", "## カナ\n\n**When:** 2024-03-01 10:00 UTC\n"};
}

bool ContactsConverter::probe(const Probe& input) {
  return begins_with(input, "begin:vcard");
}

void ContactsConverter::convert(Job& job) {
  FileWriter(job).convert();
}

Canary ContactsConverter::canary() const {
  return {
      "BEGIN:VCARD\nFN;CHARSET=shift_jis;ENCODING=QUOTED-PRINTABLE:=83J=83i\nTEL;CELL:1\nEND:"
      "VCARD\n",
      "canary.vcf", "text/vcard", "## カナ\n\n**Phone (mobile):** 1\n"};
}

}  // namespace sluice::calendar
