// The sidecar <name>.parts.json: where the pages, slides or sheets of a document begin in its
// Markdown. It is written here, since only now nothing moves any more.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bundle.h"
#include "owner/splice.h"
#include "platform/files.h"

namespace sluice::owner {

// {"v":1,"parts":[{"unit":"page","number":1,"label":"iv","offset":120}, ...]}; offsets are in
// bytes.
std::string parts_json(const std::vector<StagedPart>& parts);

// A JSON string (RFC 8259, section 7) of text that is UTF-8.
std::string json_string(std::string_view text);
// Adds a sidecar to the bundle, in place of the one of that kind.
void put_sidecar(Bundle& bundle, std::string_view kind, StagedFile file);

// Stages the sidecar of a bundle that has parts, under the staged name `name`, in place of the one
// that it may have already.
void stage_parts(platform::Files& files, const platform::Dir& staging, Bundle& bundle,
                 const std::string& name);

// The published file of that hash, for the Markdown after the edits. Nothing if it is another file.
std::optional<std::string> moved_parts(platform::Files& files, const platform::Dir& at,
                                       const std::string& name,
                                       const platform::Sha256Digest& sha256,
                                       const std::vector<Edit>& edits);

}  // namespace sluice::owner
