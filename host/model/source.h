// A file that a user handed in, and where it was found.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/outcome.h"
#include "model/url.h"
#include "platform/files.h"

namespace sluice {

struct SourceRoot;

// Which files below a root a scan leaves out: they are not read for a document beside them either.
class SiblingRules {
 public:
  virtual ~SiblingRules() = default;
  // `relative`: below the root, with `/`, through no symlink. Called from several threads.
  virtual bool leaves_out(const SourceRoot& root, const std::string& relative) const = 0;
  // Pictures, sound and films below the root with the name of that key (names.h), by their
  // extension, in any order; some may be left out all the same. Called from several threads.
  virtual std::vector<std::string> assets_named(const SourceRoot& /*root*/,
                                                const std::string& /*key*/) const {
    return {};
  }
};

// What one PATH of the command line led to: a directory, or the directory of a single file. Nothing
// outside it is ever read.
struct SourceRoot {
  platform::Dir dir;
  std::string path;        // absolute, without symlinks
  std::string given;       // as the user wrote it, without a trailing slash
  std::string key_prefix;  // path key of a source = key_prefix + relative
  std::shared_ptr<const SiblingRules> sibling_rules = nullptr;  // nullptr: nothing is left out
  // Of a root with one file in it, the copy of a source in raw/: its name there, and the path key
  // of the source. Else both are empty.
  std::string copy_name = {};
  std::string copy_of = {};
  // The sources came in bundles, and may be on another machine: nobody looks at the files, and
  // `dir` is none.
  bool is_elsewhere = false;
};

// Why a path that was given or met cannot be read. Such a source fails in its place in the order.
struct SourceProblem {
  Outcome outcome = Outcome::kIo;
  std::string reason;
  std::string hint;
  // False for an argument that leads nowhere: the next run reports that as new again.
  bool on_record = true;
};

// The reason of a source that is left for a later run, since it may not be whole yet.
inline constexpr std::string_view kBeingWritten = "it is being written";

// Between the path key of a container and the name of a document within it: "mail.eml!/report.pdf".
inline constexpr std::string_view kWithin = "!/";

// True if `path_key` is that of a document within `container`, at any depth.
inline bool is_within(std::string_view path_key, std::string_view container) {
  return path_key.size() > container.size() + kWithin.size() && path_key.starts_with(container) &&
         path_key.substr(container.size()).starts_with(kWithin);
}

// True if `path_key` is relative to the knowledge base: of a file in its folder.
inline bool is_key_in_kb(std::string_view path_key) {
  return !path_key.starts_with('/') && !is_url(path_key);
}

// What is known of the last fetch of a source from the web.
struct FetchFacts {
  std::string final_url;  // after all redirects
  std::string etag;       // what its server said, to be asked whether it has changed
  std::string last_modified;
  std::int64_t at = 0;  // seconds since 1970, when its bytes came

  bool operator==(const FetchFacts&) const = default;
};

struct Source {
  std::uint64_t sequence = 0;  // place in input order, from 0
  std::shared_ptr<const SourceRoot> root;
  std::string relative;  // below root, with `/`
  std::string given;     // what to call it to the user: as written, or root's given + relative
  std::shared_ptr<const SourceProblem> problem = nullptr;
  // Of a document within another: the path key of what holds it; empty for a file.
  std::string container = {};
  // `relative` is a URL, which is also the path key: there is no file, and its root has no folder.
  bool is_web = false;
  // What its file is called, where the path does not say so: of a URL, once it was fetched, and of
  // a document that got its name elsewhere.
  std::string called = {};

  // The user named the file itself, and not a folder that it is in.
  bool is_named = false;
  // Make its document again, even if its bytes and its converter are those of last time.
  bool always = false;
  // Path key of a source that is gone and whose document this one carries on, under the same name;
  // empty for none.
  std::string follows = {};

  bool is_child() const { return !container.empty(); }
  // The bytes are read from the copy in raw/, and not from the source, which may be gone.
  bool is_copy() const { return !root->copy_of.empty() && !is_child(); }
  // A look at the registry may not spare its conversion.
  bool is_wanted_anew() const { return always || !follows.empty(); }
  std::string path_key() const {
    return root->copy_of.empty() ? root->key_prefix + relative
                                 : root->copy_of + relative.substr(root->copy_name.size());
  }
  std::string file_name() const {
    if (!called.empty()) return called;
    const std::string path = is_copy() ? root->copy_of : relative;
    return path.substr(path.rfind('/') + 1);
  }
};

// The source of a URL as url.h writes it. `given`: as the user wrote it.
inline Source web_source(const std::string& url, const std::string& given) {
  Source source;
  source.root = std::make_shared<SourceRoot>();
  source.relative = url;
  source.given = given;
  source.is_web = true;
  return source;
}
// A source of which only a bundle is here.
Source source_elsewhere(std::string path_key, std::string given);

}  // namespace sluice
