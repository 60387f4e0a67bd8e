// Some documents with their pictures, to be shown beside their Markdown: what a converter left out
// shows best there.
#pragma once

#include <string>
#include <vector>

#include "owner/knowledge_base.h"

namespace sluice::cli {

struct Sample {
  std::string name;
  std::string path;
  std::string markdown;               // its path
  std::string text;                   // the beginning of the Markdown, without front matter
  std::string state;                  // a word of Outcome
  std::vector<std::string> pictures;  // data: URIs
};

// Documents that have pictures: first those that are only partial, then the newest. What cannot be
// read is left out.
std::vector<Sample> make_samples(const owner::KnowledgeBase& kb);

}  // namespace sluice::cli
