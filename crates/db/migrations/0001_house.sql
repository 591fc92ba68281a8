-- Settings of the instance, and the generation: a number that every change of units, posts, calendar or pack raises,
-- so that each server knows when its snapshot is old.
create table instance (
    key text primary key,
    value text not null
);

-- Names given to integers: registers, fields, choices, figures, parts. A name is never reused for another thing.
create table name (
    id bigint primary key,
    space text not null,
    name text not null,
    unique (space, name)
);

-- Node numbers of servers, so that ids made at the same moment differ.
create table node (
    number bigint primary key,
    until_ms bigint not null
);
