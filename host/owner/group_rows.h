// Between the values of a group: a bundle as rows of the registry, a row as a result.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/bundle.h"
#include "owner/document_result.h"
#include "owner/registry_rows.h"

namespace sluice::owner {

// Of the converters whose outcome is not the document's.
std::vector<AttemptRow> attempt_rows(const Bundle& bundle);

// Its files besides raw and Markdown, under the document's final name.
std::vector<PublishedFile> files_of(const Bundle& bundle, const std::string& name);

// The digest of a document's directory of assets; nothing if it has none.
std::optional<platform::Sha256Digest> assets_digest(const std::vector<PublishedFile>& files);

// Adds the document to the result of one of its sources: its id, name, converter and files.
void describe(DocumentResult& result, const Document& document);

}  // namespace sluice::owner
