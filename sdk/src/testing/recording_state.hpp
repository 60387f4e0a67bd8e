// SPDX-License-Identifier: Apache-2.0
//
// What a RecordingJob holds, and the calls of its sluice_job. Private to the recording job.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <sluice/abi_rules.hpp>
#include <sluice/pictures_only.hpp>
#include <sluice/testing.hpp>
#include <sluice/utf8.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sluice {

// The functions of sluice_job, one for each.
struct RecordingJob::State {
  sluice_job job{};
  std::string source;
  Reader reader;  // set: the source cannot be mapped
  std::string file_name, media_type, declared_charset, options = "{}";
  std::map<std::string, std::string> siblings;
  bool siblings_denied = false;
  unsigned scratch_allowed = 0, scratch_opened = 0;
  Limits limits;
  std::optional<unsigned> calls_until_cancelled;
  std::function<void(std::string_view)> body_sink;

  std::string body;
  std::uint64_t body_size = 0;
  bool after_cr = false;
  bool blank = true;
  abi_rules::PicturesOnly pictures_only;
  std::string partial;  // the start of a character at the end of the body so far
  std::uint64_t replaced = 0;
  std::vector<Link> links;
  std::vector<RecordedAsset> assets;
  std::vector<RecordedChild> children;
  std::vector<Part> parts;
  std::vector<DocumentLink> document_links;
  std::map<std::string, std::string> anchors;
  std::uint64_t child_bytes = 0;
  std::uint64_t refused_children = 0;
  std::string front_matter;
  std::map<std::string, std::string> metadata, sidecars;
  std::vector<Warning> warnings;
  std::vector<std::string> violations;
  std::string reason, error;
  sluice_status refusal = SLUICE_STATUS_OK;  // since when no output is taken any more
  bool cancelled = false;
  nlohmann::json parsed_options;
  std::map<std::string, std::vector<sluice_str>, std::less<>> option_lists;
  std::map<std::string, std::string, std::less<>> option_files;
  std::string source_tail, source_head;

  static State& of(sluice_job* raw) {
    State& state = *static_cast<State*>(raw->host);
    state.error.clear();
    return state;
  }

  void bind();
  void bind_source();
  void bind_options();
  void bind_body();
  void bind_assets();
  static const sluice_children& child_calls();
  void bind_metadata();
  void bind_talk();
  sluice_status invalid(std::string why) {
    error = why;
    violations.push_back(std::move(why));
    return SLUICE_STATUS_INVALID;
  }
  sluice_status refuse(sluice_status status) {
    if (refusal == SLUICE_STATUS_OK) refusal = status;
    error = "output is refused from here on";
    return status;
  }
  // Whether output is taken at all.
  sluice_status admit() {
    if (refusal != SLUICE_STATUS_OK) return refuse(refusal);
    return cancelled ? refuse(SLUICE_STATUS_CANCELLED) : SLUICE_STATUS_OK;
  }
  bool writable(sluice_asset asset) const {
    return asset >= 1 && asset <= assets.size() && !assets[asset - 1].finished;
  }
  sluice_bytes part(std::uint64_t offset, std::size_t size, std::string& room);

  sluice_status write(std::string_view data);
  void emit(std::string_view text);
  void put(std::string_view text);
  sluice_status open(std::string_view name, std::string_view type, sluice_asset* out);
  const nlohmann::json* option(sluice_str name);
  sluice_status wrong_type(sluice_str name) {
    return invalid("the option \"" + std::string(view(name)) + "\" has another type");
  }
  sluice_status begin_part(std::string_view unit, std::uint64_t number, std::string_view label);
  static const void* link_calls(std::uint32_t revision);
  sluice_status link_document(const sluice_document_link& link);
  sluice_status name_anchor(std::string_view name, std::string_view anchor);
  sluice_status open_child(std::string_view name, std::string_view type, sluice_child* out);
  sluice_status write_child(sluice_child child, std::string_view bytes);
  sluice_status finish_child(sluice_child child);
  sluice_status link_child(sluice_child child);
  sluice_status no_room_for_child();
  RecordedChild* open_child_of(sluice_child child);
  static const sluice_front_matter& front_matter_calls();
  sluice_status set_front_matter(std::string_view yaml);
  sluice_status open_scratch(std::int64_t* out);
  void settle();
  sluice_outcome probe(const sluice_converter& converter);
  Outcome conclude(sluice_outcome outcome);
};

}  // namespace sluice
