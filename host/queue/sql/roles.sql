-- Least rights. Roles belong to all databases of a server: those of an older queue are used again.
do $$
declare
  one text;
begin
  foreach one in array array['sluice_worker', 'sluice_submitter', 'sluice_committer'] loop
    if not exists (select from pg_roles where rolname = one) then
      execute format('create role %I nologin', one);
    end if;
  end loop;
end $$;

revoke all on all tables in schema sluice_queue from public;
revoke all on all functions in schema sluice_queue from public;
grant usage on schema sluice_queue to sluice_worker, sluice_submitter, sluice_committer;
grant execute on function sluice_queue.settings() to sluice_worker, sluice_submitter, sluice_committer;
grant execute on function sluice_queue.claim, sluice_queue.heartbeat, sluice_queue.complete, sluice_queue.fail,
  sluice_queue.give_back, sluice_queue.is_idle to sluice_worker;
grant execute on function sluice_queue.submit, sluice_queue.status, sluice_queue.workers, sluice_queue.setups,
  sluice_queue.failures, sluice_queue.last_losses to sluice_submitter, sluice_committer;
grant execute on function sluice_queue.next_over, sluice_queue.settle, sluice_queue.agree, sluice_queue.progress, sluice_queue.refuse, sluice_queue.cancel,
  sluice_queue.retry to sluice_committer;
