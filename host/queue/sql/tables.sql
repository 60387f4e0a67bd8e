-- The tables of a queue, version 1. One database holds one queue, in the schema sluice_queue.
-- Nobody but the owner of the schema touches a table: all others call the functions of the other files.
create schema sluice_queue;
revoke all on schema sluice_queue from public;

create table sluice_queue.about (
  is_only_row boolean primary key default true check (is_only_row),
  version integer not null,
  queue uuid not null default gen_random_uuid(),
  -- Where bundles travel: file:// or s3://.
  store text not null,
  -- A claim whose worker is silent for so long is given to another one.
  lease interval not null check (lease >= interval '1 second'),
  -- A document whose worker was lost so often fails.
  max_attempts integer not null check (max_attempts >= 1),
  -- So many documents may be ahead of the knowledge base: no claim goes beyond.
  task_window bigint not null check (task_window >= 1),
  made_at timestamptz not null default now()
);

-- Where the queue is. Apart from `about`, because submitters lock one row and committers the other.
create table sluice_queue.marks (
  name text primary key,  -- 'submitted': the last number given; 'settled': all up to here is over
  seq bigint not null
);
insert into sluice_queue.marks values ('submitted', 0), ('settled', 0);

-- Nothing up to here waits for a worker, so claims look only behind it. An index keeps the entries of claimed tasks
-- until it is vacuumed: without this mark, each claim would pass over those of all claims since then.
create table sluice_queue.low_water (
  is_only_row boolean primary key default true check (is_only_row),
  seq bigint not null
);
insert into sluice_queue.low_water (seq) values (0);

-- One call of claim(): some tasks, one token, one lease. A worker proves with the token that it is the one.
create table sluice_queue.claims (
  token uuid primary key,
  claimed_by name not null,  -- the role that logged in
  worker text not null,      -- what the worker calls itself
  setup text not null,       -- stands for its converters, their versions and options
  claimed_at timestamptz not null default clock_timestamp(),
  lease_until timestamptz not null
);
create index claims_by_lease on sluice_queue.claims (lease_until);

create type sluice_queue.state as enum (
  'waiting',    -- for a worker
  'claimed',    -- a worker makes its bundle
  'done',       -- its bundle waits for the knowledge base
  'failed',     -- no worker could make a bundle; `settled` shows whether the knowledge base knows it
  'committed',  -- in the knowledge base
  'cancelled',
  'retried');   -- failed, and submitted again under another number

create table sluice_queue.tasks (
  seq bigint primary key,  -- the order, without gaps
  id uuid not null default gen_random_uuid(),
  root text not null,  -- the folder that was submitted, or the one of a single file; absolute
  prefix text not null,  -- of the path key: prefix and path are what the knowledge base calls the document
  path text not null check (path <> '' and octet_length(path) <= 16384),  -- below the root; as path_text() writes it
  state sluice_queue.state not null default 'waiting',
  attempts integer not null default 0,  -- those that were lost
  -- The claim that has it, or that made its bundle, and whose that is.
  token uuid,
  claimed_by name,
  worker text,
  setup text,
  bundle_sha256 bytea check (octet_length(bundle_sha256) = 32),
  bundle_size bigint check (bundle_size >= 0),
  outcome text,
  reason text,
  changed_at timestamptz not null default clock_timestamp()
) with (fillfactor = 80);
-- Small, however many tasks are over: these are what workers look through.
create index tasks_waiting on sluice_queue.tasks (seq) where state = 'waiting';
create index tasks_claimed on sluice_queue.tasks (token) where state = 'claimed';
create index tasks_failed on sluice_queue.tasks (seq) where state = 'failed';

-- Attempts that came to nothing: whose they were, and why.
create table sluice_queue.losses (
  seq bigint not null,
  token uuid not null,
  claimed_by name not null,
  worker text not null,
  reason text not null,
  lost_at timestamptz not null default clock_timestamp()
);
create index losses_by_task on sluice_queue.losses (seq);
