-- What workers may call. A worker is any program that has the password: these functions give it no more
-- than some paths to work on, and take no more than a statement about tasks that it holds.
-- Plans are kept for as long as a worker is connected: those that were made while a table was small must not read all of
-- it when it is large. So these calls always go by an index (enable_seqscan, which makes plans look so costly that they
-- would be compiled: jit).

create function sluice_queue.settings(out version integer, out queue uuid, out store text, out lease_ms bigint,
                                      out max_attempts integer, out task_window bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select version, queue, store, (extract(epoch from lease) * 1000)::bigint, max_attempts, task_window
  from sluice_queue.about
$$;

-- Up to `most` tasks in their order. A task that a worker was lost with comes alone, so that it costs no other
-- task an attempt. The worker draws the token by lot. If the answer is lost on its way, the same call with the same
-- token gives the same tasks.
create function sluice_queue.claim(of_token uuid, worker text, setup text, most integer)
returns table (seq bigint, root text, prefix text, path text, attempts integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
declare
  is_known boolean;
  has_old boolean;
  settled bigint;
  last bigint;
  lease_end timestamptz;
  above bigint;
  -- A value: a call of clock_timestamp() in a condition keeps it from the index.
  now_is timestamptz := clock_timestamp();
begin
  select m.seq, m.seq + a.task_window, now_is + a.lease,
         exists (select from sluice_queue.claims c where c.token = of_token),
         exists (select from sluice_queue.claims c where c.lease_until < now_is)
    into settled, last, lease_end, is_known, has_old
    from sluice_queue.marks m, sluice_queue.about a where m.name = 'settled';
  if has_old then
    perform sluice_queue.end_old_claims();
  end if;
  if is_known then
    return query
      select t.seq, t.root, t.prefix, t.path, t.attempts from sluice_queue.tasks t
      where t.token = of_token and t.state = 'claimed' and t.claimed_by = session_user order by t.seq;
    return;
  end if;
  -- Not for each claim: it looks through what was claimed since the last time.
  if random() < 0.02 then
    perform sluice_queue.raise_low_water();
  end if;
  -- The mark saves time and decides nothing: where nothing waits behind it, all is looked through.
  foreach above in array array[(select greatest(l.seq, settled) from sluice_queue.low_water l), settled] loop
    return query
      with free as (
        select t.seq, t.attempts from sluice_queue.tasks t
        where t.state = 'waiting' and t.seq > above and t.seq <= last
        order by t.seq limit least(greatest(most, 1), 1000) for update skip locked
      ), first as (
        select f.seq, f.attempts from free f order by f.seq limit 1
      ), chosen as (
        select f.seq from free f, first
        where f.seq = first.seq
           or (first.attempts = 0 and f.seq < coalesce((select min(g.seq) from free g where g.attempts > 0), f.seq + 1))
      ), made as (
        insert into sluice_queue.claims (token, claimed_by, worker, setup, lease_until)
        select of_token, session_user, left(claim.worker, 200), left(claim.setup, 200), lease_end from first
      ), claimed as (
        update sluice_queue.tasks t
          set state = 'claimed', token = of_token, claimed_by = session_user, worker = left(claim.worker, 200),
              setup = left(claim.setup, 200), changed_at = clock_timestamp()
          -- An array, and no join: so the plan always goes by the index.
          where t.seq = any (array(select c.seq from chosen c))
          returning t.seq, t.root, t.prefix, t.path, t.attempts
      )
      select c.seq, c.root, c.prefix, c.path, c.attempts from claimed c order by c.seq;
    exit when found or above = settled;
  end loop;
end $$;

-- Says that the worker lives. False: the claim is no longer its own, and what it makes is not wanted.
create function sluice_queue.heartbeat(of_token uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
begin
  update sluice_queue.claims set lease_until = clock_timestamp() + (select lease from sluice_queue.about)
    where token = of_token and claimed_by = session_user;
  return found;
end $$;

-- The bundles of these tasks are in the store. Returns the tasks for which that was still wanted; again, if the
-- same call is made again because its answer was lost.
create function sluice_queue.complete(of_token uuid, seqs bigint[], hashes text[], sizes bigint[], outcomes text[])
returns setof bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
begin
  update sluice_queue.tasks t
    set state = 'done', bundle_sha256 = decode(b.hash, 'hex'), bundle_size = b.size,
        outcome = left(b.outcome, 100), changed_at = clock_timestamp()
    from unnest(seqs, hashes, sizes, outcomes) as b (seq, hash, size, outcome)
    -- The second condition says the same as the first, in a way that always leads to the index.
    where t.seq = b.seq and t.seq = any (seqs) and t.token = of_token and t.claimed_by = session_user
      and t.state = 'claimed';
  if found then
    perform sluice_queue.say_done(seqs);
    perform sluice_queue.drop_empty_claim(of_token);
  end if;
  return query
    select t.seq from sluice_queue.tasks t, unnest(seqs, hashes) as b (seq, hash)
    where t.seq = b.seq and t.seq = any (seqs) and t.token = of_token and t.claimed_by = session_user
      and t.state in ('done', 'committed') and t.bundle_sha256 = decode(b.hash, 'hex');
end $$;

-- This worker could not make a bundle of the task; that is a lost attempt.
create function sluice_queue.fail(of_token uuid, of_seq bigint, why text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
declare
  lost sluice_queue.tasks;
begin
  if (sluice_queue.own_claim(of_token)).token is null then
    return false;
  end if;
  select * into lost from sluice_queue.tasks where seq = of_seq and token = of_token and state = 'claimed' for update;
  if lost.seq is null then
    return false;
  end if;
  perform sluice_queue.lose_task(lost, why);
  perform sluice_queue.say_done(array[of_seq]);
  perform sluice_queue.drop_empty_claim(of_token);
  return true;
end $$;

-- The worker ends, and is not to blame the tasks for it: they wait again, without a lost attempt.
create function sluice_queue.give_back(of_token uuid) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
declare
  given integer;
  first_given bigint;
begin
  if (sluice_queue.own_claim(of_token)).token is null then
    return 0;
  end if;
  with back as (
    update sluice_queue.tasks
      set state = 'waiting', token = null, claimed_by = null, worker = null, setup = null, changed_at = clock_timestamp()
      where token = of_token and state = 'claimed' returning seq)
  select count(*), min(seq) into given, first_given from back;
  if given > 0 then
    perform sluice_queue.lower_low_water(first_given);
  end if;
  delete from sluice_queue.claims where token = of_token;
  notify sluice_queue_tasks;
  return given;
end $$;

-- Whether a worker that finds nothing to claim may end: nothing waits, and nobody holds anything.
create function sluice_queue.is_idle() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp set enable_seqscan = off set jit = off as $$
  select not exists (select from sluice_queue.tasks where state = 'waiting')
     and not exists (select from sluice_queue.tasks where state = 'claimed')
$$;
