// SPDX-License-Identifier: Apache-2.0
#include <sluice/blanks.hpp>

#include "markup/converters.hpp"
#include "markup/tex/macros.hpp"
#include "markup/tex/reader.hpp"

namespace sluice::markup {

void TexConverter::convert(Job& job) {
  tex::Macros macros;
  tex::GroupedText source(macros.expand(read_source(job)));
  Output nowhere(job, Output::Nowhere());
  const tex::Labels none;
  tex::Reader titles(nowhere, source, none);
  const tex::Labels labels = tex::find_labels(
      source, [&](std::size_t begin, std::size_t end) { return titles.title_text(begin, end); });
  Output to(job);
  tex::Reader(to, source, labels).read_document();
  for (const std::string& name : macros.unclosed()) to.left_out("\\" + name);
  if (macros.is_cut_off()) {
    job.warn("macro-limit",
             "the document's macros stand for more than 8 MiB of text; some stay as they are");
  }
  to.finish();
}

Canary TexConverter::canary() const {
  return {
      "\\documentclass{article}\n\\newcommand{\\e}{\\emph{caf\\'e}}\n\\begin{document}\n"
      "\\section{One}\n\\e: $x^2$\n\\end{document}\n",
      "canary.tex", "text/x-tex", "# One\n\n*caf\u00E9*: $x^2$\n"};
}

}  // namespace sluice::markup
