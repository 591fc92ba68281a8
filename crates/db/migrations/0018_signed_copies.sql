-- What came back from signing: the file by its hash, and which numbers in it are not those that were issued.
create table report_copy (
    report bigint not null,
    at_ms bigint not null,
    who bigint not null,
    name text not null,
    format text not null,
    hash text not null,
    size bigint not null,
    found text not null,
    primary key (report, format, at_ms)
);
