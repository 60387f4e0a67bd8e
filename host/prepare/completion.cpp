#include "prepare/completion.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sluice/abi_rules.hpp>
#include <sluice/counted.hpp>

#include "model/child_names.h"
#include "model/layout.h"
#include "model/names.h"
#include "model/path_text.h"
#include "model/url.h"
#include "platform/error.h"
#include "platform/move.h"
#include "platform/percent_encoding.h"
#include "platform/settled.h"
#include "prepare/body_text.h"
#include "prepare/front_matter.h"
#include "staging/asset_names.h"
#include "staging/staged_file.h"

namespace sluice::prepare {

using platform::Dir;
using platform::File;

namespace {

constexpr std::size_t kChunk = 256 << 10;

// Calls `take` with `size` bytes of `file` from `from` on, piece by piece.
template <class Take>
void read_through(platform::Files& files, const File& file, std::uint64_t from, std::uint64_t size,
                  Take take) {
  std::string chunk(static_cast<std::size_t>(std::min<std::uint64_t>(size, kChunk)), '\0');
  for (std::uint64_t at = 0; at < size;) {
    const std::size_t want = static_cast<std::size_t>(std::min<std::uint64_t>(size - at, kChunk));
    const std::size_t got =
        files.read(file, from + at, std::as_writable_bytes(std::span(chunk.data(), want)));
    if (got == 0) break;
    take(std::string_view(chunk.data(), got));
    at += got;
  }
}

// A link in a page of the web, as a whole URL: relative to the Markdown it would lead nowhere.
wire::DocumentLink web_link(const std::string& page, wire::DocumentLink link) {
  std::string why_not;
  const auto base = page.empty() ? std::nullopt : parse_url(page, why_not);
  if (!base || link.by_name || !link.before.empty()) return link;
  std::string_view written = link.written;
  if (written.starts_with('<') && written.ends_with('>')) {
    written = written.substr(1, written.size() - 2);
  }
  const std::size_t mark = std::min(written.find('#'), written.size());
  const auto target = resolve_url(*base, written.substr(0, mark), why_not);
  if (!target) return link;
  link.path = target->text();
  // Markdown ends a destination at a blank or an unmatched parenthesis.
  link.written = platform::percent_encoded(link.path + std::string(written.substr(mark)), "()<>");
  return link;
}

std::string front_matter_of(const Bundle& bundle, const wire::Result& result) {
  return front_matter(result.front_matter, result.metadata,
                      {path_text(bundle.source.path_key()), platform::to_hex(bundle.sha256),
                       bundle.media_type, bundle.converter + " " + bundle.converter_version});
}

}  // namespace

// The assets of one document: hashed, those of equal bytes folded into one, and named.
class Completion::Assets {
 public:
  Assets(Completion& owner, Document& document, const wire::Result& result) {
    if (document.assets == 0) return;
    Bundle& bundle = document.bundle;
    platform::Files& files = owner.context_.files;
    bundle.assets_dir = layout::staged_assets(document.sequence(), document.attempt, document.part);
    std::optional<Dir> dir = files.open_dir(owner.context_.staging.dir(), bundle.assets_dir);
    if (!dir) throw Refusal{Outcome::kInternal, "its folder of assets is gone"};
    names_.resize(result.assets.size());
    std::map<platform::Sha256Digest, std::size_t> by_content;
    AssetNames namer;
    for (std::size_t i = 0; i < document.assets; ++i) {
      const std::string working = working_asset_name(static_cast<std::uint32_t>(i + 1));
      if (i >= result.assets.size() || !result.assets[i].finished) {
        files.unlink(*dir, working);
        continue;
      }
      StagedFile file = owner.described(*dir, working, owner.most_output_);
      owner.count_output(file.size());
      const auto [same, is_new] = by_content.emplace(file.sha256, i);
      if (!is_new) {
        files.unlink(*dir, working);
        names_[i] = names_[same->second];
        continue;
      }
      names_[i] = namer.next(result.assets[i].suggested_name, result.assets[i].media_type);
      if (platform::move_to_free_name(files, *dir, working, *dir, names_[i]) !=
          platform::RenameResult::kDone) {
        throw Refusal{Outcome::kInternal, "an asset could not get the name " + names_[i]};
      }
      file.name = names_[i];
      // Renaming is a change, too.
      const std::optional<platform::FileInfo> info = files.info(*dir, file.name);
      if (!info) throw Refusal{Outcome::kInternal, "an asset is gone"};
      file.identity = info->identity;
      bundle.assets.push_back(std::move(file));
    }
    if (bundle.assets.empty()) {
      files.remove_dir(owner.context_.staging.dir(), bundle.assets_dir);
      bundle.assets_dir.clear();
      document.assets = 0;
    }
  }

