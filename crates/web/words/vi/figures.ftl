### Số liệu, chỉ tiêu

figure-unknown = Không có số liệu “{ $value }”{ nearest-known }

## Hỏi cho đơn vị nào, kỳ nào
figures-geography_now = theo địa giới hiện nay
figures-geography_then = theo địa giới khi đó
figures-geography_on = theo địa giới ngày { $day }

## Trang số liệu
figures-figures = Số liệu
figures-figure = Số liệu
figures-find = Tìm số liệu
figures-book = Sổ
figures-unit = Đơn vị, địa bàn
figures-period = Kỳ
figures-value = Giá trị
figures-share = Tỷ lệ
figures-silent_head = Chưa có số liệu
figures-computed = Số liệu tổng hợp
figures-not_found = Không có số liệu nào như vậy
figures-not_found_why = Bớt chữ trong ô tìm, hoặc bỏ chọn sổ.
figures-show_all = Xem mọi số liệu
figures-days = ({ $from } – { $to })
figures-geography = Địa giới
figures-only = Chỉ tính:
figures-zero_confirmed = đã xác nhận không phát sinh
figures-no_data_why = Chưa có hồ sơ và chưa có xác nhận nào trong kỳ. Chưa có số liệu không phải là số 0.
figures-all_on_record = 100% có hồ sơ
figures-on_record = { $recorded } có hồ sơ, { $reported } báo cáo không kèm hồ sơ
figures-qualified = Có số liệu ghi kiểu “{ $word }”, nên tổng không phải số chính xác.
figures-silent_units = { $count } đơn vị cấp xã chưa có số liệu
figures-silence_why = Không có hồ sơ, không có xác nhận không phát sinh trong kỳ.
figures-silent = chưa có số liệu
figures-more = và { $count } đơn vị khác
figures-against = So với { $period }:
figures-who_is_missing = Nơi còn thiếu
figures-vacant = Chức vụ khuyết trong kỳ, không tính:
figures-by = Theo { $what }
figures-by_units = Theo đơn vị trực thuộc
figures-by_month = Theo tháng
figures-chart_says = Cao nhất là tháng { $month }: { $amount }.
figures-not_broken_down = không phân loại
figures-not_said = chưa ghi
figures-elsewhere = tại { $unit }, ngoài các đơn vị trên
figures-level = Cấp
figures-kind = Loại địa bàn
figures-state = Trạng thái

## Hồ sơ làm ra số
figures-records = { $count } hồ sơ làm ra số này
figures-records_of = { $count } hồ sơ làm ra số “{ $figure }”
figures-no_records = Không có hồ sơ nào trong kỳ.
figures-day = Ngày
figures-number = Số
figures-title = Nội dung
figures-adds = Tính
figures-adds_card = tính
figures-sum_page = Cộng trang này { $amount }; toàn bộ
figures-hidden = và { $count } hồ sơ của đơn vị khác hoặc được niêm phong, cộng { $amount }

## Cách tính
figures-method = Cách tính
figures-counts = Đếm
figures-counts_records = hồ sơ của sổ
figures-counts_rows = { $rows } ghi trong hồ sơ của sổ
figures-counts_met = chỉ tiêu đạt trong
figures-sums = tổng “{ $field }” trong hồ sơ của sổ
figures-reads = “{ $field }” mới nhất trong kỳ, ghi ở sổ
figures-by_day = Theo ngày
figures-day_of_step = ngày của bước “{ $step }”
figures-day_recorded = ngày ghi sổ
figures-day_ended = ngày kết thúc hồ sơ
figures-stands_label = Có tại ngày
figures-stands = ngày cuối kỳ: đã { $from }, chưa { $to }
figures-stands_from = ngày cuối kỳ: đã { $from }
figures-overdue = ngày cuối kỳ: đã quá hạn { $clock } mà chưa xong
figures-of_unit = Của đơn vị
figures-over = Trên
figures-over_heads = mọi người đứng đầu
figures-over_records = hồ sơ đang hiệu lực của sổ { $register }
figures-over_units = đơn vị trong phạm vi
figures-each = Điều kiện
figures-condition = Điều kiện
figures-scope = Phạm vi
figures-only_where = chỉ nơi
figures-formula = Công thức
figures-and = và
figures-or = hoặc
figures-take_opening = đầu kỳ
figures-take_carried = kỳ trước chuyển sang
figures-take_cohort = của việc bắt đầu trong kỳ
figures-take_gain = so với năm trước
figures-take_scaled = so với năm trước, quy về số đơn vị xếp hạng kỳ này
figures-rounding = Làm tròn
figures-truncated = bỏ phần lẻ
figures-silence = Khi im lặng
figures-silence_is_zero = không có hồ sơ nghĩa là không có việc
figures-used_in = Dùng ở

