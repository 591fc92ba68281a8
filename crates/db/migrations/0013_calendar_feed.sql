-- The secret address under which someone's own calendar program reads their due days; one for each account.
create table calendar_feed (
    account bigint not null primary key,
    seat bigint not null,
    hash text not null unique,
    at_ms bigint not null
);
