-- Few are taken back: what is asked of them stands in their own index, or a wider one that walks the whole register is taken for cheaper.
drop index record_void;
create index record_void on record (register, id, void) where void;
