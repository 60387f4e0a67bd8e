/* SPDX-License-Identifier: Apache-2.0
 *
 * Extension "sluice.assets", revision 1: whether anybody takes the assets of a document. Where
 * nobody does (`sluice convert` without `--assets`), a converter saves the work of decoding and
 * encoding pictures.
 *
 * Rules as in abi.h; the call is [host's thread] and belongs to a job.
 */
#ifndef SLUICE_EXT_ASSETS_H
#define SLUICE_EXT_ASSETS_H

#include <sluice/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SLUICE_ASSETS_ID "sluice.assets"
#define SLUICE_ASSETS_REVISION 1u

typedef struct sluice_assets {
  uint64_t size;

  /* 0 if the host drops the bytes of every asset of this job. The body is written all the same: the
   * converter still opens, finishes and links each asset, and may write any few bytes that differ
   * from those of the other assets (equal ones are folded into one). 1: they are kept. */
  int32_t (*are_kept)(sluice_job* job);
} sluice_assets;

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_EXT_ASSETS_H */
