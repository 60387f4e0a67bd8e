#include "model/layout.h"

#include <algorithm>

namespace sluice::layout {
namespace {

std::string joined(std::string_view folder, std::string_view name) {
  std::string path(folder);
  path += '/';
  path += name;
  return path;
}

// "12" for the first prepare of source 12, "12-1" for the next: attempts never share a file. "12+3"
// is a document within that source.
std::string staged(std::uint64_t sequence, unsigned attempt, std::uint32_t part,
                   std::string_view suffix) {
  std::string name = std::to_string(sequence);
  if (attempt != 0) name += '-' + std::to_string(attempt);
  if (part != 0) name += '+' + std::to_string(part);
  name += suffix;
  return name;
}

bool is_plain_part(std::string_view part) {
  return !part.empty() && part != "." && part != ".." && part.find('\0') == std::string_view::npos;
}

}  // namespace

std::string_view word(Kind kind) {
  return kind == Kind::kMirror ? "mirror" : "flat";
}

std::optional<Kind> kind_from_word(std::string_view text) {
  for (const Kind kind : {Kind::kFlat, Kind::kMirror}) {
    if (word(kind) == text) return kind;
  }
  return std::nullopt;
}

std::string_view leaf_of(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

std::string_view folder_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
}

std::string name_in(std::string_view folder, std::string_view leaf) {
  return folder.empty() ? std::string(leaf) : joined(folder, leaf);
}

std::string_view take_part(std::string_view& path) {
  const std::string_view part = path.substr(0, path.find('/'));
  path.remove_prefix(std::min(path.size(), part.size() + 1));
  return part;
}

std::string raw_path(std::string_view name, std::string_view extension) {
  std::string path = joined(kRaw, name);
  if (!extension.empty()) {
    path += '.';
    path += extension;
  }
  return path;
}

std::string markdown_path(std::string_view name) {
  return joined(kSources, name) + ".md";
}

std::string folder_path(std::string_view folder) {
  return joined(kSources, folder);
}

std::string images_path(std::string_view name) {
  std::string path = name_in(folder_of(name), kImagesFolder);
  path = joined(kSources, path);
  return joined(path, leaf_of(name));
}

std::string sidecar_path(std::string_view name, std::string_view kind) {
  std::string path = joined(kSources, name);
  path += '.';
  path += kind;
  path += ".json";
  return path;
}

std::string image_link(std::string_view name, std::string_view file_name) {
  std::string link(kImageLinkPrefix);
  link += leaf_of(name);
  link += '/';
  link += file_name;
  return link;
}

std::string document_link(std::string_view from, std::string_view name) {
  // What both folders begin with, whole parts only.
  std::string_view up = folder_of(from);
  std::string_view down = name;
  while (!up.empty()) {
    std::string_view up_rest = up;
    std::string_view down_rest = down;
    if (take_part(up_rest) != take_part(down_rest) || down_rest.empty()) break;
    up = up_rest;
    down = down_rest;
  }
  std::string link;
  while (!up.empty()) {
    link += "../";
    take_part(up);
  }
  // A name holds no character that would end a link destination.
  link += down;
  link += ".md";
  return link;
}

std::string index_link(std::string_view name) {
  return joined("sources", name) + ".md";
}

std::string staged_raw(std::uint64_t sequence, unsigned attempt, std::uint32_t part) {
  return staged(sequence, attempt, part, ".raw");
}

std::string staged_body(std::uint64_t sequence, unsigned attempt, std::uint32_t part) {
  return staged(sequence, attempt, part, ".body");
}

std::string staged_markdown(std::uint64_t sequence, unsigned attempt, std::uint32_t part) {
  return staged(sequence, attempt, part, ".md");
}

std::string staged_assets(std::uint64_t sequence, unsigned attempt, std::uint32_t part) {
  return staged(sequence, attempt, part, ".assets");
}

std::string staged_scratch(std::uint64_t sequence) {
  return staged(sequence, 0, 0, ".scratch");
}

std::string staged_sidecar(std::uint64_t sequence, unsigned attempt, std::string_view kind,
                           std::uint32_t part) {
  return staged(sequence, attempt, part, "." + std::string(kind) + ".json");
}

std::string hook_lock_name(std::string_view id) {
  return "hook-" + std::string(id) + ".lock";
}

std::string watch_lock_name(std::string_view id) {
  return "watch-" + std::string(id) + ".lock";
}

std::string batch_dir(std::string_view batch) {
  return joined(kStaging, batch);
}

std::string lease_name(std::string_view batch) {
  return std::string(batch).append(kLeaseSuffix);
}

std::optional<std::string> batch_of_lease(std::string_view name) {
  if (name.size() <= kLeaseSuffix.size() || !name.ends_with(kLeaseSuffix)) return std::nullopt;
  return std::string(name.substr(0, name.size() - kLeaseSuffix.size()));
}

bool is_contained(std::string_view path) {
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = path.find('/', begin);
    if (!is_plain_part(path.substr(begin, end - begin))) return false;
    if (end == std::string_view::npos) return true;
    begin = end + 1;
  }
}

bool is_plain_name(std::string_view name) {
  return is_contained(name) && name.find('/') == std::string_view::npos;
}

}  // namespace sluice::layout
