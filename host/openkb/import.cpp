#include "openkb/import.h"

#include <algorithm>
#include <map>
#include <sluice/abi_rules.hpp>

#include "model/headings.h"
#include "model/layout.h"
#include "model/names.h"
#include "model/open_dir_below.h"
#include "model/path_text.h"
#include "model/utf8.h"
#include "openkb/json.h"
#include "openkb/picture_links.h"
#include "platform/error.h"
#include "plugin/asset_type.h"
#include "prepare/body_text.h"
#include "prepare/front_matter.h"
#include "staging/asset_names.h"
#include "staging/staged_file.h"

namespace sluice::openkb {
namespace {

using platform::Dir;
using platform::File;
using platform::Files;

constexpr std::size_t kChunk = 512 << 10;
// OpenKB itself reads the whole text of a document into memory. A book has a few MB.
constexpr std::uint64_t kMaxTextBytes = 256ULL << 20;

// Why one document cannot be taken over.
struct Refusal {
  Outcome outcome;
  std::string reason;
  std::string hint = {};
};

std::string read_part(Files& files, const File& file, std::uint64_t at, std::size_t most) {
  std::string part(most, '\0');
  part.resize(files.read(file, at, std::as_writable_bytes(std::span(part.data(), most))));
  return part;
}

template <class Take>
void read_through(Files& files, const File& file, Take take) {
  for (std::uint64_t at = 0;;) {
    const std::string chunk = read_part(files, file, at, kChunk);
    if (chunk.empty()) return;
    take(chunk);
    at += chunk.size();
  }
}

// The text of a document in one piece, or page by page.
struct Text {
  std::vector<Page> pages;  // one with the number 0: all of it
  bool has_pages = false;
};

Text read_text(Files& files, const Folder& folder, const Entry& entry) {
  for (const std::string& path : folder.texts_of(entry)) {
    const auto file = folder.open(path);
    if (!file) continue;
    const std::uint64_t size = files.info(*file).identity.size;
    if (size > kMaxTextBytes) throw Refusal{Outcome::kLimit, path + " is larger than 256 MiB"};
    const std::string text = read_part(files, *file, 0, static_cast<std::size_t>(size));
    if (!path.ends_with(".json")) return {{Page{0, text, {}}}, false};
    auto pages = parse_pages(text);
    if (!pages) throw Refusal{Outcome::kMalformed, path + " is no list of pages"};
    return {std::move(*pages), true};
  }
  throw Refusal{Outcome::kIo, "its Markdown is not in wiki/sources",
                "convert its source with 'sluice add'"};
}

// A file with the bytes that the row of its document names.
struct Copy {
  std::string path;
  File file;
};

class Copies {
 public:
  Copies(Files& files, const Folder& folder, const Entry& entry)
      : files_(files), folder_(folder), entry_(entry) {
    if (!entry.sha256) throw Refusal{Outcome::kIo, "its key in hashes.json is no SHA-256"};
  }

  // Calls `matches` with each file that may be it, until one is. Throws Refusal.
  template <class Matches>
  Copy find(Matches matches) const {
    std::string other;
    for (const std::string& path : folder_.copies_of(entry_)) {
      auto file = folder_.open(path);
      if (!file) continue;
      if (matches(*file)) return {path, std::move(*file)};
      if (other.empty()) other = path;
    }
    if (!other.empty()) {
      throw Refusal{Outcome::kIo, other + " has other bytes than its row in hashes.json says",
                    "convert it with 'sluice add'"};
    }
    throw Refusal{Outcome::kIo, "its source is not in raw/", "look for the file and add that"};
  }

  bool has_bytes(const File& file) const {
    platform::Sha256 hash;
    read_through(files_, file, [&](const std::string& chunk) { hash.update(chunk); });
    return hash.finish() == *entry_.sha256;
  }

 private:
  Files& files_;
  const Folder& folder_;
  const Entry& entry_;
};

// The pictures of one document, in staging under the names that they get.
class Pictures {
 public:
  Pictures(Files& files, const Folder& folder, const Entry& entry) : files_(files) {
    const std::string name = entry.document();
    if (!layout::is_plain_name(name)) return;
    dir_ = open_dir_below(files, folder.dir(), layout::name_in(kImages, name));
    if (!dir_) return;
    for (const platform::DirEntry& one : files.list(*dir_)) names_.push_back(one.name);
    std::sort(names_.begin(), names_.end());
  }

