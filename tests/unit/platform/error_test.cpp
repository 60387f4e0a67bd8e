// What an error of the system tells its reader to do.
#include "platform/error.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace sluice {
namespace {

using ::testing::HasSubstr;

std::string next_of(std::error_code code) {
  return SystemError("open", "a file", code).next();
}

TEST(SystemErrorTest, EachReasonThatAFileCallGivesHasAStepOfItsOwn) {
  const std::string of_unknown = next_of({9999, std::generic_category()});
  EXPECT_THAT(of_unknown, HasSubstr("system's log"));
  for (const int code :
       {EACCES, EAGAIN, EBUSY,  EDQUOT,    EEXIST,       EFBIG,     EILSEQ, EINVAL,     EIO,
        EISDIR, ELOOP,  EMFILE, EMLINK,    ENAMETOOLONG, ENFILE,    ENODEV, ENOENT,     ENOLCK,
        ENOMEM, ENOSPC, ENOSYS, ENOTCONN,  ENOTDIR,      ENOTEMPTY, ENXIO,  EOPNOTSUPP, EOVERFLOW,
        EPERM,  EROFS,  ESTALE, ETIMEDOUT, ETXTBSY,      EXDEV}) {
    const std::error_code reason(code, std::generic_category());
    EXPECT_NE(next_of(reason), of_unknown) << reason.message();
    EXPECT_NE(next_of(reason), "") << reason.message();
    EXPECT_EQ(next_of(reason), next_of({code, std::system_category()})) << reason.message();
  }
}

TEST(SystemErrorTest, TheStepFitsTheReason) {
  for (const auto& [code, words] :
       {std::pair(ENAMETOOLONG, "shorter"), std::pair(ENOTDIR, "is a file"),
        std::pair(EDQUOT, "quota"), std::pair(EMFILE, "ulimit -n"),
        std::pair(ENOTCONN, "mount the file system again")}) {
    EXPECT_THAT(next_of({code, std::generic_category()}), HasSubstr(words));
  }
}

TEST(SystemErrorTest, AQuotaCountsAsAFullDisk) {
  const auto is_full = [](int code) {
    return SystemError("write", "a file", std::error_code(code, std::generic_category()))
        .is_storage_full();
  };
  EXPECT_TRUE(is_full(EDQUOT));
  EXPECT_TRUE(is_full(ENOSPC));
  EXPECT_TRUE(is_full(EROFS));
  EXPECT_FALSE(is_full(EIO));
}

}  // namespace
}  // namespace sluice
