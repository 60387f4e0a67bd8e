/* The plugin of ABI 1.0 whose library is checked in beside this file. Built once, with the header of
 * 1.0, without a C library, so that nothing in it ages:
 *
 *   gcc -std=c11 -O2 -shared -fPIC -nostdlib -ffreestanding -fno-stack-protector -fcf-protection=none \
 *       -fvisibility=hidden -I ../v1.0 -Wl,--build-id=none -Wl,-z,max-page-size=4096 -s \
 *       -o plugin-1.0.so plugin-1.0.c
 *
 * It uses each call of 1.0 that needs nothing of the host's files, and notes each answer. */
#define SLUICE_ABI_TARGET 100
#include <sluice/abi.h>

#define STR(text) \
  (sluice_str) { text, sizeof(text) - 1 }

static uint64_t documents;

static int32_t probe(void *context, const sluice_probe *input) {
  (void)context;
  return input->head.size > 0 && input->head.data[0] == '#' ? SLUICE_PROBE_YES : SLUICE_PROBE_NO;
}

static sluice_status put(sluice_job *job, sluice_str text) {
  return job->write_body(job, text.data, text.size);
}

static sluice_outcome prepare(void *context, sluice_job *job) {
  sluice_bytes source;
  sluice_str word;
  sluice_asset asset = 0;
  int32_t flag = 0;
  uint8_t first = 0;
  uint64_t got = 0;
  const sluice_warning warning = {sizeof warning, SLUICE_SEVERITY_WARNING, 0, STR("old"),
                                  STR("made by a plugin of 1.0"), STR("line"), 1};
  if (context != &documents) return SLUICE_OUTCOME_INTERNAL;
  if (job->source_map(job, &source) != SLUICE_STATUS_OK) return SLUICE_OUTCOME_IO;
  if (job->source_read(job, 0, &first, 1, &got) != SLUICE_STATUS_OK || got != 1 || first != '#') {
    return SLUICE_OUTCOME_IO;
  }
  if (job->option_bool(job, STR("loud"), &flag) != SLUICE_STATUS_OK || flag != 1) {
    return SLUICE_OUTCOME_INTERNAL;
  }
  if (job->option_string(job, STR("word"), &word) != SLUICE_STATUS_OK) {
    return SLUICE_OUTCOME_INTERNAL;
  }
  if (job->option_int(job, STR("word"), (int64_t *)&got) != SLUICE_STATUS_INVALID ||
      job->last_error(job).size == 0) {
    return SLUICE_OUTCOME_INTERNAL;
  }
  job->progress(job, 1, 2);
  if (job->is_cancelled(job)) return SLUICE_OUTCOME_CANCELLED;
  if (job->write_body(job, source.data, source.size) != SLUICE_STATUS_OK ||
      put(job, STR("\n\n")) != SLUICE_STATUS_OK || put(job, word) != SLUICE_STATUS_OK ||
      put(job, STR(" ![dot](")) != SLUICE_STATUS_OK ||
      job->asset_open(job, STR("dot.txt"), STR("text/plain"), &asset) != SLUICE_STATUS_OK ||
      job->link_asset(job, asset) != SLUICE_STATUS_OK ||
      job->asset_write(job, asset, ".", 1) != SLUICE_STATUS_OK ||
      job->asset_finish(job, asset) != SLUICE_STATUS_OK ||
      put(job, STR(")\n")) != SLUICE_STATUS_OK ||
      job->write_sidecar(job, STR("outline"), "{}", 2) != SLUICE_STATUS_OK ||
      job->set_metadata(job, STR("created"), STR("2026-11-30")) != SLUICE_STATUS_OK ||
      job->set_metadata(job, STR("created"), STR("yesterday")) != SLUICE_STATUS_INVALID ||
      job->warn(job, &warning) != SLUICE_STATUS_OK) {
    return SLUICE_OUTCOME_INTERNAL;
  }
  job->set_reason(job, STR("as it was in 1.0"));
  return SLUICE_OUTCOME_PARTIAL;
}

static const sluice_converter converter = {
    sizeof(sluice_converter), &documents, {"frozen", 6}, probe, prepare, 0};
static const sluice_converter *const converters[] = {&converter};
static const sluice_plugin plugin = {sizeof(sluice_plugin),
                                     0,
                                     SLUICE_ABI_MAJOR,
                                     SLUICE_ABI_TARGET_MINOR,
                                     {"frozen", 6},
                                     {"1.0.0", 5},
                                     converters,
                                     1,
                                     0};

const sluice_plugin *sluice_plugin_v1(const sluice_host *host) {
  if (host->abi_major != 1) {
    host->refuse(host, STR("another major"));
    return 0;
  }
  if (host->get_extension(host, STR("sluice.none"), 1) != 0) return 0;
  host->log(host, SLUICE_LOG_DEBUG, STR("loaded"));
  return &plugin;
}