  // The file name of an asset, from 1 on; empty if it was dropped.
  const std::string& name(std::uint32_t asset) const {
    static const std::string kNone;
    return asset >= 1 && asset <= names_.size() ? names_[asset - 1] : kNone;
  }

 private:
  std::vector<std::string> names_;
};

void Completion::complete(Document& document, const Verdict& verdict) {
  const wire::Result& result = *verdict.result;
  Bundle& bundle = document.bundle;
  output_ = 0;
  pictures_only_ = {};
  most_output_ = context_.settings.limits_of(bundle.converter).output_bytes;
  bundle.warnings.clear();
  for (const wire::Remark& remark : result.warnings) {
    bundle.warnings.push_back(
        {remark.code, remark.message, remark.is_note, remark.place_unit, remark.place});
  }
  if (!document.recorded_name.empty()) bundle.placeholder_name = document.recorded_name;
  if (bundle.placeholder_name.empty()) {
    bundle.placeholder_name = document_name(stem_of(bundle.source.file_name()));
  }
  try {
    const Assets assets(*this, document, result);
    take_sidecars(document, result);
    take_children(document, result);
    if (!write_markdown(document, result, assets)) {
      document.fail(Outcome::kEmpty, "there is no text in it");
      return;
    }
  } catch (const Refusal& refusal) {
    document.fail(refusal.outcome, refusal.reason, hint_of(refusal.limit, bundle.converter));
    return;
  }
  if (context_.settings.keeps_metadata) {
    bundle.metadata = result.metadata;
    bundle.author_front_matter = result.front_matter;
  }
  bundle.kind = Bundle::Kind::kPrepared;
  bundle.outcome = verdict.outcome;
  bundle.reason = verdict.reason;
  // A converter whose pictures are scans of pages says `empty`: these are pictures that belong
  // there.
  if (bundle.outcome == Outcome::kOk && pictures_only_.holds() && !bundle.assets.empty()) {
    bundle.outcome = Outcome::kPartial;
    bundle.reason = abi_rules::kPicturesAlone;
  }
  bundle.has_sections = context_.settings.output.sections;
  note_title(bundle, result.metadata);
  if (result.refused_children > 0) tell_of_cut(document, result.refused_children);
  bundle.staged_bytes = bundle.raw.size() + bundle.markdown.size();
  for (const StagedFile& asset : bundle.assets) bundle.staged_bytes += asset.size();
  for (const StagedSidecar& sidecar : bundle.sidecars) bundle.staged_bytes += sidecar.file.size();
}

// What had no room is left out of the tree, and is no failure of what holds it.
void Completion::tell_of_cut(Document& document, std::uint32_t refused) const {
  Bundle& bundle = document.bundle;
  const TreeLimits& tree = context_.settings.limits.tree;
  const auto key_and_value = [&]() -> std::pair<const char*, std::string> {
    if (document.depth >= tree.depth) return {"tree_depth", std::to_string(tree.depth)};
    if (document.children.size() >= document.most_children) {
      return {"tree_documents", std::to_string(tree.documents)};
    }
    return {"tree_bytes or tree_ratio", std::to_string(document.most_child_bytes) + " bytes"};
  }();
  const std::string what = counted(refused, "document within it is", "documents within it are") +
                           " left out: limit: more than " + key_and_value.second + " ([limits] " +
                           key_and_value.first + ")";
  bundle.warnings.push_back({"limit", what});
  if (bundle.outcome != Outcome::kPartial || bundle.reason.empty()) bundle.reason = what;
  bundle.outcome = Outcome::kPartial;
}

void Completion::count_output(std::uint64_t bytes) {
  if (bytes > most_output_ - output_) {
    throw Refusal{Outcome::kLimit,
                  "it has more than " + std::to_string(most_output_) + " bytes of output",
                  LimitKind::kOutput};
  }
  output_ += bytes;
}

File Completion::open_worker_file(const Dir& at, const std::string& name,
                                  std::uint64_t most) const {
  std::optional<File> file;
  try {
    file = context_.files.open_read(at, name);
  } catch (const SystemError& error) {
    // A symlink, or a socket.
    if (error.is(std::errc::too_many_symbolic_link_levels) ||
        error.is(std::errc::no_such_device_or_address)) {
      throw Refusal{Outcome::kSandboxViolation, "a file it wrote is no plain file any more"};
    }
    throw;
  }
  if (!file) throw Refusal{Outcome::kInternal, "a file it wrote is gone from staging"};
  const platform::FileInfo info = context_.files.info(*file);
  if (info.kind != platform::FileKind::kRegular || info.links != 1) {
    throw Refusal{Outcome::kSandboxViolation, "a file it wrote is no plain file any more"};
  }
  // Its process is gone, and the host gave nobody else a descriptor.
  if (platform::is_open_for_writing(*file)) {
    throw Refusal{Outcome::kSandboxViolation, "a file it wrote is still being written"};
  }
  if (platform::has_holes(*file)) {
    throw Refusal{Outcome::kSandboxViolation, "a file it wrote has holes"};
  }
  if (info.identity.size > most) {
    throw Refusal{Outcome::kLimit,
                  "it wrote a file of more than " + std::to_string(most) + " bytes",
                  most == most_output_ ? LimitKind::kOutput : LimitKind::kDetails};
  }
  return std::move(*file);
}

StagedFile Completion::described(const Dir& at, const std::string& name, std::uint64_t most) {
  const File file = open_worker_file(at, name, most);
  StagedFile staged;
  staged.name = name;
  staged.identity = context_.files.info(file).identity;
  read_through(context_.files, file, 0, staged.size(),
               [this](std::string_view chunk) { hash_.update(chunk); });
  staged.sha256 = hash_.finish();
  return staged;
}

// The documents that it handed over, each in a file that is its raw copy from now on.
void Completion::take_children(Document& document, const wire::Result& result) {
  if (result.children.size() > document.child_parts.size()) {
    throw Refusal{Outcome::kInternal, "it names a document within it that it never wrote"};
  }
  const Dir& staging = context_.staging.dir();
  ChildNames names;
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < document.child_parts.size(); ++i) {
    const std::uint32_t part = document.child_parts[i];
    const std::string file = layout::staged_raw(document.sequence(), document.attempt, part);
    const bool is_named = i < result.children.size();
    HandedOver child;
    child.part = part;
    child.is_cut = is_named && result.children[i].state == wire::Child::State::kCut;
    if (is_named) child.name = names.next(result.children[i].name);
    if (!is_named || result.children[i].state != wire::Child::State::kFinished) {
      context_.files.unlink(staging, file);
      // An empty name: nobody ever hears of it, but links count the children from the first on.
      if (!child.is_cut) child.name.clear();
    } else {
      child.file = described(staging, file, document.most_child_bytes);
      bytes += child.file.size();
      if (bytes > document.most_child_bytes) {
        throw Refusal{Outcome::kLimit, "the documents within it come to more than it was given",
                      LimitKind::kTree};
      }
    }
    document.children.push_back(std::move(child));
  }
  document.tree->documents += static_cast<std::uint32_t>(document.children.size());
  document.tree->bytes += bytes;
}

