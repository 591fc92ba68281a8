-- What an account watches: a record, or a figure as it was asked, by its address; and what was last looked at: the number of the latest
-- entry in the record's timeline, the figure as it was shown.
create table watch (
    id bigint primary key,
    account bigint not null,
    address text not null,
    -- 0: a figure.
    record bigint not null,
    mark text not null,
    looked_ms bigint not null,
    unique (account, address)
);
