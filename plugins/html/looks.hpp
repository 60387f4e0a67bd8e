// SPDX-License-Identifier: Apache-2.0
//
// What style sheets say of how text looks, as far as Markdown has words for it. Books and pages
// that programs wrote often have all their emphasis from there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace sluice::html {

// Whether a property says yes, no, or nothing.
enum class Said : std::uint8_t { kNothing, kNo, kYes };

struct Look {
  Said bold = Said::kNothing;
  Said italic = Said::kNothing;
  Said struck = Said::kNothing;
  Said underlined = Said::kNothing;
  Said raised = Said::kNothing;
  Said lowered = Said::kNothing;

  // Takes what `other` says over what was said before.
  void add(const Look& other);
};

// What declarations say, as they stand in an attribute `style` or between braces.
Look look_of(std::string_view declarations);

// The rules of style sheets for a single class (`.a`, `span.a`); all others are passed over.
class StyleSheet {
 public:
  explicit StyleSheet(std::string_view css);

  // What the classes of an attribute `class` mean.
  Look look_of(std::string_view classes) const;

 private:
  void add_rule(std::string_view selectors, std::string_view declarations);

  std::unordered_map<std::string, Look> classes_;
};

}  // namespace sluice::html
