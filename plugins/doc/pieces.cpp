// SPDX-License-Identifier: Apache-2.0
#include "doc/pieces.hpp"

#include <algorithm>
#include <sluice/little_endian.hpp>

namespace sluice::doc {
namespace {

// 2.9.38: lists of modifiers, then the table.
std::string_view table_of(std::string_view clx, std::vector<std::string_view>& lists) {
  constexpr std::uint8_t kList = 1;
  constexpr std::uint8_t kTable = 2;
  while (clx.size() >= 3) {
    const std::uint8_t kind = little_u8(clx, 0);
    if (kind == kTable)
      return clx.size() < 5 ? std::string_view() : clx.substr(5, little_u32(clx, 1));
    if (kind != kList) return {};
    const std::size_t size = little_u16(clx, 1);
    lists.push_back(clx.substr(3, size));
    clx.remove_prefix(std::min(clx.size(), 3 + size));
  }
  return {};
}

}  // namespace

Pieces::Pieces(const Streams& streams) {
  std::string_view clx = streams.at(Table::kPieces);
  if (streams.is_old) {
    // Word 6 has the table in the main stream, if it saved fast; else the text is in one piece.
    const std::string_view main = streams.main;
    const std::uint32_t offset = little_u32(main, 0x160);
    const std::uint32_t size = little_u32(main, 0x164);
    if (offset < main.size()) clx = main.substr(offset, size);
    const std::uint16_t flags = little_u16(main, 0x0A);
    constexpr std::uint16_t kSavedFast = 0x0004;
    if ((flags & kSavedFast) == 0) {
      pieces_.push_back({0, streams.text_boxes.end, little_u32(main, 0x18), false, {}});
      return;
    }
  }
  std::vector<std::string_view> lists;
  const std::string_view table = table_of(clx, lists);
  read_table(streams, table, lists);
  if (pieces_.empty()) throw Failure(Outcome::kMalformed, "the document's text is not in it");
}

// 2.9.177, 2.9.178
void Pieces::read_table(const Streams& streams, std::string_view table,
                        const std::vector<std::string_view>& lists) {
  constexpr std::uint32_t kNarrow = 0x40000000;
  const PlaceList places(table, 8);
  std::uint32_t end = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    Piece piece;
    piece.begin = places.place(i);
    piece.end = places.place(i + 1);
    // Pieces that overlap would give one text without end.
    if (piece.begin < end || piece.end <= piece.begin) continue;
    const std::uint32_t offset = little_u32(places.value(i), 2);
    piece.is_wide = !streams.is_old && (offset & kNarrow) == 0;
    piece.offset = streams.is_old  ? offset
                   : piece.is_wide ? offset & ~kNarrow
                                   : (offset & ~kNarrow) / 2;
    const std::size_t unit = piece.is_wide ? 2 : 1;
    if (piece.offset >= streams.main.size()) continue;
    const std::size_t room = (streams.main.size() - piece.offset) / unit;
    piece.end = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(piece.end, std::uint64_t{piece.begin} + room));
    const std::uint16_t modifier = little_u16(places.value(i), 6);
    const std::size_t list = modifier >> 1;
    if ((modifier & 1) != 0 && list < lists.size()) piece.list = lists[list];
    end = piece.end;
    pieces_.push_back(piece);
  }
}

std::vector<Piece> Pieces::within(const StoryRange& range) const {
  std::vector<Piece> found;
  auto at = std::partition_point(pieces_.begin(), pieces_.end(),
                                 [&](const Piece& piece) { return piece.end <= range.begin; });
  for (; at != pieces_.end() && at->begin < range.end; ++at) {
    Piece piece = *at;
    const std::uint32_t skipped = range.begin > piece.begin ? range.begin - piece.begin : 0;
    piece.begin += skipped;
    piece.offset += skipped * (piece.is_wide ? 2 : 1);
    piece.end = std::min(piece.end, range.end);
    if (piece.begin < piece.end) found.push_back(piece);
  }
  return found;
}

}  // namespace sluice::doc
