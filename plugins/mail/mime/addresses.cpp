// SPDX-License-Identifier: Apache-2.0
#include "mail/mime/addresses.hpp"

#include <algorithm>
#include <sluice/blanks.hpp>
#include <sluice/counted.hpp>

#include "mail/mime/fields.hpp"
#include "mail/mime/words.hpp"

namespace sluice::mail {
namespace {

// Mailing programs put up to some thousand into one field.
constexpr std::size_t kMaxAddresses = 10'000;
constexpr std::size_t kMaxAddressField = std::size_t{1} << 20;
// Longer ones are none, and after a few that never end, brackets are text: so a row of open
// brackets is not read again and again.
constexpr std::size_t kMaxAddressComment = 1000;
constexpr int kMaxUnclosed = 20;

// Goes through a field and gathers one address at a time.
class AddressReader {
 public:
  std::vector<std::string> read(std::string_view text) {
    for (at_ = 0; at_ < text.size() && addresses_.size() < kMaxAddresses; ++at_) step(text);
    end();
    return std::move(addresses_);
  }

 private:
  void step(std::string_view text) {
    const char c = text[at_];
    if (c == '"') return quoted(text);
    if (c == '(' && unclosed_ < kMaxUnclosed) return comment(text);
    if (in_angle_) {
      if (c == '>') {
        in_angle_ = false;
      } else {
        angle_ += c;
      }
      return;
    }
    switch (c) {
      case '<':
        in_angle_ = has_angle_ = true;
        break;
      case ',':
        end();
        break;
      case ';':
        // Ends a group; as a separator it is Outlook's.
        end();
        break;
      case ':':
        // The name of a group stands before it: "undisclosed-recipients:;".
        if (phrase_.find('@') == std::string::npos) {
          group_ = trimmed(phrase_);
          phrase_.clear();
        } else {
          phrase_ += c;
        }
        break;
      default:
        phrase_ += c;
    }
  }

  void quoted(std::string_view text) {
    std::string& to = in_angle_ ? angle_ : phrase_;
    // A mark that nothing ends is none.
    if (text.find('"', at_ + 1) == std::string_view::npos) return;
    for (++at_; at_ < text.size() && text[at_] != '"'; ++at_) {
      if (text[at_] == '\\' && at_ + 1 < text.size()) ++at_;
      to += text[at_];
    }
  }

  void comment(std::string_view text) {
    std::string said;
    int depth = 0;
    std::size_t at = at_;
    const std::size_t most = std::min(text.size(), at_ + kMaxAddressComment);
    for (; at < most; ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) {
        said += text[++at];
        continue;
      }
      if (text[at] == '(' && depth++ == 0) continue;
      if (text[at] == ')' && --depth == 0) break;
      said += text[at];
    }
    if (at >= most) {
      ++unclosed_;
      phrase_ += text[at_];
      return;
    }
    at_ = at;
    comment_ = std::move(said);
  }

  void end() {
    std::string name = decode_words(phrase_);
    std::string address(trimmed(angle_));
    if (!has_angle_) {
      address = name;
      name = decode_words(comment_);
    }
    if (!address.empty() || !name.empty()) {
      if (name.empty() || name == address) {
        addresses_.push_back(decode_words(address));
      } else {
        addresses_.push_back(address.empty() ? name : name + " <" + decode_words(address) + ">");
      }
    } else if (!group_.empty()) {
      addresses_.push_back(decode_words(group_));
    }
    group_.clear();
    phrase_.clear();
    angle_.clear();
    comment_.clear();
    in_angle_ = has_angle_ = false;
  }

  std::size_t at_ = 0;
  int unclosed_ = 0;
  std::vector<std::string> addresses_;
  std::string phrase_;
  std::string angle_;
  std::string comment_;
  std::string group_;
  bool in_angle_ = false;
  bool has_angle_ = false;
};

}  // namespace

std::vector<std::string> read_addresses(std::string_view value) {
  return AddressReader().read(unfolded(value.substr(0, kMaxAddressField)));
}

std::string name_of_address(std::string_view address) {
  const std::size_t angle = address.rfind(" <");
  return std::string(angle == std::string_view::npos ? address : address.substr(0, angle));
}

std::string joined_addresses(const std::vector<std::string>& addresses, std::size_t most) {
  std::string all;
  for (std::size_t i = 0; i < std::min(addresses.size(), most); ++i) {
    if (i > 0) all += ", ";
    all += addresses[i];
  }
  if (addresses.size() > most) all += " and " + counted(addresses.size() - most, "other");
  return all;
}

}  // namespace sluice::mail
