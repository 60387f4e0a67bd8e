#include "cli/converted_files.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <vector>

#include "cli/text.h"
#include "cli/workspace.h"
#include "model/layout.h"
#include "model/names.h"
#include "platform/error.h"
#include "platform/percent_encoding.h"

namespace sluice::cli {
namespace {

namespace fs = std::filesystem;

// Encodes what would end a link destination, and what Markdown reads as syntax.
std::string as_destination(const std::string& path) {
  return platform::percent_encoded(path, "()<>%?#\\");
}

// The Markdown with other link destinations: where they stand, and what they replace.
struct Destination {
  std::size_t position = 0;
  std::size_t length = 0;
  std::string text;
};

std::string with_destinations(const std::string& markdown, std::vector<Destination> all) {
  std::sort(all.begin(), all.end(), [](const Destination& one, const Destination& other) {
    return one.position < other.position;
  });
  std::string out;
  std::size_t done = 0;
  for (const Destination& one : all) {
    out.append(markdown, done, one.position - done);
    out += one.text;
    done = one.position + one.length;
  }
  return out.append(markdown, done);
}

// Its images stand in `folder` instead of images/<name>.
void lead_to_images(const Bundle& bundle, const std::string& folder,
                    std::vector<Destination>& all) {
  const std::size_t before = layout::kImageLinkPrefix.size();
  for (const std::uint64_t position : bundle.name_positions) {
    all.push_back({static_cast<std::size_t>(position) - before,
                   before + bundle.placeholder_name.size(), as_destination(folder)});
  }
}

// `folder`: where the documents within it are, seen from this one's Markdown; empty, or with a `/`
// behind.
void lead_to_children(const Bundle& bundle, const ChildNamesByKey& names, const std::string& folder,
                      std::vector<Destination>& all) {
  for (const StagedLink& link : bundle.links) {
    const auto name = names.find(link.path_key);
    if (name == names.end()) continue;
    all.push_back({static_cast<std::size_t>(link.position), static_cast<std::size_t>(link.length),
                   as_destination(folder + layout::document_link({}, name->second))});
  }
}

// A comment ends at a `>`.
std::string in_comment(const std::string& path) {
  std::string text;
  for (const char c : visible(path)) text += c == '<' || c == '>' ? '_' : c;
  return text;
}

platform::Dir make_folder(platform::Files& files, const Io& io, const std::string& folder,
                          const char* what) {
  const std::string path = absolute_path(io, folder);
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw SystemError("make the directory", folder, error);
  auto to = files.open_dir(path);
  if (!to) throw Error(what, folder, "it is not a directory", "name another folder");
  return std::move(*to);
}

[[noreturn]] void refuse_missing() {
  throw Error("read", "the converted document", "its staged file is gone", "run it again");
}

}  // namespace

ChildNamesByKey names_of_children(const Bundle& root) {
  ChildNamesByKey names;
  std::set<std::string> taken;
  for (const Bundle& child : root.children) {
    if (child.kind != Bundle::Kind::kPrepared) continue;
    const std::string key = child.source.path_key();
    std::string name = child.placeholder_name;
    for (std::size_t digits = 8; !taken.insert(name_key(name)).second; digits += 8) {
      name = suffixed_name(child.placeholder_name, key, digits);
    }
    names.emplace(key, std::move(name));
  }
  return names;
}

std::string ConvertedFiles::read(const platform::Dir& dir, const StagedFile& staged) const {
  const auto file = files_.open_read(dir, staged.name);
  std::string text(static_cast<std::size_t>(staged.size()), '\0');
  if (!file || files_.read(*file, 0, std::as_writable_bytes(std::span(text.data(), text.size()))) !=
                   text.size()) {
    refuse_missing();
  }
  return text;
}

void ConvertedFiles::keep_file(const platform::Dir& to, const std::string& folder,
                               const std::string& name, const std::string& content) const {
  if (files_.info(to, name)) {
    throw Error("write", folder + "/" + name, "this file already exists",
                "give --assets an empty directory");
  }
  files_.write(files_.create(to, name), 0, std::as_bytes(std::span(content)));
}

void ConvertedFiles::keep_pictures(const Bundle& bundle, const std::string& folder) const {
  if (bundle.assets.empty()) return;
  const platform::Dir to = make_folder(files_, io_, folder, "keep the images in");
  const auto from = files_.open_dir(staging_, bundle.assets_dir);
  if (!from)
    throw Error("read", "the converted document", "its staged images are gone", "run it again");
  for (const auto& asset : bundle.assets) {
    keep_file(to, folder, asset.name, read(*from, asset));
  }
}

// The Markdown of each document within the source, with its images beside it in images/<name>.
void ConvertedFiles::keep_children(const std::string& folder) const {
  if (names_.empty()) return;
  const platform::Dir to = make_folder(files_, io_, folder, "keep the documents in");
  for (const Bundle& child : root_.children) {
    const auto name = names_.find(child.source.path_key());
    if (name == names_.end()) continue;
    std::vector<Destination> destinations;
    const std::string images = layout::image_link(name->second, "");
    const std::string pictures = images.substr(0, images.size() - 1);
    lead_to_images(child, pictures, destinations);
    lead_to_children(child, names_, "", destinations);
    keep_file(to, folder, layout::document_link({}, name->second),
              with_destinations(read(staging_, child.markdown), std::move(destinations)));
    keep_pictures(child, folder + "/" + pictures);
  }
}

std::string ConvertedFiles::markdown() const {
  return read(staging_, root_.markdown);
}

void ConvertedFiles::print_markdown(std::ostream& out) const {
  constexpr std::size_t kPiece = std::size_t{256} << 10;
  const StagedFile& staged = root_.markdown;
  const auto file = files_.open_read(staging_, staged.name);
  std::string piece(static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, staged.size())), '\0');
  std::uint64_t at = 0;
  while (at < staged.size() && out) {
    const std::size_t got =
        file ? files_.read(*file, at, std::as_writable_bytes(std::span(piece))) : 0;
    if (got == 0) refuse_missing();
    out.write(piece.data(), static_cast<std::streamsize>(got));
    at += got;
  }
}

std::string ConvertedFiles::keep_in(const std::string& folder, const std::string& seen_as) const {
  std::vector<Destination> destinations;
  lead_to_images(root_, seen_as, destinations);
  lead_to_children(root_, names_, seen_as + "/", destinations);
  keep_pictures(root_, folder);
  keep_children(folder);
  return with_destinations(markdown(), std::move(destinations));
}

std::string ConvertedFiles::with_children() const {
  std::string text = markdown();
  for (const Bundle& child : root_.children) {
    if (!names_.contains(child.source.path_key())) continue;
    text += "\n<!-- document: " + in_comment(child.source.given) + " -->\n\n";
    text += read(staging_, child.markdown);
  }
  return text;
}

}  // namespace sluice::cli
