/* Subtitles to Markdown, in plain C: SubRip (.srt) and WebVTT (.vtt). Each cue becomes an item of a list,
 * with the time at which it begins. Formats: https://www.w3.org/TR/webvtt1/ (section 4), and SubRip as
 * players read it. */
#define SLUICE_ABI_TARGET 100
#include <sluice/abi.h>
#include <stdio.h>
#include <string.h>

#define STR(text) \
  { text, sizeof(text) - 1 }

/* A piece of the source; never terminated. */
typedef struct Span {
  const char *data;
  uint64_t size;
} Span;

/* The rest of the source, and the job. The first refused call is kept; no output is tried after it. */
typedef struct Reader {
  Span rest;
  sluice_job *job;
  sluice_status status;
  uint64_t cues;
} Reader;

static void put(Reader *reader, const char *data, uint64_t size) {
  if (reader->status != SLUICE_STATUS_OK || size == 0) return;
  reader->status = reader->job->write_body(reader->job, data, size);
}

static int begins_with(Span span, const char *word) {
  const uint64_t size = strlen(word);
  return span.size >= size && memcmp(span.data, word, size) == 0;
}

/* Removes and returns the next line, without its end. */
static Span next_line(Reader *reader) {
  Span line = {reader->rest.data, 0};
  while (line.size < reader->rest.size && line.data[line.size] != '\n') ++line.size;
  const uint64_t used = line.size < reader->rest.size ? line.size + 1 : line.size;
  reader->rest.data += used;
  reader->rest.size -= used;
  if (line.size > 0 && line.data[line.size - 1] == '\r') --line.size;
  return line;
}

static int is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* "[hh:]mm:ss[.,]ttt --> ..." : the seconds at which the cue begins, or -1 if the line is no timing. */
static int64_t begin_of_cue(Span line) {
  int64_t seconds = 0;
  int64_t part = 0;
  int parts = 0;
  int digits = 0;
  uint64_t at = 0;
  for (; at < line.size; ++at) {
    const char c = line.data[at];
    if (is_digit(c) && digits < 6) {
      part = part * 10 + (c - '0');
      ++digits;
    } else if (c == ':' && digits > 0 && parts < 2) {
      seconds = (seconds + part) * 60;
      part = 0;
      digits = 0;
      ++parts;
    } else {
      break;
    }
  }
  if (digits == 0 || parts == 0 || at >= line.size) return -1;
  if (line.data[at] != '.' && line.data[at] != ',') return -1;
  for (; at + 2 < line.size; ++at) {
    if (memcmp(line.data + at, "-->", 3) == 0) return seconds + part;
  }
  return -1;
}

static int is_markup(char c) {
  return c != '\0' && strchr("\\`*_[]<>#|~&$", c) != NULL;
}

/* The voice of WebVTT's `<v Ann>`: its name, as "Ann: ". */
static void put_voice(Reader *reader, Span tag) {
  if (!begins_with(tag, "v ") && !begins_with(tag, "v.")) return;
  uint64_t at = 1;
  while (at < tag.size && tag.data[at] != ' ') ++at;
  if (at + 1 >= tag.size) return;
  put(reader, tag.data + at + 1, tag.size - at - 1);
  put(reader, ": ", 2);
}

/* A line of text: tags (<i>) and positions ({\an8}) go, markup of Markdown is escaped. */
static void put_text(Reader *reader, Span line) {
  uint64_t from = 0;
  uint64_t at = 0;
  while (at < line.size) {
    const char c = line.data[at];
    const char close = c == '<' ? '>' : c == '{' && at + 1 < line.size && line.data[at + 1] == '\\' ? '}' : '\0';
    const char *end = close == '\0' ? NULL : memchr(line.data + at, close, line.size - at);
    if (end != NULL) {
      const Span tag = {line.data + at + 1, (uint64_t)(end - line.data) - at - 1};
      put(reader, line.data + from, at - from);
      put_voice(reader, tag);
      at = from = (uint64_t)(end - line.data) + 1;
      continue;
    }
    if (is_markup(c)) {
      put(reader, line.data + from, at - from);
      put(reader, "\\", 1);
      from = at;
    }
    ++at;
  }
  put(reader, line.data + from, at - from);
}

