### Making and opening an instance

instance-none_here = There is no instance in { $dir }. Run danvan init --data { $dir }, or name its directory with --data
instance-here_already = There already is an instance in { $dir }; it was left as it is. Run danvan serve --data { $dir }, or choose another directory
instance-no_such_file = The file of units { $file } cannot be read. Check the path and who may read it
instance-cannot_listen = The address { $address } cannot be opened: { $reason }. Choose another with --listen

## The menu
danvan-registers = Registers
danvan-at_work = Open work
danvan-numbers = Numbers
danvan-targets = Targets
danvan-duties = Duties of heads
danvan-reports = Reports
danvan-figures = Figures
danvan-units = Units
danvan-jobs = Background work
danvan-house = The house

## The shell
danvan-ending_unknown = The ending of { $file } is not known. Use one of: { $known }
danvan-today = Today

## What the command line says
shell-window = { $unit }, { $from } to { $to }
shell-silent = { $count } units without data
shell-missing = missing: { $unit } ({ $code })
shell-rebuilt = The evidence of { $count } records was rebuilt, { $changed } differed.
shell-imported = Read { $read } rows: { $added } added, { $changed } changed, { $same } the same, { $rejected } sent back.
shell-rejected = row { $row }, column “{ $column }”, “{ $value }”
shell-written = Written: { $files }.
shell-made = The instance at { $dir } is made, with { $count } places. Next: danvan user add NAME --role administrator --unit CODE, then danvan serve.
shell-units_read = { $read } units read: { $changed } new or changed, { $same } as before.
shell-verified = Timeline: { $entries } entries, { $seals } seals, { $open } entries not sealed yet.
shell-cell_off = The monthly sum differs from its evidence: figure { $figure }, unit { $unit }.
shell-sound = Sound.
shell-backed_up = { $rows } rows of { $tables } tables and { $files } files are in { $file }. The key file instance.key is not in the copy: keep it apart.
shell-restored = { $rows } rows and { $files } files are restored. Check them: danvan verify.
shell-views = Views made: { $views }.
shell-no_fault = The pack has no fault.
shell-registers = Registers
shell-figures = Figures
shell-targets = Targets
shell-outlines = Outlines
shell-rebuild_failed = Rebuilding the figures (job { $job }) did not come to its end. Figures are still read by the old definitions; the server tries again
shell-laid = The overlay is laid: { $files } files, { $figures } figures defined anew.
shell-user_added = { $login } is added. Open this path at the address of the house to choose a password, once, within three days:
shell-seat_added = { $login } has an account; the role is added.
shell-serving = danvan serves at http://{ $address }

## danvan vault
shell-vault_key_made = The intake key pair is made, its public key is in { $file }. Mark of the key: { $mark }. Carry the file to the public instance and compare the mark
shell-vault_key_taken = The intake key is taken. Mark of the key: { $mark }
shell-vault_sender = The key of this instance, for the stand-alone machine to compare: { $key }
shell-vault_exported = { $letters } letters are in { $file }
shell-vault_imported = { $new } new letters, { $here } were here
shell-vault_nothing_waits = Nothing waits
shell-vault_entered = { $reference } is in the book: number { $number }, its identity sealed for the named handlers
shell-vault_subject = Denunciation from the sealed intake, reference { $reference }
shell-vault_escrow = Escrow: { $need } of these { $shares } shares open. Print each on a sheet of its own, one for each keeper; they are kept nowhere
shell-vault_recovered = { $keys } case keys handed to { $login }
shell-checked = { $figures } figures: { $equal } agree, { $different } differ, { $not_computed } not computed, { $unclear } unclear; { $slips } slips of arithmetic
shell-checked_line = line { $line }
