// SPDX-License-Identifier: Apache-2.0
//
// The extension sluice.recognition for C++: the text of a picture, recognized by another converter.
// See sluice/ext/recognition.h.
#pragma once

#include <sluice/ext/recognition.h>

#include <optional>
#include <sluice/plugin.hpp>
#include <string_view>

namespace sluice {

class Recognition {
 public:
  explicit Recognition(Job& job) : job_(job), table_(table()) {}

  // Whether there is a converter to ask.
  bool is_there() const { return table_ != nullptr && table_->is_there(job_.raw()) != 0; }
  // Its answer, valid until the next call; nothing if it failed. `picture` as
  // SLUICE_RECOGNITION_PICTURE is. Throws Failure(kCancelled).
  std::optional<std::string_view> recognize(std::string_view picture) {
    if (table_ == nullptr) return std::nullopt;
    sluice_bytes out{};
    const sluice_status status = table_->recognize(job_.raw(), bytes(picture), &out);
    job_.check_cancelled();
    if (status != SLUICE_STATUS_OK) return std::nullopt;
    return std::string_view(reinterpret_cast<const char*>(out.data),
                            static_cast<std::size_t>(out.size));
  }

 private:
  static const sluice_recognition* table() {
    const auto to = host();
    return to ? to->extension<sluice_recognition>(SLUICE_RECOGNITION_ID,
                                                  SLUICE_RECOGNITION_REVISION)
              : nullptr;
  }

  Job& job_;
  const sluice_recognition* table_;
};

}  // namespace sluice
