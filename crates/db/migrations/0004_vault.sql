-- The key of one record's private fields, wrapped by a master key of the instance's key file. Destroyed (null) when the
-- retention ends: the row stays, so that nothing private is written to that record again.
create table record_key (
    record bigint primary key,
    -- Which master key wraps it: a rotation walks from the old one to the new, and goes on where it was stopped.
    master bigint not null,
    wrapped bytea
);
create index record_key_master on record_key (master, record);

-- Private fields, sealed under the record's key. Nothing here is searched, sorted or counted.
create table private (
    record bigint not null,
    field text not null,
    sealed bytea not null,
    primary key (record, field)
);
