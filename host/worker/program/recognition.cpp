// The extension sluice.recognition: a picture goes to the host in a memory file, and another
// converter's answer comes back in one.
#include <sluice/ext/recognition.h>

#include <algorithm>

#include "worker/program/abi_text.h"
#include "worker/program/job.h"

namespace sluice::program {

struct Job::RecognitionCalls {
  static Job& of(sluice_job* job) { return *static_cast<Job*>(job->host); }

  static std::int32_t is_there(sluice_job* job) noexcept {
    try {
      platform::File file;
      return of(job).open_picture(1, file) == SLUICE_STATUS_OK ? 1 : 0;
    } catch (...) {
      return 0;  // a test document, which runs without a host
    }
  }
  static sluice_status recognize(sluice_job* job, sluice_bytes picture,
                                 sluice_bytes* out) noexcept {
    try {
      return of(job).recognize(
          {reinterpret_cast<const char*>(picture.data), static_cast<std::size_t>(picture.size)},
          *out);
    } catch (...) {
      return SLUICE_STATUS_IO;
    }
  }
};

const void* Job::recognition() {
  static constexpr sluice_recognition kTable = {sizeof kTable, RecognitionCalls::is_there,
                                                RecognitionCalls::recognize};
  return &kTable;
}

sluice_status Job::open_picture(std::uint32_t bytes, platform::File& out) {
  const sluice_status status =
      run_.host.open({wire::Kind::kOpenPicture, document_, bytes, {}}, out);
  if (status != SLUICE_STATUS_OK) error_ = "no converter recognizes text";
  return status;
}

sluice_status Job::recognize(std::string_view picture, sluice_bytes& out) {
  out = {};
  if (picture.empty() || picture.size() > SLUICE_RECOGNITION_BYTES) {
    error_ = "a picture has between 1 byte and 64 MiB";
    return SLUICE_STATUS_LIMIT;
  }
  platform::File file;
  const sluice_status opened = open_picture(static_cast<std::uint32_t>(picture.size()), file);
  if (opened != SLUICE_STATUS_OK) return opened;
  run_.files.write(file, 0, std::as_bytes(std::span(picture)));
  platform::File answer;
  const sluice_status status = run_.host.open({wire::Kind::kRecognize, document_, 0, {}}, answer);
  if (status != SLUICE_STATUS_OK) {
    error_ = "the converter that recognizes text failed";
    return status;
  }
  const std::uint64_t size = std::min(run_.files.info(answer).identity.size, wire::kMaxRecognized);
  recognized_.resize(static_cast<std::size_t>(size));
  recognized_.resize(run_.files.read(answer, 0, std::as_writable_bytes(std::span(recognized_))));
  out = {reinterpret_cast<const std::uint8_t*>(recognized_.data()), recognized_.size()};
  return SLUICE_STATUS_OK;
}

}  // namespace sluice::program
