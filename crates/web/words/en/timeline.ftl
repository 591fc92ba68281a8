### Timelines and seals

## Findings of a check
timeline-kind = { $kind ->
    [record] record
    [unit] unit
    [account] account
    [report] report
    [pack] the pack
    [calendar] the calendar
    [job] job
    [instance] the instance
   *[other] { $kind }
}
timeline-altered = Entry { $number } in the timeline of { timeline-kind } { $about } was altered (entry { $entry })
timeline-lost = The timeline of { timeline-kind } { $about } lacks entry { $number }
timeline-unlike = Seal { $seal } was made over { $entries } entries; { $found } stand under it now, or what they say differs
timeline-seal_lost = Seal { $seal } is missing
timeline-seal_altered = Seal { $seal } was altered, or does not follow the one before it
timeline-seal_unsigned = Seal { $seal } was not signed by this instance's key
