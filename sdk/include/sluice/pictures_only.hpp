// SPDX-License-Identifier: Apache-2.0
//
// Whether a Markdown body shows pictures and nothing else: no word, no table, no drawing of signs.
// Reads the body as the plugin writes it, and stops at the first sign that is content. The host and
// RecordingJob ask the same: such a document is `partial`.
#pragma once

#include <string_view>

namespace sluice::abi_rules {

inline constexpr std::string_view kPicturesAlone = "it holds pictures and no text";

class PicturesOnly {
 public:
  // The next bytes of the body; link destinations that the host puts in may be left out.
  void feed(std::string_view bytes) {
    if (holds_) read(bytes);
  }
  // True until there is something besides images, comments and blanks.
  bool holds() const { return holds_; }

 private:
  enum class State { kOutside, kBang, kAlt, kEscape, kAltEnd, kTarget, kLess, kComment };

  void read(std::string_view bytes);
  State next(char c);

  State state_ = State::kOutside;
  unsigned matched_ = 0;  // characters of "<!--" or "-->" so far
  bool holds_ = true;
};

inline constexpr std::string_view kPictureCommentBegin = "<!--";

inline bool is_picture_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

inline void PicturesOnly::read(std::string_view bytes) {
  for (const char c : bytes) {
    state_ = next(c);
    if (!holds_) return;
  }
}

inline PicturesOnly::State PicturesOnly::next(char c) {
  switch (state_) {
    case State::kOutside:
      if (is_picture_blank(c)) return State::kOutside;
      if (c == '!') return State::kBang;
      if (c == '<') {
        matched_ = 1;
        return State::kLess;
      }
      break;
    case State::kBang:
      if (c == '[') return State::kAlt;
      break;
    case State::kAlt:
      if (c == '\\') return State::kEscape;
      return c == ']' ? State::kAltEnd : State::kAlt;
    case State::kEscape:
      return State::kAlt;
    case State::kAltEnd:
      if (c == '(') return State::kTarget;
      break;
    case State::kTarget:
      return c == ')' ? State::kOutside : State::kTarget;
    case State::kLess:
      if (c != kPictureCommentBegin[matched_]) break;
      if (++matched_ < kPictureCommentBegin.size()) return State::kLess;
      matched_ = 0;
      return State::kComment;
    case State::kComment:
      if (c == '-') {
        ++matched_;
      } else if (c == '>' && matched_ >= 2) {
        return State::kOutside;
      } else {
        matched_ = 0;
      }
      return State::kComment;
  }
  holds_ = false;
  return State::kOutside;
}

}  // namespace sluice::abi_rules
