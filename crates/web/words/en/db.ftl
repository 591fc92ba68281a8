### The database, copies of it

## Refusals
db-unknown_scheme = The kind of database “{ $scheme }” is not known. Use postgres://… or leave it out for SQLite
backup-no_file = The copy { $file } cannot be opened. Check the path and who may read it
backup-not_ours = { $file } is not a copy made by danvan. Use a file that danvan backup wrote
backup-damaged_file = The stored file { $file } in this copy is damaged. Use another copy
backup-not_empty = This instance already holds { $rows } records, and nothing is restored over them. Restore into a new instance
