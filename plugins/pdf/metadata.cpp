// SPDX-License-Identifier: Apache-2.0
#include "metadata.hpp"

#include <Object.h>
#include <PDFDoc.h>
#include <XRef.h>

#include <cctype>
#include <sluice/ascii.hpp>

#include "text_string.hpp"

namespace sluice::pdf {
namespace {

// The number that `digits` digits at `at` are, or -1.
int number(const std::string& text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::string entry(Object& info, const char* key) {
  if (!info.isDict()) return {};
  const Object value = info.dictLookup(key);
  return value.isString() ? text_string(value.getString()->toStr()) : std::string();
}

std::string language_of(PDFDoc& document) {
  const Object catalog = document.getXRef()->getCatalog();
  if (!catalog.isDict()) return {};
  const Object value = catalog.dictLookup("Lang");
  if (!value.isString()) return {};
  const std::string language = text_string(value.getString()->toStr());
  for (const char c : language) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-') return {};
  }
  return language.size() >= 2 && language.size() <= 35 ? language : std::string();
}

}  // namespace

std::string iso_date(const std::string& date) {
  const std::size_t from = date.rfind("D:", 0) == 0 ? 2 : 0;
  const int year = number(date, from, 4);
  if (year < 1000) return {};
  // The digits are copied as they are, two at a time behind the year.
  const auto two = [&](std::size_t at, int least, int most) -> std::string {
    const int value = number(date, at, 2);
    return value < least || value > most ? std::string() : date.substr(at, 2);
  };
  std::string text = date.substr(from, 4);
  const std::string month = two(from + 4, 1, 12);
  if (month.empty()) return text;
  text += "-" + month;
  const std::string day = two(from + 6, 1, 31);
  if (day.empty()) return text;
  text += "-" + day;
  const std::string hour = two(from + 8, 0, 23);
  const std::string minute = two(from + 10, 0, 59);
  if (hour.empty() || minute.empty()) return text;
  const bool has_second = number(date, from + 12, 2) >= 0;
  const std::string second = two(from + 12, 0, 59);
  text += "T" + hour + ":" + minute + ":" + (second.empty() ? "00" : second);
  const std::size_t zone = from + (has_second ? 14 : 12);
  if (zone >= date.size()) return text;
  if (date[zone] == 'Z') return text + "Z";
  if (date[zone] != '+' && date[zone] != '-') return text;
  const std::string hours = two(zone + 1, 0, 23);
  if (hours.empty()) return text;
  const bool quote = zone + 3 < date.size() && date[zone + 3] == '\'';
  const std::string minutes = two(zone + (quote ? 4 : 3), 0, 59);
  return text + date[zone] + hours + ":" + (minutes.empty() ? "00" : minutes);
}

std::string useful_title(const std::string& title) {
  const std::string small = ascii_lower(title);
  if (small.empty() || small == "untitled" || small == "title" || small == "(anonymous)" ||
      small == "unspecified" || small == "slide 1" || small == "powerpoint presentation" ||
      small.rfind("untitled", 0) == 0 || small.rfind("microsoft word -", 0) == 0 ||
      small.rfind("microsoft powerpoint -", 0) == 0 || small.rfind("microsoft excel -", 0) == 0) {
    return {};
  }
  // A file's name is no title.
  const std::size_t dot = small.rfind('.');
  if (dot != std::string::npos && small.size() - dot <= 5 && small.find(' ') == std::string::npos)
    return {};
  return title;
}

Metadata metadata_of(Document& document) {
  PDFDoc& pdf = document.poppler();
  Object info = pdf.getDocInfo();
  Metadata metadata;
  metadata.title = useful_title(entry(info, "Title"));
  metadata.author = entry(info, "Author");
  if (ascii_lower(metadata.author) == "anonymous" || ascii_lower(metadata.author) == "(anonymous)")
    metadata.author.clear();
  metadata.description = entry(info, "Subject");
  if (ascii_lower(metadata.description) == "unspecified") metadata.description.clear();
  metadata.keywords = entry(info, "Keywords");
  metadata.created = iso_date(entry(info, "CreationDate"));
  metadata.modified = iso_date(entry(info, "ModDate"));
  metadata.language = language_of(pdf);
  return metadata;
}

}  // namespace sluice::pdf
