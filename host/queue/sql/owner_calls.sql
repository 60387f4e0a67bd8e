-- What may be called beside the knowledge base (committers), and by whom hands in lists (submitters).

-- Appends sources to the list, in this order. Whoever hands in a list of several calls in one transaction gets
-- numbers without a gap: the mark stays locked until it ends.
create function sluice_queue.submit(roots text[], prefixes text[], paths text[], out first_seq bigint, out last_seq bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  select seq + 1 into first_seq from sluice_queue.marks where name = 'submitted' for update;
  insert into sluice_queue.tasks (seq, root, prefix, path)
    select first_seq + n - 1, root, prefix, path
    from unnest(roots, prefixes, paths) with ordinality as given (root, prefix, path, n);
  last_seq := first_seq + cardinality(paths) - 1;
  update sluice_queue.marks set seq = last_seq where name = 'submitted';
  notify sluice_queue_tasks;
end $$;

-- The next tasks in order that are over, up to the first that is not. What was settled before is not among them.
create function sluice_queue.next_over(most integer)
returns table (seq bigint, id uuid, prefix text, path text, state sluice_queue.state, token uuid, worker text,
               bundle_sha256 text, bundle_size bigint, outcome text, reason text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
declare
  settled bigint := (select m.seq from sluice_queue.marks m where m.name = 'settled');
  now_is timestamptz := clock_timestamp();  -- a value, for the index
begin
  if exists (select from sluice_queue.claims c where c.lease_until < now_is) then
    perform sluice_queue.end_old_claims();
  end if;
  return query
    with ahead as (
      select t.*, bool_and(t.state not in ('waiting', 'claimed')) over (order by t.seq) as is_next
      from sluice_queue.tasks t where t.seq > settled and t.seq <= settled + most)
    select a.seq, a.id, a.prefix, a.path, a.state, a.token, a.worker, encode(a.bundle_sha256, 'hex'), a.bundle_size,
           a.outcome, a.reason
    from ahead a where a.is_next order by a.seq;
end $$;

-- All up to `upto` is over, and the bundles of `committed` are in the knowledge base: also one that was cancelled
-- while the knowledge base took it, or whose bundle's arrival a server that died has forgotten. `known` is what this
-- call has returned before: all up to there is over, whatever has been forgotten since. May be called again.
create function sluice_queue.settle(known bigint, upto bigint, committed bigint[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
declare
  settled bigint;
begin
  select seq into settled from sluice_queue.marks where name = 'settled' for update;
  if upto > settled then
    update sluice_queue.tasks set state = 'committed', changed_at = clock_timestamp()
      where seq = any (committed) and seq <= upto and state in ('waiting', 'claimed', 'done', 'cancelled');
    if known > settled then
      update sluice_queue.tasks set state = 'committed', changed_at = clock_timestamp()
        where seq > settled and seq <= known and state in ('waiting', 'claimed', 'done');
    end if;
    if exists (select from sluice_queue.tasks where seq > settled and seq <= upto and state in ('waiting', 'claimed', 'done')) then
      raise exception 'a task up to % is not over', upto using errcode = 'object_not_in_prerequisite_state';
    end if;
    update sluice_queue.marks set seq = upto where name = 'settled';
    notify sluice_queue_tasks;
    settled := upto;
  end if;
  return settled;
end $$;

-- What the registry of the knowledge base says (its last task, with the id of that) against what the queue says. It
-- decides: after a crash between its COMMIT and settle(), this settles what it has. Returns 'equal', 'settled' (now),
-- 'behind' (the knowledge base lacks what was committed) or 'other' (it has a task that this queue does not).
create function sluice_queue.agree(kb_seq bigint, kb_task uuid) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
declare
  settled bigint := (select seq from sluice_queue.marks where name = 'settled');
begin
  if kb_seq > 0 and not exists (select from sluice_queue.tasks where seq = kb_seq and id = kb_task) then
    return 'other';
  end if;
  if kb_seq < settled then
    -- Behind the last document there may be tasks that were cancelled.
    return case when exists (select from sluice_queue.tasks
                             where seq > kb_seq and seq <= settled and state in ('committed', 'failed'))
           then 'behind' else 'equal' end;
  end if;
  if kb_seq = settled then
    return 'equal';
  end if;
  -- A claim may be open again, where a failover lost that its bundle had come: the document is committed all the same.
  update sluice_queue.tasks set state = 'committed', changed_at = clock_timestamp()
    where seq > settled and seq <= kb_seq and state in ('waiting', 'claimed', 'done');
  update sluice_queue.marks set seq = kb_seq where name = 'settled' and seq < kb_seq;
  notify sluice_queue_tasks;
  return 'settled';
end $$;

create function sluice_queue.progress(out submitted bigint, out settled bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select seq from sluice_queue.marks where name = 'submitted'),
         (select seq from sluice_queue.marks where name = 'settled')
$$;

-- The knowledge base refused the bundle of this attempt: the task is prepared again by somebody, and whoever made
-- the bundle is on record with the reason.
create function sluice_queue.refuse(of_seq bigint, of_token uuid, why text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
declare
  lost sluice_queue.tasks;
begin
  select * into lost from sluice_queue.tasks where seq = of_seq and token = of_token and state = 'done' for update;
  if lost.seq is null then
    return false;
  end if;
  perform sluice_queue.lose_task(lost, 'its bundle was refused: ' || why);
  notify sluice_queue_tasks;
  return true;
end $$;

-- Takes tasks out that are not in the knowledge base yet: all of them, or those of `seqs`.
create function sluice_queue.cancel(seqs bigint[])
returns table (seq bigint, path text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  return query
    update sluice_queue.tasks t set state = 'cancelled', token = null, changed_at = clock_timestamp()
    where (seqs is null or t.seq = any (seqs)) and t.state in ('waiting', 'claimed', 'done')
    returning t.seq, t.prefix || t.path;
  delete from sluice_queue.claims c
    where not exists (select from sluice_queue.tasks t where t.token = c.token and t.state = 'claimed');
  notify sluice_queue_done;
end $$;

-- Submits again what failed: all of it, or those of `seqs`. The new tasks are the last of the list.
create function sluice_queue.retry(seqs bigint[])
returns table (seq bigint, path text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  last bigint := (select m.seq from sluice_queue.marks m where m.name = 'submitted' for update);
begin
  return query
    with again as (
      update sluice_queue.tasks t set state = 'retried', changed_at = clock_timestamp()
      where t.state = 'failed' and (seqs is null or t.seq = any (seqs))
      returning t.seq, t.root, t.prefix, t.path
    ), made as (
      insert into sluice_queue.tasks (seq, root, prefix, path)
      select last + row_number() over (order by a.seq), a.root, a.prefix, a.path from again a
      returning seq, prefix, path)
    select made.seq, made.prefix || made.path from made order by made.seq;
  update sluice_queue.marks m set seq = coalesce((select max(t.seq) from sluice_queue.tasks t where t.seq > last), last)
    where m.name = 'submitted';
  notify sluice_queue_tasks;
  notify sluice_queue_done;
end $$;

create function sluice_queue.status(out submitted bigint, out settled bigint, out waiting bigint, out claimed bigint,
                                    out done bigint, out failed bigint, out committed bigint, out cancelled bigint,
                                    out retried bigint, out lost_attempts bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform sluice_queue.end_old_claims();
  select seq into submitted from sluice_queue.marks where name = 'submitted';
  select seq into settled from sluice_queue.marks where name = 'settled';
  select count(*) filter (where t.state = 'waiting'), count(*) filter (where t.state = 'claimed'),
         count(*) filter (where t.state = 'done'), count(*) filter (where t.state = 'failed'),
         count(*) filter (where t.state = 'committed'), count(*) filter (where t.state = 'cancelled'),
         count(*) filter (where t.state = 'retried')
    into waiting, claimed, done, failed, committed, cancelled, retried from sluice_queue.tasks t;
  select count(*) into lost_attempts from sluice_queue.losses;
end $$;

-- Who works now, and with what.
create function sluice_queue.workers()
returns table (worker text, role name, setup text, tasks bigint, since timestamptz, seconds_left double precision)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select c.worker, c.claimed_by, c.setup,
         (select count(*) from sluice_queue.tasks t where t.token = c.token and t.state = 'claimed'), c.claimed_at,
         extract(epoch from c.lease_until - clock_timestamp())
  from sluice_queue.claims c order by c.worker, c.claimed_at
$$;

-- By what the bundles were made that wait or are committed.
create function sluice_queue.setups() returns table (setup text, tasks bigint)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select t.setup, count(*) from sluice_queue.tasks t where t.setup is not null group by t.setup order by t.setup
$$;

create function sluice_queue.failures(most integer)
returns table (seq bigint, path text, attempts integer, reason text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select t.seq, t.prefix || t.path, t.attempts, t.reason
  from sluice_queue.tasks t where t.state = 'failed' order by t.seq limit most
$$;

-- The last attempts that came to nothing.
create function sluice_queue.last_losses(most integer)
returns table (seq bigint, worker text, role name, reason text)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select l.seq, l.worker, l.claimed_by, l.reason from sluice_queue.losses l order by l.lost_at desc, l.seq desc limit most
$$;
