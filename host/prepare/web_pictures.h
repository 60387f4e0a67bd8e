// Pictures that a page of the web names beside itself: fetched by the rules of all URLs, from the
// page's own server, within a budget. What cannot be had is a picture that is missing.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "prepare/context.h"
#include "staging/document.h"

namespace sluice::prepare {

class WebPictures {
 public:
  WebPictures(const PrepareContext& context, const std::atomic<bool>& stop)
      : context_(context), stop_(stop) {}

  // `path`: relative to the page; its converter may be compromised. So nothing but the page's own
  // server is asked, which sent the page: no content of it can be told to anybody else. Returns an
  // SLUICE_STATUS_*, and a file without a name in `out` if that is OK.
  std::int32_t open(Document& document, const std::string& path, platform::OsHandle& out) const;

 private:
  platform::File fetch(Document& document, const Url& url) const;

  const PrepareContext& context_;
  const std::atomic<bool>& stop_;
};

}  // namespace sluice::prepare
