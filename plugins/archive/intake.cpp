// SPDX-License-Identifier: Apache-2.0
#include "archive/intake.hpp"

#include <sluice/counted.hpp>
#include <sluice/defects.hpp>
#include <sluice/utf8.hpp>

namespace sluice::archive {
namespace {

// A member that turns out to be damaged or encrypted within its first bytes is never begun.
constexpr std::size_t kBuffer = std::size_t{256} << 10;
// Of a stream, once the host takes no more: the list goes on for as long as that is cheap.
constexpr std::uint64_t kMaxSkippedBytes = std::uint64_t{256} << 20;

// What systems leave in archives for themselves.
bool is_residue(std::string_view part) {
  return part == "__MACOSX" || part == ".DS_Store" || part == "Thumbs.db" ||
         part == "desktop.ini" || part.starts_with("._");
}

enum class Sight { kShown, kHidden, kResidue };

Sight sight_of(std::string_view name) {
  Sight sight = Sight::kShown;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("/\\"), name.size());
    const std::string_view part = name.substr(0, end);
    if (is_residue(part)) return Sight::kResidue;
    if (part.size() > 1 && part[0] == '.' && part != "..") sight = Sight::kHidden;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return sight;
}

}  // namespace

Intake::Intake(Job& job, bool with_hidden)
    : job_(job), children_(job), with_hidden_(with_hidden), buffer_(kBuffer) {}

void Intake::read(Members& members) {
  try {
    while (const auto member = members.next()) {
      job_.check_cancelled();
      intake(members, *member);
      if (is_full_ && !may_skip(members, *member)) {
        damage_ = "the list ends where the limit of its documents was reached";
        return;
      }
    }
    damage_ = members.damage();
  } catch (const Failure& failure) {
    const bool is_of_archive =
        failure.outcome() != Outcome::kCancelled && failure.outcome() != Outcome::kIo;
    if (!is_of_archive || page_.files() == 0) throw;
    damage_ = valid_utf8(failure.what());
  }
}

bool Intake::may_skip(const Members& members, const Member& member) {
  if (!members.is_stream()) return true;
  skipped_bytes_ += member.size.value_or(kMaxSkippedBytes);
  return skipped_bytes_ < kMaxSkippedBytes;
}

void Intake::intake(Members& members, const Member& member) {
  const Sight sight = sight_of(member.name);
  if (sight == Sight::kResidue || (sight == Sight::kHidden && !with_hidden_)) {
    if (sight == Sight::kHidden && member.kind != MemberKind::kFolder) leave(Left::kHidden, {});
    return;
  }
  switch (member.kind) {
    case MemberKind::kFolder:
      page_.add(member, std::nullopt, 0, {});
      return;
    case MemberKind::kLink:
      leave(Left::kLink, {});
      page_.add(member, std::nullopt, 0,
                member.target.empty()
                    ? "a link"
                    : "a link to " + std::string(utf8_prefix(member.target, kMaxLabel)));
      return;
    case MemberKind::kDevice:
      leave(Left::kDevice, {});
      page_.add(member, std::nullopt, 0, "no file");
      return;
    case MemberKind::kFile:
      break;
  }
  const HandedOver result = hand_over(members, member);
  const bool is_known = result.child != 0 && result.remark.empty();
  page_.add(member, is_known ? std::optional(result.size) : member.size, result.child,
            result.remark);
}

Intake::HandedOver Intake::leave(Left why, std::string_view remark) {
  ++left_[static_cast<std::size_t>(why)];
  return {0, 0, remark};
}

// What was begun and cannot be read to its end is dropped: half a document would pass for one.
Intake::HandedOver Intake::hand_over(Members& members, const Member& member) {
  if (is_full_ || !children_.are_taken()) return leave(Left::kBudget, "not converted");
  try {
    std::size_t got = members.read(buffer_);
    auto child = children_.open(member.name);
    if (!child) {
      is_full_ = true;
      return leave(Left::kBudget, "not converted");
    }
    HandedOver result{child->id(), 0, {}};
    while (got > 0) {
      child->write(std::string_view(buffer_.data(), got));
      result.size += got;
      got = child->is_cut() ? 0 : members.read(buffer_);
    }
    if (!child->finish()) {
      is_full_ = true;
      ++left_[static_cast<std::size_t>(Left::kBudget)];
      result.remark = "not converted";
    } else {
      ++handed_over_;
    }
    return result;
  } catch (const Failure& failure) {
    return fail(failure);
  }
}

