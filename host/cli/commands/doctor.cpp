#include "cli/commands/doctor.h"

#include <nettle/version.h>
#include <sqlite3.h>
#include <unicode/uversion.h>

#include <array>
#include <atomic>
#include <filesystem>

#include "cli/json.h"
#include "cli/text.h"
#include "cli/values.h"
#include "cli/workspace.h"
#include "fetch/process.h"
#include "model/layout.h"
#include "model/promises.h"
#include "platform/error.h"
#include "platform/lock.h"
#include "platform/process.h"
#include "platform/system.h"
#include "plugin/trust.h"
#include "worker/client.h"

namespace sluice::cli {
namespace {

enum class State { kOk, kWarning, kFailed };

constexpr const char* kAnotherPlugin = "install another version of it, or take its folder away";

struct Check {
  State state = State::kOk;
  std::string name;
  std::string detail;
  std::string hint;
};

class Doctor {
 public:
  Doctor(platform::Files& files, const Args& args, const Io& io)
      : files_(files), args_(args), io_(io) {}

  // Of the sandbox; empty if no worker could be asked.
  const std::vector<PromiseState>& promises() const { return promises_; }
  // Of the processes that fetch, by what they do.
  using RolePromises = std::vector<std::pair<std::string, std::vector<PromiseState>>>;
  const RolePromises& role_promises() const { return role_promises_; }

  std::vector<Check> examine() {
    add(State::kOk, "platform",
        platform::system_name() + ", " + std::to_string(platform::processor_count()) +
            " processors");
    examine_libraries();
    examine_worker();
    const auto workspace = open();
    if (workspace) {
      examine_sandbox(*workspace);
      examine_fetching(*workspace);
      examine_plugins(*workspace);
      examine_limits(workspace->config.settings());
      if (workspace->kb) examine_kb(*workspace->kb);
    }
    return std::move(checks_);
  }

 private:
  void add(State state, std::string name, std::string detail, std::string hint = {}) {
    checks_.push_back({state, std::move(name), std::move(detail), std::move(hint)});
  }
  void add(std::string name, const Error& error) {
    add(State::kFailed, std::move(name), error.what(), error.next());
  }

  void examine_libraries() {
    std::array<char, U_MAX_VERSION_STRING_LENGTH> icu{};
    UVersionInfo version;
    u_getVersion(version);
    u_versionToString(version, icu.data());
    add(State::kOk, "libraries",
        std::string("ICU ") + icu.data() + ", SQLite " + sqlite3_libversion() + ", Nettle " +
            std::to_string(nettle_version_major()) + "." + std::to_string(nettle_version_minor()));
  }

  void examine_worker() {
    const std::string program = worker_program();
    std::error_code error;
    if (std::filesystem::is_regular_file(program, error)) {
      add(State::kOk, "workers", program);
    } else {
      add(State::kFailed, "workers", program + " is missing", "install Sluice again");
    }
  }

  // By what a worker says that it got, not by what should be there.
  void examine_sandbox(const Workspace& workspace) {
    try {
      report(worker::probe_sandbox(workspace.worker()), workspace.config.settings().sandbox);
    } catch (const worker::WorkerDied& died) {
      add(State::kFailed, "sandbox", died.what(), "install Sluice again");
    } catch (const Error& error) {
      add("sandbox", error);
    }
  }

  // The same for the processes that fetch pages of the web.
  void examine_fetching(const Workspace& workspace) {
    const SandboxLevel level = workspace.config.settings().sandbox;
    const State missing = level == SandboxLevel::kRequired ? State::kFailed : State::kWarning;
    const fetch::FetchProgram program = workspace.fetch_program();
    std::error_code error;
    if (!std::filesystem::is_regular_file(program.certificates, error)) {
      add(State::kWarning, "fetch certificates", program.certificates + " is missing",
          "install the package ca-certificates, or no https server is trusted");
    }
    for (const auto& [role, name] : {std::pair(SandboxRole::kFetching, "fetch"),
                                     std::pair(SandboxRole::kResolving, "resolve")}) {
      try {
        const SandboxLayers layers = fetch::probe_sandbox(program, role);
        const std::vector<PromiseState> states = promises_of(layers);
        role_promises_.emplace_back(name, states);
        if (!layers.wanted) continue;
        for (const PromiseState& state : states) report_promise(state, missing, name);
      } catch (const fetch::FetchFailure& failure) {
        add(missing, name, failure.reason, failure.hint);
      } catch (const Error& failure) {
        add(name, failure);
      }
    }
  }

