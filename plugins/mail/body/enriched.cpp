// SPDX-License-Identifier: Apache-2.0
#include "mail/body/enriched.hpp"

#include <algorithm>
#include <sluice/ascii.hpp>

namespace sluice::mail {
namespace {

// A command is up to 60 letters in angle brackets.
constexpr std::size_t kMaxCommand = 62;

}  // namespace

std::string plain_of_enriched(std::string_view text) {
  std::string plain;
  bool in_parameter = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '<') {
      if (text.substr(at).starts_with("<<")) {
        if (!in_parameter) plain += '<';
        ++at;
        continue;
      }
      const std::size_t end = text.substr(at, kMaxCommand).find('>');
      if (end != std::string_view::npos) {
        const std::string command = ascii_lower(text.substr(at + 1, end - 1));
        if (command == "param") in_parameter = true;
        if (command == "/param") in_parameter = false;
        if (command == "nl") plain += '\n';
        if (command == "lt") plain += '<';
        at += end;
        continue;
      }
    }
    if (!in_parameter) plain += c;
  }
  return plain;
}

}  // namespace sluice::mail
