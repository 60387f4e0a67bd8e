// A plugin that keeps every rule, and with -DMUTANT="<test>" breaks the one rule that this test of
// the conformance kit is about. Written on the C interface: the C++ layer would keep some of the
// rules by itself. Other values of MUTANT are plugins that are broken as a whole.
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sluice/abi.h>
#include <sluice/ext/children.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace {

constexpr bool is(std::string_view mutant) {
  return mutant == MUTANT;
}

sluice_str str(std::string_view text) {
  return {text.data(), text.size()};
}

const sluice_host* the_host = nullptr;

void work_for(double seconds) {
  const clock_t until = clock() + static_cast<clock_t>(seconds * CLOCKS_PER_SEC);
  while (clock() < until) {
  }
}

struct AtLoad {
  AtLoad() {
    if (is("load.idle")) close(open("/dev/null", O_WRONLY | O_CLOEXEC));
    if (is("constructor-socket")) close(socket(AF_INET, SOCK_STREAM, 0));
    if (is("constructor-forks") && fork() == 0) _exit(0);
    if (is("constructor-aborts")) abort();
    if (is("constructor-exits")) _exit(0);
    if (is("constructor-loops")) work_for(1e6);
    if (is("constructor-throws")) throw std::runtime_error("no model file");
  }
} at_load;

// Calls of a job in a row: after one that was refused, no other is made.
class Writer {
 public:
  explicit Writer(sluice_job* job) : job_(job) {}
  void put(std::string_view text) {
    if (status_ == SLUICE_STATUS_OK) seen(job_->write_body(job_, text.data(), text.size()));
    if (is("output.full-sink") && status_ == SLUICE_STATUS_LIMIT) {
      for (int i = 0; i < 1000; ++i) job_->write_body(job_, "x", 1);
    }
  }
  void seen(sluice_status status) {
    if (status_ == SLUICE_STATUS_OK) status_ = status;
  }
  bool ok() const { return status_ == SLUICE_STATUS_OK; }
  sluice_outcome outcome() const {
    switch (status_) {
      case SLUICE_STATUS_OK:
        return SLUICE_OUTCOME_OK;
      case SLUICE_STATUS_LIMIT:
        return SLUICE_OUTCOME_LIMIT;
      case SLUICE_STATUS_CANCELLED:
        return SLUICE_OUTCOME_CANCELLED;
      case SLUICE_STATUS_IO:
        return SLUICE_OUTCOME_IO;
      default:
        return SLUICE_OUTCOME_INTERNAL;
    }
  }

 private:
  sluice_job* job_;
  sluice_status status_ = SLUICE_STATUS_OK;
};

sluice_outcome fail(sluice_job* job, sluice_outcome outcome, std::string_view reason) {
  job->set_reason(job, str(reason));
  return outcome;
}

std::int32_t probe(void*, const sluice_probe* input) {
  static int probes_in_a_row = 0;
  if (input == nullptr) return probes_in_a_row = 0;  // from prepare
  if (is("input.probe-pure") && probes_in_a_row++ > 0) return SLUICE_PROBE_NO;
  if (is("probe-odd-answer")) return 50;
  if (is("input.probe-bounds")) {
    static volatile uint8_t behind = input->head.data[input->head.size];
    (void)behind;
  }
  if (is("input.random") && input->head.size > 0 && input->head.data[0] >= 0x80) abort();
  if (input->head.size < 4) return SLUICE_PROBE_YES;
  if (memcmp(input->head.data, "MUT\n", 4) == 0) return SLUICE_PROBE_YES;
  input->set_reason(input, str("it does not begin with MUT"));
  return SLUICE_PROBE_NO;
}

void hand_over_child(sluice_job* job, Writer& out) {
  const auto* children = static_cast<const sluice_children*>(
      the_host->get_extension(the_host, str(SLUICE_CHILDREN_ID), SLUICE_CHILDREN_REVISION));
  if (children == nullptr) return;
  sluice_child child = 0;
  const sluice_status opened = children->child_open(job, str("a.txt"), str("text/plain"), &child);
  if (opened == SLUICE_STATUS_LIMIT) return;
  out.seen(opened);
  out.seen(children->child_write(job, child, "a", 1));
  if (!is("output.children")) out.seen(children->child_finish(job, child));
}

