-- What workers may call. A worker is any program that has the password: these functions give it no more
-- than some paths to work on, and take no more than a statement about tasks that it holds.

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
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  settled bigint := (select m.seq from sluice_queue.marks m where m.name = 'settled');
  ahead bigint := (select task_window from sluice_queue.about);
  chosen bigint[];
begin
  if exists (select from sluice_queue.claims c where c.lease_until < clock_timestamp()) then
    perform sluice_queue.end_old_claims();
  end if;
  if not exists (select from sluice_queue.claims c where c.token = of_token) then
    with free as (
      select t.seq, t.attempts from sluice_queue.tasks t
      where t.state = 'waiting' and t.seq > settled and t.seq <= settled + ahead
      order by t.seq limit least(greatest(most, 1), 1000) for update skip locked
    ), first as (
      select f.seq, f.attempts from free f order by f.seq limit 1
    )
    select array_agg(f.seq) into chosen from free f, first
    where f.seq = first.seq
       or (first.attempts = 0 and f.seq < coalesce((select min(g.seq) from free g where g.attempts > 0), f.seq + 1));
    if chosen is null then
      return;
    end if;
    insert into sluice_queue.claims (token, claimed_by, worker, setup, lease_until)
      values (of_token, session_user, left(claim.worker, 200), left(claim.setup, 200),
              clock_timestamp() + (select lease from sluice_queue.about));
    update sluice_queue.tasks t
      set state = 'claimed', token = of_token, claimed_by = session_user, worker = left(claim.worker, 200),
          setup = left(claim.setup, 200), changed_at = clock_timestamp()
      where t.seq = any (chosen);
  end if;
  return query
    select t.seq, t.root, t.prefix, t.path, t.attempts from sluice_queue.tasks t
    where t.token = of_token and t.state = 'claimed' and t.claimed_by = session_user order by t.seq;
end $$;

-- Says that the worker lives. False: the claim is no longer its own, and what it makes is not wanted.
create function sluice_queue.heartbeat(of_token uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update sluice_queue.claims set lease_until = clock_timestamp() + (select lease from sluice_queue.about)
    where token = of_token and claimed_by = session_user;
  return found;
end $$;

-- The bundles of these tasks are in the store. Returns the tasks for which that was still wanted; again, if the
-- same call is made again because its answer was lost.
create function sluice_queue.complete(of_token uuid, seqs bigint[], hashes text[], sizes bigint[], outcomes text[])
returns setof bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  given integer;
begin
  if (sluice_queue.own_claim(of_token)).token is null then
    return 0;
  end if;
  update sluice_queue.tasks
    set state = 'waiting', token = null, claimed_by = null, worker = null, setup = null, changed_at = clock_timestamp()
    where token = of_token and state = 'claimed';
  get diagnostics given = row_count;
  delete from sluice_queue.claims where token = of_token;
  notify sluice_queue_tasks;
  return given;
end $$;

-- Whether a worker that finds nothing to claim may end: nothing waits, and nobody holds anything.
create function sluice_queue.is_idle() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select not exists (select from sluice_queue.tasks where state = 'waiting')
     and not exists (select from sluice_queue.tasks where state = 'claimed')
$$;
