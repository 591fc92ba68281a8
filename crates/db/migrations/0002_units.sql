-- Places, and bodies that have a row of their own, as the lists give them. `place` is the identity: a unit's number is place * 64, that of
-- a standard body place * 64 + its slot. Days are numbers since 1/1/1970; no first day: not known; no end: it stands.
-- What is only known to lie between two states has the days of both beside the day that lists are drawn by.
create table unit_version (
    place bigint not null,
    number bigint not null,
    code text not null,
    name text not null,
    kind text not null,
    parent bigint,
    from_day bigint,
    from_after bigint,
    from_by bigint,
    to_day bigint,
    to_after bigint,
    to_by bigint,
    decision text not null,
    source text not null,
    primary key (place, number)
);

-- Whose ground went to whom. `main`: of several the one that goes on with what is open.
create table unit_succession (
    from_place bigint not null,
    to_place bigint not null,
    day bigint not null,
    main boolean not null,
    rule text not null,
    source text not null,
    primary key (from_place, to_place)
);

-- Decisions entered here. They change no row above: the tree is worked out from the lists and all decisions that stand, so one entered
-- late falls into its place and one undone by a later one (`undoes`) stays readable.
create table unit_decision (
    id bigint primary key,
    number text not null,
    issued bigint,
    issuer text not null,
    day bigint not null,
    undoes bigint,
    content text not null
);
