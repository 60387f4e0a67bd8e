// SPDX-License-Identifier: Apache-2.0
//
// What a style is for, by its name. Word stores the English names of built-in styles whatever its
// language; other programs store translated ones.
#pragma once

#include <string_view>

#include "docx/styles.hpp"

namespace sluice::docx {

struct NamedRole {
  Role role = Role::kNone;
  int level = 0;
};

// Of a paragraph style ("heading 1", "Intense Quote", "Titre 2").
NamedRole role_of_name(std::string_view name);

// Whether a character style's name says that it sets code.
bool is_code_name(std::string_view name);

}  // namespace sluice::docx
