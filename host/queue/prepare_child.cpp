#include "queue/prepare_child.h"

#include <nlohmann/json.hpp>
#include <span>

#include "cli/values.h"
#include "cli/workspace.h"
#include "model/path_text.h"
#include "platform/error.h"

namespace sluice::queue {
namespace {

constexpr const char* kListName = "list";
constexpr const char* kReportName = "report";
constexpr const char* kOutName = "out";
constexpr const char* kEmptyName = "empty";
// A document has its own limit of time. This is for a prepare that never ends.
constexpr std::chrono::hours kMaxTime{24 * 7};

// As /bin/sh reads it.
std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

PrepareChild::PrepareChild(platform::Files& files, const Scratch& scratch, const cli::Args& args,
                           const std::vector<Task>& tasks)
    : files_(files), scratch_(scratch), args_(args) {
  files_.make_dir(scratch_.dir(), kOutName, platform::Access::kPrivate);
  auto out = files_.open_dir(scratch_.dir(), kOutName);
  if (!out) throw Error("open", scratch_.path() + "/" + kOutName, "it is gone", "run it again");
  out_ = std::move(*out);
  write_list(tasks);
  report_ = files_.create(scratch_.dir(), kReportName, platform::Access::kPrivate);
}

void PrepareChild::write_list(const std::vector<Task>& tasks) {
  std::string lines;
  for (const Task& task : tasks) {
    const std::string key = path_text(task.path_key);
    seqs_[key] = task.seq;
    lines += nlohmann::json{{"path", key},
                            {"root", path_text(task.root)},
                            {"file",
                             path_text((task.root == "/" ? "" : task.root) + "/" + task.relative)},
                            {"place", task.seq}}
                 .dump() +
             "\n";
  }
  const platform::File list = files_.create(scratch_.dir(), kListName, platform::Access::kPrivate);
  files_.write(list, 0, std::as_bytes(std::span(lines)));
}

std::string PrepareChild::command() const {
  const auto& work = std::get<cli::WorkArgs>(args_.command);
  std::vector<std::string> words = {cli::installation_prefix() + "/bin/sluice",
                                    "prepare",
                                    "--json",
                                    "--progress",
                                    "never",
                                    "--list",
                                    kListName,
                                    "--out",
                                    kOutName};
  const auto add = [&](const char* option, const std::string& value) {
    words.emplace_back(option);
    words.push_back(value);
  };
  if (args_.global.jobs) add("--jobs", std::to_string(*args_.global.jobs));
  for (const std::string& plugin : args_.plugins) add("--plugin", plugin);
  if (args_.locked) words.emplace_back("--locked");
  for (const std::string& option : work.converting.options) add("--option", option);
  if (work.converting.timeout) {
    add("--timeout",
        cli::format_seconds(static_cast<std::uint64_t>(work.converting.timeout->count())));
  }
  if (work.converting.memory_limit) {
    add("--memory-limit", cli::format_size(*work.converting.memory_limit));
  }
  if (!work.converting.converter.empty()) add("--converter", work.converting.converter);
  std::string text = "exec";
  for (const std::string& word : words) text += " " + quoted(word);
  return text + " > " + kReportName;
}

platform::CommandEnd PrepareChild::run(const std::function<bool()>& look) {
  const platform::File empty =
      files_.create(scratch_.dir(), kEmptyName, platform::Access::kPrivate);
  return platform::run_shell_command(
      {.text = command(), .folder = scratch_.path(), .variables = {}}, empty, kMaxTime, look);
}

std::vector<PreparedTask> PrepareChild::new_entries() {
  std::vector<std::byte> piece(64 << 10);
  while (const std::size_t got = files_.read(report_, read_, piece)) {
    rest_.append(reinterpret_cast<const char*>(piece.data()), got);
    read_ += got;
  }
  std::vector<PreparedTask> entries;
  std::size_t begin = 0;
  for (std::size_t end = rest_.find('\n'); end != std::string::npos;
       end = rest_.find('\n', begin)) {
    const auto line = nlohmann::json::parse(rest_.substr(begin, end - begin), nullptr, false);
    begin = end + 1;
    if (!line.is_object() || line.value("type", "") != "bundle") continue;
    const auto seq = seqs_.find(line.value("path", ""));
    if (seq == seqs_.end()) continue;
    const auto text = [&](const char* key) {
      return line.contains(key) && line[key].is_string() ? line[key].get<std::string>() : "";
    };
    entries.push_back({seq->second, text("bundle"), text("outcome"), text("reason")});
  }
  rest_.erase(0, begin);
  return entries;
}

}  // namespace sluice::queue