void hand_over_asset(sluice_job* job, Writer& out) {
  sluice_asset asset = 0;
  const char* name = is("output.asset-names") ? "../dot.txt" : "dot.txt";
  if (out.ok()) out.seen(job->asset_open(job, str(name), str("text/plain"), &asset));
  if (out.ok()) out.seen(job->asset_write(job, asset, ".", 1));
  if (out.ok() && !is("output.links")) out.seen(job->asset_finish(job, asset));
  out.put("\n![dot](");
  if (out.ok()) out.seen(job->link_asset(job, asset));
  out.put(")\n");
}

void* nothing(void*) {
  return nullptr;
}

// What breaks a rule in the document that has everything.
void misbehave(sluice_job* job, Writer& out, std::string_view before) {
  if (is("output.front-matter")) out.put("---\ntitle: mine\n---\n");
  if (is("output.repeatable")) out.put(std::to_string(reinterpret_cast<std::uintptr_t>(&at_load)));
  if (is("output.no-memory") && before == "plain.mut") out.put("after another one ");
  if (is("output.utf8")) out.put("\xFF ");
  if (is("output.metadata")) job->set_metadata(job, str("created"), str("yesterday"));
  if (is("control.leaks")) {
    static void* volatile kept = nullptr;
    kept = malloc(48);
  }
  if (is("control.memory")) {
    void* volatile room = malloc(64);
    memset(room, 1, 64);
    free(room);
  }
  if (is("control.sandbox")) close(socket(AF_INET, SOCK_STREAM, 0));
  if (is("control.threads")) {
    pthread_t thread;
    if (pthread_create(&thread, nullptr, nothing, nullptr) == 0) pthread_join(thread, nullptr);
  }
  if (is("body-aborts")) abort();
  if (is("body-segfaults")) *reinterpret_cast<volatile int*>(8) = 1;
  if (is("body-exits")) exit(0);
  if (is("body-loops")) work_for(1e6);
  if (is("body-forks") && fork() == 0) _exit(0);
  if (is("body-kills")) kill(getppid(), 0);
  if (is("body-throws")) throw std::runtime_error("a bug in line 3");
  if (is("asset-twice-finished")) {
    sluice_asset asset = 0;
    job->asset_open(job, str("b.txt"), str("text/plain"), &asset);
    job->asset_finish(job, asset);
    job->asset_finish(job, asset);
  }
  if (is("link-to-nothing")) job->link_asset(job, 77);
  if (is("key-of-the-host")) job->set_metadata(job, str("sha256"), str("0"));
}

void write_all(sluice_job* job, Writer& out, std::string_view before) {
  misbehave(job, out, before);
  out.put("everything\n");
  if (out.ok()) out.seen(job->set_metadata(job, str("title"), str("Everything")));
  const sluice_warning warning = {sizeof warning,
                                  is("warning-odd-severity") ? 9 : SLUICE_SEVERITY_NOTE,
                                  0,
                                  str(is("output.warnings") ? "Bad Code" : "tried"),
                                  str("it was tried"),
                                  str("line"),
                                  1};
  job->warn(job, &warning);
  hand_over_child(job, out);
  hand_over_asset(job, out);
  const std::string_view json = is("output.sidecars") ? "{a}" : "{}";
  if (!out.ok()) return;
  const sluice_status written = job->write_sidecar(job, str("kinds"), json.data(), json.size());
  if (!is("output.sidecars") && !is("control.refusals")) out.seen(written);
}

void write_plain(Writer& out) {
  if (is("host.same")) {
    const int file = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    out.put(file < 0 ? "nothing to see\n" : "users can be read\n");
    close(file);
  }
  if (is("control.deadline")) work_for(0.3);
  out.put("plain\n");
}

sluice_outcome convert(sluice_job* job, std::string_view source, std::string_view before) {
  Writer out(job);
  if (source.find("\nall\n") != std::string_view::npos) {
    write_all(job, out, before);
  } else if (source.find("\nplain\n") != std::string_view::npos) {
    write_plain(out);
  } else {
    out.put("short\n");
  }
  if (out.ok() && source.back() != '\n') {
    return is("output.outcome") ? static_cast<sluice_outcome>(SLUICE_OUTCOME_PARTIAL)
                                : fail(job, SLUICE_OUTCOME_PARTIAL, "the end is missing");
  }
  if (is("outcome-99")) return 99;
  if (is("outcome-negative")) return -1;
  return out.ok() ? out.outcome() : fail(job, out.outcome(), "the output was refused");
}

