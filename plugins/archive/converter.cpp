// SPDX-License-Identifier: Apache-2.0
#include "archive/converter.hpp"

#include <clocale>
#include <sluice/options.hpp>
#include <sluice/utf8.hpp>

#include "archive/intake.hpp"
#include "archive/members.hpp"
#include "archive/package_kind.hpp"

namespace sluice::archive {
namespace {

// A package shows what it is at its front. Of a stream no more is read twice than this.
constexpr std::size_t kMaxNames = 1'000;
constexpr std::uint64_t kMaxBytes = std::uint64_t{16} << 20;

class InLocale {
 public:
  explicit InLocale(locale_t locale) : before_(locale == locale_t{} ? locale : uselocale(locale)) {}
  ~InLocale() {
    if (before_ != locale_t{}) uselocale(before_);
  }
  InLocale(const InLocale&) = delete;
  InLocale& operator=(const InLocale&) = delete;

 private:
  locale_t before_;
};

std::vector<std::string> first_names(Members& members) {
  std::vector<std::string> names;
  std::uint64_t bytes = 0;
  try {
    while (names.size() < kMaxNames && bytes < kMaxBytes) {
      auto member = members.next();
      if (!member) break;
      if (members.is_stream()) bytes += member->size.value_or(kMaxBytes);
      names.push_back(std::move(member->name));
    }
  } catch (const Failure& failure) {
    // What cannot be read is met again, and reported, where the members are handed over.
    if (failure.outcome() == Outcome::kCancelled || failure.outcome() == Outcome::kIo) throw;
  }
  return names;
}

void refuse_package(Job& job, const MemberOptions& options) {
  const auto members = open_members(job, options);
  const std::string_view kind = package_kind(first_names(*members));
  if (kind.empty()) return;
  throw Failure(Outcome::kUnsupported,
                "it is " + std::string(kind) +
                    ", not a collection of documents; to convert the files in it, set "
                    "[plugin.archive] packages = true");
}

}  // namespace

ArchiveConverter::ArchiveConverter()
    : utf8_locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{})) {}

ArchiveConverter::~ArchiveConverter() {
  if (utf8_locale_ != locale_t{}) freelocale(utf8_locale_);
}

void ArchiveConverter::convert(Job& job) {
  const InLocale locale(utf8_locale_);
  const Options options(job.options());
  const MemberOptions member_options{options.get_string("name_charset"),
                                     std::string(job.secret("password"))};
  if (!options.get_bool("packages")) refuse_package(job, member_options);
  const auto members = open_members(job, member_options);
  Intake intake(job, options.get_bool("hidden"));
  intake.read(*members);
  intake.finish(valid_utf8(job.file_name()));
}

}  // namespace sluice::archive
