-- A cross-table that someone keeps under a name: what its address says, for themselves or for their body and those under it.
create table cross_table (
    id bigint primary key,
    unit bigint not null,
    account bigint not null,
    name text not null,
    query text not null,
    shared boolean not null,
    at_ms bigint not null
);
create index cross_table_unit on cross_table (unit, id);
create index cross_table_account on cross_table (account, id);

-- The secret address under which a spreadsheet reads one cross-table with the rights of the one who made it; one for each of them.
create table cross_feed (
    cross_table bigint not null,
    account bigint not null,
    seat bigint not null,
    hash text not null unique,
    at_ms bigint not null,
    primary key (cross_table, account)
);

-- A table asked from many bodies by an hour: its columns as JSON, the days that its figures are of.
create table request (
    id bigint primary key,
    unit bigint not null,
    account bigint not null,
    title text not null,
    note text not null,
    columns text not null,
    from_day bigint not null,
    to_day bigint not null,
    due_ms bigint not null,
    created_ms bigint not null,
    -- Nobody answers any more.
    closed_ms bigint,
    version bigint not null
);
create index request_unit on request (unit, id);

-- What one body answers: its row of the table.
create table request_row (
    request bigint not null,
    unit bigint not null,
    -- asked, draft, sent
    state text not null,
    -- By column, as JSON.
    answers text not null,
    -- First sent, and last.
    first_ms bigint,
    sent_ms bigint,
    account bigint,
    version bigint not null,
    primary key (request, unit)
);
create index request_row_unit on request_row (unit, request);
