// The host's end of one process of the program `sluice-fetch`, from its start to its end.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "fetch/messages.h"
#include "model/outcome.h"
#include "model/sandbox.h"
#include "platform/process.h"

namespace sluice::fetch {

// Why a page is not to be had, as the document's outcome.
struct FetchFailure {
  Outcome outcome = Outcome::kIo;
  std::string reason;
  std::string hint = {};
};

struct FetchProgram {
  std::string path;  // absolute
  SandboxLevel sandbox = SandboxLevel::kBestEffort;
  platform::Child::Stderr standard_error = platform::Child::Stderr::kNull;
  std::string certificates;
};

class FetchProcess {
 public:
  // Started and confined. Throws FetchFailure if it is not, or less than the level demands.
  FetchProcess(const FetchProgram& program, SandboxRole role, std::chrono::seconds cpu_time);

  const SandboxLayers& layers() const { return layers_; }
  void send(const std::string& task, const platform::OsHandle* socket = nullptr);
  // Waits for the next message. False if the time is up. Throws FetchFailure if the process ended.
  bool receive(platform::Message& message, std::chrono::milliseconds patience);
  // It sent what no honest one sends.
  [[noreturn]] static void fail_protocol();

 private:
  [[noreturn]] void fail_dead();

  platform::Child child_;
  SandboxLayers layers_;
};

// What the processes of this build get of the sandbox, for `doctor`. Throws FetchFailure.
SandboxLayers probe_sandbox(const FetchProgram& program, SandboxRole role);

}  // namespace sluice::fetch
