// SPDX-License-Identifier: Apache-2.0
//
// Declarative shadow roots (HTML 4.12.3): a browser shows `<template shadowrootmode>` in place of
// what its parent holds, and that in the template's slots (DOM 4.2.2.3).
#pragma once

#include "tree.hpp"

namespace sluice::html::parser {

// Makes the tree that is shown of the one that is written.
void show_shadow_roots(Tree& tree);

}  // namespace sluice::html::parser
