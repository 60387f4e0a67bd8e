-- What the calls of all roles share. Nobody but the owner of the schema may call these.

-- The longest text of a worker that is kept. The rest says no more, and a worker could fill the disk with it.
create function sluice_queue.kept_text(given text) returns text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as
$$ select left(coalesce(given, ''), 1000) $$;

-- A task up to here waits again. REQUIRES: the same transaction makes it wait.
create function sluice_queue.lower_low_water(waiting bigint) returns void
language sql set search_path = pg_catalog, pg_temp as
$$ update sluice_queue.low_water set seq = waiting - 1 where seq >= waiting $$;

-- Sees as waiting what a claim has in hand that is not committed, since that may come to nothing. Whoever makes a task
-- wait again in the meantime lowers the mark behind us: it stays locked until we are committed.
create function sluice_queue.raise_low_water() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  low bigint;
begin
  select seq into low from sluice_queue.low_water for update skip locked;
  if low is null then
    return;
  end if;
  update sluice_queue.low_water set seq = raised.seq
    from (select coalesce(min(t.seq) - 1, (select m.seq from sluice_queue.marks m where m.name = 'submitted')) as seq
          from sluice_queue.tasks t where t.state = 'waiting' and t.seq > low) as raised
    where raised.seq > low;
end $$;

-- Takes one task from a claim. It waits again, or fails if that happened too often.
create function sluice_queue.lose_task(lost sluice_queue.tasks, why text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  most integer := (select max_attempts from sluice_queue.about);
begin
  insert into sluice_queue.losses (seq, token, claimed_by, worker, reason)
    values (lost.seq, lost.token, lost.claimed_by, lost.worker, sluice_queue.kept_text(why));
  update sluice_queue.tasks set
      attempts = attempts + 1,
      state = case when attempts + 1 >= most then 'failed' else 'waiting' end::sluice_queue.state,
      outcome = case when attempts + 1 >= most then 'internal' end,
      reason = case when attempts + 1 >= most then
        'no worker could prepare it in ' || most || ' attempts; the last one: ' || sluice_queue.kept_text(why) end,
      token = null, claimed_by = null, worker = null, setup = null, bundle_sha256 = null, bundle_size = null,
      changed_at = clock_timestamp()
    where seq = lost.seq;
  perform sluice_queue.lower_low_water(lost.seq);
end $$;

-- Takes back all that workers hold who are silent for longer than their lease. By the clock of the database
-- alone: those of the workers may differ.
create function sluice_queue.end_old_claims() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  old sluice_queue.claims;
  lost sluice_queue.tasks;
  now_is timestamptz := clock_timestamp();  -- a value, for the index
begin
  for old in select * from sluice_queue.claims where lease_until < now_is
             order by token for update skip locked loop
    for lost in select * from sluice_queue.tasks where token = old.token and state = 'claimed' order by seq for update loop
      perform sluice_queue.lose_task(lost, 'its worker ' || old.worker || ' was not heard of until the lease ended');
    end loop;
    delete from sluice_queue.claims where token = old.token;
  end loop;
end $$;

-- The claim of this token, locked, if it is the caller's own; else null.
create function sluice_queue.own_claim(of_token uuid) returns sluice_queue.claims
language sql set search_path = pg_catalog, pg_temp as
$$ select c from sluice_queue.claims c where c.token = of_token and c.claimed_by = session_user for update $$;

-- The claim goes with the last of its tasks.
create function sluice_queue.drop_empty_claim(of_token uuid) returns void
language sql set search_path = pg_catalog, pg_temp as $$
  delete from sluice_queue.claims where token = of_token
    and not exists (select from sluice_queue.tasks where token = of_token and state = 'claimed')
$$;

-- Wakes the committer if it waits for one of these tasks: for the first that is not settled. Not for every task,
-- because a NOTIFY makes transactions commit one after the other.
create function sluice_queue.say_done(seqs bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if (select seq + 1 from sluice_queue.marks where name = 'settled') = any (seqs) then
    notify sluice_queue_done;
  end if;
end $$;