  void report(const SandboxLayers& layers, SandboxLevel level) {
    const std::string asked = "level = \"" + std::string(word(level)) + "\"";
    const State missing = level == SandboxLevel::kRequired ? State::kFailed : State::kWarning;
    if (layers.is_full()) {
      add(State::kOk, "sandbox", "complete; " + asked);
    } else {
      add(missing, "sandbox",
          std::string(layers.wanted ? "not complete; " : "off; ") + asked + "; " +
              layers.what_is_missing(),
          "use only plugins, and convert only documents, that you trust");
    }
    promises_ = promises_of(layers);
    if (!layers.wanted) return;
    report_layers(layers, missing);
    for (const PromiseState& promise : promises_) report_promise(promise, missing);
  }

  void report_layers(const SandboxLayers& layers, State missing) {
    const bool files = layers.landlock_abi > 0;
    add(files ? State::kOk : missing, "sandbox files",
        files ? "Landlock " + std::to_string(layers.landlock_abi)
              : "no Landlock: " + layers.landlock_why,
        files ? ""
              : "use a kernel from 5.13 on, with landlock among its security modules "
                "(lsm=landlock,...)");
    add(layers.system_calls ? State::kOk : missing, "sandbox system calls",
        layers.system_calls ? "only the calls that converting needs; programs, processes, the "
                              "network and tracing end the "
                              "converter"
                            : "no filter: " + layers.system_calls_why,
        layers.system_calls ? "" : "use a kernel with CONFIG_SECCOMP_FILTER");
    if (layers.sanitized) {
      add(State::kWarning, "sandbox memory",
          "not limited, and threads are allowed, because this build has a sanitizer",
          "use another build for documents that you do not trust");
    }
  }

  void report_promise(const PromiseState& promise, State missing, const std::string& role = {}) {
    std::string by;
    for (const Enforcer enforcer : promise.by) {
      by += (by.empty() ? "kept by " : ", ") + std::string(word(enforcer));
    }
    const std::string whose = role.empty() ? "" : role + " ";
    const std::string who = role.empty() ? "a converter" : "it";
    add(promise.kept ? State::kOk : missing, whose + "promise " + std::string(promise.rule->name),
        promise.kept ? std::string(promise.rule->text) + " (" + by + ")"
                     : "broken: " + who + " may " + std::string(promise.rule->broken));
  }

  std::optional<Workspace> open() {
    try {
      auto workspace = open_workspace(files_, args_, io_, NeedsKb::kNo);
      std::string detail;
      for (const std::string& file : workspace.config.files_read()) {
        detail += (detail.empty() ? "" : ", ") + file;
      }
      add(State::kOk, "configuration", detail.empty() ? "built-in defaults" : detail);
      return workspace;
    } catch (const Error& error) {
      add("configuration", error);
      return std::nullopt;
    }
  }

  void examine_plugins(const Workspace& workspace) {
    std::size_t usable = 0;
    for (const auto& manifest : workspace.catalog.plugins()) {
      try {
        plugin::verify_files(files_, *manifest);
        const std::atomic<bool> stop{false};
        worker::Worker(files_, workspace.worker(), *manifest, stop);
        add(State::kOk, "plugin " + manifest->id,
            manifest->version + ", loads in a worker, from " + manifest->folder);
        ++usable;
      } catch (const Error& error) {
        add("plugin " + manifest->id, error);
        checks_.back().state = State::kWarning;
      } catch (const std::runtime_error& error) {
        // The worker's answer: refused, not fit for this system, dead.
        add(State::kWarning, "plugin " + manifest->id, error.what(), kAnotherPlugin);
      }
    }
    for (const plugin::Refused& refused : workspace.catalog.refused()) {
      add(State::kWarning, "plugin " + (refused.id.empty() ? refused.path : refused.id),
          "refused: " + refused.reason, kAnotherPlugin);
    }
    if (usable == 0) {
      add(State::kFailed, "plugins", "there is no usable plugin",
          "install one, or name its folder with --plugin");
    }
  }

  void examine_limits(const Settings& settings) {
    const Limits& limits = settings.limits;
    add(State::kOk, "limits",
        "a document may take " +
            human_duration(static_cast<std::uint64_t>(limits.wall_time.count())) + ", " +
            human_size(limits.memory) + " of memory, " + human_size(limits.output_bytes) +
            " of output");
  }

