#include "cli/sandbox.h"

#include "cli/text.h"
#include "platform/error.h"
#include "worker/client.h"

namespace sluice::cli {

SandboxLayers enter_sandbox(const Workspace& workspace, const GlobalArgs& global, Io& io) {
  SandboxLayers layers;
  try {
    layers = worker::probe_sandbox(workspace.worker());
  } catch (const worker::WorkerDied& died) {
    throw Error("start", workspace.worker().program, died.what(),
                "run 'sluice doctor', and install Sluice again if it says so");
  }
  judge_sandbox(layers, workspace, global, io);
  return layers;
}

void judge_sandbox(const SandboxLayers& layers, const Workspace& workspace,
                   const GlobalArgs& global, Io& io) {
  if (layers.is_full()) return;
  const std::string missing = layers.what_is_missing();
  if (workspace.config.settings().sandbox == SandboxLevel::kRequired) {
    throw Error("convert documents without", "the sandbox that is required", missing,
                "'sluice doctor' shows each layer; with [sandbox] level = \"best-effort\" it goes "
                "on with what there is",
                ExitCode::kNoSandbox);
  }
  if (!global.quiet) {
    const Paint paint(global.color, io.err_is_terminal, io);
    io.err << paint.yellow("warning") << " the sandbox is "
           << (layers.state() == "off" ? "off: " : "not complete: ") << visible(missing)
           << "; use only plugins, and convert only documents, that you trust" << std::endl;
  }
}

}  // namespace sluice::cli
