/* SPDX-License-Identifier: Apache-2.0
 *
 * Extension "sluice.document-links": links from one source to another ("see b.html"). The converter
 * writes what the author wrote; the host knows where it stands, and to which source it leads. Once
 * that source is a document of the knowledge base, the host puts a link to it there, and puts the
 * author's text back when the document is removed.
 *
 * Rules as in abi.h; the calls are [host's thread] and belong to a job.
 */
#ifndef SLUICE_EXT_DOCUMENT_LINKS_H
#define SLUICE_EXT_DOCUMENT_LINKS_H

#include <sluice/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SLUICE_DOCUMENT_LINKS_ID "sluice.document-links"
#define SLUICE_DOCUMENT_LINKS_REVISION 1u
#define SLUICE_DOCUMENT_LINKS_REVISION_2 2u

typedef struct sluice_document_links {
  uint64_t size;

  /* Appends `written`, the link destination as the author wrote it and as Markdown spells it, to
   * the body, as in `[text](` + this + `)`. `path`: the file it leads to, relative to the source's
   * folder, with `/`, percent-decoded, at most 4 KiB. `fragment`: the part behind `#`, decoded, or
   * empty. Errors: INVALID (no path, not UTF-8, absolute), LIMIT, CANCELLED, IO. */
  sluice_status (*link_document)(sluice_job* job, sluice_str path, sluice_str fragment,
                                 sluice_str written);
} sluice_document_links;

enum sluice_link_lookup {
  /* `path` is relative to the source's folder. One that ends in `/` is a folder, and means its page
   * "index.html"; one without an extension may also be the name of a Markdown file without it. */
  SLUICE_LINK_BY_PATH = 0,
  /* `path` is a file's name, with or without the extension .md, in any case of letters, or the end
   * of its path ("Folder/Note"). Of several files the nearest counts: the one that shares the most
   * folders with the source, then the one with the fewest folders, then the first by its path. */
  SLUICE_LINK_BY_NAME = 1
};

/* A link to another source. All texts are UTF-8, on one line. */
typedef struct sluice_document_link {
  uint64_t size;
  int32_t lookup;      /* sluice_link_lookup */
  uint32_t reserved;   /* 0 */
  sluice_str path;     /* with `/`, percent-decoded, not absolute, at most 4 KiB */
  sluice_str fragment; /* behind `#`, decoded, or empty; at most 4 KiB */
  /* What stands in the body while the source is no document of the knowledge base: the author's own
   * text, at most 4 KiB. */
  sluice_str written;
  /* Else the host writes `before`, the link destination, and `after`; each at most 4 KiB. Where
   * `written` is a destination, both are empty. For `[[Note|see there]]` they are "[see there]("
   * and
   * ")". */
  sluice_str before;
  sluice_str after;
} sluice_document_link;

typedef struct sluice_document_links_2 {
  uint64_t size;

  /* Appends a link to the body. Errors: INVALID (no path, not UTF-8, absolute, more than one line),
   * LIMIT, CANCELLED, IO. */
  sluice_status (*link_document)(sluice_job* job, const sluice_document_link* link);

  /* Says that links to this source with the fragment `name` (an id, a bookmark) lead to the anchor
   * `anchor` of its Markdown, as readers make it from the text of a heading. The first call for a
   * name counts. Both: decoded, on one line, 1 byte to 1 KiB. Errors: INVALID, LIMIT. */
  sluice_status (*name_anchor)(sluice_job* job, sluice_str name, sluice_str anchor);
} sluice_document_links_2;

#ifdef __cplusplus
}
#endif

#endif /* SLUICE_EXT_DOCUMENT_LINKS_H */
