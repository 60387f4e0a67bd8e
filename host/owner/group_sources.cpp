// What a group does with sources that moved, are gone, or are read from their copies.
#include "owner/group.h"
#include "owner/group_rows.h"
#include "owner/source_of_key.h"

namespace sluice::owner {

// The document of the source that this one follows, if that is still the one it is made from.
std::optional<Document> Group::carried_document(const Bundle& bundle) const {
  const std::string& follows = bundle.source.follows;
  if (follows.empty() || follows == bundle.source.path_key()) return std::nullopt;
  const auto row = kb_.registry().source(follows);
  if (!row) return std::nullopt;
  auto document = kb_.registry().document(row->document);
  if (!document || document->path_key != follows) return std::nullopt;
  return document;
}

// A file with the bytes of a document whose only source is gone is that source under another name.
bool Group::has_moved(const Document& document, const Source& to) const {
  if (to.is_child() || to.is_web || kb_.registry().child(document.path_key)) return false;
  const std::vector<SourceRow> sources = kb_.registry().sources_of(document.id);
  return sources.size() == 1 && sources.front().path_key == document.path_key &&
         is_gone(kb_, document.path_key);
}

// A document is made again from its copy in raw/. The copy must still be what was added.
Group::Verdict Group::take_copy(Bundle& bundle, const std::optional<Document>& own) {
  if (!own || own->path_key != bundle.source.path_key()) {
    take_failure(bundle, Outcome::kIo, "its document has left the knowledge base meanwhile");
  } else if (own->sha256 != bundle.sha256) {
    take_failure(bundle, Outcome::kIo,
                 own->raw + " is not the file that was added: its bytes have changed");
  } else if (bundle.kind != Bundle::Kind::kPrepared) {
    return Verdict::kPrepareAgain;
  } else {
    return take_document(bundle, own);
  }
  return Verdict::kTaken;
}

void Group::drop_source(const std::string& path_key) {
  writer_.delete_source(path_key);
  writer_.clear_failure(path_key);
  writes_ = true;
}

std::optional<std::string> Group::take_gone_source(const std::string& path_key, RawFile raw) {
  const Registry& registry = kb_.registry();
  const auto row = registry.source(path_key);
  if (!row) return std::nullopt;
  const auto document = registry.document(row->document);
  if (!document) return std::nullopt;
  if (document->path_key != path_key) {
    drop_source(path_key);
    DocumentResult& result = results_.emplace_back();
    result.result = Result::kRemoved;
    result.source.given = path_key;
    result.source.relative = path_key;
    result.reason = "the document stays: it has the same bytes as " + document->path_key;
    result.sha256 = document->sha256;
    result.bytes = document->size;
    describe(result, *document);
    return std::nullopt;
  }
  for (const SourceRow& other : registry.sources_of(document->id)) {
    if (other.path_key != path_key) return other.path_key;
  }
  take_removal(*document, path_key, raw);
  return std::nullopt;
}

}  // namespace sluice::owner
