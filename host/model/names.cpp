// Names with ICU. Every name made here is stable under document_name(), is in form NFKC, and is
// taken by every file system we know of.
#include "model/names.h"

#include <unicode/errorcode.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cctype>

#include "model/layout.h"
#include "model/url.h"
#include "platform/error.h"
#include "platform/sha256.h"

namespace sluice {
namespace {

constexpr std::size_t kHashDigits = 8;
constexpr std::string_view kEmptyName = "document";

using NormalizerGetter = const icu::Normalizer2* (*)(UErrorCode&);

void check(const icu::ErrorCode& status) {
  if (status.isFailure()) {
    throw Error("normalize", "a name", status.errorName(), "check that ICU's data is installed");
  }
}

const icu::Normalizer2& made_by(NormalizerGetter get) {
  icu::ErrorCode status;
  const icu::Normalizer2* const normalizer = get(status);
  check(status);
  return *normalizer;
}

// ICU makes each at the first call and keeps it. A guard of our own, around ICU's, is what tools
// that look for races see.
const icu::Normalizer2& nfkc() {
  static const icu::Normalizer2& normalizer = made_by(icu::Normalizer2::getNFKCInstance);
  return normalizer;
}
const icu::Normalizer2& nfkc_casefold() {
  static const icu::Normalizer2& normalizer = made_by(icu::Normalizer2::getNFKCCasefoldInstance);
  return normalizer;
}

// Bytes that are not UTF-8 become U+FFFD.
icu::UnicodeString normalized(std::string_view text, const icu::Normalizer2& normalizer) {
  const auto in = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  icu::ErrorCode status;
  icu::UnicodeString out = normalizer.normalize(in, status);
  check(status);
  return out;
}

constexpr std::uint32_t kLettersAndDigits =
    U_GC_L_MASK | U_GC_ND_MASK | U_GC_NL_MASK | U_GC_NO_MASK;

bool is_invisible(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool is_letter_or_digit(UChar32 c) {
  return (U_GET_GC_MASK(c) & kLettersAndDigits) != 0 && !is_invisible(c);
}

bool is_mark(UChar32 c) {
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0 && !is_invisible(c);
}

// Python's \w would drop marks; whole scripts (Devanagari, Thai) cannot be read without theirs. A
// mark counts as part of the letter or digit before it and as a foreign character elsewhere.
std::string replace_foreign(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  bool on_letter = false;
  bool in_run = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    on_letter = is_letter_or_digit(c) || (on_letter && is_mark(c));
    const bool kept = on_letter || c == '_' || c == '-';
    if (kept)
      out.append(c);
    else if (!in_run)
      out.append(u'-');
    in_run = !kept;
  }
  std::string utf8;
  out.toUTF8String(utf8);
  return utf8;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & '\x80') == 0; });
}

// The same of text that is its own normal form.
std::string replace_foreign_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool in_run = false;
  for (const char c : text) {
    const bool kept = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
    if (kept || !in_run) out += kept ? c : '-';
    in_run = !kept;
  }
  return out;
}

std::string_view trimmed(std::string_view name) {
  const std::size_t begin = name.find_first_not_of('-');
  if (begin == std::string_view::npos) return {};
  return name.substr(begin, name.find_last_not_of('-') - begin + 1);
}

// The longest prefix of at most `size` bytes that ends at a character, and before no mark unless
// there is nothing but marks.
std::string_view cut(std::string_view name, std::size_t size) {
  if (name.size() <= size) return name;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(name.data());
  auto end = static_cast<std::int32_t>(size);
  U8_SET_CP_START(bytes, 0, end);
  const std::int32_t at_character = end;
  while (end > 0) {
    UChar32 next = 0;
    U8_GET(bytes, 0, end, static_cast<std::int32_t>(name.size()), next);
    if (!is_mark(next)) break;
    U8_BACK_1(bytes, 0, end);
  }
  name = name.substr(0, static_cast<std::size_t>(end > 0 ? end : at_character));
  const std::size_t last = name.find_last_not_of('-');
  return last == std::string_view::npos ? name : name.substr(0, last + 1);
}