  void examine_kb(const std::string& kb) {
    try {
      const auto state = files_.open_dir(kb + "/" + layout::kState);
      if (!state) {
        add(State::kFailed, "knowledge base", kb + " has no .sluice directory",
            "make it again with: sluice init " + kb);
        return;
      }
      add(State::kOk, "knowledge base",
          kb + ", " + human_size(files_.free_bytes(*state)) + " free");
      examine_file_system(*state);
    } catch (const Error& error) {
      add("knowledge base", error);
    }
  }

  // With a file of its own that is gone afterwards.
  void examine_file_system(const platform::Dir& dir) {
    const std::string name = "doctor-" + std::to_string(platform::process_id());
    const platform::File first = files_.create(dir, name, platform::Access::kPrivate);
    try {
      examine_locks(first, files_.open_or_create(dir, name, platform::Access::kPrivate));
      files_.sync(first);
      files_.sync(dir);
      const bool whole = files_.sync_file_system(dir);
      add(State::kOk, "durability",
          whole ? "files, directories and the whole file system can be flushed"
                : "files and directories can be flushed one by one");
    } catch (const Error& error) {
      add("file system", error);
    }
    files_.unlink(dir, name);
  }

  void examine_locks(const platform::File& first, const platform::File& second) {
    const auto held = platform::FileLock::try_lock(first, platform::LockMode::kExclusive);
    const bool kept_out =
        held && !platform::FileLock::try_lock(second, platform::LockMode::kShared);
    if (kept_out) {
      add(State::kOk, "locks", "the file system keeps two owners apart");
    } else {
      add(State::kFailed, "locks", "the file system does not keep two owners apart",
          "move the knowledge base to a local disk");
    }
  }

  platform::Files& files_;
  const Args& args_;
  const Io& io_;
  std::vector<Check> checks_;
  std::vector<PromiseState> promises_;
  RolePromises role_promises_;
};

std::string_view word(State state) {
  switch (state) {
    case State::kOk:
      return "ok";
    case State::kWarning:
      return "warning";
    case State::kFailed:
      return "failed";
  }
  return {};
}

JsonObject json_of(const PromiseState& promise) {
  std::vector<std::string> by;
  for (const Enforcer enforcer : promise.by) by.emplace_back(word(enforcer));
  JsonObject one;
  one.text("name", promise.rule->name)
      .text("text", promise.rule->text)
      .flag("kept", promise.kept)
      .texts("by", by);
  return one;
}

std::vector<JsonObject> json_of(const std::vector<PromiseState>& promises) {
  std::vector<JsonObject> objects;
  for (const PromiseState& promise : promises) objects.push_back(json_of(promise));
  return objects;
}

void print_json(Io& io, const std::vector<Check>& checks, const Doctor& doctor, bool usable) {
  std::vector<JsonObject> objects;
  for (const Check& check : checks) {
    JsonObject one;
    one.text("name", check.name)
        .text("state", word(check.state))
        .text("detail", check.detail)
        .text_or_null("hint", check.hint);
    objects.push_back(std::move(one));
  }
  JsonObject object("doctor");
  object.text("version", SLUICE_VERSION).flag("usable", usable);
  object.objects("checks", std::move(objects));
  object.objects("promises", json_of(doctor.promises()));
  for (const auto& [role, promises] : doctor.role_promises()) {
    object.objects(role + "_promises", json_of(promises));
  }
  io.out << object.line();
}

void print_text(Io& io, const Paint& paint, const std::vector<Check>& checks, bool usable) {
  io.out << "sluice " << SLUICE_VERSION << '\n';
  for (const Check& check : checks) {
    const std::string state = check.state == State::kOk        ? paint.green("ok      ")
                              : check.state == State::kWarning ? paint.yellow("warning ")
                                                               : paint.red("failed  ");
    io.out << state << visible(check.name) << ": " << visible(check.detail) << '\n';
    if (!check.hint.empty()) io.out << "        try: " << visible(check.hint) << '\n';
  }
  io.out << (usable ? "Sluice is usable here.\n" : "Sluice is not usable here.\n");
}

}  // namespace

int run_doctor(platform::Files& files, const Args& args, Io& io) {
  Doctor doctor(files, args, io);
  const std::vector<Check> checks = doctor.examine();
  bool usable = true;
  for (const Check& check : checks) usable = usable && check.state != State::kFailed;
  if (args.global.json) {
    print_json(io, checks, doctor, usable);
  } else {
    print_text(io, Paint(args.global.color, io.out_is_terminal, io), checks, usable);
  }
  return static_cast<int>(usable ? ExitCode::kOk : ExitCode::kFatal);
}

}  // namespace sluice::cli
