// SPDX-License-Identifier: Apache-2.0
#include "rtf/code_pages.hpp"

#include <algorithm>
#include <array>
#include <sluice/utf8.hpp>
#include <sluice/xml.hpp>
#include <utility>

namespace sluice::rtf {
namespace {

// "Font table", `\fcharset`.
constexpr auto kCharsets = std::to_array<std::pair<std::int32_t, CodePage>>({
    {2, kSymbolPage}, {77, kMacRoman}, {78, 10001}, {79, 10003}, {80, 10008}, {81, 10002},
    {83, 10005},      {84, 10004},     {85, 10006}, {86, 10081}, {87, 10021}, {88, 10029},
    {89, 10007},      {128, 932},      {129, 949},  {130, 1361}, {134, 936},  {136, 950},
    {161, 1253},      {162, 1254},     {163, 1258}, {177, 1255}, {178, 1256}, {179, 1256},
    {180, 1256},      {181, 1255},     {186, 1257}, {204, 1251}, {222, 874},  {238, 1250},
    {254, 437},       {255, 850},
});

// Names for pages that have none in the pattern "windows-N" or "ibm-N".
constexpr auto kNames = std::to_array<std::pair<CodePage, std::string_view>>({
    {708, "iso-8859-6"},
    {932, "shift_jis"},
    {936, "gbk"},
    {949, "euc-kr"},
    {950, "big5"},
    {kMacRoman, "macintosh"},
    {10001, "shift_jis"},
    {10002, "big5"},
    {10003, "euc-kr"},
    {10006, "x-mac-greek"},
    {10007, "x-mac-cyrillic"},
    {10008, "gbk"},
    {10029, "x-mac-centraleurroman"},
    {10081, "x-mac-turkish"},
    {65001, "utf-8"},
});

std::string name_of(CodePage page) {
  for (const auto& [number, name] : kNames) {
    if (number == page && is_known_charset(name)) return std::string(name);
  }
  for (const char* prefix : {"windows-", "ibm-"}) {
    std::string name = prefix + std::to_string(page);
    if (is_known_charset(name)) return name;
  }
  return "windows-1252";
}

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

CodePage code_page_of_charset(std::int32_t fcharset) {
  const auto found = std::find_if(kCharsets.begin(), kCharsets.end(),
                                  [&](const auto& entry) { return entry.first == fcharset; });
  return found == kCharsets.end() ? 0 : found->second;
}

void ByteDecoder::decode(std::string_view bytes, CodePage page, std::string& out) {
  if (page == kSymbolPage) {
    for (const char c : bytes) append_utf8(out, 0xF000 + static_cast<unsigned char>(c));
    return;
  }
  if (is_ascii(
          bytes)) {  // all these pages agree below 0x80 but for signs that people mean as ASCII
    out += bytes;
    return;
  }
  auto& decoder = decoders_[page];
  if (decoder == nullptr) {
    decoder = std::make_unique<TextDecoder>(name_of(page),
                                            [this](std::string_view text) { *out_ += text; });
  }
  out_ = &out;
  decoder->feed({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::uint64_t ByteDecoder::replaced() const {
  std::uint64_t count = 0;
  for (const auto& [page, decoder] : decoders_) count += decoder->replaced();
  return count;
}

void TextAssembler::set_page(CodePage page) {
  if (page == page_) return;
  flush();
  page_ = page;
}

void TextAssembler::set_fallback(std::int32_t characters) {
  fallback_ = std::clamp(characters, 0, 255);
}

void TextAssembler::bytes(std::string_view bytes) {
  const auto skipped = std::min<std::size_t>(static_cast<std::size_t>(to_skip_), bytes.size());
  to_skip_ -= static_cast<std::int32_t>(skipped);
  bytes.remove_prefix(skipped);
  pending_ += bytes;
}

void TextAssembler::byte(std::uint8_t byte) {
  if (to_skip_ > 0) {
    --to_skip_;
    return;
  }
  pending_ += static_cast<char>(byte);
}

void TextAssembler::unicode(std::int32_t value) {
  flush();
  to_skip_ = fallback_;
  // A 16-bit signed number; some writers give the character's own number.
  const auto code = static_cast<char32_t>(value < 0 ? value & 0xFFFF : value);
  if (code >= 0xD800 && code < 0xDC00) {
    high_ = code;
    return;
  }
  const char32_t high = std::exchange(high_, 0);
  if (high != 0 && code >= 0xDC00 && code < 0xE000) {
    append_utf8(text_, 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00));
  } else if (code != 0) {
    append_utf8(text_, code);
  }
}

bool TextAssembler::skips_control() {
  if (to_skip_ == 0) return false;
  --to_skip_;
  return true;
}

void TextAssembler::flush() {
  if (pending_.empty()) return;
  decoder_.decode(pending_, page_, text_);
  pending_.clear();
}

std::string TextAssembler::take() {
  flush();
  return std::exchange(text_, {});
}

void append_token(TextAssembler& text, const Token& token) {
  switch (token.kind) {
    case Token::Kind::kText:
      return text.bytes(token.text);
    case Token::Kind::kByte:
      return text.byte(static_cast<std::uint8_t>(token.value));
    case Token::Kind::kOpen:
    case Token::Kind::kClose:
      return text.end_fallback();
    case Token::Kind::kSymbol:
      if (text.skips_control()) return;
      if (token.text == "\\" || token.text == "{" || token.text == "}") text.bytes(token.text);
      if (token.text == "~") text.bytes(" ");
      if (token.text == "_") text.bytes("-");
      return;
    case Token::Kind::kWord:
      if (token.text == "u") return text.unicode(token.value);
      if (token.text == "uc") return text.set_fallback(token.value);
      if (text.skips_control()) return;
      if (token.text == "tab" || token.text == "par" || token.text == "line") text.bytes(" ");
      return;
    default:
      return;
  }
}

void append_escaped(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool is_of_xml =
        static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r';
    if (is_of_xml) append_xml_escaped(out, text.substr(at, 1));
  }
}

}  // namespace sluice::rtf
