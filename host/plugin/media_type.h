// What is known about media types apart from any content: which extension stands for which, other
// spellings of the same type, and what a type is a special case of.
#pragma once

#include <string>
#include <string_view>

namespace sluice::plugin {

inline constexpr std::string_view kUnknownType = "application/octet-stream";
inline constexpr std::string_view kPlainText = "text/plain";

// The one spelling of a type that has several ("text/x-markdown", "text/yaml"), in lower case and
// without parameters.
std::string canonical_media_type(std::string_view type);

// The type that a lower-case extension stands for, or empty.
std::string_view type_of_extension(std::string_view extension);

// The usual extension of files of that type, or empty.
std::string_view extension_of_type(std::string_view type);

// True for types that are text and nothing in the bytes tells from one another for sure.
bool is_text_type(std::string_view type);

// True for types that say little (bytes, text, some XML, some ZIP): a converter that claims the
// file's extension knows better.
bool is_generic_type(std::string_view type);

// True for the source code of programs, by a list.
bool is_source_code(std::string_view type);

// What a type can be read as besides: source code and light markup as plain text, XHTML as XML.
// Empty if as nothing: read as text, the marks of a mail, a calendar or a table would look like
// content.
std::string_view parent_type(std::string_view type);

// The extension of a file's name in lower case, without the dot; empty where there is none.
std::string lower_extension(std::string_view file_name);

}  // namespace sluice::plugin
