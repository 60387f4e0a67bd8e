// SPDX-License-Identifier: Apache-2.0
//
// Archives to an index page. Each file in one is handed over as a document of its own.
#pragma once

#include <clocale>
#include <memory>
#include <sluice/plugin.hpp>

namespace sluice::archive {

class ArchiveConverter : public Converter {
 public:
  ArchiveConverter();
  ~ArchiveConverter() override;
  void convert(Job& job) override;

 private:
  // libarchive converts names to the encoding of the locale: it must be UTF-8.
  locale_t utf8_locale_;
};

}  // namespace sluice::archive
