// SPDX-License-Identifier: Apache-2.0
#include "calendar/content_lines.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/lines.hpp>

#include "mail/mime/transfer.hpp"
#include "mail/mime/words.hpp"

namespace sluice::calendar {
namespace {

// A calendar holds events, and these hold alarms.
constexpr int kMaxNesting = 8;
constexpr std::size_t kMaxParameters = 100;

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char next = text[++i];
    if (next == 'n' || next == 'N') {
      out += '\n';
    } else if (next == ',' || next == ';' || next == '\\' || next == ':' || next == '"') {
      out += next;
    } else {
      out += '\\';
      out += next;
    }
  }
  return out;
}

std::vector<std::string> divided(std::string_view value, char divider) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (i < value.size() && value[i] == '\\') {
      ++i;
      continue;
    }
    if (i >= value.size() || value[i] == divider) {
      const std::size_t end = std::min(i, value.size());
      parts.push_back(unescaped(value.substr(begin, end - begin)));
      begin = i + 1;
    }
  }
  return parts;
}

// Where the parameters end: at the first of `signs` that is not within quotes.
std::size_t find_outside_quotes(std::string_view text, std::string_view signs) {
  bool in_quotes = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') in_quotes = !in_quotes;
    if (!in_quotes && signs.find(text[i]) != std::string_view::npos) return i;
  }
  return std::string_view::npos;
}