// The name of the document before this one: what no converter should know.
char name_before[64] = "";

sluice_outcome prepare(void*, sluice_job* job) {
  sluice_bytes mapped = {nullptr, 0};
  probe(nullptr, nullptr);
  if (job->is_cancelled(job)) {
    if (is("control.cancel")) work_for(0.4);
    return fail(job, SLUICE_OUTCOME_CANCELLED, "stopped");
  }
  if (job->source_map(job, &mapped) != SLUICE_STATUS_OK) {
    if (!is("input.unmappable")) return fail(job, SLUICE_OUTCOME_IO, "it cannot be read");
    return job->write_body(job, "?", 1) == SLUICE_STATUS_OK ? SLUICE_OUTCOME_OK : SLUICE_OUTCOME_IO;
  }
  if (mapped.size == 0) {
    if (is("input.empty")) abort();
    return fail(job, SLUICE_OUTCOME_EMPTY, "it is empty");
  }
  if (is("input.truncated") && mapped.size == 9) abort();
  if (is("control.exceptions") && mapped.size == 1) throw std::runtime_error("too short");
  if (is("input.source-bounds")) {
    static volatile uint8_t behind = mapped.data[mapped.size];
    (void)behind;
  }
  if (is("source-overwritten")) const_cast<uint8_t*>(mapped.data)[0] = 'm';
  int64_t level = 0;
  if (job->option_int(job, str("level"), &level) != SLUICE_STATUS_OK) {
    return fail(job, SLUICE_OUTCOME_INTERNAL, "no option");
  }
  if (is("input.options") && level == 9) abort();
  const std::string_view source(reinterpret_cast<const char*>(mapped.data), mapped.size);
  const sluice_outcome outcome = convert(job, source, name_before);
  const std::size_t size = job->file_name.size < 63 ? job->file_name.size : 63;
  memcpy(name_before, job->file_name.data, size);
  name_before[size] = '\0';
  return outcome;
}

const sluice_canary kCanary = {sizeof(sluice_canary),
                               {reinterpret_cast<const uint8_t*>("MUT\nplain\n"), 10},
                               {"canary.mut", 10},
                               {"text/x-mutant", 13},
                               {"plain\n", is("load.canary") ? 3u : 6u}};
const sluice_converter kConverter = {
    is("converter-size-0") ? 0 : sizeof(sluice_converter),
    nullptr,
    {is("converter-named-otherwise") ? "other" : "mutant",
     is("converter-named-otherwise") ? 5u : 6u},
    probe,
    is("no-prepare") ? nullptr : prepare,
    is("host.same") || is("control.deadline") ? nullptr : &kCanary};
const sluice_converter* const kConverters[] = {&kConverter};
const sluice_plugin kPlugin = {is("plugin-size-0") ? 0 : sizeof(sluice_plugin),
                               nullptr,
                               is("another-major") ? 7u : 1u,
                               is("later-minor") ? 9u : 0u,
                               {"mutant", 6},
                               {is("load.truth") ? "1.0.1" : "1.0.0", 5},
                               is("no-converters") ? nullptr : kConverters,
                               1,
                               nullptr};

}  // namespace

#ifdef MISSING_SYMBOL
extern "C" void sluice_no_such_function();
#endif

extern "C" {
#ifdef SECOND_EXPORT
SLUICE_EXPORT int sluice_mutant_second_export = 1;
#endif

SLUICE_EXPORT const sluice_plugin* ENTRY(const sluice_host* host) {
  the_host = host;
#ifdef MISSING_SYMBOL
  sluice_no_such_function();
#endif
  if (is("entry-throws")) throw std::runtime_error("no licence");
  if (is("entry-loops")) work_for(1e6);
  if (is("load.opens")) host->refuse(host, str("it never works"));
  if (is("load.opens") || is("refuses-in-silence")) return nullptr;
  if (is("load.negotiation") && host->abi_minor != 0) return nullptr;
  if (is("load.larger-tables") && host->size != sizeof(sluice_host)) return nullptr;
  if (is("load.exact-tables")) {
    static volatile char behind = reinterpret_cast<const char*>(host)[sizeof(sluice_host) + 8];
    (void)behind;
  }
  return &kPlugin;
}
}
