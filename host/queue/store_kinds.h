// The kinds of stores there are; open_store() chooses one by its URL.
#pragma once

#include <memory>
#include <string>

#include "queue/sigv4.h"
#include "queue/store.h"
#include "queue/store_url.h"

namespace sluice::queue {

std::unique_ptr<Store> open_folder_store(platform::Files& files, const std::string& folder,
                                         const std::string& subfolder);
std::unique_ptr<Store> open_s3_store(platform::Files& files, const StoreUrl& url,
                                     const std::string& subfolder, S3Keys keys);

}  // namespace sluice::queue
