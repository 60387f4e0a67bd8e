/* SPDX-License-Identifier: Apache-2.0
 *
 * Extension "sluice.recognition", revision 1: the text of a picture, recognized by another
 * converter. The host gives the picture to the converter that claims the media type
 * SLUICE_RECOGNITION_PICTURE, in its own process and sandbox, with its own options and limits, and
 * hands back its answer. What that looks like is between the two converters (plugins/ocr/README.md
 * says what Sluice's own writes); the host passes it on unread.
 *
 * A host may offer the table and still have nobody who recognizes: is_there says so. Such a
 * converter is not asked to recognize for itself, nor for documents that run together in one process.
 *
 * Rules as in abi.h; the calls are [host's thread] and belong to a job. The time that recognition
 * takes is not the calling document's.
 */
#ifndef SLUICE_EXT_RECOGNITION_H
#define SLUICE_EXT_RECOGNITION_H

#include <sluice/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SLUICE_RECOGNITION_ID "sluice.recognition"
#define SLUICE_RECOGNITION_REVISION 1u

/* A grey picture as a binary PGM ("P5"), whose second line is a comment with its resolution:
 * "# 300 dpi". */
#define SLUICE_RECOGNITION_PICTURE "image/x-sluice-page"
/* Largest picture in bytes. */
#define SLUICE_RECOGNITION_BYTES (64u << 20)

typedef struct sluice_recognition {
  uint64_t size;

  /* 1 if there is a converter to ask, 0 if not. */
  int32_t (*is_there)(sluice_job* job);

  /* Recognizes a picture. `out` is what the converter wrote, valid until the next call of this
   * function or the job's end. Errors: NOT_FOUND (nobody to ask), LIMIT (the picture is too large,
   * or the converter met a limit), IO (the converter failed). */
  sluice_status (*recognize)(sluice_job* job, sluice_bytes picture, sluice_bytes* out);
} sluice_recognition;

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_EXT_RECOGNITION_H */
