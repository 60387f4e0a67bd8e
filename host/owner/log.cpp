#include "owner/log.h"

#include <algorithm>
#include <charconv>

#include "model/layout.h"
#include "model/path_text.h"
#include "owner/plain_file.h"
#include "platform/clock.h"
#include "platform/error.h"
#include "platform/percent_encoding.h"

namespace sluice::owner {
namespace {

// How much of `expected` stands at the end of `tail` already.
std::size_t overlap(const std::string& tail, const std::string& expected) {
  // Almost always all of the tail is the beginning of what is expected.
  if (expected.compare(0, tail.size(), tail) == 0) return tail.size();
  std::size_t size = std::min(tail.size(), expected.size());
  for (; size > 0; --size) {
    // Only a tail that begins at a line's start, so that this stays linear in practice.
    const std::size_t begin = tail.size() - size;
    if (begin != 0 && tail[begin - 1] != '\n') continue;
    if (tail.compare(begin, size, expected, 0, size) == 0) return size;
  }
  return 0;
}

// A person's last line may lack its end; ours begins a new one.
bool ends_inside_a_line(platform::Files& files, const platform::File& log, std::uint64_t size) {
  char last = '\n';
  if (size > 0) files.read(log, size - 1, std::as_writable_bytes(std::span(&last, 1)));
  return last != '\n';
}

// Writes what should stand behind `from`, unless something else stands there. Of what was written
// before, a power cut may have left the size and zeros where bytes had not reached the disk.
bool complete_torn(platform::Files& files, const platform::File& log, std::uint64_t from,
                   std::uint64_t size, const std::string& expected) {
  if (size - from > expected.size()) return false;
  std::string found(static_cast<std::size_t>(size - from), '\0');
  files.read(log, from, std::as_writable_bytes(std::span(found.data(), found.size())));
  const bool is_ours =
      std::equal(found.begin(), found.end(), expected.begin(),
                 [](char now, char wanted) { return now == wanted || now == '\0'; });
  if (!is_ours) return false;
  if (found != expected) {
    files.at("log/append");
    files.write(log, from, std::as_bytes(std::span(expected)));
  }
  return true;
}

// In a document's name, of which only letters, digits, `_`, `-` and `/` are ours.
constexpr std::string_view kLiveInName = "`<>[](){}*\\&|~#!:@$^=+?\"'.,;";
// In a path, besides letters and digits: what no reader of Markdown acts on.
constexpr std::string_view kQuietInPath = " /._-+,'()=;";

bool is_quiet(std::string_view path) {
  const bool has_live = std::any_of(path.begin(), path.end(), [](char c) {
    const bool is_letter_or_digit =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return !is_letter_or_digit && (c & '\x80') == 0 &&
           kQuietInPath.find(c) == std::string_view::npos;
  });
  // A name of a host becomes a link.
  return !has_live && path.find("www.") == std::string_view::npos;
}

// As it is where that is harmless, else as code, in which nothing is live.
std::string quiet_path(const std::string& path) {
  const std::string text = path_text(path);
  if (is_quiet(text)) return text;
  std::string code = "`";
  for (const char c : text) {
    if (c == '`') {
      code += platform::percent_escaped("`");
    } else {
      code += c;
    }
  }
  return code + "`";
}

std::string line_with(const Event& event, const std::string& name, const std::string& path) {
  return "## [" + platform::log_time(event.at) + "] " + std::string(word(event.op)) + " | " + name +
         " (" + path + ")\n";
}

// That something else stands in its place is no damage: the log is a projection.
platform::File open_log(platform::Files& files, const platform::Dir& wiki) {
  try {
    return open_plain(files, wiki, layout::kLogName);
  } catch (const SystemError&) {
    throw;
  } catch (const Error& error) {
    throw SystemError("append to", std::string(layout::kLog) + " (" + error.cause() + ")",
                      std::make_error_code(std::errc::operation_not_permitted));
  }
}

}  // namespace

std::string log_line(const Event& event) {
  return line_with(event, platform::percent_encoded(path_text(event.name), kLiveInName),
                   quiet_path(event.path_key));
}

bool is_line_of(const Event& event, std::string_view line) {
  if (line == log_line(event)) return true;
  std::string path = event.path_key;
  for (char& c : path) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return line == line_with(event, event.name, path);
}

std::string name_in_line(std::string_view line) {
  if (!line.starts_with("## [")) return {};
  const std::size_t bar = line.find(" | ");
  if (bar == std::string_view::npos) return {};
  const std::string_view rest = line.substr(bar + 3);
  return path_from_text(rest.substr(0, rest.find(" (")));
}

LogCursor project_log(KnowledgeBase& kb) {
  LogCursor cursor = recorded_cursor(kb.registry());
  std::string expected;
  kb.registry().each_event_after(cursor.seq, [&](const Event& event) {
    expected += log_line(event);
    cursor.seq = event.seq;
  });
  if (expected.empty()) return cursor;
  platform::Files& files = kb.files();
  const auto wiki = files.open_dir(kb.root(), layout::kWiki);
  if (!wiki) return cursor;
  const platform::File log = open_log(files, *wiki);
  const std::uint64_t size = files.info(log).identity.size;
  // Only what came behind the recorded size can be ours already.
  const std::uint64_t from = cursor.size <= size ? cursor.size : size;
  const std::string ours = (ends_inside_a_line(files, log, from) ? "\n" : "") + expected;
  if (complete_torn(files, log, from, size, ours)) {
    cursor.size = from + ours.size();
    return cursor;
  }
  // A person has been at work there, too.
  std::string tail(static_cast<std::size_t>(std::min<std::uint64_t>(size - from, expected.size())),
                   '\0');
  files.read(log, size - tail.size(), std::as_writable_bytes(std::span(tail.data(), tail.size())));
  const std::size_t written = overlap(tail, expected);
  std::string missing = expected.substr(written);
  if (!missing.empty()) {
    if (written == 0 && ends_inside_a_line(files, log, size)) missing.insert(0, 1, '\n');
    files.at("log/append");
    files.write(log, size, std::as_bytes(std::span(missing)));
  }
  cursor.size = size + missing.size();
  return cursor;
}

bool log_is_behind(const KnowledgeBase& kb) {
  return kb.registry().last_event() > recorded_cursor(kb.registry()).seq;
}

LogCursor recorded_cursor(const Registry& registry) {
  const std::string text = registry.meta("log_cursor");
  LogCursor cursor;
  const char* const end = text.data() + text.size();
  const auto seq = std::from_chars(text.data(), end, cursor.seq);
  if (seq.ec != std::errc() || seq.ptr == end) return {};
  std::from_chars(seq.ptr + 1, end, cursor.size);
  return cursor;
}

void store_cursor(RegistryWriter& writer, const LogCursor& cursor) {
  writer.set_meta("log_cursor", std::to_string(cursor.seq) + " " + std::to_string(cursor.size));
}

}  // namespace sluice::owner
