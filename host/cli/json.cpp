#include "cli/json.h"

#include <array>
#include <charconv>

#include "model/layout.h"
#include "model/path_text.h"
#include "model/utf8.h"
#include "platform/clock.h"

namespace sluice::cli {
namespace {

// First bytes of the characters that hidden_character() finds, besides ASCII's.
bool may_begin_hidden(unsigned char byte) {
  return byte == 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2 || byte == 0xEF;
}

void append_code_unit(std::string& out, std::uint32_t code) {
  static constexpr char kDigits[] = "0123456789abcdef";
  out += "\\u";
  for (unsigned shift = 16; shift > 0; shift -= 4) out += kDigits[(code >> (shift - 4)) & 15];
}

// RFC 8259, section 7. Everything but the escaped characters is taken over in runs.
void append_string(std::string& out, std::string_view text) {
  if (is_printable_ascii(text) && text.find('"') == text.npos && text.find('\\') == text.npos) {
    out += '"';
    out += text;
    out += '"';
    return;
  }
  if (!is_utf8(text)) {
    append_string(out, mended_utf8(text));
    return;
  }
  static constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (may_begin_hidden(c)) {
      // No terminal acts on what is escaped.
      if (const auto code = hidden_character(text.substr(i))) {
        out.append(text, from, i - from);
        append_code_unit(out, static_cast<std::uint32_t>(*code));
        i += utf8_step(text.substr(i)).size - 1;
        from = i + 1;
      }
      continue;
    }
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, from, i - from);
    from = i + 1;
    out += '\\';
    switch (c) {
      case '\b':
        out += 'b';
        break;
      case '\f':
        out += 'f';
        break;
      case '\n':
        out += 'n';
        break;
      case '\r':
        out += 'r';
        break;
      case '\t':
        out += 't';
        break;
      case '"':
      case '\\':
        out += static_cast<char>(c);
        break;
      default:
        out += "u00";
        out += kDigits[c >> 4];
        out += kDigits[c & 15];
    }
  }
  out.append(text, from);
  out += '"';
}

template <class Number>
void append_number(std::string& out, Number value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  out.append(text.data(), end);
}

}  // namespace

JsonObject::JsonObject(std::string_view type) {
  out_.reserve(1024);  // more than most lines have
  number("v", 1);
  text("type", type);
}

std::string& JsonObject::begin(std::string_view key) {
  if (out_.size() > 1) out_ += ',';
  // Nothing in a key is to be escaped.
  out_ += '"';
  out_ += key;
  out_ += "\":";
  return out_;
}

JsonObject& JsonObject::text(std::string_view key, std::string_view value) {
  append_string(begin(key), value);
  return *this;
}

JsonObject& JsonObject::path(std::string_view key, std::string_view value) {
  return is_path_text(value) ? text(key, value) : text(key, path_text(value));
}

JsonObject& JsonObject::text_or_null(std::string_view key, std::string_view value) {
  return value.empty() ? null(key) : text(key, value);
}

JsonObject& JsonObject::number(std::string_view key, std::int64_t value) {
  append_number(begin(key), value);
  return *this;
}

JsonObject& JsonObject::decimal(std::string_view key, double value) {
  append_number(begin(key), value);
  return *this;
}

JsonObject& JsonObject::flag(std::string_view key, bool value) {
  begin(key) += value ? "true" : "false";
  return *this;
}

JsonObject& JsonObject::null(std::string_view key) {
  begin(key) += "null";
  return *this;
}

JsonObject& JsonObject::number_or_null(std::string_view key, std::int64_t value) {
  return value == 0 ? null(key) : number(key, value);
}

JsonObject& JsonObject::id_or_null(std::int64_t id) {
  return number_or_null("id", id);
}

JsonObject& JsonObject::texts(std::string_view key, const std::vector<std::string>& values) {
  std::string& out = begin(key) += '[';
  for (const std::string& value : values) {
    if (&value != values.data()) out += ',';
    append_string(out, value);
  }
  out += ']';
  return *this;
}

