/* SPDX-License-Identifier: Apache-2.0
 *
 * Extension "sluice.children", revision 1: documents that a document holds (the attachments of a
 * mail, the members of an archive). A container's converter hands their bytes over; the host treats
 * each as a source of its own, with a converter, a sandbox and an outcome of its own, under the
 * path key `<key of the container>!/<name>`. The converter never converts its children.
 *
 *     const sluice_children* children =
 *         (const sluice_children*)host->get_extension(host, id, SLUICE_CHILDREN_REVISION);
 *     if (children == NULL) ...   // this host does not take children: hand them over as assets
 *
 * Rules as in abi.h; all calls are [host's thread] and belong to a job.
 */
#ifndef SLUICE_EXT_CHILDREN_H
#define SLUICE_EXT_CHILDREN_H

#include <sluice/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SLUICE_CHILDREN_ID "sluice.children"
#define SLUICE_CHILDREN_REVISION 1u

/* Names a child within its job. 0 is never a valid id. */
typedef uint32_t sluice_child;

typedef struct sluice_children {
  uint64_t size;

  /* Begins a child. `name` as the container has it ("photos/a.jpg"): the host cleans it and makes
   * it unique within the container; it is never a path that anything is written to. `media_type` as
   * the container declares it, or empty: the host looks at the bytes first. On OK stores the id in
   * *out. Errors: INVALID, LIMIT (children, depth or bytes of the whole tree: what came before is
   * kept), IO. */
  sluice_status (*child_open)(sluice_job* job, sluice_str name, sluice_str media_type,
                              sluice_child* out);
  /* Appends to an open child. Errors: INVALID (no such open child), LIMIT, IO. */
  sluice_status (*child_write)(sluice_job* job, sluice_child child, const void* data,
                               uint64_t size);
  /* Ends a child. One that was never finished is dropped, with a warning. Errors: INVALID, IO. */
  sluice_status (*child_finish)(sluice_job* job, sluice_child child);
  /* Appends the link destination of a child to the body, as link_asset does for an asset. If the
   * child fails, the destination becomes its name. Errors: INVALID (no such child), LIMIT. */
  sluice_status (*link_child)(sluice_job* job, sluice_child child);
} sluice_children;

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_EXT_CHILDREN_H */
