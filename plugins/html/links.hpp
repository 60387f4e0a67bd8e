// SPDX-License-Identifier: Apache-2.0
//
// Where the links and images of a page lead: base URLs, and the attributes in which pages hide the
// real address of an image that a script would load.
#pragma once

#include <string>
#include <string_view>

#include "dom.hpp"

namespace sluice::html {

// The page's `<base href>` if it is an http(s) URL, else empty.
std::string base_url(const Dom& dom);

// `reference` made absolute against an http(s) `base` (RFC 3986 section 5.2); as it is if `base` is
// empty. Blanks around it are dropped.
std::string resolve(std::string_view base, std::string_view reference);

// Whether a link is worth keeping: not empty, not within the page, not a script.
bool leads_somewhere(std::string_view href);

// Whether an `<a>` is the sign of a link to the heading that it stands in: one that programs are
// known to put there, or any without a letter or a number that leads to the heading, to what stands
// in it or to what it heads. `heading`: the root for a link outside of headings, where only known
// signs count.
bool is_permalink(const Dom& dom, NodeId link, NodeId heading);
// Whether its class is one that programs give to such links: these are none in any place.
bool names_permalink(const Dom& dom, NodeId link);
// Whether an `<a>` is marked as the call of a note.
bool is_note_call(const Dom& dom, NodeId link);
// Whether an `<a>` is the way back from a note to where it is called: marked as such, or an arrow.
bool is_back_link(const Dom& dom, NodeId link);

// The address of an `<img>`: the largest of what src, srcset and the attributes of lazy loaders
// name, or, within a `<picture>`, of its sources. Empty for placeholders and tracking pixels.
std::string_view image_address(const Dom& dom, NodeId img);

}  // namespace sluice::html
