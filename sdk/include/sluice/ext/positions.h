/* SPDX-License-Identifier: Apache-2.0
 *
 * Extension "sluice.positions", revision 1: where the parts of the source begin in the body, so
 * that a citation of page 3 needs no search. Only the host knows the final places, since it fills
 * in front matter and links.
 *
 * Rules as in abi.h; the call is [host's thread] and belongs to a job.
 */
#ifndef SLUICE_EXT_POSITIONS_H
#define SLUICE_EXT_POSITIONS_H

#include <sluice/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SLUICE_POSITIONS_ID "sluice.positions"
#define SLUICE_POSITIONS_REVISION 1u

typedef struct sluice_positions {
  uint64_t size;

  /* From this point of the body on comes part `number` (from 1 on) of the kind `unit`: "page",
   * "slide", "sheet", "section"; 1 to 32 of [a-z0-9-]. `label`: what the source calls it ("iv"), or
   * empty. Errors: INVALID, LIMIT. */
  sluice_status (*begin_part)(sluice_job* job, sluice_str unit, uint64_t number, sluice_str label);
} sluice_positions;

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_EXT_POSITIONS_H */