void Completion::take_sidecars(Document& document, const wire::Result& result) {
  const Dir& staging = context_.staging.dir();
  for (const std::string& kind : result.sidecars) {
    const auto& made = document.sidecars;
    if (std::find(made.begin(), made.end(), kind) == made.end()) {
      throw Refusal{Outcome::kInternal, "it names a sidecar that it never wrote"};
    }
    const std::string name =
        layout::staged_sidecar(document.sequence(), document.attempt, kind, document.part);
    const StagedFile file = described(staging, name, wire::kMaxSidecarBytes);
    count_output(file.size());
    const File opened = open_worker_file(staging, name, wire::kMaxSidecarBytes);
    std::string text;
    read_through(context_.files, opened, 0, file.size(),
                 [&text](std::string_view chunk) { text += chunk; });
    if (!nlohmann::json::accept(text)) {
      throw Refusal{Outcome::kInternal, "its sidecar " + kind + " is not JSON"};
    }
    document.bundle.sidecars.push_back({kind, file});
  }
  for (const std::string& kind : document.sidecars) {
    if (std::find(result.sidecars.begin(), result.sidecars.end(), kind) == result.sidecars.end()) {
      context_.files.unlink(staging, layout::staged_sidecar(document.sequence(), document.attempt,
                                                            kind, document.part));
    }
  }
}

// Until its document is known, the destination is its name, as it is if that never is.
void Completion::put_child_link(Document& document, std::uint32_t child, BodyText& body) const {
  if (child > document.children.size()) return;
  const std::string& name = document.children[child - 1].name;
  if (name.empty()) return;
  const std::string text = child_destination(name);
  const std::uint64_t at = body.splice(text);
  document.bundle.links.push_back(
      {at, text.size(), document.bundle.source.path_key() + std::string(kWithin) + name});
}

