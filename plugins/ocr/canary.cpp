// SPDX-License-Identifier: Apache-2.0
//
// The canary: a line of Helvetica, 1 bit a pixel, 200 pixels an inch, as a PNG. Reading it loads
// the language data, so that processes for documents find them there.
#include <array>
#include <sluice/base64.hpp>
#include <string>

#include "converter.hpp"

namespace sluice::ocr {
namespace {

constexpr const char* kLineOfText =
    "iVBORw0KGgoAAAANSUhEUgAAAaEAAABZAQAAAAC/ZaavAAAACXBIWXMAAB7CAAAewgFu0HU+AAACAUlEQVR42u3Vv2"
    "7WMBAAcKMOYbPYGKqYR4AdxWNfBzYGVKfTx0TEjppXScUQMfUR+kVGzRrjxZWMj7s0n9rkcwrK1MEZEvmSX/6czxcG"
    "WzaWVFJJJZVUUivqahF1YhH4EVNMzqPDXHWBRZRni3ub+fDKL247KicXSs+HF/59TMHNk+rbnyCOlfmHegUQVRS2+E"
    "xox0drimG0wrFX8C6q8KIh840qpWV45V6U0jfA1G0WXsBbFdbViS9VKX4zqKHhqErF5K8Tz+CNCh/XlO0wTzUfPisB"
    "u0qDL2QhOuM+qQz8qoI7fy7h2nhUVYsKj7V2jo7eQFhReF5CawLuxaQq7UzAqbxDJdcUvgWqApWeK2MokVHVoAqZJS"
    "VJQe15722QEqwBF1eOoWoyC4U6qBLVwFBpQzMZzTypEtXpQVUM1QdSvVmW80F19F28faS+impSrVmW2EFpUgLVd5jU"
    "pURlcQQNk21c9aQkqi9wn0O4VI/UDqLVe6RUrijzpPA8j6gBbvqB1M7CT5hmOVf8QYmIcqrWpAQqbDxjRRW55N3g7t"
    "WiNKa+kYtuTznMRrXjqE6LnO87d65ILRvLqAITw0uarzNLmWlI4UqpaKWsK1yA7jXVRjuqvUTVwEV1m8FT6rhleNr1"
    "/92x+02q3aSutyjPNymxSclN35X+5kkllVRSz1T9BSYPhfSglp2tAAAAAElFTkSuQmCC";

std::string decoded(const char* text) {
  const auto bytes = decode_base64(text);
  return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
}

}  // namespace

Canary OcrConverter::canary() const {
  static const std::string kPng = decoded(kLineOfText);
  return {kPng, "canary.png", "image/png", "Canary of paper 42\n"};
}

}  // namespace sluice::ocr