  // Copies them. What is no picture is left out, with a warning.
  void stage(Bundle& bundle, const Dir& staging, const std::string& folder, const Limits& limits,
             platform::Sha256& hash) {
    AssetNames namer;
    std::optional<Dir> to;
    std::uint64_t room = limits.output_bytes;
    for (const std::string& name : names_) {
      const auto file = regular_file(name);
      const std::string prefix =
          file ? read_part(files_, *file, 0, plugin::kAssetPrefixBytes) : std::string();
      if (!file || !plugin::is_asset_content(prefix)) {
        bundle.warnings.push_back({"no-picture", name + " is no picture, and is left out"});
        continue;
      }
      const std::uint64_t size = files_.info(*file).identity.size;
      if (bundle.assets.size() == limits.assets || size > room) {
        throw Refusal{Outcome::kLimit, "its pictures are more than [limits] allows"};
      }
      room -= size;
      if (!to) {
        files_.make_dir(staging, folder, platform::Access::kUmask);
        to = files_.open_dir(staging, folder);
        if (!to) throw Error("stage", folder, "the new folder is gone", "run it again");
        bundle.assets_dir = folder;
      }
      StagedWriter writer(files_, *to, namer.next(name, plugin::sniff(prefix, "", name).media_type),
                          hash);
      read_through(files_, *file, [&](const std::string& chunk) { writer.write(chunk); });
      bundle.assets.push_back(writer.finish());
      by_name_.emplace(name, bundle.assets.size() - 1);
    }
  }

  std::optional<std::size_t> find(const std::string& file_name) const {
    const auto found = by_name_.find(file_name);
    return found == by_name_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::optional<File> regular_file(const std::string& name) const {
    const auto info = files_.info(*dir_, name);
    if (!info || info->kind != platform::FileKind::kRegular) return std::nullopt;
    return files_.open_read(*dir_, name);
  }

  Files& files_;
  std::optional<Dir> dir_;
  std::vector<std::string> names_;
  std::map<std::string, std::size_t> by_name_;
};

// Cuts off front matter that Sluice would write back unchanged, and returns it.
std::string split_front_matter(std::string& text) {
  constexpr std::size_t kFence = std::string_view("---\n").size();
  const std::size_t end = body_begin(text);
  if (end <= 2 * kFence) return {};
  std::string yaml = text.substr(kFence, end - 2 * kFence);
  if (!is_utf8(yaml) || !abi_rules::front_matter_fault(yaml).empty()) return {};
  text.erase(0, end);
  return yaml;
}

// The first heading of level 1; empty if there is none.
std::string title_in(std::string_view text) {
  Headings headings(text);
  auto heading = headings.next();
  while (heading && (heading->level > 1 || heading->text.empty())) heading = headings.next();
  return heading ? mended_utf8(heading->text) : std::string();
}

// Writes the Markdown file of a bundle.
class Writing {
 public:
  Writing(Bundle& bundle, const Entry& entry, const Pictures& pictures, StagedWriter& out)
      : bundle_(bundle), doc_name_(entry.document()), pictures_(pictures), out_(out), body_(out) {}

  void write(const Text& text) {
    for (const Page& page : text.pages) {
      if (text.has_pages) {
        body_.mark();
        numbers_.push_back(page.number);
        body_.put("<!-- page " + std::to_string(page.number) + " -->\n\n");
      }
      put(page.content);
      put_pictures_beside(page);
      if (text.has_pages) body_.put("\n\n");
    }
    body_.end();
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      bundle_.parts.push_back({body_.marks()[i], numbers_[i], "page", ""});
    }
    const bool has_text = std::any_of(text.pages.begin(), text.pages.end(), [](const Page& page) {
      return page.content.find_first_not_of(" \t\r\n") != std::string::npos;
    });
    if (!has_text && bundle_.assets.empty()) {
      throw Refusal{Outcome::kEmpty, "there is no text in it"};
    }
    if (body_.replaced() > 0) {
      bundle_.warnings.push_back(
          {"invalid-utf8", abi_rules::replaced_characters(body_.replaced())});
    }
    bundle_.markdown = out_.finish();
  }

 private:
  void put(std::string_view text) {
    std::size_t at = 0;
    const auto find = [this](const std::string& name) { return pictures_.find(name); };
    for (const PictureLink& link : find_picture_links(text, doc_name_, find)) {
      body_.put(text.substr(at, link.begin - at));
      put_link(link.picture);
      at = link.end;
    }
    body_.put(text.substr(at));
  }

  void put_link(std::size_t picture) {
    const std::string& name = bundle_.assets[picture].name;
    const std::uint64_t at = body_.splice(layout::image_link(bundle_.placeholder_name, name));
    bundle_.name_positions.push_back(at + layout::kImageLinkPrefix.size());
  }

  // Those that the page has, and its text does not name.
  void put_pictures_beside(const Page& page) {
    for (const std::string& path : page.pictures) {
      const std::string name(layout::leaf_of(path));
      const auto picture = pictures_.find(name);
      if (!picture || page.content.find("/" + name) != std::string::npos) continue;
      body_.put("\n\n![](");
      put_link(*picture);
      body_.put(")");
    }
  }

