/* abi.h is C99 and C11: a plugin in C compiles with nothing but it. */
#define SLUICE_ABI_TARGET 100
#include <sluice/abi.h>
#include <stddef.h>

static sluice_outcome prepare(void *context, sluice_job *job) {
  (void)context;
  static const char kText[] = "hello\n";
  return job->write_body(job, kText, sizeof kText - 1) == SLUICE_STATUS_OK ? SLUICE_OUTCOME_OK
                                                                         : SLUICE_OUTCOME_IO;
}

static const sluice_converter kConverter = {
    .size = sizeof(sluice_converter), .id = {"hello", 5}, .prepare = prepare};
static const sluice_converter *const kConverters[] = {&kConverter};
static const sluice_plugin kPlugin = {.size = sizeof(sluice_plugin),
                                      .abi_major = SLUICE_ABI_MAJOR,
                                      .abi_minor = SLUICE_ABI_TARGET_MINOR,
                                      .id = {"hello", 5},
                                      .version = {"1.0.0", 5},
                                      .converters = kConverters,
                                      .converter_count = 1};

_Static_assert(offsetof(sluice_job, size) == 0, "every struct begins with its size");

const sluice_plugin *sluice_plugin_v1(const sluice_host *host) {
  static const char kWhy[] = "this plugin knows version 1 of the interface alone";
  if (host->abi_major == SLUICE_ABI_MAJOR) return &kPlugin;
  if (SLUICE_HAS(sluice_host, host, refuse)) host->refuse(host, (sluice_str){kWhy, sizeof kWhy - 1});
  return NULL;
}
