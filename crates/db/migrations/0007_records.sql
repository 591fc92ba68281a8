-- Entries of registers. The header is columns; the content is one JSON document, so that a new field needs no migration.
create table record (
    id bigint primary key,
    register bigint not null,
    unit bigint not null,
    -- The place that the unit stands at, or the unit's own key: lists of a place ask by it.
    place bigint not null,
    year bigint not null,
    number bigint not null,
    day bigint not null,
    -- The day on which it was recorded.
    recorded bigint not null,
    -- Interned state; 0 where the register has none.
    state bigint not null,
    title text not null,
    title_key text not null,
    -- The nearest due day of a clock that runs.
    due bigint,
    version bigint not null,
    -- The record of another body on the same matter, from which this one was opened.
    origin bigint,
    -- Where it came from in an import: the handle given by another instance, or the hash of its row.
    source_key text,
    -- The hash of the register's definition under which it was saved.
    definition text not null,
    -- Taken back: the number stays taken and reads "hủy".
    void boolean not null,
    data text not null,
    unique (register, unit, year, number),
    unique (register, source_key)
);
create index record_place on record (register, place, day desc, id desc);
create index record_day on record (register, day desc, id desc);
create index record_state on record (register, state, day desc, id desc);
create index record_due on record (due, place) where due is not null;

-- The last number given in a book and a year.
create table counter (
    register bigint not null,
    unit bigint not null,
    year bigint not null,
    last bigint not null,
    primary key (register, unit, year)
);

-- Fields by which lists filter and sort, as integers.
create table attribute (
    register bigint not null,
    field bigint not null,
    value bigint not null,
    day bigint not null,
    record bigint not null,
    primary key (register, field, value, day, record)
);
create index attribute_record on attribute (record);

-- Bodies that take part in a record besides the one whose book it stands in.
create table party (
    record bigint not null,
    unit bigint not null,
    primary key (record, unit)
);
create index party_unit on party (unit, record desc);

-- Links between records, by the field that makes them.
create table link (
    source bigint not null,
    field text not null,
    target bigint not null,
    primary key (source, field, target)
);
create index link_target on link (target, source);

create table attachment (
    id bigint primary key,
    record bigint not null,
    field text not null,
    name text not null,
    media text not null,
    size bigint not null,
    hash text not null,
    at_ms bigint not null,
    account bigint not null,
    gone boolean not null
);
create index attachment_record on attachment (record, id);

-- An import: its rows are staged first, then applied in batches, and can be taken back as a whole.
create table batch (
    id bigint primary key,
    register bigint not null,
    unit bigint not null,
    file text not null,
    state text not null,
    only_good boolean not null,
    account bigint not null,
    at_ms bigint not null,
    mapping text not null
);
create table batch_row (
    batch bigint not null,
    row bigint not null,
    state text not null,
    input text not null,
    record bigint,
    refused text,
    primary key (batch, row)
);
create index batch_row_record on batch_row (record) where record is not null;

-- A list as someone likes to see it.
create table saved_view (
    id bigint primary key,
    account bigint not null,
    register bigint not null,
    name text not null,
    query text not null
);
create index saved_view_account on saved_view (account, register);
