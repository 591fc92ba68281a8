-- People who sign in. The login is folded; a password stands as its Argon2id hash.
create table account (
    id bigint primary key,
    login text not null unique,
    name text not null,
    password text,
    disabled boolean not null,
    -- Wrong passwords since the last right one, and when the last was: they make the next try wait, never lock.
    failures bigint not null,
    failed_ms bigint not null
);

-- What an account works as: a role at a unit, by date; for someone else while standing in.
create table seat (
    id bigint primary key,
    account bigint not null,
    unit bigint not null,
    role text not null,
    from_day bigint not null,
    -- The first day on which it is no more.
    to_day bigint,
    for_account bigint
);
create index seat_account on seat (account);
create index seat_unit on seat (unit);

-- Sessions and tokens stand under the SHA-256 of what is presented.
create table session (
    hash text primary key,
    account bigint not null,
    seat bigint not null,
    begun_ms bigint not null,
    seen_ms bigint not null
);
create index session_account on session (account);
create table token (
    hash text primary key,
    id bigint not null,
    account bigint not null,
    seat bigint not null,
    until_ms bigint not null
);

-- Links that let someone choose a password once.
create table invitation (
    hash text primary key,
    account bigint not null,
    until_ms bigint not null,
    used boolean not null
);

-- Who held a post, by date. Names stand here because posts are public.
create table holder (
    id bigint primary key,
    unit bigint not null,
    post text not null,
    name text not null,
    account bigint,
    from_day bigint not null,
    to_day bigint,
    decision text
);
create index holder_unit on holder (unit, post, from_day);
