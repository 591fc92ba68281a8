-- Who has read a record that holds people's data: one line for each person, record and day, so that its length is bounded.
create table reading (
    record bigint not null,
    day bigint not null,
    who bigint not null,
    seat bigint not null,
    first_ms bigint not null,
    primary key (record, day, who)
);

-- A keyed mark of a sender's name and identity number, within one book: equal for the same person. The key stands in the key file.
create table sender_mark (
    record bigint primary key,
    mark bytea not null
);
create index sender_mark_mark on sender_mark (mark);
