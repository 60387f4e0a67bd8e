/* SPDX-License-Identifier: Apache-2.0
 *
 * The Sluice plugin ABI, version 1: all that a converter plugin and the host say to each other.
 *
 * A plugin is a shared library that exports one function, sluice_plugin_v1, beside a manifest
 * plugin.toml. The host loads it only inside a worker process, never in the process that owns the
 * knowledge base. Rules that hold for every item of this file:
 *
 *  - C11 and C++; fixed-width types only. No exception and no C++ type crosses.
 *  - Every struct begins with `size`, its size in bytes as its maker compiled it, and only ever
 *    grows at the end. A reader copies min(size, sizeof) bytes and takes the rest as zero; a
 *    function pointer that is zero is a call that the other side does not have.
 *  - Strings are pointer + length in bytes, UTF-8, not terminated. {NULL, 0} is the empty string.
 *  - Neither side frees the other's memory. What the plugin passes to a call is read before the
 * call returns. What the host hands out lives as long as the item says.
 *  - One thread. The host makes every call on one thread, and the plugin calls the job only on that
 *    thread and only between entry to and return from prepare. A plugin may start threads of its
 *    own only where its manifest says `threads = true`.
 *  - Calls of the job return SLUICE_STATUS_OK or a negative status. A status is never fatal for the
 *    plugin, but after SLUICE_STATUS_LIMIT or SLUICE_STATUS_CANCELLED every further output is
 *    refused, so the plugin should return.
 *
 * Versions: `major` is part of the exported name. A plugin states the least minor it needs; a host
 * loads it if the major is the same and that minor is not above its own. What came after 1.0 says
 * in which minor; an older host takes no notice of it.
 */
#ifndef SLUICE_ABI_H
#define SLUICE_ABI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SLUICE_ABI_MAJOR 1u
#define SLUICE_ABI_MINOR 1u

/* The name of the one exported function; see sluice_plugin_v1 at the end of this file. */
#define SLUICE_PLUGIN_ENTRY "sluice_plugin_v1"

#if defined(_WIN32)
#define SLUICE_EXPORT __declspec(dllexport)
#else
#define SLUICE_EXPORT __attribute__((visibility("default")))
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

/* What became of a prepare: the return value of sluice_converter.prepare. Users and scripts see
 * these words (in lower case), so choose the one that tells them what to do. */
enum sluice_outcome_code {
  SLUICE_OUTCOME_OK = 0,          /* converted in full */
  SLUICE_OUTCOME_EMPTY = 1,       /* well-formed, but there is no text in it (a scanned PDF) */
  SLUICE_OUTCOME_PARTIAL = 2,     /* converted, but parts are missing: say which with warn */
  SLUICE_OUTCOME_UNSUPPORTED = 3, /* not a document this converter can read; another may */
  SLUICE_OUTCOME_MALFORMED = 4,   /* broken beyond what the converter can mend */
  SLUICE_OUTCOME_ENCRYPTED = 5,   /* needs a password */
  SLUICE_OUTCOME_LIMIT = 6,       /* a limit of the host or of the converter was reached */
  SLUICE_OUTCOME_CANCELLED = 7,   /* is_cancelled said so, and prepare gave up */
  SLUICE_OUTCOME_MISSING_DEPENDENCY = 8, /* a data file or program it needs is not there */
  SLUICE_OUTCOME_IO = 9,                 /* the job's reads or writes failed */
  SLUICE_OUTCOME_INTERNAL = 10           /* a bug in the converter */
};
typedef int32_t sluice_outcome;

/* What a call of the job returns. */
enum sluice_status_code {
  SLUICE_STATUS_OK = 0,
  SLUICE_STATUS_INVALID = -1,   /* an argument is out of its range, or not UTF-8 where it must be */
  SLUICE_STATUS_LIMIT = -2,     /* output, assets or another limit is used up */
  SLUICE_STATUS_CANCELLED = -3, /* the user or a deadline asked to stop */
  SLUICE_STATUS_IO = -4,        /* the host could not read or write */
  SLUICE_STATUS_NOT_FOUND = -5, /* no such sibling */
  SLUICE_STATUS_DENIED = -6     /* the manifest does not ask for this (siblings, scratch) */
};
typedef int32_t sluice_status;

