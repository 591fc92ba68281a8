### Limits, periods, the calendar

## Limits
calendar-unknown_limit = The limit “{ $limit }” is not known. Those that are stand in the pack’s directory law
calendar-not_in_force = On { $day } no rule of the limit “{ $limit }” is in force. Check the day it starts from
calendar-no_case = On { $day } no case of the limit “{ $limit }” fits the facts given. Check the facts
calendar-unknown_fact = No limit knows the fact “{ $fact }”. Known are: { $known }
calendar-fact_unreadable = “{ $value }” does not fit the fact “{ $fact }”. Write one of: { $right }
calendar-extension_not_allowed = The limit “{ $limit }” may be extended { $most } times at most; here it is { $asked }
calendar-backward_never_stops = The limit “{ $limit }” is counted back from its event and never stops. Leave out suspensions and exclusions
calendar-clock_stopped = The clock has been stopped since { $since } with { $left } days left, so there is no due day yet. Enter the day it runs again
calendar-out_of_calendar = Counting beyond { $day } leaves the calendar. Check the first day and the number of days

## Periods
calendar-period_unreadable = “{ $value }” cannot be read as a period. Write it like 2021, 2021-H1, 2021-9M, 2021-Q1, 2021-05 or 2021-01-15..2021-03-14
calendar-period_not_in_regime = The reporting regime “{ $regime }” has no period { $period }. Choose one that it has
calendar-unknown_regime = The reporting regime “{ $regime }” is not known. Those that are stand in law/regimes.toml
calendar-regime_not_in_force = On { $day } the reporting regime “{ $regime }” is not in force. Choose another period
calendar-window_unreadable = “{ $value }” cannot be read as a span of days. Write it like 15/12/2020..14/12/2021
calendar-window_backwards = The first day { $from } is after the last, { $to }. Write the first day first
