/* SPDX-License-Identifier: Apache-2.0
 *
 * Extension "sluice.front-matter", revision 1: front matter that the author of the source wrote, in
 * its own types (lists, numbers, dates, nested values), which sluice_job.set_metadata cannot say.
 *
 * Rules as in abi.h; the call is [host's thread] and belongs to a job.
 */
#ifndef SLUICE_EXT_FRONT_MATTER_H
#define SLUICE_EXT_FRONT_MATTER_H

#include <sluice/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SLUICE_FRONT_MATTER_ID "sluice.front-matter"
#define SLUICE_FRONT_MATTER_REVISION 1u

typedef struct sluice_front_matter {
  uint64_t size;

  /* Puts `yaml` at the top of the front matter, byte for byte: a block mapping in UTF-8 with LF at
   * the end of each line, at most 64 KiB, without the lines `---` around it. A line that begins in
   * column 1 begins an entry (`name:`), or continues one (`- `, `]`, `}`), or is a comment; none
   * begins with `---` or `...`. Fields of set_metadata whose name is in it are left out; the host's
   * own (`source`, ...) then get the prefix `sluice_`. The last call counts; no bytes take it back.
   * Errors: INVALID. */
  sluice_status (*set_front_matter)(sluice_job* job, sluice_str yaml);
} sluice_front_matter;

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_EXT_FRONT_MATTER_H */