// As its author wrote it, until it is known which document the source is.
void Completion::put_source_link(Bundle& bundle, const wire::DocumentLink& relative,
                                 BodyText& body) {
  const wire::DocumentLink link = web_link(bundle.fetched.final_url, relative);
  pictures_only_.feed(link.written);
  count_output(link.written.size());
  bundle.source_links.push_back(
      {body.splice_text(link.written),
       {link.by_name, link.path, link.fragment, link.written, link.before, link.after}});
}

// Feeds the body through, with the link destinations at their places. False if there is nothing in
// it.
bool Completion::write_markdown(Document& document, const wire::Result& result,
                                const Assets& assets) {
  Bundle& bundle = document.bundle;
  StagedWriter out(context_.files, context_.staging.dir(),
                   layout::staged_markdown(document.sequence(), document.attempt, document.part),
                   hash_);
  out.print_lines();
  if (context_.settings.output.front_matter) out.write(front_matter_of(bundle, result));
  BodyText body(out);
  std::size_t next_link = 0;
  const auto put_links = [&](std::uint64_t upto) {
    for (; next_link < result.links.size() && result.links[next_link].offset <= upto; ++next_link) {
      if (result.links[next_link].to == wire::Link::To::kChild) {
        put_child_link(document, result.links[next_link].asset, body);
        continue;
      }
      if (result.links[next_link].to == wire::Link::To::kDocument) {
        put_source_link(bundle, result.document_links[result.links[next_link].asset - 1], body);
        continue;
      }
      const std::string& name = assets.name(result.links[next_link].asset);
      if (name.empty()) continue;
      const std::uint64_t at = body.splice(layout::image_link(bundle.placeholder_name, name));
      bundle.name_positions.push_back(at + layout::kImageLinkPrefix.size());
    }
  };
  std::size_t next_part = 0;
  const auto put_marks = [&](std::uint64_t upto) {
    for (; next_part < result.parts.size() && result.parts[next_part].offset <= upto; ++next_part) {
      body.mark();
    }
  };
  std::uint64_t offset = 0;
  const auto feed = [&](std::string_view bytes) {
    while (!bytes.empty()) {
      // A link that stands where a part begins is of that part.
      put_marks(offset);
      put_links(offset);
      std::size_t size = bytes.size();
      if (next_part < result.parts.size()) {
        size = static_cast<std::size_t>(
            std::min<std::uint64_t>(size, result.parts[next_part].offset - offset));
      }
      if (next_link < result.links.size()) {
        size = static_cast<std::size_t>(
            std::min<std::uint64_t>(size, result.links[next_link].offset - offset));
      }
      body.put(bytes.substr(0, size));
      pictures_only_.feed(bytes.substr(0, size));
      bytes.remove_prefix(size);
      offset += size;
    }
  };
  if (result.body_place == wire::BodyPlace::kFile) {
    if (!document.has_body) throw Refusal{Outcome::kInternal, "it names a body it never wrote"};
    const std::string name =
        layout::staged_body(document.sequence(), document.attempt, document.part);
    const Dir& staging = context_.staging.dir();
    const File file = open_worker_file(staging, name, most_output_);
    const std::uint64_t size = context_.files.info(file).identity.size;
    count_output(size);
    read_through(context_.files, file, 0, size, feed);
  } else if (result.body_place == wire::BodyPlace::kMemory) {
    count_output(result.body_bytes);
    read_through(context_.files, *document.memory_body.memory, document.memory_body.at,
                 result.body_bytes, feed);
  } else {
    count_output(result.body.size());
    feed(result.body);
  }
  put_marks(offset);
  put_links(offset);
  if (next_link < result.links.size() || next_part < result.parts.size()) {
    throw Refusal{Outcome::kInternal, "it placed a link or a part behind the end of its body"};
  }
  body.end();
  for (std::size_t i = 0; i < result.parts.size(); ++i) {
    const wire::Part& part = result.parts[i];
    bundle.parts.push_back({body.marks()[i], part.number, part.unit, part.label});
  }
  for (const wire::Anchor& anchor : result.anchors) {
    bundle.anchors.push_back({anchor.name, anchor.anchor});
  }
  const bool holds_documents = !document.children.empty() || result.refused_children > 0;
  if (body.is_blank() && bundle.assets.empty() && !holds_documents) return false;
  if (body.replaced() > 0) {
    bundle.warnings.push_back({"invalid-utf8", abi_rules::replaced_characters(body.replaced())});
  }
  bundle.markdown = out.finish();
  if (document.has_body) {
    context_.files.unlink(
        context_.staging.dir(),
        layout::staged_body(document.sequence(), document.attempt, document.part));
    document.has_body = false;
  }
  return true;
}

}  // namespace sluice::prepare
