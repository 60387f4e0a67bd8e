// One request of HTTP, over a socket that is connected already. libcurl speaks HTTP and TLS; it
// makes no connection, looks no name up, follows nothing and reads no file.
#pragma once

#include <string>

#include "fetch/messages.h"
#include "platform/channel.h"
#include "platform/os_handle.h"

namespace sluice::fetch_program {

// To be called while files can still be read. False if there are no certificates: then https
// cannot be spoken.
bool prepare_http(const std::string& certificates_file);

// Whether this process is there for that.
bool speaks_http();

// Sends head, pieces and end of the answer to the host.
void fetch_page(const fetch::PageTask& task, platform::OsHandle socket, platform::Channel& host);

}  // namespace sluice::fetch_program
