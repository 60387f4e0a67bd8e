// A server of the web for scenarios: it answers with the files of a folder, each with an ETag of
// its content. It listens on this machine alone.
#pragma once

#include <string>

namespace sluice::crash {

// Host and port. Starts the server, once a process: a process of its own, which is nobody's child,
// since a tracer waits for all children, and ends with this one.
const std::string& server_address();
// The URL of a file; its path has a folder `site`.
std::string url_of_file(const std::string& path);

}  // namespace sluice::crash
