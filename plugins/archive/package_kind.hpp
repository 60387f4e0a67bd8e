// SPDX-License-Identifier: Apache-2.0
//
// Archives that are no collections of documents: software, packages of applications, images of
// containers. Known by what is in them, never by the name of the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::archive {

// What an archive with these members is ("a Python wheel"), or empty if it is a collection of
// files.
std::string_view package_kind(const std::vector<std::string>& names);

}  // namespace sluice::archive
