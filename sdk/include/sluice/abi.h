/* SPDX-License-Identifier: Apache-2.0
 *
 * The Sluice plugin ABI, version 1: all that a converter plugin and the host say to each other.
 *
 * A plugin is a shared library that exports one function, sluice_plugin_v1, beside a manifest
 * plugin.toml. The host loads it only inside a worker process, never in the process that owns the
 * knowledge base. Rules that hold for every item of this file:
 *
 *  - C99, C11 and C++; fixed-width types only. No exception and no C++ type crosses.
 *  - Every struct that is passed by pointer begins with `size`, its size in bytes as its maker
 *    compiled it, and only ever grows at the end. A reader copies min(size, sizeof) bytes and takes
 *    the rest as zero; a function pointer that is zero is a call that the other side does not have
 *    (SLUICE_HAS). sluice_str and sluice_bytes never grow.
 *  - Strings are pointer + length in bytes, UTF-8, not terminated. {NULL, 0} is the empty string.
 *  - Neither side frees the other's memory. What is passed to a call is read before the call
 *    returns. What the host hands out lives as long as the item says.
 *  - Calls return SLUICE_STATUS_OK or a negative status; last_error has the reason in words. A
 *    status is never fatal for the plugin, but after LIMIT, CANCELLED or IO from a call that writes
 *    every further output is refused, so the plugin should return. A plugin treats a status that it
 *    does not know as IO; the host treats an outcome that it does not know as INTERNAL.
 *
 * Threads. The host makes every call of a process on one thread: the entry function, probe, prepare
 * and get_extension ("the host's thread"). A call that is marked [host's thread] may be made only
 * there, and calls of a job only between entry to and return from prepare. A call that is marked
 * [any thread] may also be made by threads that the plugin started; it may start some only where
 * its manifest says `threads = true`, and all must have ended when prepare returns.
 *
 * The process. Locale C.UTF-8 (LC_ALL in the environment; setlocale has been called), TZ=UTC, the
 * working directory is "/", the environment holds nothing of the user's. Standard input is empty,
 * standard output is discarded, standard error is discarded unless the user gave `-vv`. Signals
 * have their default actions, but for SIGPIPE and SIGXFSZ, which are ignored.
 *
 * Versions. `major` is part of the exported name. A plugin states the least minor it needs; a host
 * loads it if the major is the same and that minor is not above its own. Before it includes this
 * file a plugin says for which version it is written:
 *
 *     #define SLUICE_ABI_TARGET 100   // 1.0
 *
 * It then sees what that version has, and compiling it again with a newer SDK never raises what it
 * needs. Without the line the target is 1.0.
 */
#ifndef SLUICE_ABI_H
#define SLUICE_ABI_H

#include <stddef.h>
#include <stdint.h>

/* The newest version that this file describes. */
#define SLUICE_ABI_MAJOR 1u
#define SLUICE_ABI_MINOR 0u

#ifndef SLUICE_ABI_TARGET
#define SLUICE_ABI_TARGET 100
#endif
#if SLUICE_ABI_TARGET < 100 || SLUICE_ABI_TARGET > 100
#error "SLUICE_ABI_TARGET is no version that this SDK knows: it knows 100 (1.0)"
#endif
/* The least minor that a plugin for the target needs: for sluice_plugin.abi_minor. */
#define SLUICE_ABI_TARGET_MINOR (SLUICE_ABI_TARGET - 100u)

/* Whether a struct of the other side is large enough to have `field`, and it is not zero:
 * SLUICE_HAS(sluice_host, host, refuse). */
#define SLUICE_HAS(type, pointer, field) \
  ((pointer)->size >= offsetof(type, field) + sizeof((pointer)->field) && (pointer)->field != 0)

/* The name of the one exported function; see sluice_plugin_v1 at the end of this file. */
#define SLUICE_PLUGIN_ENTRY "sluice_plugin_v1"

#if defined(_WIN32)
#define SLUICE_EXPORT __declspec(dllexport)
#else
#define SLUICE_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* UTF-8 text, `size` bytes, not terminated. `data` may be NULL only if `size` is 0. */
typedef struct sluice_str {
  const char* data;
  uint64_t size;
} sluice_str;

