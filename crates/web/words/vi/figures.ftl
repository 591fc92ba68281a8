### Số liệu, chỉ tiêu

figure-unknown = Không có số liệu “{ $value }”{ nearest-known }

## Hỏi cho đơn vị nào, kỳ nào
figures-unit = Địa bàn, cơ quan
figures-period = Kỳ
figures-days = (từ { $from } đến { $to })
figures-geography_now = theo địa giới hiện nay
figures-geography_then = theo địa giới khi đó
figures-geography_on = theo địa giới ngày { $day }

## Bảng chỉ tiêu
figures-targets = Chỉ tiêu
figures-targets_of = Chỉ tiêu { $period }
figures-targets_met = chỉ tiêu đạt
figures-targets_missed = chỉ tiêu chưa đạt
figures-cells_without_data = ô chưa có số liệu
figures-no_targets = Chưa có chỉ tiêu nào trong kỳ này
figures-no_targets_why = Chỉ tiêu nằm trong chương trình, giao cho từng đơn vị theo năm. Chọn kỳ khác hoặc đơn vị khác.
figures-who_is_missing = Còn thiếu ai
figures-nobody_missing = Không thiếu đơn vị nào.
figures-no_data_why = Chưa có bản ghi và chưa có xác nhận “không có” nào trong kỳ; không có số liệu thì không tính là đạt.
figures-bar_given = mức được giao
figures-open_number = Mở số liệu
figures-silent = chưa có số liệu
figures-more = và { $count } đơn vị, bản ghi khác
figures-vacant = Khuyết người đứng đầu, không tính:
figures-rows = Các dòng của bảng
figures-rows_below = Cấp dưới trực tiếp
figures-rows_communes = Các xã, phường, đặc khu
figures-whole_of = toàn { $unit }
figures-short_of = thiếu { $amount }
figures-over_by = vượt { $amount }
