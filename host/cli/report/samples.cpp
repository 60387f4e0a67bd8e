#include "cli/report/samples.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "cli/report/base64.h"
#include "model/headings.h"
#include "model/layout.h"
#include "model/utf8.h"
#include "owner/journal.h"
#include "platform/error.h"

namespace sluice::cli {
namespace {

// A page is to stay small enough to be sent by mail: 12 documents with 3 pictures of at most 256
// KiB are 12 MiB in base64 at worst.
constexpr std::size_t kMaxSamples = 12;
constexpr std::size_t kMaxPictures = 3;
constexpr std::uint64_t kMaxPictureBytes = 256 << 10;
// About two pages of text.
constexpr std::size_t kMaxTextBytes = 6 << 10;

// The pictures that every browser shows, by their first bytes. No SVG: it is a program.
std::string_view picture_type(std::string_view content) {
  using namespace std::string_view_literals;
  if (content.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (content.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (content.starts_with("GIF8"sv)) return "image/gif";
  if (content.starts_with("RIFF"sv) && content.substr(0, 12).ends_with("WEBP"sv)) {
    return "image/webp";
  }
  return {};
}

// A published file, or a picture in a published folder; no link is followed.
std::optional<platform::File> open_published(const owner::KnowledgeBase& kb,
                                             const std::string& path) {
  const auto target = owner::parse_published(path);
  return target ? kb.open_read(*target) : std::nullopt;
}

// The first bytes of a published file, at most `limit`; nothing if it cannot be read.
std::optional<std::string> beginning_of(const owner::KnowledgeBase& kb, const std::string& path,
                                        std::uint64_t limit) {
  try {
    const auto file = open_published(kb, path);
    if (!file) return std::nullopt;
    std::string text(std::min<std::uint64_t>(kb.files().info(*file).identity.size, limit), '\0');
    text.resize(
        kb.files().read(*file, 0, std::as_writable_bytes(std::span(text.data(), text.size()))));
    return text;
  } catch (const SystemError&) {
    return std::nullopt;
  }
}

std::vector<std::string> pictures_of(const owner::KnowledgeBase& kb, std::int64_t document) {
  std::vector<std::string> pictures;
  for (const owner::PublishedFile& file : kb.registry().files_of(document)) {
    if (pictures.size() == kMaxPictures) break;
    if (file.kind != owner::PublishedFile::Kind::kAsset || file.size > kMaxPictureBytes) continue;
    const auto content = beginning_of(kb, file.path, kMaxPictureBytes);
    if (!content) continue;
    const std::string_view type = picture_type(*content);
    if (type.empty()) continue;
    pictures.push_back("data:" + std::string(type) + ";base64," +
                       base64(std::as_bytes(std::span(*content))));
  }
  return pictures;
}

// Documents that have files, the most telling first; a few more than are shown, since the files of
// some are no pictures.
std::vector<owner::Document> candidates(const owner::Registry& registry) {
  constexpr std::size_t kMaxCandidates = 4 * kMaxSamples;
  const auto tells_more = [](const owner::Document& a, const owner::Document& b) {
    const bool a_is_partial = a.outcome == Outcome::kPartial;
    const bool b_is_partial = b.outcome == Outcome::kPartial;
    if (a_is_partial != b_is_partial) return a_is_partial;
    return a.updated_at > b.updated_at;
  };
  std::vector<owner::Document> best;
  registry.each_document([&](const owner::Document& document) {
    if (document.assets == 0) return;
    if (best.size() == kMaxCandidates && !tells_more(document, best.back())) return;
    best.insert(std::upper_bound(best.begin(), best.end(), document, tells_more), document);
    if (best.size() > kMaxCandidates) best.pop_back();
  });
  return best;
}

}  // namespace

std::vector<Sample> make_samples(const owner::KnowledgeBase& kb) {
  std::vector<Sample> samples;
  for (const owner::Document& document : candidates(kb.registry())) {
    if (samples.size() == kMaxSamples) break;
    std::vector<std::string> pictures = pictures_of(kb, document.id);
    if (pictures.empty()) continue;
    const auto text = beginning_of(kb, document.markdown, kMaxTextBytes);
    if (!text) continue;
    samples.push_back({document.name, document.path_key, document.markdown,
                       mended_utf8(without_front_matter(*text)),
                       std::string(word(document.outcome)), std::move(pictures)});
  }
  return samples;
}

}  // namespace sluice::cli