/* Bytes. `data` may be NULL only if `size` is 0. */
typedef struct sluice_bytes {
  const uint8_t* data;
  uint64_t size;
} sluice_bytes;

/* How one prepare ended: the return value of sluice_converter.prepare. Users and scripts see these
 * words in lower case, so choose the one that tells them what to do. The host keeps the output
 * after OK and PARTIAL, and discards it after every other. */
enum sluice_outcome_code {
  SLUICE_OUTCOME_OK = 0,          /* converted in full */
  SLUICE_OUTCOME_EMPTY = 1,       /* well-formed, but nothing in it that a reader could use (a
                                   * scanned PDF). The host says the same of an OK without text and
                                   * without assets */
  SLUICE_OUTCOME_PARTIAL = 2,     /* converted, but parts are missing: say which with set_reason */
  SLUICE_OUTCOME_UNSUPPORTED = 3, /* not a document this converter can read; another may */
  SLUICE_OUTCOME_MALFORMED = 4,   /* broken beyond what the converter can mend */
  SLUICE_OUTCOME_ENCRYPTED = 5,   /* needs a password, or another than the option's */
  SLUICE_OUTCOME_LIMIT = 6,       /* a limit of the host or of the converter was reached */
  SLUICE_OUTCOME_CANCELLED = 7,   /* is_cancelled said so, and prepare gave up */
  SLUICE_OUTCOME_MISSING_DEPENDENCY = 8, /* a data file or program it needs is not there */
  SLUICE_OUTCOME_IO = 9,                 /* the job's reads or writes failed */
  SLUICE_OUTCOME_INTERNAL = 10           /* a bug in the converter */
};
typedef int32_t sluice_outcome;

/* What a call returns. */
enum sluice_status_code {
  SLUICE_STATUS_OK = 0,
  SLUICE_STATUS_INVALID = -1,   /* an argument is out of its range, or not UTF-8 where it must be */
  SLUICE_STATUS_LIMIT = -2,     /* output, assets or another limit is used up */
  SLUICE_STATUS_CANCELLED = -3, /* the user or a deadline asked to stop */
  SLUICE_STATUS_IO = -4,        /* the host could not read or write */
  SLUICE_STATUS_NOT_FOUND = -5, /* no such sibling, no such option */
  SLUICE_STATUS_DENIED = -6     /* the manifest does not ask for this (siblings, scratch) */
};
typedef int32_t sluice_status;

/* Names an asset within its job. 0 is never a valid id. */
typedef uint32_t sluice_asset;

enum sluice_log_level {
  SLUICE_LOG_DEBUG = 0,
  SLUICE_LOG_INFO = 1,
  SLUICE_LOG_WARNING = 2,
  SLUICE_LOG_ERROR = 3
};

enum sluice_severity {
  SLUICE_SEVERITY_NOTE = 0,   /* good to know; the document is whole */
  SLUICE_SEVERITY_WARNING = 1 /* something is missing, or may be wrong */
};

/* A remark about a document, for its user. */
typedef struct sluice_warning {
  uint64_t size;
  int32_t severity;  /* sluice_severity */
  uint32_t reserved; /* 0 */
  /* A short stable word for scripts, 1 to 64 of [a-z0-9-]: "missing-image". */
  sluice_str code;
  /* One sentence: "2 images could not be read". */
  sluice_str message;
  /* Where: a unit in the singular and its number from 1 on, "page" and 3. Empty: the whole. */
  sluice_str place_unit;
  uint64_t place;
} sluice_warning;

/* One prepare: one source, one Markdown body, its assets. Made by the host, valid from entry to
 * prepare until prepare returns. `host` is the host's own; pass the job itself to every call. */
typedef struct sluice_job sluice_job;
struct sluice_job {
  uint64_t size;
  void* host;

  /* --- what is to be converted; all of it lives as long as the job --- */

