/* abi.h is C11: a plugin in C compiles with nothing but it. */
#include <sluice/abi.h>
#include <stddef.h>

static sluice_outcome prepare(sluice_job *job) {
  static const char kText[] = "hello\n";
  return job->write_body(job, kText, sizeof kText - 1) == SLUICE_STATUS_OK ? SLUICE_OUTCOME_OK
                                                                         : SLUICE_OUTCOME_IO;
}

static const sluice_converter kConverter = {
    .size = sizeof(sluice_converter), .id = {"hello", 5}, .prepare = prepare};
static const sluice_converter *const kConverters[] = {&kConverter};
static const sluice_plugin kPlugin = {.size = sizeof(sluice_plugin),
                                      .abi_major = SLUICE_ABI_MAJOR,
                                      .abi_minor = 0,
                                      .id = {"hello", 5},
                                      .version = {"1.0.0", 5},
                                      .converters = kConverters,
                                      .converter_count = 1};

_Static_assert(offsetof(sluice_job, size) == 0, "every struct begins with its size");

const sluice_plugin *sluice_plugin_v1(const sluice_host_info *host) {
  return host->abi_major == SLUICE_ABI_MAJOR ? &kPlugin : NULL;
}
