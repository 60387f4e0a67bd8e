// Tests of what a converter writes.
#include <sys/mman.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "conformance/isolation.h"
#include "conformance/test.h"
#include "conformance/trial.h"

namespace sluice::conformance {
namespace {

// Calls that a converter may still make before it notices that its output is refused.
constexpr std::uint64_t kMaxWritesAfterRefusal = 100;

// Runs `check` on every sample's plain conversion.
template <class Check>
void for_each_trial(const Context& context, Check check) {
  const Library library(library_path(context.subject), {});
  for (const Sample& sample : samples_of(context.subject, library)) {
    note("converting " + sample.file_name);
    check(sample, convert(context.subject, library, sample));
  }
}

Skipped full_sink(const Context& context) {
  const Library library(library_path(context.subject), {});
  bool any = false;
  for (const Sample& sample : samples_of(context.subject, library)) {
    const std::uint64_t size = convert(context.subject, library, sample).body.size();
    if (size == 0) continue;
    any = true;
    for (const std::uint64_t limit : {std::uint64_t{0}, std::uint64_t{1}, size / 2}) {
      Conditions conditions;
      conditions.body_limit = std::min(limit, size - 1);
      note("converting " + sample.file_name + " into " + std::to_string(limit) + " bytes");
      const Trial trial = convert(context.subject, library, sample, conditions);
      if (trial.writes_after_refusal > kMaxWritesAfterRefusal) {
        throw Broken(sample.file_name + ": " + std::to_string(trial.writes_after_refusal) +
                     " writes after the one that was refused");
      }
      if (trial.outcome == Outcome::kInternal && !trial.thrown) {
        throw Broken(sample.file_name + " becomes internal: " + trial.reason);
      }
    }
  }
  return any ? "" : "no sample becomes a text: give documents with --samples";
}

// Takes all the small holes in memory, so that what is loaded next lies elsewhere.
void fill_holes(std::size_t pieces) {
  constexpr std::size_t kPiece = 16 << 10;
  for (std::size_t i = 0; i < pieces; ++i) {
    ::mmap(nullptr, kPiece, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }
}

// What all samples become, in a process of its own, where everything lies elsewhere in memory.
std::string all_output(const Context& context, std::size_t shift) {
  const Ending ending = in_process(
      [&] {
        fill_holes(shift);
        const std::string also_in_the_heap(shift * 16, ' ');
        std::string all;
        for_each_trial(context, [&](const Sample& sample, const Trial& trial) {
          all += sample.file_name + "\n" + trial.everything;
        });
        return all;
      },
      std::chrono::seconds(300), Streams::kSilent);
  if (ending.kind != Ending::Kind::kReturned) throw Broken(ending.text + " while " + ending.doing);
  return ending.text;
}

Skipped repeatable(const Context& context) {
  const std::string first = all_output(context, 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // another second on the clock
  const std::string second = all_output(context, 8192);
  if (first == second) return {};
  const auto [here, there] =
      std::mismatch(first.begin(), first.end(), second.begin(), second.end());
  const auto at = static_cast<std::size_t>(here - first.begin());
  throw Broken("two runs differ: \"" + first.substr(at, 40) + "\" and \"" + second.substr(at, 40) +
               "\"");
}

Skipped no_memory(const Context& context) {
  const Library library(library_path(context.subject), {});
  const std::vector<Sample> samples = samples_of(context.subject, library);
  std::vector<std::string> first;
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
      note("converting " + samples[i].file_name + ", round " + std::to_string(round + 1));
      const Trial trial = convert(context.subject, library, samples[i]);
      if (round == 0) {
        first.push_back(trial.everything);
      } else if (trial.everything != first[i]) {
        throw Broken(samples[i].file_name + " becomes something else after other documents");
      }
    }
  }
  return {};
}

Skipped asset_names(const Context& context) {
  bool any = false;
  for_each_trial(context, [&](const Sample& sample, const Trial& trial) {
    for (const std::string& name : trial.asset_names) {
      any = true;
      const bool plain = !name.empty() && name.size() <= 255 && name[0] != '.' &&
                         std::none_of(name.begin(), name.end(), [](char c) {
                           return c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
                         });
      if (!plain)
        throw Broken(sample.file_name + ": an asset is called \"" + name.substr(0, 80) + "\"");
    }
  });
  return any ? "" : "no sample has an asset: give documents with --samples";
}

// The refusals of calls whose name begins with `prefix`.
void expect_not_refused(const Sample& sample, const Trial& trial, const std::string& prefix) {
  for (const Refusal& refusal : trial.refused) {
    if (refusal.status == SLUICE_STATUS_INVALID && refusal.call.rfind(prefix, 0) == 0) {
      throw Broken(sample.file_name + ": " + refusal.call + " is refused: " + refusal.why);
    }
  }
}

Skipped metadata(const Context& context) {
  for_each_trial(context, [](const Sample& sample, const Trial& trial) {
    // The C++ layer makes a warning of a value that is the document's fault.
    if (trial.metadata_warnings == 0) expect_not_refused(sample, trial, "set_metadata");
  });
  return {};
}

Skipped utf8(const Context& context) {
  for_each_trial(context, [](const Sample& sample, const Trial& trial) {
    if (trial.broken_characters > 0) throw Broken(sample.file_name + ": the body is not UTF-8");
  });
  return {};
}

Skipped links(const Context& context) {
  for_each_trial(context, [](const Sample& sample, const Trial& trial) {
    expect_not_refused(sample, trial, "asset_");
    expect_not_refused(sample, trial, "link_asset");
    if (trial.made_output() && trial.unfinished_assets > 0) {
      throw Broken(sample.file_name + ": " + std::to_string(trial.unfinished_assets) +
                   " assets are never finished, so links to them lead nowhere");
    }
  });
  return {};
}

Skipped front_matter(const Context& context) {
  for_each_trial(context, [](const Sample& sample, const Trial& trial) {
    if (trial.body.rfind("---\n", 0) == 0 && trial.body.find("\n---\n", 3) != std::string::npos) {
      throw Broken(sample.file_name + ": the body begins with front matter");
    }
  });
  return {};
}

void check_children(const Sample& sample, const Children& children) {
  if (!children.wrong.empty()) throw Broken(sample.file_name + ": " + children.wrong[0]);
  for (const Child& child : children.all) {
    if (!child.finished) throw Broken(sample.file_name + ": " + child.name + " is never finished");
  }
}

Skipped children(const Context& context) {
  HostKind kind;
  kind.offers_children = true;
  const Library library(library_path(context.subject), kind);
  bool any = false;
  for (const Sample& sample : samples_of(context.subject, library)) {
    Children& handed = library.children();
    handed = {};
    note("converting " + sample.file_name + " with children");
    convert(context.subject, library, sample);
    check_children(sample, handed);
    if (handed.all.empty()) continue;
    any = true;
    const std::size_t all = handed.all.size();
    handed = {};
    handed.most = all - 1;
    note("converting " + sample.file_name + " with one child too many");
    const Trial trial = convert(context.subject, library, sample);
    check_children(sample, handed);
    if (trial.outcome == Outcome::kInternal) {
      throw Broken(sample.file_name + " becomes internal where a child is one too many");
    }
  }
  return any ? "" : "no sample has children";
}

void check_outcome(const std::string& what, const Trial& trial) {
  if (!trial.prepared || trial.thrown) return;
  if (trial.returned < SLUICE_OUTCOME_OK || trial.returned > SLUICE_OUTCOME_INTERNAL) {
    throw Broken(what + ": prepare returns " + std::to_string(trial.returned));
  }
  const bool explained = !trial.reason.empty() || trial.warnings > 0;
  const bool plain = trial.outcome == Outcome::kOk || trial.outcome == Outcome::kEmpty;
  if (!plain && !explained) {
    throw Broken(what + " becomes " + outcome_name(trial.outcome) + " without a reason");
  }
}

Skipped outcome(const Context& context) {
  const Library library(library_path(context.subject), {});
  for (Sample sample : samples_of(context.subject, library)) {
    note("converting " + sample.file_name);
    check_outcome(sample.file_name, convert(context.subject, library, sample));
    for (const std::size_t size : {sample.bytes.size() / 2, std::size_t{1}}) {
      sample.bytes.resize(size);
      const std::string what =
          "the first " + std::to_string(size) + " bytes of " + sample.file_name;
      note("converting " + what);
      check_outcome(what, convert(context.subject, library, sample));
    }
  }
  return {};
}

Skipped sidecars(const Context& context) {
  for_each_trial(context, [](const Sample& sample, const Trial& trial) {
    expect_not_refused(sample, trial, "write_sidecar");
  });
  return {};
}

Skipped warnings(const Context& context) {
  for_each_trial(context, [](const Sample& sample, const Trial& trial) {
    expect_not_refused(sample, trial, "warn");
    if (!trial.warning_faults.empty()) {
      throw Broken(sample.file_name + ": a warning has " + trial.warning_faults[0]);
    }
  });
  return {};
}

constexpr Test kOutputTests[] = {
    {"output.full-sink", "Output: after a refused write the converter returns.",
     "check the status of write_body; in C++ let the Failure go through", full_sink},
    {"output.repeatable", "Output: the same document becomes the same bytes, in every process.",
     "use no time, random number, address, process id or order of a hash table", repeatable},
    {"output.no-memory", "Output: no document changes what a later one becomes.",
     "keep state in prepare, not in globals or members", no_memory},
    {"output.asset-names", "Assets: a suggested name is a base name, such as chart-1.png.",
     "give the part behind the last slash, or a name of your own", asset_names},
    {"output.metadata", "Metadata: keys and values have their forms.",
     "see set_metadata in sluice/abi.h; leave out what does not fit", metadata},
    {"output.utf8", "Body: it is UTF-8.",
     "decode the source (sluice/charset.hpp), and cut between characters", utf8},
    {"output.links", "Assets: what is opened is finished, and links lead to what was opened.",
     "call asset_finish for each, and keep the ids", links},
    {"output.front-matter", "Body: it has no front matter; the host writes that.",
     "use set_metadata", front_matter},
    {"output.children",
     "Children: what is opened has a name and is finished; LIMIT ends the children, not the "
     "document.",
     "finish each child, and go on with the body after LIMIT", children},
    {"output.outcome",
     "Outcomes: one of the list; a failure and a partial document come with a reason.",
     "call set_reason (finish_as, Failure) with one sentence for the user", outcome},
    {"output.sidecars", "Sidecars: JSON, each kind once.", "see write_sidecar in sluice/abi.h",
     sidecars},
    {"output.warnings", "Warnings: a code of [a-z0-9-], a message, a severity, a numbered place.",
     "see sluice_warning in sluice/abi.h", warnings},
};

}  // namespace

std::span<const Test> output_tests() {
  return kOutputTests;
}

}  // namespace sluice::conformance
