#include "prepare/web_pictures.h"

#include <sluice/abi.h>

#include <algorithm>
#include <array>
#include <optional>

#include "fetch/fetcher.h"
#include "platform/error.h"
#include "platform/percent_encoding.h"
#include "plugin/asset_type.h"

namespace sluice::prepare {
namespace {

using Clock = std::chrono::steady_clock;

// For one picture, and for all of a page: the converter waits meanwhile, and its own time goes on.
constexpr std::chrono::seconds kTimeOfOne{20};
constexpr std::chrono::seconds kTimeOfAll{60};

bool is_picture(platform::Files& files, const platform::File& file) {
  std::array<char, plugin::kAssetPrefixBytes> prefix;
  const std::size_t size = files.read(file, 0, std::as_writable_bytes(std::span(prefix)));
  return plugin::is_asset_content({prefix.data(), size});
}

// Of the page's own server; nothing for any other place. The converter has taken the escapes off.
std::optional<Url> url_of(const std::string& page, const std::string& path) {
  std::string why_not;
  const auto base = parse_url(page, why_not);
  if (!base || path.empty() || path.front() == '/') return std::nullopt;
  auto url = resolve_url(*base, "./" + platform::percent_encoded(path, "%?#"), why_not);
  if (!url || url->origin() != base->origin()) return std::nullopt;
  return url;
}

}  // namespace

std::int32_t WebPictures::open(Document& document, const std::string& path,
                               platform::OsHandle& out) const {
  const WebPictureLimits& limits = context_.settings.web_pictures;
  PictureUse& use = document.pictures;
  const auto url = url_of(document.bundle.fetched.final_url, path);
  if (!limits.wanted || !context_.fetcher || !url || use.pictures >= limits.pictures ||
      use.bytes >= limits.bytes || use.time >= kTimeOfAll) {
    return SLUICE_STATUS_NOT_FOUND;
  }
  ++use.pictures;
  const Clock::time_point begin = Clock::now();
  std::int32_t status = SLUICE_STATUS_NOT_FOUND;
  try {
    platform::File file = fetch(document, *url);
    if (is_picture(context_.files, file)) {
      out = std::move(file.handle);
      status = SLUICE_STATUS_OK;
    }
  } catch (const fetch::FetchFailure& failure) {
    if (wants_debug(context_.log)) {
      context_.log->write(Log::Level::kDebug, url->text() + ": " + failure.reason);
    }
  } catch (const SystemError& error) {
    if (wants_debug(context_.log)) context_.log->write(Log::Level::kDebug, error.what());
  }
  use.time += Clock::now() - begin;
  return status;
}

platform::File WebPictures::fetch(Document& document, const Url& url) const {
  platform::File file = context_.files.create_unnamed(
      context_.staging.dir(), "picture-" + std::to_string(document.sequence()));
  std::uint64_t size = 0;
  const auto write = [&](std::string_view piece) {
    context_.files.write(file, size, std::as_bytes(std::span(piece)));
    size += piece.size();
    document.pictures.bytes += piece.size();
  };
  fetch::Fetcher::Calls calls{write, &stop_};
  calls.max_bytes = context_.settings.web_pictures.bytes - document.pictures.bytes;
  calls.timeout = kTimeOfOne;
  context_.fetcher->fetch(url, {}, calls);
  return file;
}

}  // namespace sluice::prepare
