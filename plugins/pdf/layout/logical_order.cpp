// SPDX-License-Identifier: Apache-2.0
#include "logical_order.hpp"

#include <unicode/ubidi.h>
#include <unicode/uchar.h>

#include <memory>

#include "../page/unicode.hpp"

namespace sluice::pdf {
namespace {

constexpr char32_t kBrackets[][2] = {
    {'(', ')'}, {'[', ']'}, {'{', '}'}, {0xAB, 0xBB}, {0x2039, 0x203A}};

const char32_t* brackets_with(char32_t c) {
  for (const auto& pair : kBrackets) {
    if (c == pair[0] || c == pair[1]) return pair;
  }
  return nullptr;
}

bool is_letter_or_digit(char32_t c) {
  return u_isalnum(static_cast<UChar32>(c)) != 0;
}

struct CloseBidi {
  void operator()(UBiDi* bidi) const { ubidi_close(bidi); }
};

}  // namespace

void LogicalOrder::clear() {
  text_.clear();
  pieces_.clear();
}

void LogicalOrder::add(std::string_view text, std::uint32_t owner) {
  const std::size_t first_piece = pieces_.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_char(text, at);
    const auto bytes = static_cast<std::uint32_t>(at - from);
    if (is_combining(c) && pieces_.size() > first_piece) {
      pieces_.back().bytes += bytes;
    } else {
      pieces_.push_back({owner, static_cast<std::uint32_t>(text_.size()), bytes, bytes, c});
    }
    text_.append(text, from, bytes);
  }
}

void LogicalOrder::set(Piece& piece, char32_t c) {
  if (piece.first == c) return;
  piece.first = c;
  std::string made;
  append_utf8(made, c);
  // Brackets of a pair take as many bytes.
  text_.replace(piece.text, piece.first_bytes, made);
}

// Some documents say of a bracket what it looks like, others what it meant before it was mirrored.
// Where it stands tells: one with text on its right only is on the left of what it encloses.
void LogicalOrder::turn_brackets() {
  std::vector<const char32_t*> open;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const char32_t* pair = brackets_with(pieces_[i].first);
    if (pair == nullptr) continue;
    const bool text_before = i > 0 && is_letter_or_digit(at(i - 1));
    const bool text_behind = is_letter_or_digit(at(i + 1));
    const bool is_open = !open.empty() && open.back() == pair;
    const bool left = text_before == text_behind ? !is_open : text_behind;
    if (left) {
      open.push_back(pair);
    } else if (is_open) {
      open.pop_back();
    }
    set(pieces_[i], pair[left ? 0 : 1]);
  }
}

const std::vector<LogicalOrder::Piece>& LogicalOrder::order(bool right_to_left) {
  turn_brackets();
  units_.clear();
  piece_of_unit_.clear();
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const char32_t c = pieces_[i].first;
    if (c >= 0x10000) units_ += static_cast<char16_t>(0xD7C0 + (c >> 10));
    units_ += static_cast<char16_t>(c < 0x10000 ? c : 0xDC00 + (c & 0x3FF));
    piece_of_unit_.resize(units_.size(), static_cast<std::uint32_t>(i));
  }
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UBiDi, CloseBidi> bidi(ubidi_open());
  if (bidi == nullptr) return pieces_;
  ubidi_setPara(bidi.get(), units_.data(), static_cast<std::int32_t>(units_.size()),
                right_to_left ? 1 : 0, nullptr, &status);
  const std::int32_t runs = ubidi_countRuns(bidi.get(), &status);
  if (U_FAILURE(status)) return pieces_;
  ordered_.clear();
  for (std::int32_t run = 0; run < runs; ++run) {
    std::int32_t start = 0, length = 0;
    const bool turned = ubidi_getVisualRun(bidi.get(), run, &start, &length) == UBIDI_RTL;
    const std::uint32_t first = piece_of_unit_[static_cast<std::size_t>(start)];
    const std::uint32_t last = piece_of_unit_[static_cast<std::size_t>(start + length - 1)];
    for (std::uint32_t i = 0; i <= last - first; ++i) {
      Piece& piece = pieces_[turned ? last - i : first + i];
      if (turned) {
        if (const char32_t* pair = brackets_with(piece.first)) {
          set(piece, piece.first == pair[0] ? pair[1] : pair[0]);
        }
      }
      ordered_.push_back(piece);
    }
  }
  return ordered_;
}

}  // namespace sluice::pdf