/* Names an asset within its job. 0 is never a valid id. */
typedef uint32_t sluice_asset;

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
  /* The converter's options as a JSON object: every option of the manifest is there, checked
   * against its declared type, with its default where the user set none. */
  sluice_str options;
  /* Bytes in the source. */
  uint64_t source_size;

  /* The whole source in memory: mapped where the host can, so pages come as they are touched.
   * On OK, *out is valid and read-only until prepare returns. Errors: IO. */
  sluice_status (*source_map)(sluice_job* job, sluice_bytes* out);

  /* Copies up to `size` bytes from byte `offset` into `buffer` and stores the number copied in
   * *got; 0 at or past the end, less than `size` only at the end. For sources too large to map.
   * Errors: IO. */
  sluice_status (*source_read)(sluice_job* job, uint64_t offset, void* buffer, uint64_t size,
                               uint64_t* got);

  /* A file beside the source, named by a path relative to the source's folder, with `/`
   * ("img/a.png",
   * "../shared/b.png"). The host refuses what leads out of the folder that the user handed in, or
   * is not a regular file. On OK, *out is valid and read-only until prepare returns. Errors: DENIED
   * (manifest has no `siblings = true`), NOT_FOUND, LIMIT (too large), IO. */
  sluice_status (*sibling_map)(sluice_job* job, sluice_str relative_path, sluice_bytes* out);

  /* --- what comes out --- */

  /* Appends `size` bytes of Markdown to the body: UTF-8, LF or CRLF (the host stores LF), no front
   * matter (see set_metadata). A call may end inside a character if the next one completes it.
   * Errors: LIMIT, CANCELLED, IO. */
  sluice_status (*write_body)(sluice_job* job, const void* data, uint64_t size);

  /* Begins an asset (an image, mostly). `suggested_name` is a base name such as "chart-1.png"; the
   * host makes it safe and unique, and folds assets of equal bytes into one. Several assets may be
   * open at once. On OK stores the id in *out. Errors: LIMIT (too many), INVALID, IO. */
  sluice_status (*asset_open)(sluice_job* job, sluice_str suggested_name, sluice_str media_type,
                              sluice_asset* out);
  /* Appends to an open asset. Errors: INVALID (no such open asset), LIMIT, IO. */
  sluice_status (*asset_write)(sluice_job* job, sluice_asset asset, const void* data,
                               uint64_t size);
  /* Ends an asset. One that was never finished is dropped, and links to it with it.
   * Errors: INVALID, IO. */
  sluice_status (*asset_finish)(sluice_job* job, sluice_asset asset);

  /* Appends the link destination of an asset to the body, as in `![alt](` + this + `)`. The final
   * name of the document is not known yet: the host notes the position and fills it in when it
   * commits, percent-encoded where needed, without spaces or parentheses. The asset may still be
   * open. Errors: INVALID (no such asset), LIMIT. */
  sluice_status (*link_asset)(sluice_job* job, sluice_asset asset);

  /* Publishes `json` beside the Markdown as <name>.<kind>.json. `kind`: 1 to 32 of [a-z0-9-], each
   * once per document. Errors: INVALID (kind, or not JSON), LIMIT. */
  sluice_status (*write_sidecar)(sluice_job* job, sluice_str kind, const void* json, uint64_t size);

  /* Sets one field of the front matter. Keys that mean the same everywhere: title, author, created
   * (ISO 8601), modified (ISO 8601), language (BCP 47), pages (a decimal number), description,
   * keywords. Other keys: 1 to 32 of [a-z0-9_], beginning with a letter. source, sha256, media_type
   * and converter are the host's. Setting a key again replaces its value; an empty value removes
   * it. Errors: INVALID, LIMIT (a value over 64 KiB, more than 64 keys). */
  sluice_status (*set_metadata)(sluice_job* job, sluice_str key, sluice_str value);

  /* --- talking to the user --- */

  /* A remark about this document that its user should see ("2 images could not be read"). At most
   * 100 are kept. `code` is a short stable word for scripts ("missing-image"). */
  void (*warn)(sluice_job* job, sluice_str code, sluice_str message);

  /* The reason for the outcome that prepare is about to return, one sentence for the user ("the
   * central directory is cut off"). The last call counts. */
  void (*set_reason)(sluice_job* job, sluice_str message);

  /* How far the work is: `done` of `total` units of the plugin's choosing (pages, bytes). Cheap;
   * call it as often as convenient. */
  void (*progress)(sluice_job* job, uint64_t done, uint64_t total);

  /* 1 if the user or a deadline asked to stop: return SLUICE_OUTCOME_CANCELLED soon, or be killed.
   * Cheap; call it once per page or thousand rows. */
  int32_t (*is_cancelled)(sluice_job* job);

  /* Opens a temporary file for a library that cannot do without: empty, without a name, open for
   * reading and writing, gone with the job. On OK *out is the system's handle (a file descriptor, a
   * HANDLE on Windows), which belongs to the plugin: it may close it. The system refuses writes
   * once all temporary files of a job together are over the user's limit, and the job ends with
   * the outcome LIMIT. Errors: DENIED (manifest has no `scratch`), LIMIT (more files than `scratch`
   * says), IO. */
  sluice_status (*scratch_open)(sluice_job* job, int64_t* out);
};

