// Turns the bytes a converter wrote into the text of a Markdown file: valid UTF-8, LF, no NUL, no
// byte-order mark, no blank lines at either end, and one newline at the end. Streaming.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "staging/staged_file.h"

namespace sluice::prepare {

class BodyText {
 public:
  explicit BodyText(StagedWriter& out) : out_(out) {}

  // The next bytes of the body; they may end inside a character or a line end.
  void put(std::string_view bytes);
  // Ends what is pending, so that the next byte of the file is the caller's: text that is put in
  // beside the body, as it is. Returns that byte's offset.
  std::uint64_t splice(std::string_view text);
  // The same for a text of the body, of whole characters on one line.
  std::uint64_t splice_text(std::string_view text);
  // Asks where in the file the text begins that comes next: the answer is in marks(), in the order
  // of the questions, once end() was called.
  void mark() { marks_.push_back(0); }
  const std::vector<std::uint64_t>& marks() const { return marks_; }
  void end();

  // No character but blanks so far.
  bool is_blank() const { return blank_; }
  // How many broken sequences were replaced.
  std::uint64_t replaced() const { return replaced_; }

 private:
  std::size_t finish_partial(std::string_view bytes);
  void text(std::string_view run);
  void end_partial();
  void newlines();
  void settle_marks(std::uint64_t at);

  StagedWriter& out_;
  std::string partial_;  // the beginning of a character
  bool after_cr_ = false;
  bool started_ = false;
  bool blank_ = true;
  std::uint64_t pending_newlines_ = 0;
  std::uint64_t replaced_ = 0;
  std::vector<std::uint64_t> marks_;
  std::size_t settled_marks_ = 0;
};

}  // namespace sluice::prepare
