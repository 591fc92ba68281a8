-- What a list lets through and sorts by stands in the index that it is driven from: no row of another body is fetched to be left out.
drop index record_place;
create index record_place on record (register, place, day desc, id desc, unit, state, void, due, year, number, recorded);
drop index record_day;
create index record_day on record (register, day desc, id desc, place, unit, state, void, due);
drop index record_state;
create index record_state on record (register, state, day desc, id desc, place, unit, void, due);
-- What waits: of everyone, and of a place.
drop index record_due;
create index record_due on record (due, id, place, unit, register, void) where due is not null;
create index record_waits on record (place, due, id, unit, register, void) where due is not null;
drop index attribute_record;
create index attribute_record on attribute (record, field, value);
-- The same of sums over facts.
drop index fact_figure;
create index fact_figure on fact (figure, place, day, since, unit, part, basis, amount, subject, record);
