// How pages are fetched: [fetch] of the configuration.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "fetch/address.h"

namespace sluice::fetch {

struct FetchSettings {
  AllowedPlaces allowed;
  // Said to every server. A site's operator finds out from it what this is.
  std::string agent = "Sluice";
  bool robots = true;
  // Pages of the web are below 10 MiB; reports and books as PDF reach some hundred.
  std::uint64_t max_bytes = 256ULL << 20;
  std::chrono::milliseconds timeout{120'000};
  std::chrono::milliseconds connect_timeout{10'000};
  // Without one byte a second for so long, a server is given up.
  std::chrono::seconds idle_timeout{30};
  // Between the end of a request and the next one to the same server.
  std::chrono::milliseconds pause{500};
  unsigned redirects = 10;  // browsers follow 20; real chains have three or four
  std::string certificates = "/etc/ssl/certs/ca-certificates.crt";
};

}  // namespace sluice::fetch
