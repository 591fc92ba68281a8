-- The key pair of a person who may be named as handler of sealed cases. The private half is locked under a passphrase that only
-- that person knows: the server cannot use it alone.
create table handler (
    account bigint primary key,
    public bytea not null,
    salt bytea not null,
    locked bytea not null,
    made_ms bigint not null
);

-- Whom the head of a body has named to open its sealed cases.
create table handler_of (
    unit bigint not null,
    account bigint not null,
    named_by bigint not null,
    named_ms bigint not null,
    primary key (unit, account)
);

-- The way back when handlers are gone: a key pair whose private half was split m-of-n on paper and is kept nowhere.
create table escrow (
    id bigint primary key,
    public bytea not null,
    need bigint not null,
    shares bigint not null,
    made_ms bigint not null
);

-- A case's key, wrapped to each of its holders. Every writing has a key of its own number, so that writing never needs to open.
create table case_key (
    record bigint not null,
    number bigint not null,
    -- handler, escrow
    holder_kind text not null,
    -- The account, or the escrow.
    holder bigint not null,
    wrapped bytea not null,
    primary key (record, number, holder_kind, holder)
);

-- Identities and originals, sealed under a key of their case. A file has its name inside.
create table sealed (
    record bigint not null,
    -- The field, or field/number for one of several files.
    place text not null,
    number bigint not null,
    content bytea not null,
    primary key (record, place)
);

-- Who asked to open an identity, who agreed, when it was opened, and when the head took notice.
create table opening (
    id bigint primary key,
    record bigint not null,
    unit bigint not null,
    asked_by bigint not null,
    reason text not null,
    asked_ms bigint not null,
    agreed_by bigint not null,
    agreed_ms bigint not null,
    opened_ms bigint not null,
    seen_by bigint not null,
    seen_ms bigint not null
);
create index opening_record on opening (record, id);
create index opening_unit on opening (unit, id);

-- What the sealed intake took: sealed to a key whose private half is on the stand-alone instance.
create table intake (
    reference text primary key,
    received_ms bigint not null,
    sealed bytea not null,
    -- When it was carried over; 0 while it was not.
    carried_ms bigint not null,
    -- On the stand-alone instance: the record it became; 0 while it is none.
    record bigint not null
);

-- Receipts: a public reference, and the hash of a secret of more than 112 bits that only its holder has.
create table receipt (
    reference text primary key,
    secret bytea not null,
    -- The record it is for; 0 for one of the sealed intake.
    record bigint not null,
    given_ms bigint not null
);
