### Private fields and the key file

## Refusals
vault-key_missing = There is no key file { $file }. Copy this instance's key file there; for a new instance run danvan init
vault-key_exists = The key file { $file } is already there and was left as it is
vault-key_open_to_others = Others on this machine can read the key file { $file } (mode { $mode }). Run chmod 600 { $file } and start again
vault-key_unreadable = The key file { $file } is damaged or not danvan's. Copy it from your backup
vault-key_of_another_instance = The key file { $file } belongs to another instance. Copy the one that belongs to this database
vault-forgotten = The private fields of this record were destroyed at the end of their retention; nothing can be added
vault-keys_in_use = { $left } records still use an older key. Finish changing keys before dropping it
