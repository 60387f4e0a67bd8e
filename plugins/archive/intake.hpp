// SPDX-License-Identifier: Apache-2.0
//
// Hands the files of an archive over to the host, one after another, and keeps count of what was
// left out and why.
#pragma once

#include <array>
#include <sluice/children.hpp>
#include <sluice/plugin.hpp>
#include <string>
#include <vector>

#include "archive/index_page.hpp"
#include "archive/members.hpp"

namespace sluice::archive {

class Intake {
 public:
  Intake(Job& job, bool with_hidden);

  // Hands over all members, in the order of the archive.
  void read(Members& members);
  // Writes the page and the warnings. Throws Failure if the archive gave nothing.
  void finish(std::string_view title);

 private:
  enum class Left : std::uint8_t {
    kEncrypted,
    kUnsupported,
    kDamaged,
    kTooLarge,
    kBudget,  // the host takes no more
    kHidden,
    kLink,
    kDevice,
  };
  static constexpr std::size_t kReasons = 8;
  struct HandedOver {
    sluice_child child = 0;
    std::uint64_t size = 0;
    std::string_view remark;
  };

  void intake(Members& members, const Member& member);
  HandedOver hand_over(Members& members, const Member& member);
  HandedOver leave(Left why, std::string_view remark);
  HandedOver fail(const Failure& failure);
  bool may_skip(const Members& members, const Member& member);
  std::string sentence(Left why) const;
  std::uint64_t count(Left why) const { return left_[static_cast<std::size_t>(why)]; }

  Job& job_;
  Children children_;
  bool with_hidden_;
  bool is_full_ = false;
  IndexPage page_;
  std::array<std::uint64_t, kReasons> left_{};
  std::uint64_t skipped_bytes_ = 0;
  std::uint64_t handed_over_ = 0;
  std::string damage_;       // of the archive
  std::string first_fault_;  // of a member
  std::vector<char> buffer_;
};

}  // namespace sluice::archive