  /* The source's file name without its folder, as the user has it ("Report 2024.docx"). For titles
   * only; it is not a path that can be opened. */
  sluice_str file_name;
  /* The media type the router decided on ("text/html"); lower case, no parameters. */
  sluice_str media_type;
  /* The charset the source's transport declared (an HTTP header), or empty. */
  sluice_str declared_charset;
  /* The converter's options as a JSON object: every option of the manifest but secrets is there,
   * checked against its declared type, with its default where the user set none. */
  sluice_str options;
  /* Bytes in the source. */
  uint64_t source_size;

  /* The whole source in memory: mapped where the host can, so pages come as they are touched.
   * On OK, *out is valid and read-only until prepare returns. Errors: IO. [host's thread; the bytes
   * may be read by any] */
  sluice_status (*source_map)(sluice_job* job, sluice_bytes* out);

  /* Copies up to `size` bytes from byte `offset` into `buffer` and stores the number copied in
   * *got; 0 at or past the end, less than `size` only at the end. For sources too large to map.
   * Errors: IO. [host's thread] */
  sluice_status (*source_read)(sluice_job* job, uint64_t offset, void* buffer, uint64_t size,
                               uint64_t* got);

  /* A file beside the source, named by a path relative to the source's folder, with `/`
   * ("img/a.png", "../shared/b.png"); or by ".../" and its name or the end of its path, which is
   * the nearest file of that name below the folder that the user handed in. The host refuses what
   * leads out of the folder that the user handed in, is not a regular file, or is not a picture or
   * another asset by its content. On OK, *out is valid and read-only until prepare returns. Errors:
   * DENIED (manifest has no `siblings = true`), NOT_FOUND, INVALID, LIMIT (too large), IO. [host's
   * thread] */
  sluice_status (*sibling_map)(sluice_job* job, sluice_str relative_path, sluice_bytes* out);

  /* --- options, by their names in the manifest. Errors of all: NOT_FOUND (the manifest declares
   * none of that name), INVALID (it has another type). [host's thread] --- */

  sluice_status (*option_bool)(sluice_job* job, sluice_str name, int32_t* out); /* 0 or 1 */
  sluice_status (*option_int)(sluice_job* job, sluice_str name, int64_t* out);
  /* Of type "number" or "integer". */
  sluice_status (*option_number)(sluice_job* job, sluice_str name, double* out);
  /* Of type "string", "enum" or "secret". *out lives as long as the job. The host keeps a secret (a
   * password) out of every log, display and record; so must the plugin. */
  sluice_status (*option_string)(sluice_job* job, sluice_str name, sluice_str* out);
  /* Of type "list": *count texts from *items on, which live as long as the job. */
  sluice_status (*option_list)(sluice_job* job, sluice_str name, const sluice_str** items,
                               uint64_t* count);
  /* Of type "path": the content of the file that the user named, or no bytes where none is set.
   * *out lives as long as the job. Errors also: LIMIT (over 64 MiB), IO (cannot be read). */
  sluice_status (*option_file)(sluice_job* job, sluice_str name, sluice_bytes* out);

  /* --- what comes out [host's thread] --- */

  /* Appends `size` bytes of Markdown to the body: UTF-8, LF or CRLF (the host stores LF), no front
   * matter (see set_metadata). A call may end inside a character if the next one completes it.
   * Bytes that are no UTF-8 become U+FFFD, and the host warns the user. Errors: LIMIT, CANCELLED,
   * IO. */
  sluice_status (*write_body)(sluice_job* job, const void* data, uint64_t size);

  /* Begins an asset (an image, mostly). `suggested_name` is a base name such as "chart-1.png"; the
   * host makes it safe and unique, and folds assets of equal bytes into one. Several assets may be
   * open at once. On OK stores the id in *out. Errors: LIMIT (too many), INVALID, IO. */
  sluice_status (*asset_open)(sluice_job* job, sluice_str suggested_name, sluice_str media_type,
                              sluice_asset* out);
  /* Appends to an open asset. Errors: INVALID (no such open asset), LIMIT, IO. */
  sluice_status (*asset_write)(sluice_job* job, sluice_asset asset, const void* data,
                               uint64_t size);
  /* Ends an asset. One that was never finished is dropped, with a warning; a link to it stays
   * empty. Errors: INVALID (no such open asset), IO. */
  sluice_status (*asset_finish)(sluice_job* job, sluice_asset asset);