JsonObject& JsonObject::numbers(std::string_view key, const std::vector<std::int64_t>& values) {
  std::string& out = begin(key) += '[';
  for (const std::int64_t& value : values) {
    if (&value != values.data()) out += ',';
    append_number(out, value);
  }
  out += ']';
  return *this;
}

JsonObject& JsonObject::object(std::string_view key, const JsonObject& value) {
  begin(key) += value.out_ + "}";
  return *this;
}

JsonObject& JsonObject::objects(std::string_view key, const std::vector<JsonObject>& values) {
  std::string& out = begin(key) += '[';
  for (const JsonObject& value : values) {
    if (&value != values.data()) out += ',';
    out += value.out_ + "}";
  }
  out += ']';
  return *this;
}

std::string JsonObject::line() const {
  return out_ + "}\n";
}

std::string run_start_json(std::string_view command, std::string_view kb, unsigned jobs,
                           const std::optional<SandboxLayers>& sandbox) {
  return JsonObject("run_start")
      .text("command", command)
      .text_or_null("kb", kb)
      .number("jobs", jobs)
      .text_or_null("sandbox", sandbox ? sandbox->state() : "")
      .number("documents_per_process", sandbox ? sandbox->documents_per_process : 1)
      .line();
}

std::string refused_json(std::string_view bundle, std::string_view reason) {
  return JsonObject("refused").path("bundle", bundle).text("reason", reason).line();
}

