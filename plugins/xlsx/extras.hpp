// SPDX-License-Identifier: Apache-2.0
//
// What floats over a sheet (ECMA-376, part 1, 20.5): pictures, charts, shapes with text; and the
// comments on its cells.
#pragma once

#include <functional>
#include <sluice/markdown_writer.hpp>
#include <sluice/opc.hpp>
#include <sluice/opc_images.hpp>
#include <vector>

#include "xlsx/comments.hpp"

namespace sluice::xlsx {

// Writes the drawings of a sheet, by where they stand: top to bottom, left to right. Before
// anything is written, `begin_picture` is called for a picture, and `begin` for what has words or
// numbers.
void write_drawings(MarkdownWriter& out, OpcImages& images, const OpcPackage& package,
                    const OpcRelationships& sheet, const std::function<void()>& begin,
                    const std::function<void()>& begin_picture);

// Those on the cells of a sheet; of a threaded comment each answer.
std::vector<Comment> comments_of(const OpcPackage& package, const OpcRelationships& sheet);

}  // namespace sluice::xlsx
