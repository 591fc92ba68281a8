-- The ledger of evidence. `fact`: one line for each thing that a record proves; replaced whole when the record is saved.
-- Figures, parts and subjects are interned (`name`); days are day numbers; 0 as subject is none, 0 as line is the record itself.
create table fact (
    record bigint not null,
    ordinal bigint not null,
    figure bigint not null,
    part bigint not null,
    -- The place that the unit stands at, or the unit's own key: sums over a ground ask by it.
    place bigint not null,
    unit bigint not null,
    subject bigint not null,
    day bigint not null,
    since bigint not null,
    amount bigint not null,
    basis bigint not null,
    line bigint not null,
    primary key (record, ordinal)
);
create index fact_figure on fact (figure, place, day);

-- Sums of facts by month, kept by difference in the transaction that changes the facts; never rolled up to parents.
create table cell (
    figure bigint not null,
    place bigint not null,
    month bigint not null,
    unit bigint not null,
    part bigint not null,
    basis bigint not null,
    amount bigint not null,
    facts bigint not null,
    primary key (figure, place, month, unit, part, basis)
);
