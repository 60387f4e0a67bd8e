// What is tested: a plugin's folder with its manifest, and the samples that its converters get.
#pragma once

#include <string>
#include <vector>

#include "plugin/manifest.h"

namespace sluice::conformance {

// A document for one converter.
struct Sample {
  std::string file_name;
  std::string bytes;
  std::string media_type;
  std::string converter;
  // Made up, because nobody gave one: a converter may refuse it.
  bool made_up = false;
};

struct Subject {
  std::string folder;  // absolute
  plugin::Manifest manifest;
  std::vector<Sample> samples;

  const plugin::ConverterManifest& converter(const std::string& id) const;
};

// The folder's manifest, without looking at the library. Throws Error.
Subject read_subject(const std::string& folder);

// Adds the files below `folder` that the manifest's converters claim, in the order of their paths.
// Hidden files and files over 64 MiB are left out. Throws Error if there is no such folder.
void add_samples(Subject& subject, const std::string& folder);

// One made-up sample for each converter that has none.
void add_made_up_samples(Subject& subject);

// The whole of a file. Throws SystemError.
std::string read_file(const std::string& path);

// Every option with its default, secrets as empty texts among them.
std::string all_defaults(const plugin::ConverterManifest& converter);

}  // namespace sluice::conformance
