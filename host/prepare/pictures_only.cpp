#include "prepare/pictures_only.h"

namespace sluice::prepare {
namespace {

constexpr std::string_view kCommentBegin = "<!--";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

void PicturesOnly::read(std::string_view bytes) {
  for (const char c : bytes) {
    state_ = next(c);
    if (!holds_) return;
  }
}

PicturesOnly::State PicturesOnly::next(char c) {
  switch (state_) {
    case State::kOutside:
      if (is_blank(c)) return State::kOutside;
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
      if (c != kCommentBegin[matched_]) break;
      if (++matched_ < kCommentBegin.size()) return State::kLess;
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

}  // namespace sluice::prepare
