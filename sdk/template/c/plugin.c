/* The plugin: the first line becomes the title, each block of lines a paragraph. Write your own.
 * The ids, the version and the option must be those of plugin.toml. */
#define SLUICE_ABI_TARGET 100 /* written for 1.0: compiling it again never raises what it needs */
#include <sluice/abi.h>

#define STR(text) \
  { text, sizeof(text) - 1 }

static sluice_status put(sluice_job *job, const char *data, uint64_t size) {
  return size == 0 ? SLUICE_STATUS_OK : job->write_body(job, data, size);
}

/* Writes text with a backslash before what Markdown would read as markup. */
static sluice_status put_text(sluice_job *job, const char *data, uint64_t size) {
  uint64_t from = 0;
  for (uint64_t at = 0; at < size; ++at) {
    const char c = data[at];
    if (c != '\\' && c != '`' && c != '*' && c != '_' && c != '[' && c != ']' && c != '<' && c != '#' &&
        c != '|' && c != '~' && c != '>' && c != '+' && c != '-' && c != '=' && c != '&') {
      continue;
    }
    sluice_status status = put(job, data + from, at - from);
    if (status == SLUICE_STATUS_OK) status = put(job, "\\", 1);
    if (status != SLUICE_STATUS_OK) return status;
    from = at;
  }
  return put(job, data + from, size - from);
}

/* What prepare returns after a call that was refused. */
static sluice_outcome outcome_of(sluice_status status) {
  switch (status) {
    case SLUICE_STATUS_OK: return SLUICE_OUTCOME_OK;
    case SLUICE_STATUS_LIMIT: return SLUICE_OUTCOME_LIMIT;
    case SLUICE_STATUS_CANCELLED: return SLUICE_OUTCOME_CANCELLED;
    case SLUICE_STATUS_IO: return SLUICE_OUTCOME_IO;
    default: return SLUICE_OUTCOME_INTERNAL;
  }
}

static sluice_outcome failed(sluice_job *job, sluice_status status) {
  job->set_reason(job, job->last_error(job));
  return outcome_of(status);
}

static sluice_outcome prepare(void *context, sluice_job *job) {
  static const sluice_str kTitle = STR("title");
  sluice_bytes source;
  int32_t title = 0;
  (void)context;
  sluice_status status = job->source_map(job, &source);
  if (status == SLUICE_STATUS_OK) status = job->option_bool(job, kTitle, &title);
  if (status != SLUICE_STATUS_OK) return failed(job, status);

  const char *text = (const char *)source.data;
  uint64_t at = 0;
  for (int first = 1; at < source.size; first = 0) {
    uint64_t end = at;
    while (end < source.size && text[end] != '\n') ++end;
    if (job->is_cancelled(job)) {
      status = SLUICE_STATUS_CANCELLED;
      break;
    }
    if (first && title && end > at) status = put(job, "# ", 2);
    if (status == SLUICE_STATUS_OK) status = put_text(job, text + at, end - at);
    if (status == SLUICE_STATUS_OK) status = put(job, "\n", 1);
    if (status != SLUICE_STATUS_OK) break;
    at = end + 1;
  }
  return status == SLUICE_STATUS_OK ? SLUICE_OUTCOME_OK : failed(job, status);
}

static const sluice_canary kCanary = {
    .size = sizeof(sluice_canary),
    .source = {(const uint8_t *)"Hello\n\nagain\n", 13},
    .file_name = STR("canary.%EXTENSION%"),
    .media_type = STR("text/plain"),
    .markdown = STR("# Hello\n\nagain\n")};
static const sluice_converter kConverter = {
    .size = sizeof(sluice_converter), .id = STR("%NAME%"), .prepare = prepare, .canary = &kCanary};
static const sluice_converter *const kConverters[] = {&kConverter};
static const sluice_plugin kPlugin = {.size = sizeof(sluice_plugin),
                                      .abi_major = SLUICE_ABI_MAJOR,
                                      .abi_minor = SLUICE_ABI_TARGET_MINOR,
                                      .id = STR("%NAME%"),
                                      .version = STR("1.0.0"),
                                      .converters = kConverters,
                                      .converter_count = 1};

const sluice_plugin *sluice_plugin_v1(const sluice_host *host) {
  (void)host;
  return &kPlugin;
}
