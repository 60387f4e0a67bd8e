/* SPDX-License-Identifier: Apache-2.0
 *
 * Extension "sluice.document-links", revision 1: links from one source to another ("see b.html").
 * The converter writes what the author wrote; the host knows where it stands, and to which source
 * it leads, and may put the place of that document in the knowledge base there.
 *
 * Rules as in abi.h; the call is [host's thread] and belongs to a job.
 */
#ifndef SLUICE_EXT_DOCUMENT_LINKS_H
#define SLUICE_EXT_DOCUMENT_LINKS_H

#include <sluice/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SLUICE_DOCUMENT_LINKS_ID "sluice.document-links"
#define SLUICE_DOCUMENT_LINKS_REVISION 1u

typedef struct sluice_document_links {
  uint64_t size;

  /* Appends `written`, the link destination as the author wrote it and as Markdown spells it, to
   * the body, as in `[text](` + this + `)`. `path`: the file it leads to, relative to the source's
   * folder, with `/`, percent-decoded, at most 4 KiB; a wiki link gives the bare file name.
   * `fragment`: the part behind `#`, decoded, or empty. Errors: INVALID (no path, not UTF-8,
   * absolute), LIMIT, CANCELLED, IO. */
  sluice_status (*link_document)(sluice_job* job, sluice_str path, sluice_str fragment,
                                 sluice_str written);
} sluice_document_links;

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_EXT_DOCUMENT_LINKS_H */