Intake::HandedOver Intake::fail(const Failure& failure) {
  switch (failure.outcome()) {
    case Outcome::kEncrypted:
      return leave(Left::kEncrypted, "encrypted");
    case Outcome::kUnsupported:
      return leave(Left::kUnsupported, "compressed in a way that cannot be read");
    case Outcome::kMalformed:
      if (first_fault_.empty()) first_fault_ = valid_utf8(failure.what());
      return leave(Left::kDamaged, "damaged");
    case Outcome::kLimit:
      return leave(Left::kTooLarge, "too large");
    default:
      throw failure;
  }
}

std::string Intake::sentence(Left why) const {
  const std::uint64_t n = count(why);
  switch (why) {
    case Left::kEncrypted:
      return counted(n, "file is", "files are") + " encrypted";
    case Left::kUnsupported:
      return counted(n, "file is", "files are") + " compressed in a way that cannot be read";
    case Left::kDamaged:
      return counted(n, "file is", "files are") + " damaged: " + first_fault_;
    case Left::kTooLarge:
      return counted(n, "file is", "files are") + " too large";
    case Left::kBudget:
      return counted(n, "file is", "files are") + " not converted: a limit was reached";
    case Left::kHidden:
      return counted(n, "hidden file is", "hidden files are") +
             " left out; to convert them, set [plugin.archive] hidden = true";
    case Left::kLink:
      return counted(n, "link is", "links are") + " not followed";
    case Left::kDevice:
      return counted(n, "device, pipe or socket is", "devices, pipes or sockets are") + " left out";
  }
  return {};
}

void Intake::finish(std::string_view title) {
  if (page_.files() == 0) {
    if (!damage_.empty()) throw Failure(Outcome::kMalformed, damage_);
    throw Failure(Outcome::kEmpty,
                  "the archive has no file in it" +
                      (count(Left::kHidden) == 0 ? std::string() : "; " + sentence(Left::kHidden)));
  }
  if (handed_over_ == 0 && count(Left::kEncrypted) > 0 && count(Left::kBudget) == 0) {
    throw Failure(Outcome::kEncrypted, "its files are protected by a password");
  }
  struct Kind {
    Left why;
    const char* code;
    Severity severity;
  };
  constexpr std::array<Kind, kReasons> kKinds = {{
      {Left::kEncrypted, "encrypted-member", Severity::kWarning},
      {Left::kUnsupported, "unsupported-member", Severity::kWarning},
      {Left::kDamaged, "damaged-member", Severity::kWarning},
      {Left::kTooLarge, "large-member", Severity::kWarning},
      {Left::kBudget, "members-left-out", Severity::kWarning},
      {Left::kHidden, "hidden-member", Severity::kNote},
      {Left::kLink, "link-member", Severity::kNote},
      {Left::kDevice, "device-member", Severity::kNote},
  }};
  std::vector<std::string> remarks;
  std::string partial = damage_;
  if (!damage_.empty()) {
    job_.warn("damaged-archive", damage_);
    remarks.push_back(damage_ + ".");
  }
  for (const Kind& kind : kKinds) {
    if (count(kind.why) == 0) continue;
    std::string said = sentence(kind.why);
    if (kind.why == Left::kBudget && !children_.are_taken()) {
      said = "files in an archive are converted only into a knowledge base";
    }
    job_.warn(kind.code, said, kind.severity);
    if (kind.severity == Severity::kWarning && partial.empty()) partial = said;
    remarks.push_back(said + ".");
  }
  if (page_.escaping_names() > 0) {
    job_.warn("odd-names",
              counted(page_.escaping_names(), "name leads", "names lead") +
                  " out of the archive; such parts of names are left out",
              Severity::kNote);
  }
  MarkdownWriter out(job_);
  page_.write(out, title, remarks);
  out.finish();
  if (!partial.empty()) job_.finish_as(Outcome::kPartial, partial);
}

}  // namespace sluice::archive
