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

-- An import: its sheets are staged first, then applied in batches, and can be taken back as a whole.
create table batch (
    id bigint primary key,
    register bigint not null,
    file text not null,
    -- staged, done, refused (all or nothing, and not all), taken_back
    state text not null,
    account bigint not null,
    unit bigint not null,
    at_ms bigint not null,
    terms text not null,
    -- Into how many parts the sheets were cut, which lie in the vault under the batch's own key: rows may hold private fields.
    parts bigint not null
);
create index batch_register on batch (register, id);
-- What became of each row; row 0 stands for what belongs to none.
create table batch_row (
    batch bigint not null,
    row bigint not null,
    -- added, changed, same, rejected
    state text not null,
    refused text,
    primary key (batch, row)
);
-- The records that a batch touched, with the version it left them at and what they were before; nothing for one that it added.
create table batch_record (
    batch bigint not null,
    record bigint not null,
    version bigint not null,
    before text,
    primary key (batch, record)
);

-- A list as someone likes to see it.
create table saved_view (
    id bigint primary key,
    account bigint not null,
    register bigint not null,
    name text not null,
    query text not null
);
create index saved_view_account on saved_view (account, register);
