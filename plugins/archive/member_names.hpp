// SPDX-License-Identifier: Apache-2.0
//
// Names of members whose encoding the archive does not state. All of an archive were written by one
// system, so all are evidence for each.
#pragma once

#include <string>
#include <string_view>

namespace sluice::archive {

// Rules, in their order:
//   1. what the user said
//   2. UTF-8, if a name is valid as such
//   3. Shift-JIS, GB 18030, Big5, EUC-KR or EUC-JP, if all names decode without a fault and most of
//      their characters stand side by side, as they do in words of these languages. In a Western
//      name an accented letter stands alone: read as half of such a character, it takes the letter
//      behind it along ("Kn\x94del" has one in Shift-JIS).
//   4. cp866, if its letters make Russian words
//   5. cp437, as the format says (APPNOTE, appendix D)
class MemberNames {
 public:
  // Throws Failure(kUnsupported) for a charset that is not known.
  explicit MemberNames(std::string_view charset);

  // A name that is evidence for others.
  void learn(std::string_view raw);
  // UTF-8.
  std::string decoded(std::string_view raw) const;

 private:
  std::string charset_of(std::string_view raw) const;

  std::string chosen_;           // by the user; empty: by the names
  std::string evidence_;         // names that are not UTF-8, one a line
  mutable std::string learned_;  // the charset of the evidence, once somebody has asked
};

}  // namespace sluice::archive
