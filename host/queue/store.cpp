#include "queue/store.h"

#include "platform/error.h"
#include "queue/store_kinds.h"

namespace sluice::queue {

std::unique_ptr<Store> open_store(
    platform::Files& files, std::string_view url, const std::string& subfolder,
    const std::function<std::optional<std::string>(const std::string&)>& env) {
  const StoreUrl parsed = parse_store_url(url);
  if (parsed.kind == StoreUrl::Kind::kFolder) {
    return open_folder_store(files, parsed.folder, subfolder);
  }
  S3Keys keys{.id = env("AWS_ACCESS_KEY_ID").value_or(""),
              .secret = env("AWS_SECRET_ACCESS_KEY").value_or(""),
              .session_token = env("AWS_SESSION_TOKEN").value_or("")};
  if (keys.id.empty() || keys.secret.empty()) {
    throw Error("use", "the store " + std::string(url), "there are no keys for it",
                "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment",
                ExitCode::kUsage);
  }
  return open_s3_store(files, parsed, subfolder, std::move(keys));
}

void check_store_url(std::string_view url) {
  parse_store_url(url);
}

}  // namespace sluice::queue