std::string with_hash(std::string_view name, std::string_view hashed, std::size_t digits) {
  const std::string hash =
      platform::to_hex(platform::sha256(hashed)).substr(0, std::min<std::size_t>(digits, 64));
  std::string out(cut(trimmed(name), kMaxNameBytes - hash.size() - 1));
  out += '-';
  out += hash;
  return out;
}

// Windows refuses these whatever their case and extension. Superscript digits, which it takes for
// digits, have become digits by NFKC; the `$` of CONIN$ and its like is gone.
bool is_device_name(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (lower == "con" || lower == "prn" || lower == "aux" || lower == "nul") return true;
  return lower.size() == 4 && (lower.starts_with("com") || lower.starts_with("lpt")) &&
         lower[3] >= '0' && lower[3] <= '9';
}

std::size_t extension_begin(std::string_view file_name) {
  constexpr std::size_t kMaxExtension = 16;
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return file_name.size();
  const std::string_view extension = file_name.substr(dot + 1);
  const bool plain = std::all_of(extension.begin(), extension.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  if (extension.empty() || extension.size() > kMaxExtension || !plain) return file_name.size();
  return dot;
}

}  // namespace

std::string document_name(std::string_view stem) {
  const std::string whole =
      is_ascii(stem) ? replace_foreign_ascii(stem) : replace_foreign(normalized(stem, nfkc()));
  std::string name(trimmed(whole));
  if (name.empty()) return std::string(kEmptyName);
  // The hash is of the normalized stem: a stem has one name, in whichever form a platform spells
  // it.
  if (name.size() > kMaxNameBytes) return with_hash(name, name, kHashDigits);
  if (is_device_name(name)) name += '-';
  return name;
}

std::string name_key(std::string_view name) {
  std::string key;
  if (is_ascii(name)) {
    for (const char c : name) key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return key;
  }
  // NFKC, full case folding, without invisible characters, NFKC again, and so on until stable.
  normalized(name, nfkc_casefold()).toUTF8String(key);
  return key;
}

std::string_view stem_of(std::string_view file_name) {
  return file_name.substr(0, extension_begin(file_name));
}

std::string extension_of(std::string_view file_name) {
  const std::size_t begin = extension_begin(file_name);
  if (begin == file_name.size()) return {};
  std::string extension(file_name.substr(begin + 1));
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

namespace {

// One folder of a name.
std::string folder_part(std::string_view part) {
  std::string name = document_name(part);
  if (name_key(name) == layout::kImagesFolder) name += '_';
  return name;
}

// The folders of a path key, as they are, without a `/` around them.
std::string_view folders_of_key(std::string_view kb_path, std::string_view path_key) {
  if (is_url(path_key)) {
    path_key = path_key.substr(0, path_key.find_first_of("?#"));
    path_key.remove_prefix(std::min(path_key.find("//") + 2, path_key.size()));
    return path_key.substr(0, path_key.rfind('/'));
  }
  const std::string_view beside = kb_path.substr(0, kb_path.rfind('/') + 1);
  if (path_key.starts_with('/'))
    path_key.remove_prefix(path_key.starts_with(beside) ? beside.size() : 1);
  return layout::folder_of(path_key);
}

}  // namespace

std::string mirror_folder(std::string_view kb_path, std::string_view path_key) {
  std::string_view rest = folders_of_key(kb_path, path_key);
  std::string folder;
  while (!rest.empty()) {
    const std::string_view part = layout::take_part(rest);
    if (part.empty()) continue;
    const std::string next = layout::name_in(folder, folder_part(part));
    if (next.size() > kMaxFolderBytes) {
      const std::string hash =
          suffixed_name(kEmptyName, path_key.substr(0, path_key.rfind('/')), kHashDigits);
      return layout::name_in(folder, hash);
    }
    folder = next;
  }
  return folder;
}

bool is_document_name(std::string_view name) {
  while (name.find('/') != std::string_view::npos) {
    const std::string_view part = layout::take_part(name);
    if (folder_part(part) != part) return false;
  }
  return document_name(name) == name;
}

bool is_mirror_folder(std::string_view folder) {
  return is_document_name(layout::name_in(folder, kEmptyName));
}

std::string suffixed_name(std::string_view name, std::string_view path_key, std::size_t digits) {
  return with_hash(name, path_key, digits);
}

}  // namespace sluice
