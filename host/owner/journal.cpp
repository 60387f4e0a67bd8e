#include "owner/journal.h"

#include <array>

#include "model/layout.h"

namespace sluice::owner {
namespace {

// One step a line, fields by tabs: op, staged, target, sha256, replaces or "-". Published names
// hold neither tab nor newline (names.h); a raw file's extension is letters and digits.
constexpr std::array<std::string_view, 4> kOpWords = {"file", "dir", "remove-file", "remove-dir"};

std::optional<Step::Op> parse_op(std::string_view word) {
  for (std::size_t i = 0; i < kOpWords.size(); ++i) {
    if (kOpWords[i] == word) return static_cast<Step::Op>(i);
  }
  return std::nullopt;
}

// Cuts the text up to `end` off the front; nothing if `end` is not there.
std::optional<std::string_view> take(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view field = text.substr(0, at);
  text.remove_prefix(at + 1);
  return field;
}

std::optional<Step> parse_step(std::string_view line) {
  const auto op_word = take(line, '\t');
  const auto staged = take(line, '\t');
  const auto target = take(line, '\t');
  const auto sha256 = take(line, '\t');
  if (!op_word || !staged || !target || !sha256) return std::nullopt;
  const auto op = parse_op(*op_word);
  const auto digest = platform::digest_from_hex(*sha256);
  const auto where = parse_target(*target);
  if (!op || !digest || !where || !layout::is_plain_name(*staged)) return std::nullopt;
  if (is_directory(*op) != (where->shelf == Shelf::kImages)) return std::nullopt;
  Step step{*op, std::string(*staged), std::string(*target), *digest, std::nullopt};
  if (line != "-") {
    step.replaces = platform::digest_from_hex(line);
    if (!step.replaces) return std::nullopt;
  }
  return step;
}

// What comes behind `top` in a path that is that folder or below it.
std::optional<std::string_view> below(std::string_view path, std::string_view top) {
  if (!path.starts_with(top)) return std::nullopt;
  path.remove_prefix(top.size());
  if (path.empty()) return path;
  if (path.front() != '/') return std::nullopt;
  return path.substr(1);
}

bool has_images_folder(std::string_view folder) {
  while (!folder.empty()) {
    if (layout::leaf_of(folder) == layout::kImagesFolder) return true;
    folder = layout::folder_of(folder);
  }
  return false;
}

}  // namespace

bool is_directory(Step::Op op) {
  return op == Step::Op::kPublishDir || op == Step::Op::kRemoveDir;
}

std::optional<Target> parse_target(std::string_view path) {
  if (!layout::is_contained(path)) return std::nullopt;
  const std::size_t slash = path.rfind('/');
  if (path == layout::kIndex) return Target{Shelf::kWiki, std::string(path.substr(slash + 1))};
  if (slash == std::string_view::npos) return std::nullopt;
  std::string name(path.substr(slash + 1));
  path = path.substr(0, slash);
  if (const auto folder = below(path, layout::kRaw)) {
    return Target{Shelf::kRaw, std::move(name), std::string(*folder)};
  }
  auto folder = below(path, layout::kSources);
  if (!folder) return std::nullopt;
  const bool is_image = layout::leaf_of(*folder) == layout::kImagesFolder;
  if (is_image) folder = layout::folder_of(*folder);
  // `images` itself is no document's.
  if (!is_image && name == layout::kImagesFolder) return std::nullopt;
  if (has_images_folder(*folder)) return std::nullopt;
  return Target{is_image ? Shelf::kImages : Shelf::kSources, std::move(name), std::string(*folder)};
}

std::optional<Target> parse_published(std::string_view path) {
  if (auto target = parse_target(path)) return target;
  if (!layout::is_contained(path)) return std::nullopt;
  auto images = parse_target(layout::folder_of(path));
  if (!images || images->shelf != Shelf::kImages) return std::nullopt;
  images->name = layout::name_in(images->name, layout::leaf_of(path));
  return images;
}

std::string path_of(const Target& target) {
  if (target.shelf == Shelf::kWiki) return std::string(layout::kWiki) + '/' + target.name;
  std::string path = target.shelf == Shelf::kRaw ? layout::kRaw : layout::kSources;
  if (!target.folder.empty()) path += '/' + target.folder;
  if (target.shelf == Shelf::kImages) path = layout::name_in(path, layout::kImagesFolder);
  return path + '/' + target.name;
}

std::string path_from_top(const Target& target) {
  if (target.folder.empty()) return target.name;
  std::string path = target.folder + '/';
  if (target.shelf == Shelf::kImages) path.append(layout::kImagesFolder) += '/';
  return path + target.name;
}

std::string format_steps(const std::vector<Step>& steps) {
  std::string text;
  for (const Step& step : steps) {
    text += kOpWords[static_cast<std::size_t>(step.op)];
    text += '\t' + step.staged + '\t' + step.target + '\t' + platform::to_hex(step.sha256) + '\t';
    text += step.replaces ? platform::to_hex(*step.replaces) : "-";
    text += '\n';
  }
  return text;
}

std::optional<std::vector<Step>> parse_steps(std::string_view text) {
  const std::string_view whole = text;
  std::vector<Step> steps;
  while (!text.empty()) {
    const auto line = take(text, '\n');
    if (!line) return std::nullopt;
    auto step = parse_step(*line);
    if (!step) return std::nullopt;
    steps.push_back(std::move(*step));
  }
  // A digest in capitals, say, is not ours either.
  if (format_steps(steps) != whole) return std::nullopt;
  return steps;
}

}  // namespace sluice::owner
