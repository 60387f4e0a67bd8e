#include "owner/log_walk.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "model/layout.h"
#include "owner/log.h"
#include "owner/set_aside.h"
#include "owner/transaction.h"
#include "platform/error.h"
#include "platform/move.h"

namespace sluice::owner {
namespace {

constexpr std::size_t kBuffer = 64 << 10;

// A file line by line. A line that is longer than the buffer comes in pieces.
class Lines {
 public:
  Lines(platform::Files& files, const platform::File* file) : files_(files), file_(file) {}

  // The line at hand, with its newline; empty at the end of the file.
  std::string_view line() {
    const std::size_t end = text_.find('\n', begin_);
    if (end != std::string::npos) return std::string_view(text_).substr(begin_, end + 1 - begin_);
    if (fill()) return line();
    return std::string_view(text_).substr(begin_);
  }
  void next() { begin_ += line().size(); }

 private:
  // False if there is no more, or no room: then what there is counts as a line.
  bool fill() {
    if (file_ == nullptr || text_.size() - begin_ >= kBuffer) return false;
    text_.erase(0, begin_);
    begin_ = 0;
    const std::size_t had = text_.size();
    text_.resize(had + kBuffer);
    const std::size_t got = files_.read(
        *file_, offset_, std::as_writable_bytes(std::span(text_.data() + had, kBuffer)));
    text_.resize(had + got);
    offset_ += got;
    return got > 0;
  }

  platform::Files& files_;
  const platform::File* file_;
  std::uint64_t offset_ = 0;
  std::string text_;
  std::size_t begin_ = 0;
};

class Walk {
 public:
  Walk(KnowledgeBase& kb, const platform::File* log, const LogVisitor& visitor)
      : registry_(kb.registry()), lines_(kb.files(), log), visitor_(visitor) {}

  void run() {
    registry_.each_event_after(0, [this](const Event& event) { find(event); });
    while (!lines_.line().empty()) pass_on();
  }

 private:
  void find(const Event& event) {
    while (!lines_.line().empty()) {
      if (is_line_of(event, lines_.line())) {
        pass_on();
        return;
      }
      if (is_of_later_event(event)) break;
      pass_on();
    }
    visitor_.missing(event);
  }

  // Whether the line at hand is that of an event behind this one.
  bool is_of_later_event(const Event& event) {
    if (later_ > event.seq) return true;
    const std::string name = name_in_line(lines_.line());
    if (name.empty()) return false;
    for (const Event& one : registry_.events_of(name)) {
      if (one.seq <= event.seq || !is_line_of(one, lines_.line())) continue;
      later_ = one.seq;
      return true;
    }
    return false;
  }

  void pass_on() {
    if (visitor_.text) visitor_.text(lines_.line());
    lines_.next();
    later_ = 0;
  }

  const Registry& registry_;
  Lines lines_;
  const LogVisitor& visitor_;
  std::int64_t later_ = 0;  // the event of the line at hand, if it is known to be a later one
};

// The new file, written through a buffer.
class NewLog {
 public:
  NewLog(platform::Files& files, const platform::Dir& state)
      : files_(files), file_(files.create(state, kUnfinishedLog, platform::Access::kUmask)) {}

  void append(std::string_view bytes) {
    buffer_ += bytes;
    if (buffer_.size() >= kBuffer) flush();
  }
  // A line of its own, whatever stands before it.
  void append_line(const std::string& line) {
    if (last() != '\n') append("\n");
    append(line);
  }
  std::uint64_t finish() {
    flush();
    files_.sync(file_);
    return size_;
  }

 private:
  char last() const { return buffer_.empty() ? last_ : buffer_.back(); }
  void flush() {
    if (buffer_.empty()) return;
    last_ = buffer_.back();
    files_.write(file_, size_, std::as_bytes(std::span(buffer_)));
    size_ += buffer_.size();
    buffer_.clear();
  }

  platform::Files& files_;
  platform::File file_;
  std::string buffer_;
  std::uint64_t size_ = 0;
  char last_ = '\n';
};

}  // namespace

void walk_log(KnowledgeBase& kb, const platform::File* log, const LogVisitor& visitor) {
  Walk(kb, log, visitor).run();
}

std::int64_t rewrite_log(KnowledgeBase& kb) {
  platform::Files& files = kb.files();
  const auto wiki = files.open_dir(kb.root(), layout::kWiki);
  const auto state = files.open_dir(kb.root(), layout::kState);
  if (!wiki || !state) return 0;
  // A repair that died may have moved the log out and not yet put the new one in its place.
  if (platform::resume_swap(files, *state, kUnfinishedLog, *wiki, layout::kLogName) ==
      platform::SwapState::kMovedOut) {
    platform::move_to_free_name(files, *state, platform::aside_name(kUnfinishedLog), *wiki,
                                layout::kLogName);
  }
  if (files.info(*state, kUnfinishedLog))
    SetAside(kb).take(*state, kUnfinishedLog, layout::kLogName);
  const auto old = files.open_read(*wiki, layout::kLogName);
  const auto old_identity = old ? files.info(*old).identity : platform::FileIdentity{};
  NewLog fresh(files, *state);
  LogCursor cursor;
  std::int64_t missing = 0;
  walk_log(kb, old ? &*old : nullptr,
           {[&](std::string_view bytes) { fresh.append(bytes); },
            [&](const Event& event) {
              fresh.append_line(log_line(event));
              ++missing;
            }});
  cursor.seq = kb.registry().last_event();
  cursor.size = fresh.finish();
  files.at("repair/log");
  const auto rename = old ? platform::swap_names : platform::move_to_free_name;
  if (rename(files, *state, kUnfinishedLog, *wiki, layout::kLogName) !=
      platform::RenameResult::kDone) {
    throw Error("write", layout::kLog, "something keeps changing it",
                "close what writes to it and run it again");
  }
  files.sync(*wiki);
  files.sync(*state);
  const auto old_now = old ? files.info(*old).identity : platform::FileIdentity{};
  if (old_now.mtime_ns != old_identity.mtime_ns || old_now.size != old_identity.size) {
    SetAside(kb).take(*state, kUnfinishedLog, layout::kLogName);
  }
  files.unlink(*state, kUnfinishedLog);
  Transaction transaction(kb.registry());
  store_cursor(transaction.writer(), cursor);
  transaction.commit();
  return missing;
}

}  // namespace sluice::owner