## So sánh, chỉ tiêu
figures-compared = So với kỳ khác
figures-change = Chênh
figures-so_far = Lũy kế từ đầu năm
figures-against_plan = So với chỉ tiêu
figures-bar = mức { $bar }
figures-of_plan = bằng { $percent } mức đặt ra
figures-targets = Chỉ tiêu
figures-targets_of = Chỉ tiêu { $period }
figures-unit_code = Mã
figures-standing = Kết quả
figures-targets_sheet = Tải bảng Excel
figures-targets_met = chỉ tiêu đạt
figures-targets_missed = chỉ tiêu chưa đạt
figures-cells_without_data = ô chưa có số liệu, không tính là 0
figures-no_targets = Kỳ này chưa có chỉ tiêu
figures-no_targets_why = Không có chương trình nào đặt chỉ tiêu cho đơn vị này trong năm đã chọn. Chọn năm khác, hoặc thêm chương trình vào bộ định nghĩa.
figures-bar_given = mức được giao
figures-open_number = mở số liệu
figures-nobody_missing = Không còn nơi nào thiếu.
figures-rows = Hàng của bảng
figures-rows_below = Đơn vị trực thuộc
figures-rows_communes = Mọi xã, phường
figures-whole_of = toàn { $unit }
figures-short_of = thiếu { $amount }
figures-over_by = vượt { $amount }
figures-each_target = Từng chỉ tiêu, nơi còn thiếu
figures-see_records = Xem { $count } hồ sơ
figures-points = { $amount } điểm %
figures-all_met = { $count } đơn vị đạt mọi chỉ tiêu áp dụng cho mình.

## Việc của người đứng đầu
figures-duties = Việc của người đứng đầu
figures-duties_of = Việc của { $post }
figures-duty = Việc
figures-duty_rule = { $times } lần mỗi { $every ->
    [week] tuần
    [month] tháng
    [quarter] quý
    [half] 6 tháng
   *[year] năm
}
figures-duty_uncertain = chưa đối chiếu nguyên văn
figures-duty_head = Người đứng đầu
figures-duty_holders = Người giữ chức vụ
figures-duty_nobody = khuyết
figures-duty_done = { $done }/{ $whole } kỳ đã làm
figures-duty_state_done = đã làm
figures-duty_state_missed = thiếu
figures-duty_state_due = đang đến hạn
figures-duty_state_ahead = chưa đến
figures-duty_state_vacant = chức vụ khuyết
figures-duty_turn = Kỳ
figures-duty_delegated = Ủy quyền { $count } lần, không tính là trực tiếp
figures-duty_missed = thiếu { $count }
figures-duty_tally = Tổng hợp
figures-duty_tally_done = kỳ đã làm
figures-duty_tally_due = kỳ đang đến hạn
figures-duty_tally_missed = kỳ thiếu
figures-duty_tally_delegated = lần ủy quyền
figures-duty_calendar = Lịch (iCalendar)
figures-duty_none = Không có chức vụ đứng đầu nào ở địa bàn này
figures-duty_none_why = Chọn địa bàn khác hoặc kỳ khác. Người giữ chức vụ ghi ở trang Chức vụ.
figures-duty_own = Ở { $unit }
figures-duty_below = Cấp dưới
figures-duty_day = Ngày làm
figures-duty_result = Kết quả
figures-duty_paper_what = Việc, căn cứ
figures-duty_paper_rule = Mức phải làm
figures-duty_paper_done = Đã làm
figures-duty_paper_missed = Kỳ thiếu
figures-duty_paper_due = Hạn kỳ này
figures-duty_paper_delegated = Ủy quyền
figures-duty_paper = Phiếu theo dõi
figures-duty_paper_about = Việc của người đứng đầu, { $period }

figure-cascade = Giao cho cấp dưới: { $unit }
figure-cascade_unit = Đơn vị được giao
figure-cascade_value = Mức giao
figure-cascade_total = Tổng giao cho cấp dưới
figure-cascade_bar = Mức giao cho { $unit }
figure-cascade_sum = Tổng giao cho { $count } đơn vị dưới { $unit } là { $sum }, mức giao cho { $unit } là { $bar }: { $short ->
    [short] còn thiếu { $rest }
   *[other] vượt { $rest }
}
figure-cascade_lax = Mức giao cho { $unit } là { $bar }; chưa bảo đảm mức đó: { $units }
