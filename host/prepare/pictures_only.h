// Whether a Markdown body shows pictures and nothing else: no word, no table, no drawing of signs.
// Reads the body as it goes by, and stops at the first sign that is content.
#pragma once

#include <string_view>

namespace sluice::prepare {

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

}  // namespace sluice::prepare