static void put_time(Reader *reader, int64_t seconds) {
  char text[48];
  const int size = snprintf(text, sizeof text, "- **%lld:%02lld:%02lld** ", (long long)(seconds / 3600),
                            (long long)(seconds / 60 % 60), (long long)(seconds % 60));
  put(reader, text, (uint64_t)size);
}

/* One cue: the lines up to the next blank one, joined. A cue without text is left out. */
static void convert_cue(Reader *reader, int64_t begin, int with_times) {
  int lines = 0;
  while (reader->rest.size > 0) {
    const Span line = next_line(reader);
    if (line.size == 0) break;
    if (lines++ > 0) {
      put(reader, " ", 1);
    } else if (with_times) {
      put_time(reader, begin);
    } else {
      put(reader, "- ", 2);
    }
    put_text(reader, line);
  }
  if (lines == 0) return;
  put(reader, "\n", 1);
  ++reader->cues;
}

static sluice_outcome finish(const Reader *reader) {
  sluice_job *job = reader->job;
  static const sluice_str kNone = STR("there is no cue in the file");
  switch (reader->status) {
    case SLUICE_STATUS_OK:
      if (reader->cues > 0) return SLUICE_OUTCOME_OK;
      job->set_reason(job, kNone);
      return SLUICE_OUTCOME_EMPTY;
    case SLUICE_STATUS_CANCELLED: job->set_reason(job, job->last_error(job)); return SLUICE_OUTCOME_CANCELLED;
    case SLUICE_STATUS_LIMIT: job->set_reason(job, job->last_error(job)); return SLUICE_OUTCOME_LIMIT;
    case SLUICE_STATUS_IO: job->set_reason(job, job->last_error(job)); return SLUICE_OUTCOME_IO;
    default: job->set_reason(job, job->last_error(job)); return SLUICE_OUTCOME_INTERNAL;
  }
}

static sluice_outcome prepare(void *context, sluice_job *job) {
  static const sluice_str kTimes = STR("times");
  sluice_bytes source = {NULL, 0};
  int32_t with_times = 1;
  Reader reader = {{NULL, 0}, job, SLUICE_STATUS_OK, 0};
  (void)context;
  reader.status = job->source_map(job, &source);
  if (reader.status == SLUICE_STATUS_OK) reader.status = job->option_bool(job, kTimes, &with_times);
  if (reader.status != SLUICE_STATUS_OK) return finish(&reader);
  reader.rest.data = (const char *)source.data;
  reader.rest.size = source.size;
  if (begins_with(reader.rest, "\xEF\xBB\xBF")) {
    reader.rest.data += 3;
    reader.rest.size -= 3;
  }
  while (reader.rest.size > 0 && reader.status == SLUICE_STATUS_OK) {
    const int64_t begin = begin_of_cue(next_line(&reader));
    if (begin < 0) continue; /* a number, a header, a NOTE, a STYLE */
    if (job->is_cancelled(job)) {
      reader.status = SLUICE_STATUS_CANCELLED;
      break;
    }
    convert_cue(&reader, begin, with_times);
    job->progress(job, source.size - reader.rest.size, source.size);
  }
  return finish(&reader);
}

#define CANARY "1\n00:00:01,000 --> 00:00:02,000\nHello <i>there</i>\n"
static const sluice_canary kCanary = {.size = sizeof(sluice_canary),
                                      .source = {(const uint8_t *)CANARY, sizeof(CANARY) - 1},
                                      .file_name = STR("canary.srt"),
                                      .media_type = STR("application/x-subrip"),
                                      .markdown = STR("- **0:00:01** Hello there\n")};
static const sluice_converter kConverter = {
    .size = sizeof(sluice_converter), .id = STR("subtitles"), .prepare = prepare, .canary = &kCanary};
static const sluice_converter *const kConverters[] = {&kConverter};
static const sluice_plugin kPlugin = {.size = sizeof(sluice_plugin),
                                      .abi_major = SLUICE_ABI_MAJOR,
                                      .abi_minor = SLUICE_ABI_TARGET_MINOR,
                                      .id = STR("subtitles"),
                                      .version = STR("1.0.0"),
                                      .converters = kConverters,
                                      .converter_count = 1};

const sluice_plugin *sluice_plugin_v1(const sluice_host *host) {
  (void)host;
  return &kPlugin;
}
