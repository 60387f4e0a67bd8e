// SPDX-License-Identifier: Apache-2.0
//
// Office Math (ECMA-376, part 1, 22.1) to TeX, as MarkdownWriter::math takes it.
#pragma once

#include <sluice/xml.hpp>
#include <string>

namespace sluice {

// The TeX of an m:oMath, or of anything that holds one, without dollars. REQUIRES: the tree has the
// prefixes m and w (sluice/opc.hpp, office_namespaces).
//
// Fractions, radicals, n-ary operators, delimiters, matrices, accents, bars, functions, limits,
// scripts, equation arrays, boxes, phantoms and runs with their alphabets; what it does not know is
// written as what is in it. What is nested more than 200 deep is written as its text. Never throws
// but for memory.
std::string omml_to_tex(XmlNode math);

}  // namespace sluice
