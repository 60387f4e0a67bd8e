// SPDX-License-Identifier: Apache-2.0
#include "metadata.hpp"

#include <Object.h>
#include <PDFDoc.h>
#include <XRef.h>

#include <array>
#include <cctype>
#include <cstdio>
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
  const int month = number(date, from + 4, 2);
  const int day = number(date, from + 6, 2);
  std::array<char, 40> out{};
  if (month < 1 || month > 12) return std::to_string(year);
  if (day < 1 || day > 31) {
    std::snprintf(out.data(), out.size(), "%04d-%02d", year, month);
    return out.data();
  }
  const int hour = number(date, from + 8, 2);
  const int minute = number(date, from + 10, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", year, month, day);
    return out.data();
  }
  const int second = number(date, from + 12, 2);
  std::snprintf(out.data(), out.size(), "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour,
                minute, second < 0 || second > 59 ? 0 : second);
  std::string text = out.data();
  const std::size_t zone = from + (second < 0 ? 12 : 14);
  if (zone >= date.size()) return text;
  if (date[zone] == 'Z') return text + "Z";
  if (date[zone] != '+' && date[zone] != '-') return text;
  const int hours = number(date, zone + 1, 2);
  if (hours < 0 || hours > 23) return text;
  const bool quote = zone + 3 < date.size() && date[zone + 3] == '\'';
  const int minutes = number(date, zone + (quote ? 4 : 3), 2);
  std::snprintf(out.data(), out.size(), "%c%02d:%02d", date[zone], hours,
                minutes < 0 || minutes > 59 ? 0 : minutes);
  return text + out.data();
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