namespace {

// Of Attempt or AttemptRow.
template <typename Attempts>
std::vector<JsonObject> attempts_json(const Attempts& attempts) {
  std::vector<JsonObject> all;
  for (const auto& attempt : attempts) {
    JsonObject one;
    one.text("converter", attempt.converter)
        .text("converter_version", attempt.converter_version)
        .text("outcome", word(attempt.outcome))
        .text_or_null("reason", attempt.reason);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace

namespace {

// Of a Markdown file that was changed by hand; nothing of all others.
void put_edit(JsonObject& object, const owner::HandEdit& edit) {
  using Fate = owner::HandEdit::Fate;
  if (edit.fate == Fate::kNone) return;
  object.text("edit", edit.fate == Fate::kKept   ? "kept"
                      : edit.fate == Fate::kLeft ? "left"
                                                 : "merged");
  if (!edit.kept_as.empty()) object.text("edit_kept_as", edit.kept_as);
  object.number("conflicts", static_cast<std::int64_t>(edit.conflicts));
}

std::vector<JsonObject> warnings_json(const std::vector<Warning>& warnings) {
  std::vector<JsonObject> objects;
  for (const Warning& warning : warnings) {
    JsonObject one;
    one.text("code", warning.code)
        .text("message", warning.message)
        .text("severity", warning.severity())
        .text_or_null("place_unit", warning.place_unit);
    if (warning.place_unit.empty()) {
      one.null("place");
    } else {
      one.number("place", static_cast<std::int64_t>(warning.place));
    }
    objects.push_back(std::move(one));
  }
  return objects;
}

}  // namespace

std::string converted_json(const Bundle& bundle, const std::string* markdown) {
  JsonObject object("converted");
  object.path("source", bundle.source.given)
      .text("outcome", word(bundle.outcome))
      .text_or_null("reason", bundle.reason)
      .text("media_type", bundle.media_type)
      .text("converter", bundle.converter)
      .text("converter_version", bundle.converter_version)
      .text("sha256", platform::to_hex(bundle.sha256))
      .text_or_null("title", bundle.title)
      .number("assets", static_cast<std::int64_t>(bundle.assets.size()))
      .number("documents", static_cast<std::int64_t>(bundle.children.size()));
  if (markdown != nullptr) {
    object.text("markdown", *markdown);
  } else {
    object.null("markdown");
  }
  return object.objects("warnings", warnings_json(bundle.warnings)).line();
}

std::string doc_json(const owner::DocumentResult& result) {
  const bool failed = result.result == owner::Result::kFailed;
  const bool hashed = result.sha256 != platform::Sha256Digest{};
  JsonObject object("doc");
  object.path("source", result.source.given)
      .path("path", result.source.root ? result.source.path_key() : result.source.relative)
      .text("result", owner::word(result.result));
  if (result.source.is_child()) object.path("parent", result.source.container);
  object.text_or_null("reason", failed ? word(result.outcome) : "")
      .text_or_null("outcome", result.result == owner::Result::kUnchanged ||
                                       result.result == owner::Result::kDuplicate
                                   ? std::string_view()
                                   : word(result.outcome))
      .text_or_null("message", result.reason)
      .text_or_null("hint", !failed               ? std::string_view()
                            : result.hint.empty() ? hint(result.outcome)
                                                  : std::string_view(result.hint))
      .id_or_null(result.id)
      .text_or_null("name", result.name)
      .text_or_null("sha256", hashed ? platform::to_hex(result.sha256) : "")
      .text_or_null("converter", result.converter)
      .text_or_null("converter_version", result.converter_version)
      .text_or_null("raw", result.raw)
      .text_or_null("markdown", result.markdown)
      .number("assets", result.assets)
      .number("bytes", static_cast<std::int64_t>(result.bytes))
      .number("ms", result.milliseconds);
  if (result.seq != 0) {
    object.number("seq", result.seq);
  } else {
    object.null("seq");
  }
  const std::vector<JsonObject> warnings = warnings_json(result.warnings);
  if (!result.renamed_from.empty()) object.path("renamed_from", result.renamed_from);
  put_edit(object, result.edit);
  object.objects("warnings", warnings).flag("known", result.known);
  object.objects("attempts", attempts_json(result.attempts));
  return object.line();
}

std::string plan_json(std::string_view source, std::string_view path, std::string_view would,
                      std::string_view detail, std::optional<std::string_view> why) {
  JsonObject plan("plan");
  plan.path("source", source).path("path", path).text("would", would);
  plan.text_or_null("detail", detail);
  if (why) plan.text_or_null("why", *why);
  return plan.line();
}

std::string event_json(const owner::Event& event) {
  JsonObject object("event");
  object.number("seq", event.seq)
      .text("at", platform::iso_time(event.at))
      .text("op", owner::word(event.op))
      .id_or_null(event.document)
      .text("name", event.name)
      .path("path", event.path_key);
  if (!event.path_before.empty()) object.path("renamed_from", event.path_before);
  return object.text("markdown", layout::markdown_path(event.name))
      .text("sha256", platform::to_hex(event.sha256))
      .line();
}

std::string summary_json(const SummaryCounts& counts, double seconds) {
  std::vector<JsonObject> failures;
  for (const auto& [converter, count] : counts.failures) {
    JsonObject one;
    one.text_or_null("converter", converter).number("failed", static_cast<std::int64_t>(count));
    failures.push_back(std::move(one));
  }
  return JsonObject("summary")
      .number("added", static_cast<std::int64_t>(counts.added))
      .number("updated", static_cast<std::int64_t>(counts.updated))
      .number("unchanged", static_cast<std::int64_t>(counts.unchanged))
      .number("duplicate", static_cast<std::int64_t>(counts.duplicate))
      .number("failed", static_cast<std::int64_t>(counts.failed))
      .number("failed_new", static_cast<std::int64_t>(counts.failed_new))
      .number("removed", static_cast<std::int64_t>(counts.removed))
      .number("renamed", static_cast<std::int64_t>(counts.renamed))
      .number("refused", static_cast<std::int64_t>(counts.refused))
      .number("skipped", static_cast<std::int64_t>(counts.skipped))
      .objects("skipped_by", counts.skipped_by)
      .number("edits_kept", static_cast<std::int64_t>(counts.edits.kept))
      .number("edits_left", static_cast<std::int64_t>(counts.edits.left))
      .number("edits_merged", static_cast<std::int64_t>(counts.edits.merged))
      .number("edits_conflicting", static_cast<std::int64_t>(counts.edits.conflicting))
      .number("bytes", static_cast<std::int64_t>(counts.bytes))
      .number("outdated", counts.outdated)
      .objects("failed_by_converter", failures)
      .flag("dry_run", counts.dry_run)
      .decimal("seconds", seconds)
      .line();
}

namespace {

std::vector<std::string> path_texts(const std::vector<std::string>& paths) {
  std::vector<std::string> texts;
  for (const std::string& path : paths) texts.push_back(path_text(path));
  return texts;
}

std::vector<std::string> paths_of(const std::vector<owner::PublishedFile>& files,
                                  owner::PublishedFile::Kind kind) {
  std::vector<std::string> paths;
  for (const owner::PublishedFile& file : files) {
    if (file.kind == kind) paths.push_back(file.path);
  }
  return paths;
}

}  // namespace

std::string document_json(const owner::Document& document, const DocumentRelations& relations) {
  JsonObject object("document");
  object.id_or_null(document.id)
      .text("name", document.name)
      .path("path", document.path_key)
      .texts("sources", path_texts(relations.sources));
  if (!relations.parent.empty()) object.path("parent", relations.parent);
  if (relations.children) object.texts("children", path_texts(*relations.children));
  if (relations.links) {
    object.texts("links_to", relations.links->to).texts("linked_from", relations.links->from);
  }
  if (relations.fetched) {
    object.text("final_url", path_text(relations.fetched->final_url))
        .text("fetched_at", platform::iso_time(relations.fetched->at))
        .text_or_null("etag", path_text(relations.fetched->etag))
        .text_or_null("last_modified", path_text(relations.fetched->last_modified));
  }
  if (relations.conflicts) object.number("conflicts", *relations.conflicts);
  return object.text("sha256", platform::to_hex(document.sha256))
      .text_or_null("converter", document.converter)
      .text_or_null("converter_version", document.converter_version)
      .text_or_null("raw", document.raw)
      .text("markdown", document.markdown)
      .number("markdown_bytes", static_cast<std::int64_t>(document.markdown_size))
      .text("markdown_sha256", platform::to_hex(document.markdown_sha256))
      .text_or_null("media_type", document.media_type)
      .text_or_null("title", document.title)
      .number_or_null("pages", document.pages)
      .number("bytes", static_cast<std::int64_t>(document.size))
      .number("assets", document.assets)
      .texts("asset_paths", paths_of(relations.files, owner::PublishedFile::Kind::kAsset))
      .texts("sidecar_paths", paths_of(relations.files, owner::PublishedFile::Kind::kSidecar))
      .text("added_at", platform::iso_time(document.added_at))
      .text("updated_at", platform::iso_time(document.updated_at))
      .text("state", word(document.state))
      .text("outcome", word(document.outcome))
      .text_or_null("message", document.reason)
      .objects("attempts", attempts_json(relations.attempts))
      .line();
}

std::string hint_of(const owner::FailureRow& failure) {
  return failure.hint.empty() ? std::string(hint(failure.outcome)) : failure.hint;
}

JsonObject failure_fields(JsonObject object, const owner::FailureRow& failure) {
  object.path("path", failure.path_key)
      .text("reason", word(failure.outcome))
      .text("message", failure.reason)
      .text_or_null("hint", hint_of(failure))
      .text_or_null("converter", failure.converter)
      .text("at", platform::iso_time(failure.at))
      .objects("attempts", attempts_json(failure.attempts));
  return object;
}

std::string error_json(const Error& error) {
  return JsonObject("error")
      .number("code", static_cast<int>(error.exit_code()))
      .text("message", error.what())
      .text_or_null("hint", error.next())
      .line();
}

}  // namespace sluice::cli
