### Figures and targets

figure-unknown = There is no figure “{ $value }”{ nearest-known }

## For which unit and days
figures-unit = Unit
figures-period = Period
figures-days = ({ $from } to { $to })
figures-geography_now = in today’s geography
figures-geography_then = in the geography of then
figures-geography_on = in the geography of { $day }

## The board of targets
figures-targets = Targets
figures-targets_of = Targets, { $period }
figures-targets_met = targets met
figures-targets_missed = targets not met
figures-cells_without_data = cells without data
figures-no_targets = No targets in this period
figures-no_targets_why = Targets stand in programmes and are given to units by year. Choose another period or unit.
figures-who_is_missing = Who is missing
figures-nobody_missing = Nobody is missing.
figures-no_data_why = There are neither records nor confirmations of none in the period, and silence never counts as met.
figures-bar_given = bar as given
figures-open_number = Open the number
figures-silent = no data yet
figures-more = and { $count } more
figures-vacant = Vacant, not counted:
figures-rows = Rows of the board
figures-rows_below = One level below
figures-rows_communes = All communes
figures-whole_of = all of { $unit }
figures-short_of = { $amount } short
figures-over_by = { $amount } over