  Bundle& bundle_;
  const std::string doc_name_;
  const Pictures& pictures_;
  StagedWriter& out_;
  prepare::BodyText body_;
  std::vector<std::uint64_t> numbers_;
};

// One document on its way into staging.
class Taking {
 public:
  Taking(Files& files, const Folder& folder, const Entry& entry,
         const prepare::PrepareSettings& settings, const Dir& staging, Bundle& bundle,
         unsigned attempt)
      : files_(files),
        folder_(folder),
        entry_(entry),
        settings_(settings),
        staging_(staging),
        bundle_(bundle),
        sequence_(bundle.source.sequence),
        attempt_(attempt) {}

  void take() {
    Text text = read_text(files_, folder_, entry_);
    take_raw();
    const Limits& limits = settings_.limits;
    Pictures pictures(files_, folder_, entry_);
    pictures.stage(bundle_, staging_, layout::staged_assets(sequence_, attempt_), limits, hash_);
    write_markdown(text, pictures);
    bundle_.has_sections = settings_.output.sections;
    bundle_.staged_bytes = bundle_.raw.size() + bundle_.markdown.size();
    for (const StagedFile& asset : bundle_.assets) bundle_.staged_bytes += asset.size();
    bundle_.kind = Bundle::Kind::kPrepared;
    bundle_.outcome = Outcome::kOk;
  }

 private:
  // Copies what may be the source, and keeps the copy that has the right bytes.
  void take_raw() {
    const std::string name = layout::staged_raw(sequence_, attempt_);
    const Copies copies(files_, folder_, entry_);
    const Copy copy = copies.find([&](const File& file) {
      if (files_.info(file).identity.size > settings_.limits.source_bytes) {
        throw Refusal{Outcome::kLimit, "it is larger than [limits] source allows"};
      }
      StagedWriter writer(files_, staging_, name, hash_);
      read_through(files_, file, [&](const std::string& chunk) { writer.write(chunk); });
      bundle_.raw = writer.finish();
      if (bundle_.raw.sha256 == *entry_.sha256) return true;
      files_.unlink(staging_, name);
      return false;
    });
    bundle_.sha256 = bundle_.raw.sha256;
    bundle_.identity.size = bundle_.raw.size();
    const std::string prefix = read_part(files_, copy.file, 0, plugin::kSniffBytes);
    const auto range = plugin::directory_range(prefix, bundle_.raw.size());
    const std::string directory = read_part(files_, copy.file, range.offset, range.size);
    bundle_.media_type = plugin::sniff(prefix, directory, bundle_.source.file_name()).media_type;
  }

  void write_markdown(Text& text, const Pictures& pictures) {
    StagedWriter out(files_, staging_, layout::staged_markdown(sequence_, attempt_), hash_);
    out.print_lines();
    const bool has_front_matter = settings_.output.front_matter;
    std::string author;
    if (has_front_matter && !text.has_pages) author = split_front_matter(text.pages[0].content);
    std::vector<wire::Field> metadata;
    const std::string title = text.pages.empty() ? "" : title_in(text.pages[0].content);
    if (!title.empty()) metadata.push_back({"title", title});
    if (text.has_pages) metadata.push_back({"pages", std::to_string(text.pages.size())});
    if (has_front_matter) {
      out.write(prepare::front_matter(
          author, metadata,
          {path_text(bundle_.source.path_key()), platform::to_hex(bundle_.sha256),
           bundle_.media_type, std::string(kConverter) + " " + kConverterVersion}));
    }
    prepare::note_title(bundle_, metadata);
    Writing(bundle_, entry_, pictures, out).write(text);
  }

  Files& files_;
  const Folder& folder_;
  const Entry& entry_;
  const prepare::PrepareSettings& settings_;
  const Dir& staging_;
  Bundle& bundle_;
  const std::uint64_t sequence_;
  const unsigned attempt_;
  platform::Sha256 hash_;
};

}  // namespace

std::string Importer::problem_of(const Entry& entry) const {
  try {
    (void)read_text(files_, folder_, entry);
    const Copies copies(files_, folder_, entry);
    (void)copies.find([&](const File& file) { return copies.has_bytes(file); });
    return {};
  } catch (const Refusal& refusal) {
    return refusal.reason;
  } catch (const SystemError& error) {
    return error.cause();
  }
}

Bundle Importer::bundle_of(const Entry& entry, const Source& source, unsigned attempt) const {
  Bundle bundle;
  bundle.failed_flushes = staging_.failed_flushes();
  bundle.source = source;
  bundle.identity_settled = false;
  if (entry.sha256) bundle.sha256 = *entry.sha256;
  bundle.converter = kConverter;
  bundle.converter_version = kConverterVersion;
  bundle.placeholder_name = document_name(entry.document());
  try {
    Taking(files_, folder_, entry, settings_, staging_.dir(), bundle, attempt).take();
  } catch (const Refusal& refusal) {
    bundle.outcome = refusal.outcome;
    bundle.reason = refusal.reason;
    bundle.hint = refusal.hint;
  } catch (const SystemError& error) {
    bundle.outcome = Outcome::kIo;
    bundle.reason = error.cause();
    bundle.storage_full = error.is_storage_full();
  }
  return bundle;
}

}  // namespace sluice::openkb
