// SPDX-License-Identifier: Apache-2.0
#include "docx/mht.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/base64.hpp>
#include <sluice/blanks.hpp>
#include <sluice/lines.hpp>
#include <utility>

namespace sluice::docx {
namespace {

constexpr int kMaxDepth = 8;  // of parts within parts

struct Entity {
  std::string head;  // folded lines joined, in lower case but for what is quoted
  std::string_view body;
};

// RFC 5322, 2.2: lines of names and values up to a blank one.
Entity split(std::string_view text) {
  Entity entity;
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (line.empty()) break;
    const bool goes_on = line.front() == ' ' || line.front() == '\t';
    if (!goes_on) entity.head += '\n';
    entity.head += line;
  }
  entity.body = text;
  return entity;
}

std::string field(const Entity& entity, std::string_view name) {
  const std::string lower = ascii_lower(entity.head);
  const std::size_t at = lower.find("\n" + std::string(name) + ":");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + name.size() + 2;
  const std::size_t end = std::min(lower.find('\n', begin), lower.size());
  return std::string(trimmed(std::string_view(entity.head).substr(begin, end - begin)));
}

// RFC 2045, 5.1: `name=value` or `name="value"` behind a semicolon.
std::string parameter(const std::string& value, std::string_view name) {
  const std::string lower = ascii_lower(value);
  const std::size_t at = lower.find(std::string(name) + "=");
  if (at == std::string::npos) return {};
  std::string_view rest = std::string_view(value).substr(at + name.size() + 1);
  if (rest.starts_with('"')) {
    rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find('"')));
  }
  return std::string(trimmed(rest.substr(0, rest.find(';'))));
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// RFC 2045, 6.7.
std::string from_quoted_printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '=') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else if (text.substr(i + 1).starts_with("\r\n")) {
      i += 2;
    } else if (text.substr(i + 1).starts_with('\n')) {
      ++i;
    } else {
      out += '=';
    }
  }
  return out;
}

std::string decoded(const Entity& entity) {
  const std::string encoding = ascii_lower(field(entity, "content-transfer-encoding"));
  if (encoding == "quoted-printable") return from_quoted_printable(entity.body);
  if (encoding == "base64") {
    const auto bytes = decode_base64(entity.body);
    return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
  }
  return std::string(entity.body);
}

MhtPage read_entity(std::string_view text, int depth) {
  const Entity entity = split(text);
  const std::string type = field(entity, "content-type");
  const std::string kind = ascii_lower(type);
  if (kind.starts_with("text/html") || kind.starts_with("application/xhtml")) {
    return {decoded(entity), parameter(type, "charset")};
  }
  const std::string boundary = parameter(type, "boundary");
  if (!kind.starts_with("multipart/") || boundary.empty() || depth >= kMaxDepth) return {};
  const std::string mark = "--" + boundary;
  std::size_t at = entity.body.find(mark);
  while (at != std::string_view::npos) {
    std::size_t begin = entity.body.find('\n', at);
    if (begin == std::string_view::npos) return {};
    ++begin;
    const std::size_t end = entity.body.find(mark, begin);
    MhtPage page = read_entity(entity.body.substr(begin, end - begin), depth + 1);
    if (!page.html.empty()) return page;
    at = end;
  }
  return {};
}

}  // namespace

MhtPage read_mht(std::string_view message) {
  return read_entity(message, 0);
}

}  // namespace sluice::docx
