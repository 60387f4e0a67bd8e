// SPDX-License-Identifier: Apache-2.0
#include "mail/mime/message.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>

#include "mail/mime/words.hpp"

namespace sluice::mail {
namespace {

// Mail programs nest up to some six; digests of digests are children of their own.
constexpr std::size_t kMaxDepth = 32;
// The host takes fewer documents within one source.
constexpr std::size_t kMaxParts = 20'000;
// RFC 2046, 5.1.1 allows 70; longer ones occur.
constexpr std::size_t kMaxBoundary = 1000;
// How far into the body the first line that looks like a boundary is looked for.
constexpr std::size_t kMaxPreamble = std::size_t{64} << 10;

std::string without_brackets(std::string value) {
  if (value.size() >= 2 && value.front() == '<' && value.back() == '>') {
    value = value.substr(1, value.size() - 2);
  }
  return value;
}

// RFC 6838, 4.2.
bool is_media_type(std::string_view type) {
  const std::size_t slash = type.find('/');
  const auto is_name = [](std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return is_ascii_alphanumeric(static_cast<unsigned char>(c)) ||
             std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
    });
  };
  return slash != std::string_view::npos && is_name(type.substr(0, slash)) &&
         is_name(type.substr(slash + 1));
}

bool begins_line(std::string_view text, std::size_t at) {
  return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

// Where the line end before `at` begins.
std::size_t before_line_end(std::string_view text, std::size_t at, std::size_t from) {
  if (at > from && text[at - 1] == '\n') --at;
  if (at > from && text[at - 1] == '\r') --at;
  return at;
}

}  // namespace

std::string Part::file_name() const {
  std::string name = disposition().parameter("filename");
  if (name.empty()) name = type.parameter("name");
  const std::size_t folder = name.find_last_of("/\\");
  if (folder != std::string::npos && folder + 1 < name.size()) name.erase(0, folder + 1);
  return name;
}

std::string Part::content_id() const {
  return without_brackets(unfolded(fields.raw("content-id")));
}

std::string Part::content_location() const {
  return decode_words(fields.raw("content-location"));
}

Message::Message(std::string_view source) : source_(source) {
  read();
}

void Message::lose(const char* what) {
  if (defect_.empty()) defect_ = what;
}

PartId Message::add_part(PartId parent, std::size_t& at) {
  const PartId id = parts_.size();
  Part part;
  part.parent = parent;
  part.fields = Fields::read(source_, at, [this](std::size_t line) {
    Delimiter ignored{};
    return match(line, ignored);
  });
  part.type = parse_parameters(part.fields.raw("content-type"));
  if (!is_media_type(part.type.value)) {
    const bool in_digest = id > 0 && parts_[parent].is("multipart/digest");
    const bool is_bare = part.type.value.empty() || part.type.value == "text";
    part.type.value = is_bare && in_digest                    ? "message/rfc822"
                      : is_bare || part.type.value == "text/" ? "text/plain"
                                                              : "application/octet-stream";
  }
  parts_.push_back(std::move(part));
  if (id > 0) parts_[parent].children.push_back(id);
  return id;
}

// Where a multipart names no boundary: the first line that looks like one, and that a header
// follows.
std::string Message::guessed_boundary(std::size_t at) const {
  const std::size_t last = std::min(source_.size(), at + kMaxPreamble);
  while (at < last) {
    const std::size_t end = end_of_line(source_, at);
    const std::string_view line = trimmed(without_line_end(source_.substr(at, end - at)));
    const std::size_t next_end = end_of_line(source_, end);
    const std::string_view next = without_line_end(source_.substr(end, next_end - end));
    if (line.size() > 4 && line.starts_with("--") && field_name_size(next) > 0 &&
        line.size() < kMaxBoundary) {
      return std::string(line.substr(2));
    }
    at = end;
  }
  return {};
}

bool Message::opens_multipart(PartId id, std::size_t at) {
  if (!parts_[id].is_kind("multipart/")) return false;
  std::string boundary = parts_[id].type.parameter("boundary");
  if (boundary.empty()) boundary = guessed_boundary(at);
  if (boundary.empty() || boundary.size() > kMaxBoundary) {
    lose("a part of several says nothing of where its parts begin");
    return false;
  }
  if (open_.size() >= kMaxDepth) {
    lose("parts are nested more than 32 deep; the deeper ones are left as they are");
    return false;
  }
  while (boundary.ends_with(' ')) boundary.pop_back();
  open_.push_back({id, std::move(boundary), at});
  return true;
}

// The innermost multipart counts first: names of outer ones may be the beginning of inner ones.
bool Message::match(std::size_t line, Delimiter& found) const {
  if (open_.empty() || source_.substr(line, 2) != "--") return false;
  const std::size_t end = end_of_line(source_, line);
  std::string_view rest = without_line_end(source_.substr(line, end - line)).substr(2);
  while (!rest.empty() && (rest.back() == ' ' || rest.back() == '\t')) rest.remove_suffix(1);
  for (std::size_t level = open_.size(); level-- > 0;) {
    const std::string& boundary = open_[level].boundary;
    if (!rest.starts_with(boundary)) continue;
    const std::string_view behind = rest.substr(boundary.size());
    if (!behind.empty() && behind != "--") continue;
    found = {line, end, level, !behind.empty()};
    return true;
  }
  return false;
}

bool Message::find_delimiter(std::size_t from, Delimiter& found) const {
  if (open_.empty()) return false;
  for (std::size_t at = source_.find("--", from); at != std::string_view::npos;) {
    if (begins_line(source_, at) && match(at, found)) {
      found.begin = before_line_end(source_, at, from);
      return true;
    }
    // A line of dashes has one place where a delimiter may begin.
    const std::size_t past = source_.find_first_not_of('-', at);
    at = past == std::string_view::npos ? past : source_.find("--", past);
  }
  return false;
}

// Multiparts above `level` ended without a line that closes them, or with one. What never had a
// part is text.
void Message::close_to(std::size_t level, std::size_t end) {
  while (open_.size() > level) {
    const OpenMultipart& inner = open_.back();
    Part& part = parts_[inner.id];
    part.body = source_.substr(inner.begin, std::max(end, inner.begin) - inner.begin);
    if (part.children.empty()) part.type.value = "text/plain";
    open_.pop_back();
  }
}

void Message::read() {
  std::size_t at = 0;
  PartId id = add_part(0, at);
  bool in_leaf = !opens_multipart(id, at);
  while (true) {
    Delimiter delimiter{};
    const bool found = find_delimiter(at, delimiter);
    const std::size_t end = found ? delimiter.begin : source_.size();
    if (in_leaf) parts_[id].body = source_.substr(at, std::max(end, at) - at);
    if (!found) break;
    in_leaf = false;
    close_to(delimiter.level + (delimiter.closes ? 0 : 1), end);
    at = delimiter.end;
    if (delimiter.closes) continue;
    if (parts_.size() >= kMaxParts) {
      lose("the message has more than 20000 parts; the others are left out");
      break;
    }
    id = add_part(open_.back().id, at);
    in_leaf = !opens_multipart(id, at);
  }
  close_to(0, source_.size());
}

}  // namespace sluice::mail
