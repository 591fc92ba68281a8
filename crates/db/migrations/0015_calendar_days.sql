-- Days that were entered here over those of the pack: one change is one act of an officer, by one decision.
create table calendar_change (
    id bigint primary key,
    at_ms bigint not null,
    account bigint not null,
    seat bigint not null,
    -- The number of the decision, and its day where it has one.
    decision text not null,
    decided bigint,
    -- Why days were taken back, or deadlines already past were moved.
    reason text not null
);
create table calendar_day (
    id bigint primary key,
    change bigint not null,
    -- The change that took it back or put another in its place.
    back bigint,
    day bigint not null,
    -- holiday, compensation, local, worked; year: the whole plan of the day's year is confirmed as it stands.
    kind text not null,
    name text not null,
    confirmed boolean not null
);
create index calendar_day_change on calendar_day (change);
create index calendar_day_back on calendar_day (back);
