### Making and opening an instance

instance-none_here = There is no instance in { $dir }. Run danvan init --data { $dir }, or name its directory with --data
instance-here_already = There already is an instance in { $dir }; it was left as it is. Run danvan serve --data { $dir }, or choose another directory
instance-no_such_file = The file of units { $file } cannot be read. Check the path and who may read it
instance-cannot_listen = The address { $address } cannot be opened: { $reason }. Choose another with --listen

## The menu
danvan-numbers = Numbers
danvan-targets = Targets
danvan-reports = Reports
danvan-figures = Figures
danvan-units = Units
danvan-jobs = Background work
danvan-house = The house

## The shell
danvan-ending_unknown = The ending of { $file } is not known. Use one of: { $known }
danvan-today = Today
