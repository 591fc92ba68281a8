-- What happened, in order. Rows are added and never changed, but for `seal`, which is set once. db's dialect lays the
-- triggers that refuse anything else; the hashes show what was done past them.
create table entry (
    id bigint primary key,
    -- The subject: record, unit, account, report, pack, calendar, job, instance; and its id.
    kind text not null,
    about bigint not null,
    -- The place in the subject's chain, from 1 without gaps. Not the id: clocks of two servers may differ.
    number bigint not null,
    act text not null,
    -- 0 is the operator's shell.
    who bigint not null,
    seat bigint not null,
    at_ms bigint not null,
    on_day bigint,
    -- Kept as the text that was hashed: a JSON type would write it anew.
    body text not null,
    cause bigint,
    hash bytea not null,
    -- 0 until sealed. Not null, so that "not yet sealed, in order" is one range of the index on both databases.
    seal bigint not null default 0,
    -- Also what makes two writers of one subject take turns, while writers of different subjects never meet.
    unique (kind, about, number)
);
create index entry_seal on entry (seal, id);

-- One chain of signed seals over all entries.
create table seal (
    number bigint primary key,
    at_ms bigint not null,
    entries bigint not null,
    root bytea not null,
    previous bytea not null,
    hash bytea not null,
    signature bytea not null
);
