// The index of contents (registry.cpp tells what it is) as it follows from the documents.
#pragma once

namespace sluice::owner {

inline constexpr const char* kFillContents =
    "INSERT INTO contents SELECT substr(sha256, 1, 8), id FROM documents ORDER BY 1, 2";

}  // namespace sluice::owner
