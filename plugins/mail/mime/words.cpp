// SPDX-License-Identifier: Apache-2.0
#include "mail/mime/words.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <sluice/ascii.hpp>
#include <sluice/blanks.hpp>
#include <sluice/charset.hpp>
#include <sluice/utf8.hpp>
#include <span>

#include "mail/mime/fields.hpp"
#include "mail/mime/transfer.hpp"

namespace sluice::mail {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// `=?charset*language?B?text?=`
struct Word {
  std::string charset;
  std::string bytes;
  std::size_t size = 0;  // of all of it in the source
};

// RFC 2047, 4.2.
std::string from_q(std::string_view text) {
  std::string spaced(text);
  for (char& c : spaced) {
    if (c == '_') c = ' ';
  }
  return from_quoted_printable(spaced);
}

std::optional<Word> word_at(std::string_view text) {
  if (!text.starts_with("=?")) return std::nullopt;
  const std::size_t charset = text.find('?', 2);
  if (charset == std::string_view::npos || charset == 2 || charset + 2 >= text.size() ||
      text[charset + 2] != '?') {
    return std::nullopt;
  }
  std::string_view name = text.substr(2, charset - 2);
  if (name.find_first_of(" \t=\"<>") != std::string_view::npos) return std::nullopt;
  const char encoding = ascii_lower(text[charset + 1]);
  if (encoding != 'b' && encoding != 'q') return std::nullopt;
  const std::size_t begin = charset + 3;
  // In Q, text may begin with "=", so that "?=" stands too early.
  const std::size_t end = text.find("?=", begin);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view content = text.substr(begin, end - begin);
  Word word;
  word.charset = ascii_lower(name.substr(0, name.find('*')));
  word.size = end + 2;
  word.bytes = encoding == 'b' ? from_base64(content) : from_q(content);
  return word;
}

// Collects a header's text; words wait for others of their charset.
class WordDecoder {
 public:
  std::string decode(std::string_view line) {
    const std::size_t last_end = line.rfind("?=");
    const char* const last = last_end == line.npos ? nullptr : line.data() + last_end;
    while (!line.empty()) {
      // Behind the last end of a word there is none: text that looks like a row of words is read
      // once.
      const std::size_t next = last == nullptr || line.data() > last ? line.npos : line.find("=?");
      const std::size_t plain = std::min(next, line.size());
      add_plain(line.substr(0, plain));
      line.remove_prefix(plain);
      if (line.empty()) break;
      if (auto word = word_at(line)) {
        add_word(*word);
        line.remove_prefix(word->size);
      } else {
        add_plain(line.substr(0, 2));
        line.remove_prefix(2);
      }
    }
    end_words();
    end_plain();
    return std::move(out_);
  }

 private:
  void add_plain(std::string_view text) { plain_ += text; }

  void add_word(const Word& word) {
    // Blanks between words are none of the text.
    const bool follows = in_words_ && trimmed(plain_).empty();
    if (follows) plain_.clear();
    if (!follows || word.charset != charset_) end_words();
    end_plain();
    charset_ = word.charset;
    words_ += word.bytes;
    in_words_ = true;
  }

  void end_words() {
    if (!words_.empty()) out_ += to_utf8(words_, charset_);
    words_.clear();
    in_words_ = false;
  }

  void end_plain() {
    if (!plain_.empty()) out_ += to_utf8(plain_, {});
    plain_.clear();
  }

  std::string out_;
  std::string plain_;
  std::string words_;
  std::string charset_;
  bool in_words_ = false;
};

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  const bool is_unicode = charset.empty() || equal_ignoring_ascii_case(charset, "utf-8") ||
                          equal_ignoring_ascii_case(charset, "us-ascii");
  // NUL and escapes are left to the decoder.
  const bool is_plain = bytes.find_first_of(std::string_view("\0\x1b", 2)) == bytes.npos;
  if (is_unicode && is_plain && is_valid_utf8(bytes)) return std::string(bytes);
  if (!is_unicode && is_known_charset(charset)) {
    std::string out;
    TextDecoder decoder(charset, [&out](std::string_view piece) { out += piece; });
    decoder.feed(bytes_of(bytes));
    decoder.finish();
    if (decoder.replaced() == 0) return out;
  }
  return decode_text(bytes_of(bytes), charset).utf8;
}

std::string decode_words(std::string_view value) {
  return one_line(WordDecoder().decode(unfolded(value)), value.size() + 64);
}

}  // namespace sluice::mail
