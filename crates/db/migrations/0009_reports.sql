-- A report of a unit for a period, from its draft to its issue. What it says is computed until it is issued; here stands what people add.
create table report (
    id bigint primary key,
    outline text not null,
    -- The place that it tells of, and the body that issues it.
    unit bigint not null,
    body bigint not null,
    -- `2021`, `2021-Q1`, `FROM..TO`; and the days that the outline's regime means by it.
    period text not null,
    from_day bigint not null,
    to_day bigint not null,
    -- draft, submitted, returned, accepted, issued
    state text not null,
    version bigint not null,
    -- How often it was submitted.
    round bigint not null,
    -- Prose by the outline's slots, as JSON.
    slots text not null,
    -- Entered after signing.
    number text,
    signed_day bigint,
    signer text,
    created_ms bigint not null,
    changed_ms bigint not null,
    unique (outline, unit, from_day, to_day)
);
create index report_body on report (body, id);

-- What was sent back: a section (`section:ID`) or a number (`number:KEY`), why, and what was answered.
create table report_return (
    id bigint primary key,
    report bigint not null,
    round bigint not null,
    target text not null,
    -- As the reader saw it: the heading, or the number.
    label text not null,
    reason text not null,
    who bigint not null,
    at_ms bigint not null,
    answer text,
    settled_ms bigint
);
create index report_return_report on report_return (report, id);

-- An issued report as it was issued: never changed.
create table report_issue (
    report bigint primary key,
    at_ms bigint not null,
    paper text not null,
    -- Values and wordings behind every number.
    answers text not null,
    numbers text not null,
    geography text not null,
    -- Per figure and window: which facts made it; `lists` says where each begins in `evidence`.
    lists text not null,
    evidence bytea not null,
    hash bytea not null
);