  /* Appends the link destination of an asset to the body, as in `![alt](` + this + `)`. The final
   * name of the document is not known yet: the host notes the position and fills it in when it
   * commits, percent-encoded where needed, without spaces or parentheses. The asset may still be
   * open. Errors: INVALID (no such asset), LIMIT. */
  sluice_status (*link_asset)(sluice_job* job, sluice_asset asset);

  /* Publishes `json` beside the Markdown as <name>.<kind>.json. `kind`: 1 to 32 of [a-z0-9-], each
   * once per document. Errors: INVALID (kind, or not JSON), LIMIT. */
  sluice_status (*write_sidecar)(sluice_job* job, sluice_str kind, const void* json, uint64_t size);

  /* Sets one field of the front matter. Keys that mean the same everywhere, and are checked:
   * created and modified (ISO 8601: "2024", "2024-05", "2024-05-31", with "T12:00", "T12:00:00" and
   * a zone behind a full date), language (BCP 47: "en", "zh-Hant"), pages (a decimal number).
   * Unchecked: title, author, description, keywords, and others of 1 to 32 of [a-z0-9_], beginning
   * with a letter. source, sha256, media_type and converter are the host's. Setting a key again
   * replaces its value; an empty value removes it. Errors: INVALID (key, value), LIMIT (a value
   * over 64 KiB, more than 64 keys). */
  sluice_status (*set_metadata)(sluice_job* job, sluice_str key, sluice_str value);

  /* --- talking to the user --- */

  /* A remark about this document that its user should see. At most 100 are kept. Errors: INVALID
   * (no code or no message). [host's thread] */
  sluice_status (*warn)(sluice_job* job, const sluice_warning* warning);

  /* The reason for the outcome that prepare is about to return, one sentence for the user ("the
   * central directory is cut off"). The last call counts. [host's thread] */
  void (*set_reason)(sluice_job* job, sluice_str message);

  /* How far the work is: `done` of `total` units of the plugin's choosing (pages, bytes). A
   * document that runs out of time says where it was. Cheap; call it as often as convenient. [any
   * thread] */
  void (*progress)(sluice_job* job, uint64_t done, uint64_t total);

  /* 1 if the user or a deadline asked to stop: return SLUICE_OUTCOME_CANCELLED soon, or be killed.
   * Cheap; call it once per page or thousand rows. [any thread] */
  int32_t (*is_cancelled)(sluice_job* job);

  /* Why the last call of this job on this thread was refused, one sentence for a developer; lives
   * until the next call. Empty if none was. [host's thread] */
  sluice_str (*last_error)(sluice_job* job);

  /* Opens a temporary file for a library that cannot do without: empty, without a name, open for
   * reading and writing, gone with the job. On OK *out is the system's handle (a file descriptor, a
   * HANDLE on Windows), which belongs to the plugin: it may close it. The system refuses writes
   * once all temporary files of a job together are over the user's limit, and the job ends with
   * the outcome LIMIT. Errors: DENIED (manifest has no `scratch`), LIMIT (more files than `scratch`
   * says), IO. [host's thread] */
  sluice_status (*scratch_open)(sluice_job* job, int64_t* out);
};

/* What probe may look at. Valid during the call. */
typedef struct sluice_probe sluice_probe;
struct sluice_probe {
  uint64_t size;
  void* host;            /* the host's own */
  sluice_bytes head;     /* the first bytes of the source, at most 64 KiB */
  sluice_bytes tail;     /* the last bytes, at most 64 KiB; of a small source the same as head */
  uint64_t source_size;  /* bytes in the whole source */
  sluice_str file_name;  /* as in the job */
  sluice_str media_type; /* as in the job */
  /* Why the answer is what it is, one sentence for the user. [host's thread] */
  void (*set_reason)(const sluice_probe* input, sluice_str message);
};

enum sluice_probe_answer {
  SLUICE_PROBE_FAILED = -1, /* a bug in the converter: the outcome is INTERNAL */
  SLUICE_PROBE_NO = 0,      /* not for this converter: the outcome is UNSUPPORTED */
  SLUICE_PROBE_YES = 1
};

