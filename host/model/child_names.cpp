#include "model/child_names.h"

#include <algorithm>
#include <vector>

#include "model/names.h"
#include "model/utf8.h"
#include "platform/percent_encoding.h"
#include "platform/sha256.h"

namespace sluice {
namespace {

constexpr std::size_t kChildHashDigits = 8;

// Where the extension of a file's name begins, with its dot.
std::size_t dot_of(std::string_view name) {
  return stem_of(name).size();
}

// The longest prefix of at most `size` bytes that ends at a character.
std::string_view cut_at(std::string_view text, std::size_t size) {
  if (text.size() <= size) return text;
  while (size > 0 && (text[size] & '\xC0') == '\x80') --size;
  return text.substr(0, size);
}

std::string clean_part(std::string_view part, bool is_folder) {
  std::string clean = mended_utf8(part);
  std::replace_if(
      clean.begin(), clean.end(),
      [](char c) { return (static_cast<unsigned char>(c) < 0x20) || c == 0x7F; }, '_');
  if (clean == "." || clean == "..") return {};
  if (clean.size() > kMaxChildPartBytes) {
    const std::string extension = clean.substr(dot_of(clean));
    const std::string hash =
        "-" + platform::to_hex(platform::sha256(clean)).substr(0, kChildHashDigits);
    clean = std::string(cut_at(clean, kMaxChildPartBytes - hash.size() - extension.size())) + hash +
            extension;
  }
  if (is_folder && clean.ends_with('!')) clean.back() = '_';
  return clean;
}

std::string clean_path(std::string_view given) {
  std::vector<std::string> parts;
  while (!given.empty()) {
    const std::size_t end = std::min(given.find_first_of("/\\"), given.size());
    const bool is_folder = end < given.size();
    std::string part = clean_part(given.substr(0, end), is_folder);
    if (!part.empty()) parts.push_back(std::move(part));
    given.remove_prefix(std::min(end + 1, given.size()));
  }
  std::string path;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    if (path.size() + part->size() + 1 > kMaxChildPathBytes) break;
    path = path.empty() ? *part : *part + "/" + path;
  }
  // "a!/" is a folder that nothing followed.
  if (path.ends_with('!')) path.back() = '_';
  return path.empty() ? "document" : path;
}

}  // namespace

std::string ChildNames::next(std::string_view given) {
  const std::string path = clean_path(given);
  std::uint32_t& count = taken_[path];
  if (count++ == 0) return path;
  const std::size_t file = path.rfind('/') + 1;
  const std::size_t dot = file + dot_of(std::string_view(path).substr(file));
  while (true) {
    std::string numbered = path.substr(0, dot) + "-" + std::to_string(count) + path.substr(dot);
    if (taken_.emplace(numbered, 1).second) return numbered;
    ++count;
  }
}

std::string child_destination(std::string_view name) {
  return platform::percent_encoded(name, " ()<>%?#\\[]");
}

}  // namespace sluice
