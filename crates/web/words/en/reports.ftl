### Reports and outlines

reports-unknown_outline = There is no outline “{ $value }”{ nearest-known }
reports-no_variant = The report “{ $value }” has no outline for the level { $level }. Choose a unit of another level, or another report
reports-period_not_for = “{ $outline }” is not made for the period { $period }. Choose another
reports-no_body = On { $day } { $unit } had no body that issues “{ $outline }”. Choose another unit or period
