// SPDX-License-Identifier: Apache-2.0
//
// The messages of an mbox file (RFC 4155), in memory that does not grow with the file. A `From `
// line divides them, where it looks like one: text may have lines that begin with this word.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice::mail {

// Whether a line is what mail programs put in front of a message: "From sender date".
bool is_envelope(std::string_view line);

// Gets the messages, one after another.
class MboxSink {
 public:
  virtual ~MboxSink() = default;
  virtual void begin_message() = 0;
  virtual void add(std::string_view bytes) = 0;
  virtual void end_message() = 0;
};

// Is fed the file in pieces.
class MboxReader {
 public:
  explicit MboxReader(MboxSink& sink) : sink_(sink) {}
  void feed(std::string_view piece);
  void finish();

 private:
  void line(std::string_view line);
  void content(std::string_view line);
  void settle_candidate(std::string_view next);

  MboxSink& sink_;
  std::string rest_;       // of a line that has not ended
  std::string candidate_;  // a line that may divide; the next one tells
  std::string blank_;      // a blank line that may belong to the division
  bool after_blank_ = true;
  bool in_line_ = false;  // of which the beginning was handed on
  bool in_message_ = false;
};

}  // namespace sluice::mail
