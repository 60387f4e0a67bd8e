// Makes a document's bundle complete from what its converter left: checks it, writes the Markdown
// file, gives assets their names, and describes every staged file. What a worker wrote is hostile.
#pragma once

#include <sluice/pictures_only.hpp>

#include "platform/files.h"
#include "platform/sha256.h"
#include "prepare/body_text.h"
#include "prepare/context.h"
#include "prepare/converters.h"
#include "staging/document.h"

namespace sluice::prepare {

class Completion {
 public:
  Completion(const PrepareContext& context, platform::Sha256& hash)
      : context_(context), hash_(hash) {}

  // REQUIRES: verdict.result, and an outcome that can be committed. Leaves `document` kPrepared, or
  // kFailed with its outcome. Throws SystemError if staging cannot be written.
  void complete(Document& document, const Verdict& verdict);

 private:
  class Assets;

  // What goes wrong with this document alone.
  struct Refusal {
    Outcome outcome;
    std::string reason;
    LimitKind limit = LimitKind::kNone;
  };

  bool write_markdown(Document& document, const wire::Result& result, const Assets& assets);
  void take_children(Document& document, const wire::Result& result);
  void take_sidecars(Document& document, const wire::Result& result);
  platform::File open_worker_file(const platform::Dir& at, const std::string& name,
                                  std::uint64_t most) const;
  StagedFile described(const platform::Dir& at, const std::string& name, std::uint64_t most);
  void put_child_link(Document& document, std::uint32_t child, BodyText& body) const;
  void put_source_link(Bundle& bundle, const wire::DocumentLink& relative, BodyText& body);
  void tell_of_cut(Document& document, std::uint32_t refused) const;
  void count_output(std::uint64_t bytes);

  const PrepareContext& context_;
  platform::Sha256& hash_;
  abi_rules::PicturesOnly pictures_only_;  // of the document in hand, as is what follows
  std::uint64_t output_ = 0;               // bytes
  std::uint64_t most_output_ = 0;
};

}  // namespace sluice::prepare
