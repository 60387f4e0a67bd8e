// sluice queue init: makes the schema, or changes the settings of a queue.
#include <string>

#include "cli/json.h"
#include "queue/commands.h"
#include "queue/schema.h"
#include "queue/store.h"

namespace sluice::queue {
namespace {

constexpr const char* kDefaultLease = "60000";
constexpr const char* kDefaultAttempts = "5";
constexpr const char* kDefaultWindow = "10000";

// Two that make the same queue at once: the second one finds it.
void lock_against_others(Connection& connection) {
  connection.run("select pg_advisory_xact_lock(hashtext('sluice_queue init'))");
}

bool is_there(Connection& connection) {
  return connection.call("select 1 from pg_namespace where nspname = 'sluice_queue'").size() > 0;
}

void make(Connection& connection, const cli::QueueInitArgs& init) {
  if (!init.store) {
    throw Error("make", "the queue", "nothing says where bundles are to travel",
                "give --store file:///FOLDER or --store s3://BUCKET/PREFIX", ExitCode::kUsage);
  }
  connection.run(std::string(schema_sql()));
  connection.call(
      "insert into sluice_queue.about (version, store, lease, max_attempts, task_window) "
      "values ($1, $2, $3::bigint * interval '1 millisecond', $4, $5)",
      {std::to_string(kSchemaVersion), *init.store,
       init.lease ? std::to_string(init.lease->count()) : kDefaultLease,
       init.attempts ? std::to_string(*init.attempts) : kDefaultAttempts,
       init.window ? std::to_string(*init.window) : kDefaultWindow});
}

void change(Connection& connection, const cli::QueueInitArgs& init) {
  const auto number = [](const auto& given) {
    return given ? Value(std::to_string(*given)) : Value();
  };
  connection.call(
      "update sluice_queue.about set store = coalesce($1, store), "
      "lease = coalesce($2::bigint * interval '1 millisecond', lease), "
      "max_attempts = coalesce($3, max_attempts), task_window = coalesce($4, task_window)",
      {init.store, init.lease ? Value(std::to_string(init.lease->count())) : Value(),
       number(init.attempts), number(init.window)});
}

}  // namespace

int run_init(const cli::Args& args, const cli::QueueInitArgs& init, cli::Io& io) {
  if (init.store) check_store_url(*init.store);
  Link link(link_settings(url_of(init.url, io), io));
  bool is_new = false;
  link.in_transaction([&](Connection& connection) {
    lock_against_others(connection);
    is_new = !is_there(connection);
    is_new ? make(connection, init) : change(connection, init);
  });
  const QueueSettings settings = read_settings(link);
  if (args.global.json) {
    io.out << cli::JsonObject("queue")
                  .text("queue", settings.id)
                  .flag("created", is_new)
                  .text("store", settings.store)
                  .decimal("lease", static_cast<double>(settings.lease.count()) / 1000)
                  .number("attempts", settings.max_attempts)
                  .number("window", settings.task_window)
                  .line();
  } else if (!args.global.quiet) {
    io.out << (is_new ? "made the queue " : "changed the queue ") << settings.id
           << "; bundles travel through " << settings.store << "\n";
  }
  return static_cast<int>(ExitCode::kOk);
}

}  // namespace sluice::queue