// RFC 6868: what a parameter cannot hold by itself.
std::string parameter_value(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') continue;
    if (text[i] == '^' && i + 1 < text.size()) {
      const char next = text[i + 1];
      if (next == 'n' || next == '^' || next == '\'') {
        out += next == 'n' ? '\n' : next == '\'' ? '"' : '^';
        ++i;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

void add_parameter(Property& property, std::string_view text) {
  const std::size_t equals = text.find('=');
  std::string key = "TYPE";
  std::string value;
  if (equals == std::string_view::npos) {
    value = parameter_value(trimmed(text));
    const std::string name = ascii_upper(trimmed(value));
    // vCard 2.1 writes these alone, too.
    if (name == "QUOTED-PRINTABLE" || name == "BASE64" || name == "8BIT" || name == "7BIT") {
      key = "ENCODING";
    }
  } else {
    key = ascii_upper(trimmed(text.substr(0, equals)));
    value = parameter_value(trimmed(text.substr(equals + 1)));
  }
  if (value.empty()) return;
  std::string& all = property.parameters[key];
  all += all.empty() ? value : "," + value;
}

std::optional<Property> parse(std::string_view line) {
  const std::size_t colon = find_outside_quotes(line, ":");
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  std::string_view head = line.substr(0, colon);
  Property property;
  property.value = line.substr(colon + 1);
  std::size_t end = std::min(find_outside_quotes(head, ";"), head.size());
  std::string_view name = head.substr(0, end);
  if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
    property.group = ascii_lower(trimmed(name.substr(0, dot)));
    name = name.substr(dot + 1);
  }
  property.name = ascii_upper(trimmed(name));
  const bool is_name =
      !property.name.empty() && std::all_of(property.name.begin(), property.name.end(), [](char c) {
        return is_ascii_alphanumeric(static_cast<unsigned char>(c)) || c == '-' || c == '_';
      });
  if (!is_name) return std::nullopt;
  for (std::size_t i = 0; end < head.size() && i < kMaxParameters; ++i) {
    head.remove_prefix(end + 1);
    end = std::min(find_outside_quotes(head, ";"), head.size());
    add_parameter(property, head.substr(0, end));
  }
  return property;
}

bool is_quoted_printable(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos &&
         ascii_upper(trimmed(line.substr(0, colon))).find("QUOTED-PRINTABLE") != std::string::npos;
}

// Where a program has doubled the ends of lines, an empty line stands before the rest of a folded
// one.
bool is_fold_behind_blank_lines(std::string_view rest) {
  constexpr std::size_t kMaxSigns = 8;  // two or three line ends; the file may have millions
  const std::size_t begin = rest.substr(0, kMaxSigns).find_first_not_of("\r\n");
  return begin != 0 && begin != std::string_view::npos &&
         (rest[begin] == ' ' || rest[begin] == '\t');
}

void decode(Property& property) {
  const std::string encoding = ascii_upper(trimmed(property.parameter("ENCODING")));
  if (encoding != "QUOTED-PRINTABLE") return;
  const std::string bytes = mail::from_quoted_printable(property.value);
  property.value = mail::to_utf8(bytes, property.parameter("CHARSET"));
}

}  // namespace

std::string Property::text() const {
  return unescaped(value);
}
std::vector<std::string> Property::fields() const {
  return divided(value, ';');
}
std::vector<std::string> Property::list() const {
  return divided(value, ',');
}

const Property* Component::find(std::string_view wanted) const {
  const auto found =
      std::find_if(properties.begin(), properties.end(),
                   [wanted](const Property& property) { return property.name == wanted; });
  return found == properties.end() ? nullptr : &*found;
}

std::vector<const Property*> Component::all(std::string_view wanted) const {
  std::vector<const Property*> found;
  for (const Property& property : properties) {
    if (property.name == wanted) found.push_back(&property);
  }
  return found;
}

std::string Component::text(std::string_view wanted) const {
  const Property* const property = find(wanted);
  return property == nullptr ? std::string() : property->text();
}

std::string with_whole_characters(std::string_view bytes) {
  std::string joined;
  joined.reserve(bytes.size());
  std::size_t written = 0;
  for (std::size_t end = bytes.find('\n'); end != std::string_view::npos;
       end = bytes.find('\n', end + 1)) {
    const std::size_t line_end = end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
    const bool is_folded =
        end + 1 < bytes.size() && (bytes[end + 1] == ' ' || bytes[end + 1] == '\t');
    if (!is_folded || line_end == 0 || static_cast<unsigned char>(bytes[line_end - 1]) < 0x80)
      continue;
    joined += bytes.substr(written, line_end - written);
    written = end + 2;
  }
  return joined.append(bytes.substr(written));
}

// A line goes on where the next begins with a blank; quoted-printable, where it ends with `=`.
std::string LineReader::unfolded_line() {
  std::string line(next_line(rest_));
  const bool is_quoted = is_quoted_printable(line);
  while (!rest_.empty()) {
    if (is_quoted && line.ends_with('=')) {
      line.pop_back();
      line += next_line(rest_);
    } else if (is_fold_behind_blank_lines(rest_)) {
      next_line(rest_);
    } else if (rest_.front() == ' ' || rest_.front() == '\t') {
      rest_.remove_prefix(1);
      line += next_line(rest_);
    } else {
      break;
    }
  }
  return line;
}

std::optional<Property> LineReader::next() {
  while (!rest_.empty()) {
    const std::string line = unfolded_line();
    if (trimmed(line).empty()) continue;
    if (auto property = parse(line)) {
      decode(*property);
      return property;
    }
    ++damaged_;
  }
  return std::nullopt;
}

Component LineReader::read_component(std::string name, int depth) {
  Component component;
  component.name = std::move(name);
  while (auto property = next()) {
    if (property->name == "END") return component;
    if (property->name == "BEGIN") {
      if (depth < kMaxNesting) {
        component.components.push_back(
            read_component(ascii_upper(trimmed(property->value)), depth + 1));
      } else {
        skip_component();
      }
      continue;
    }
    component.properties.push_back(std::move(*property));
  }
  is_cut_off_ = true;
  return component;
}

void LineReader::skip_component() {
  std::size_t open = 1;
  while (open > 0) {
    const auto property = next();
    if (!property) return;
    if (property->name == "BEGIN") ++open;
    if (property->name == "END") --open;
  }
}

}  // namespace sluice::calendar
