-- What one post, agreement or project was counted for, wherever the record stands.
create index fact_subject on fact (subject, figure, day) where subject <> 0;
