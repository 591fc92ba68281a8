-- The tasks that an issued report set: which records, out of which place of its text, in which order.
create table report_task (
    report bigint not null,
    position bigint not null,
    slot text not null,
    task bigint not null,
    primary key (report, position)
);
create index report_task_task on report_task (task);
