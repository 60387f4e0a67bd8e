// SPDX-License-Identifier: Apache-2.0
//
// Addresses as people read them (RFC 5322, section 3.4): "Name <a@b>", decoded, without the quotes,
// comments and escapes of the syntax.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::mail {

// One text for each address of a field. Never fails: what is no address is text.
std::vector<std::string> read_addresses(std::string_view value);

// The name of one of them, or, without a name, the address.
std::string name_of_address(std::string_view address);

// With ", " between them; the first `most`, and how many more there are.
std::string joined_addresses(const std::vector<std::string>& addresses, std::size_t most);

}  // namespace sluice::mail
