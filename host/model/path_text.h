// A path as text: the one way in which front matter, wiki/log.md and JSON write the path of a
// source.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice {

// `path` as UTF-8 in which nothing is invisible, turns the direction of writing or ends a line.
// Bytes that are no UTF-8, controls, and marks of direction become %XX, byte by byte, and so does a
// `%` that would read as such; everything else stays as it is.
std::string path_text(std::string_view path);
// True of most paths: path_text() is the path itself.
bool is_path_text(std::string_view path);

// The code of the character at the start of `text`, if it is one of those that path_text encodes.
std::optional<char32_t> hidden_character(std::string_view text);

// The path behind such a text: path_from_text(path_text(path)) == path.
std::string path_from_text(std::string_view text);

}  // namespace sluice
