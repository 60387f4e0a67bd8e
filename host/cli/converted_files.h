// What `convert` makes of a prepared document besides its Markdown: pictures and documents within
// it in a folder, and the links to both.
#pragma once

#include <cstddef>
#include <map>
#include <ostream>
#include <string>

#include "cli/io.h"
#include "model/bundle.h"
#include "platform/files.h"

namespace sluice::cli {

// The names under which the documents within a source are kept, by their path keys.
using ChildNamesByKey = std::map<std::string, std::string>;
ChildNamesByKey names_of_children(const Bundle& root);

class ConvertedFiles {
 public:
  // All of them must outlive this.
  ConvertedFiles(platform::Files& files, const platform::Dir& staging, const Io& io,
                 const Bundle& root)
      : files_(files), staging_(staging), io_(io), root_(root), names_(names_of_children(root)) {}

  // The document's Markdown as the converter wrote it: links to pictures and to documents within it
  // lead nowhere that exists.
  std::string markdown() const;
  // The same, piece by piece.
  void print_markdown(std::ostream& out) const;
  // Writes its pictures, and the documents within it with theirs, into `folder` (as the user typed
  // it), and returns the Markdown with links to them. `seen_as`: that folder as seen from where the
  // Markdown will be.
  std::string keep_in(const std::string& folder, const std::string& seen_as) const;
  // The document's Markdown, and behind it that of each document within it, behind a comment with
  // its path.
  std::string with_children() const;

  std::size_t converted_children() const { return names_.size(); }

 private:
  std::string read(const platform::Dir& dir, const StagedFile& staged) const;
  void keep_file(const platform::Dir& to, const std::string& folder, const std::string& name,
                 const std::string& content) const;
  void keep_pictures(const Bundle& bundle, const std::string& folder) const;
  void keep_children(const std::string& folder) const;

  platform::Files& files_;
  const platform::Dir& staging_;
  const Io& io_;
  const Bundle& root_;
  const ChildNamesByKey names_;
};

}  // namespace sluice::cli