/* A tiny document that the converter carries with it, and what it must become. Each worker converts
 * it once, with the default options, before the first document of a user, and refuses the plugin if
 * anything differs: some libraries answer a missing data file with empty or wrong text and no
 * error. It also fills caches that the conversions after it share. Lives as long as the library. */
typedef struct sluice_canary {
  uint64_t size;
  sluice_bytes source;   /* at most 64 KiB */
  sluice_str file_name;  /* as in the job: "canary.pdf" */
  sluice_str media_type; /* as in the job */
  /* All that write_body gets, byte for byte, with the outcome OK; at most 256 KiB. Assets,
   * sidecars, temporary files and files beside the source are refused in this run. */
  sluice_str markdown;
} sluice_canary;

/* One converter of a plugin: an immutable table that lives as long as the library is loaded. */
typedef struct sluice_converter {
  uint64_t size;
  void* context; /* the plugin's own, handed to every call of this converter */

  /* As in the manifest: 1 to 64 of [a-z0-9-], beginning with a letter. */
  sluice_str id;

  /* Says whether this is a document for prepare: a sluice_probe_answer; any other number counts as
   * FAILED. Pure: the same answer for the same input, no file, no state. Runs in the worker before
   * prepare, after the router has chosen by manifest, so it narrows what the manifest claims and
   * never widens it: after NO the next converter in line tries. May be NULL: whatever is routed
   * here is taken. [host's thread] */
  int32_t (*probe)(void* context, const sluice_probe* input);

  /* Converts one document and returns what became of it. Calls from one process come one after
   * another, and nothing may be carried over from one to the next but caches that do not change
   * results. [host's thread] */
  sluice_outcome (*prepare)(void* context, sluice_job* job);

  /* May be NULL: the worker then starts unproven. */
  const sluice_canary* canary;
} sluice_converter;

/* The host, as the plugin sees it from its entry on. Lives as long as the library is loaded. */
typedef struct sluice_host sluice_host;
struct sluice_host {
  uint64_t size;
  void* context; /* the host's own */
  uint32_t abi_major;
  uint32_t abi_minor;
  sluice_str version; /* of the host, for a plugin's diagnostics: "1.0.0" */

  /* Says why the entry function is about to return NULL, one sentence for the user ("the model
   * /opt/m.bin is missing"). The last call counts. [host's thread] */
  void (*refuse)(const sluice_host* host, sluice_str reason);

  /* A line for whoever debugs the plugin: on standard error of `sluice -vv`, nowhere else. Not for
   * users, who see warnings and reasons. Texts over 4 KiB are cut. [any thread] */
  void (*log)(const sluice_host* host, int32_t level, sluice_str text);

  /* What else the host offers: the table of an extension of that id and revision, as its header
   * says (sluice/ext/...), or NULL. It lives as long as the library is loaded. [host's thread] */
  const void* (*get_extension)(const sluice_host* host, sluice_str id, uint32_t revision);
};

/* What the plugin is. An immutable table that lives as long as the library is loaded. The host
 * compares it with the manifest and refuses the plugin if they differ. */
typedef struct sluice_plugin sluice_plugin;
struct sluice_plugin {
  uint64_t size;
  void* context;      /* the plugin's own */
  uint32_t abi_major; /* SLUICE_ABI_MAJOR */
  uint32_t abi_minor; /* the least minor of the host that the plugin can do with */
  sluice_str id;      /* as in the manifest */
  sluice_str version; /* as in the manifest */
  const sluice_converter* const* converters;
  uint64_t converter_count; /* 1 to 64 */

  /* What else the plugin offers: as sluice_host.get_extension, the other way round. May be NULL.
   * [host's thread] */
  const void* (*get_extension)(const sluice_plugin* plugin, sluice_str id, uint32_t revision);
};

/* The one exported function. Called once, in the worker. Returns the plugin's table, or NULL if it
 * cannot work here; sluice_host.refuse says why. [host's thread] */
typedef const sluice_plugin* (*sluice_plugin_entry)(const sluice_host* host);
SLUICE_EXPORT const sluice_plugin* sluice_plugin_v1(const sluice_host* host);

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_ABI_H */
