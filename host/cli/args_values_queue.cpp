// From words to typed values, for the commands that work with a queue.
#include "cli/args_words.h"
#include "cli/values.h"

namespace sluice::cli {
namespace {

constexpr std::uint64_t kMaxLease = 24 * 3600 * 1000;

std::optional<std::uint64_t> count_of(const Given& given, const std::string& option) {
  const auto text = given.text(option);
  if (!text) return std::nullopt;
  const auto number = parse_count(*text);
  if (!number || *number == 0 || *number > 1'000'000'000) {
    refuse_value(option, *text, "a number from 1 on");
  }
  return number;
}

std::string url_of(const Given& given) {
  const auto urls = given.operands("a URL");
  return urls.empty() ? "" : urls.front();
}

std::vector<std::uint64_t> numbers_of(const Given& given) {
  std::vector<std::uint64_t> numbers;
  for (const std::string& word : given.operands("a number")) {
    const auto number = parse_count(word);
    if (!number) refuse_value("the command", word, "numbers of tasks, as in 12 17");
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace

Command typed(const Given& given, const QueueInitArgs*) {
  QueueInitArgs init{.url = url_of(given), .store = given.text("--store")};
  if (const auto text = given.text("--lease")) {
    const auto milliseconds = parse_seconds(*text);
    if (!milliseconds || *milliseconds < 1'000 || *milliseconds > kMaxLease) {
      refuse_value("--lease", *text, "seconds, from 1 to a day");
    }
    init.lease = std::chrono::milliseconds(*milliseconds);
  }
  init.attempts = count_of(given, "--attempts");
  init.window = count_of(given, "--window");
  return init;
}

Command typed(const Given& given, const QueueSubmitArgs*) {
  QueueSubmitArgs submit;
  submit.url = given.text("--queue").value_or("");
  submit.files_from = given.text("--files-from");
  submit.paths = submit.files_from ? given.operands("a path") : given.required_operands("a path");
  submit.scan = typed_scan(given);
  submit.nul_separated = given.has("-0");
  if (submit.nul_separated && !submit.files_from) {
    refuse("-0 is for --files-from", "give --files-from FILE");
  }
  return submit;
}

Command typed(const Given& given, const QueueStatusArgs*) {
  return QueueStatusArgs{url_of(given)};
}

Command typed(const Given& given, const QueueRetryArgs*) {
  return QueueRetryArgs{.numbers = numbers_of(given), .url = given.text("--queue").value_or("")};
}

Command typed(const Given& given, const QueueCancelArgs*) {
  QueueCancelArgs cancel{.numbers = numbers_of(given),
                         .all = given.has("--all"),
                         .url = given.text("--queue").value_or("")};
  if (cancel.all && !cancel.numbers.empty()) {
    refuse("--all and numbers exclude each other", "give one of them");
  }
  return cancel;
}

Command typed(const Given& given, const QueueCommitArgs*) {
  return QueueCommitArgs{.url = url_of(given),
                         .once = given.has("--once"),
                         .scratch = given.text("--scratch").value_or("")};
}

Command typed(const Given& given, const WorkArgs*) {
  return WorkArgs{.url = url_of(given),
                  .once = given.has("--once"),
                  .batch = count_of(given, "--batch"),
                  .scratch = given.text("--scratch").value_or(""),
                  .converting = typed_converting(given)};
}

}  // namespace sluice::cli