/* What probe may look at. Valid during the call. */
typedef struct sluice_probe {
  uint64_t size;
  sluice_bytes prefix;   /* the first bytes of the source, at most 64 KiB */
  uint64_t source_size;  /* bytes in the whole source */
  sluice_str file_name;  /* as in the job */
  sluice_str media_type; /* as in the job */
} sluice_probe;

/* Since 1.1. A tiny document that the converter carries with it, and what it must become. Each
 * worker converts it once, with the default options, before the first document of a user, and
 * refuses the plugin if anything differs: some libraries answer a missing data file with empty or
 * wrong text and no error. It also fills caches that the conversions after it share. Lives as long
 * as the library. */
typedef struct sluice_canary {
  uint64_t size;
  sluice_bytes source;
  sluice_str file_name;  /* as in the job: "canary.pdf" */
  sluice_str media_type; /* as in the job */
  /* All that write_body gets, byte for byte, with the outcome OK. Assets, sidecars and files beside
   * the source are refused in this run. */
  sluice_str markdown;
} sluice_canary;

/* One converter of a plugin: an immutable table that lives as long as the library is loaded. */
typedef struct sluice_converter {
  uint64_t size;

  /* As in the manifest: 1 to 64 of [a-z0-9-], beginning with a letter. */
  sluice_str id;

  /* Says whether this looks like a document for prepare: 0 no, 1 to 100 how sure. Pure: the same
   * answer for the same input, no file, no state. Runs in the worker before prepare, after the
   * router has chosen by manifest; 0 makes the outcome `unsupported` and lets the next converter in
   * line try. May be NULL: whatever is routed here is taken. */
  int32_t (*probe)(const sluice_probe* input);

  /* Converts one document. Returns what became of it; output written before an outcome other than
   * OK, EMPTY and PARTIAL is dropped. Calls from one process come one after another, and nothing
   * may be carried over from one to the next but caches that do not change results. */
  sluice_outcome (*prepare)(sluice_job* job);

  /* Since 1.1. May be NULL: the worker then starts unproven. */
  const sluice_canary* canary;
} sluice_converter;

/* What the host tells the plugin when it loads it. Valid during the call of the entry function. */
typedef struct sluice_host_info {
  uint64_t size;
  uint32_t abi_major;
  uint32_t abi_minor;
  sluice_str version; /* of the host, for a plugin's diagnostics: "0.1.0" */
} sluice_host_info;

/* What the plugin is. An immutable table that lives as long as the library is loaded. The host
 * compares it with the manifest and refuses the plugin if they differ. */
typedef struct sluice_plugin {
  uint64_t size;
  uint32_t abi_major; /* SLUICE_ABI_MAJOR as compiled */
  uint32_t abi_minor; /* the least minor of the host that the plugin can do with */
  sluice_str id;      /* as in the manifest */
  sluice_str version; /* as in the manifest */
  const sluice_converter* const* converters;
  uint64_t converter_count;
} sluice_plugin;

/* The one exported function. Called once, in the worker, on the thread that later makes every other
 * call. Returns the plugin's table, or NULL if it cannot work with this host. */
typedef const sluice_plugin* (*sluice_plugin_entry)(const sluice_host_info* host);
SLUICE_EXPORT const sluice_plugin* sluice_plugin_v1(const sluice_host_info* host);

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_ABI_H */
