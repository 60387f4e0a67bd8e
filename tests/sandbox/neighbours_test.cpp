// One document against the others of its run. With one document a process, the default, it neither
// sees nor changes them. Where the user lets documents share a process it does both, and the run
// says so from the beginning: the same attacks succeed, so these tests can fail.
#include "sandbox/targets.h"

namespace sluice::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// How much of a neighbour there is: what is small goes through memory, what is large as a
// descriptor.
enum class Size { kSmall, kLarge };

struct Neighbours {
  const char* attack;
  Size size;
  bool forges = false;
};

class AmongNeighbours : public Escape, public ::testing::WithParamInterface<Neighbours> {
 protected:
  static constexpr const char* kSaying = "what the neighbour says of itself";

  static std::string document(const std::string& lines) {
    return lines + std::string("\0\1\2\3\4\5\6\7", 8);
  }
  // The attacker between two neighbours, on one lane.
  Finished run_with(const std::string& documents_per_process, const std::string& level) {
    const std::string padding = GetParam().size == Size::kLarge ? std::string(100 << 10, '\1') : "";
    const std::string neighbour = document("say\nsaying " + std::string(kSaying) + "\n") + padding;
    write("in/a.hostile", neighbour);
    write("in/m.hostile", document(std::string(GetParam().attack) + "\nneedle-begins what the neigh"
                                                                    "\nneedle-ends bour says\n"));
    // Another file, or it would be a duplicate.
    write("in/z.hostile", neighbour + "z");
    return add({"in", "--json", "-j", "1", "--plugin", plugins()},
               {{"SLUICE_SANDBOX_DOCUMENTS_PER_PROCESS", documents_per_process},
                {"SLUICE_SANDBOX_LEVEL", level}});
  }
  std::string published(const std::string& name) const {
    return read_file(kb() / ("wiki/sources/" + name + ".md"));
  }
};

TEST_P(AmongNeighbours, NothingIsSeenOrForgedByDefault) {
  const Finished run = run_with("1", "required");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(objects(run.out, "run_start").at(0)["sandbox"], "full");
  EXPECT_THAT(published("m"), HasSubstr(" denied: "));
  EXPECT_THAT(published("a"), HasSubstr(kSaying));
  EXPECT_THAT(published("z"), HasSubstr(kSaying));
}

TEST_P(AmongNeighbours, SharingAProcessIsSaidToAllowIt) {
  const Finished run = run_with("3", "best-effort");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const Json start = objects(run.out, "run_start").at(0);
  EXPECT_EQ(start["documents_per_process"], 3);
  EXPECT_EQ(start["sandbox"], "reduced");
  EXPECT_THAT(run.err, HasSubstr("may see and forge the other documents of its process"));
  EXPECT_THAT(published("m"), HasSubstr(" succeeded"));
  for (const char* name : {"a", "z"}) {  // what was done by then, too
    if (GetParam().forges) {
      EXPECT_THAT(published(name), Not(HasSubstr(kSaying)));
    } else {
      EXPECT_THAT(published(name), HasSubstr(kSaying));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Attacks, AmongNeighbours,
                         ::testing::Values(Neighbours{"read-neighbour", Size::kSmall},
                                           Neighbours{"read-neighbour", Size::kLarge},
                                           Neighbours{"remember-neighbour", Size::kSmall},
                                           Neighbours{"remember-neighbour", Size::kLarge},
                                           Neighbours{"forge-neighbour", Size::kSmall, true}),
                         [](const ::testing::TestParamInfo<Neighbours>& one) {
                           std::string name = one.param.attack;
                           name = name.substr(0, name.find('-'));
                           return name + (one.param.size == Size::kLarge ? "_large" : "");
                         });

}  // namespace
}  // namespace sluice::test
