// SPDX-License-Identifier: Apache-2.0
#include "rtf/pictures.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>
#include <sluice/counted.hpp>
#include <sluice/images.hpp>
#include <sluice/little_endian.hpp>
#include <string_view>

namespace sluice::rtf {
namespace {

using Kind = Token::Kind;

enum class Form : std::uint8_t { kFile, kMetafile, kDeviceIndependentBitmap };

struct PictureData {
  Form form = Form::kFile;
  std::int32_t width = 0;  // of a metafile, in hundredths of a millimetre
  std::int32_t height = 0;
  std::string bytes;
  std::string description;
  int half = -1;  // the first digit of a byte whose second is still to come
};

void add_digits(PictureData& data, std::string_view digits) {
  for (const char c : digits) {
    const int digit = hex_value(static_cast<unsigned char>(c));
    if (digit < 0) continue;
    if (data.half < 0) {
      data.half = digit;
    } else {
      data.bytes += static_cast<char>(data.half * 16 + digit);
      data.half = -1;
    }
  }
}

void append_little(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

// A metafile as a file begins with the rectangle that it fills ([MS-WMF] 2.3.2.3); RTF states it in
// words.
std::string placeable(const PictureData& data) {
  constexpr std::uint32_t kUnitsPerInch = 2540;
  std::string out;
  append_little(out, 0x9AC6CDD7, 4);
  append_little(out, 0, 2);
  append_little(out, 0, 4);
  append_little(out, static_cast<std::uint32_t>(std::clamp(data.width, 1, 32767)), 2);
  append_little(out, static_cast<std::uint32_t>(std::clamp(data.height, 1, 32767)), 2);
  append_little(out, kUnitsPerInch, 2);
  append_little(out, 0, 4);
  std::uint32_t sum = 0;
  for (std::size_t at = 0; at < 20; at += 2) sum ^= little_u16(out, at);
  append_little(out, sum, 2);
  return out + data.bytes;
}

// A bitmap as a file begins with 14 bytes that say where its pixels begin ([MS-WMF] 2.2.2.9).
std::string bitmap_file(const std::string& bytes) {
  const std::uint32_t header = little_u32(bytes, 0);
  if (header < 12 || header > 1024 || header >= bytes.size()) return {};
  const std::uint32_t depth = little_u16(bytes, header >= 40 ? 14 : 10);
  std::uint32_t colors = header >= 40 ? little_u32(bytes, 32) : 0;
  if (colors == 0 && depth <= 8) colors = 1U << depth;
  const std::uint32_t masks = header == 40 && little_u32(bytes, 16) == 3 ? 12 : 0;
  const std::uint32_t palette = std::min(colors, 256U) * (header >= 40 ? 4 : 3);
  std::string out = "BM";
  append_little(out, static_cast<std::uint32_t>(bytes.size() + 14), 4);
  append_little(out, 0, 4);
  append_little(out, 14 + header + masks + palette, 4);
  return out + bytes;
}

// `{\sp{\sn wzDescription}{\sv A chart}}`.
void read_property(Lexer& lexer, HeaderReader& header, PictureData& data) {
  std::string name;
  std::size_t depth = 1;
  while (depth > 0) {
    const Token token = lexer.next();
    if (token.kind == Kind::kEnd) return;
    if (token.kind == Kind::kOpen) ++depth;
    if (token.kind == Kind::kClose) --depth;
    if (token.kind != Kind::kWord) continue;
    if (token.text == "sn") {
      name = header.read_text();
      --depth;
    } else if (token.text == "sv") {
      std::string value = header.read_text();
      --depth;
      if (name == "wzDescription") data.description = std::move(value);
    }
  }
}

PictureData read_data(Lexer& lexer, HeaderReader& header) {
  PictureData data;
  std::size_t depth = 1;
  while (depth > 0) {
    const Token token = lexer.next();
    switch (token.kind) {
      case Kind::kEnd:
        return data;
      case Kind::kOpen:
        ++depth;
        break;
      case Kind::kClose:
        --depth;
        break;
      case Kind::kText:
        if (depth == 1) add_digits(data, token.text);
        break;
      case Kind::kBinary:
        if (depth == 1) data.bytes += token.text;
        break;
      case Kind::kWord:
        if (token.text == "wmetafile") data.form = Form::kMetafile;
        if (token.text == "dibitmap") data.form = Form::kDeviceIndependentBitmap;
        if (token.text == "picw") data.width = token.value;
        if (token.text == "pich") data.height = token.value;
        if (token.text == "sp") {
          read_property(lexer, header, data);
          --depth;
        } else if (token.text == "blipuid") {
          lexer.skip_group();
          --depth;
        }
        break;
      default:
        break;
    }
  }
  return data;
}

std::string file_of(PictureData& data) {
  const bool is_placeable = little_u32(data.bytes, 0) == 0x9AC6CDD7;
  if (data.form == Form::kMetafile && !data.bytes.empty() && !is_placeable) return placeable(data);
  if (data.form == Form::kDeviceIndependentBitmap) return bitmap_file(data.bytes);
  return std::move(data.bytes);
}

}  // namespace

std::string read_bytes(Lexer& lexer, HeaderReader& header) {
  return read_data(lexer, header).bytes;
}

std::optional<Picture> Pictures::read(Lexer& lexer, HeaderReader& header) {
  PictureData data = read_data(lexer, header);
  if (job_ == nullptr || data.bytes.empty()) return std::nullopt;
  ++count_;
  const std::string file = file_of(data);
  const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(file.data()),
                                            file.size());
  const std::string_view type = sniff_image(bytes);
  if (type.empty()) {
    ++lost_;
    return std::nullopt;
  }
  const std::string name =
      "picture" + std::to_string(count_) + "." + std::string(extension_for(type));
  return Picture{assets_->add(name, type, bytes), std::move(data.description)};
}

void Pictures::report() {
  if (job_ == nullptr) return;
  if (lost_ > 0) {
    job_->warn("not-an-image", counted(lost_, "picture is", "pictures are") +
                                   " in a form that cannot be read, and left out");
  }
}

}  // namespace sluice::rtf
