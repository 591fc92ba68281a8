-- Long work that outlives a request and a restart.
create table job (
    id bigint primary key,
    kind text not null,
    args text not null,
    -- waiting, running, done, failed, cancelled
    state text not null,
    done bigint not null,
    total bigint not null,
    note text not null,
    -- Where a worker goes on that takes the job over; written in the transaction of the work it speaks of.
    checkpoint text,
    result text,
    -- Refusals as JSON: worded when read, in the reader's language.
    error text,
    who bigint not null,
    unit bigint not null,
    created_ms bigint not null,
    after_ms bigint not null,
    -- Until when its worker is believed alive.
    lease_ms bigint not null,
    -- Raised whenever a worker takes the job: one that was thought dead and comes back no longer fits, and writes nothing.
    turn bigint not null,
    -- How often it was taken since it last got on.
    tries bigint not null,
    ended_ms bigint
);
create index job_state on job (state, id);
create index job_unit on job (unit, id);
create index job_who on job (who, id);
