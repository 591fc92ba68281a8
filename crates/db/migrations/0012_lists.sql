-- A list of a whole register comes in any of its orders without being sorted. A long title counts by its beginning: an index row is bounded.
create index record_number on record (register, year, number, id);
create index record_title on record (register, substr(title_key, 1, 120), id);
create index record_urgency on record (register, coalesce(due, 9000000), id);
create index record_recorded on record (register, recorded, id);
-- Few are taken back: a list of them does not look at the others.
create index record_void on record (register, id) where void;
