// The first step of a source from the web: fetches it into staging, where the converter reads it,
// and names it by what it is. As intake.h for files.
#pragma once

#include <atomic>

#include "fetch/fetcher.h"
#include "model/registry_view.h"
#include "platform/sha256.h"
#include "prepare/context.h"
#include "staging/document.h"

namespace sluice::prepare {

class WebIntake {
 public:
  // As Intake.
  WebIntake(const PrepareContext& context, RegistryView* registry, platform::Sha256& hash,
            const std::atomic<bool>& stop)
      : context_(context), registry_(registry), hash_(hash), stop_(stop) {}

  // True if it is in staging and to be converted. Else its bundle is complete: unchanged, known, or
  // failed.
  bool read(Document& document);

 private:
  bool fetch(Document& document);
  FetchFacts facts_on_record(const Document& document);
  void accept(Document& document, const fetch::Page& page) const;
  bool is_known(const Document& document);

  const PrepareContext& context_;
  RegistryView* registry_;
  platform::Sha256& hash_;
  const std::atomic<bool>& stop_;
  std::optional<RegistryView::KnownSource> known_;  // the document in hand
};

// What a file of the web is called: by its URL or the server's own proposal, with the extension of
// what it is. `content`, `directory`: as for plugin::sniff().
std::string web_file_name(const Url& url, const fetch::Page& page, std::string_view content,
                          std::string_view directory);

}  // namespace sluice::prepare
