#include "prepare/body_text.h"

#include <algorithm>

#include "model/utf8.h"

namespace sluice::prepare {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

// The leading part of `bytes` that can be written as it is.
std::size_t sound_prefix(std::string_view bytes) {
  std::size_t size = 0;
  while (size < bytes.size()) {
    const std::string_view rest = bytes.substr(size);
    if (static_cast<unsigned char>(rest[0]) < 0x80) {
      const std::size_t plain = plain_ascii_prefix(rest);
      if (plain == 0) break;
      size += plain;
      continue;
    }
    const Utf8Step step = utf8_step(rest);
    if (step.kind != Utf8Step::Kind::kCharacter) break;
    size += step.size;
  }
  return size;
}

}  // namespace

void BodyText::put(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!partial_.empty()) {
      bytes.remove_prefix(finish_partial(bytes));
      continue;
    }
    const std::size_t sound = sound_prefix(bytes);
    text(bytes.substr(0, sound));
    bytes.remove_prefix(sound);
    if (bytes.empty()) return;
    if (bytes[0] == '\r') {
      after_cr_ = false;
      text("\n");
      after_cr_ = true;
      bytes.remove_prefix(1);
    } else if (bytes[0] == '\0') {
      bytes.remove_prefix(1);
    } else {
      const Utf8Step step = utf8_step(bytes);
      if (step.kind == Utf8Step::Kind::kCutOff) {
        partial_ = bytes;
        return;
      }
      ++replaced_;
      text(kReplacement);
      bytes.remove_prefix(step.size);
    }
  }
}

// Takes the first of `bytes` to the character begun before; returns how many of them are used up.
std::size_t BodyText::finish_partial(std::string_view bytes) {
  partial_ += bytes[0];
  const Utf8Step step = utf8_step(partial_);
  if (step.kind == Utf8Step::Kind::kCutOff) return 1;
  if (step.kind == Utf8Step::Kind::kCharacter) {
    const std::string character = std::move(partial_);
    partial_.clear();
    text(character);
    return 1;
  }
  partial_.pop_back();
  end_partial();
  return 0;  // that byte begins something else
}

void BodyText::end_partial() {
  if (partial_.empty()) return;
  partial_.clear();
  ++replaced_;
  text(kReplacement);
}

void BodyText::text(std::string_view run) {
  if (run.empty()) return;
  if (after_cr_ && run[0] == '\n') run.remove_prefix(1);
  after_cr_ = false;
  if (!started_) {
    if (run.substr(0, kBom.size()) == kBom) run.remove_prefix(kBom.size());
    run.remove_prefix(std::min(run.find_first_not_of('\n'), run.size()));
  }
  if (run.empty()) return;
  const std::size_t last = run.find_last_not_of('\n');
  const std::size_t solid = last == std::string_view::npos ? 0 : last + 1;
  if (solid > 0) {
    newlines();
    started_ = true;
    // Blank lines in front of it belong to what was before.
    settle_marks(out_.size() + run.find_first_not_of('\n'));
    out_.write(run.substr(0, solid));
    blank_ = blank_ && run.find_first_not_of(" \t\n\v\f") == std::string_view::npos;
  }
  pending_newlines_ += run.size() - solid;
}

void BodyText::newlines() {
  while (pending_newlines_ > 0) {
    const std::string some(std::min<std::uint64_t>(pending_newlines_, 4096), '\n');
    out_.write(some);
    pending_newlines_ -= some.size();
  }
}

std::uint64_t BodyText::splice(std::string_view text) {
  end_partial();
  newlines();
  after_cr_ = false;
  started_ = true;
  const std::uint64_t at = out_.size();
  settle_marks(at);
  out_.write(text);
  return at;
}

std::uint64_t BodyText::splice_text(std::string_view text) {
  blank_ = blank_ && text.find_first_not_of(" \t\v\f") == std::string_view::npos;
  return splice(text);
}

void BodyText::settle_marks(std::uint64_t at) {
  while (settled_marks_ < marks_.size()) marks_[settled_marks_++] = at;
}

void BodyText::end() {
  end_partial();
  settle_marks(out_.size());
  pending_newlines_ = 0;
  if (started_) out_.write("\n");
}

}  // namespace sluice::prepare
