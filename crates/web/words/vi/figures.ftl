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
figures-vacant_many = { $count } chức vụ khuyết trong kỳ, không tính
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
figures-duty_by = hạn { $day }
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
figures-duty_paper_what = Việc phải làm [căn cứ]
figures-duty_paper_rule = Mức phải làm
figures-duty_paper_done = Đã làm
figures-duty_paper_missed = Kỳ thiếu
figures-duty_paper_due = Hạn kỳ này
figures-duty_paper_delegated = Ủy quyền
figures-duty_paper = Phiếu theo dõi
figures-duty_paper_about = Việc của người đứng đầu, { $period }
figures-turns_months = tháng { $list }/{ $year }
figures-turns_quarters = quý { $list }/{ $year }
figures-turns_first_half = 6 tháng đầu năm { $year }
figures-turns_second_half = 6 tháng cuối năm { $year }
figures-turns_halves = hai kỳ 6 tháng năm { $year }
figures-turns_year = năm { $year }
figures-turns_days = { $from }–{ $to }
figures-turns_many = { $count } kỳ từ { $from } đến { $to }
figures-duty_paper_basis = Căn cứ
figures-duty_paper_every = mỗi { $every ->
    [week] tuần
    [month] tháng
    [quarter] quý
    [half] 6 tháng
   *[year] năm
}

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

## Bảng chéo
figures-cross = Bảng chéo
figures-cross_shape = Chọn bảng chéo
figures-cross_empty = Chọn số liệu để lập bảng
figures-cross_empty_why = Gõ vài chữ trong tên số liệu hoặc chọn sổ, bấm Lập bảng, rồi đánh dấu số liệu cần đưa vào bảng.
figures-cross_find = Tìm thêm số liệu
figures-cross_found = Đánh dấu để thêm vào bảng
figures-cross_more = Còn { $count } số liệu khác: gõ thêm chữ để tìm hẹp hơn.
figures-cross_rows = Hàng
figures-cross_columns = Cột
figures-cross_draw = Lập bảng
figures-cross_units = đơn vị trực thuộc
figures-cross_year = năm
figures-cross_half = 6 tháng
figures-cross_quarter = quý
figures-cross_month = tháng
figures-cross_of = { $rows } theo { $columns }
figures-cross_nothing = Không có gì để xếp vào bảng
figures-cross_nothing_why = Đơn vị này không có cấp dưới, hoặc trong kỳ chưa hồ sơ nào ghi mục phân loại đã chọn.
figures-cross_legend = “–” là chưa có số liệu, không phải số 0. Mỗi số mở ra hồ sơ làm ra nó. Dòng, cột cộng chỉ hiện khi các phần đúng bằng toàn bộ.
figures-cross_no_total = không cộng
figures-cross_share = Tỷ lệ và mức độ phủ không cộng được.
figures-cross_reading = Thứ hạng, điểm số là số đo tại một nơi, không cộng được.
figures-cross_stock = Số có tại một ngày không cộng qua các kỳ.
figures-cross_overlap = Có hồ sơ tính vào nhiều phần, nên các phần cộng lại không bằng toàn bộ.
figures-cross_no_figure = Chưa chọn số liệu nào
figures-cross_many_figures = Một bảng có tối đa { $most } số liệu
figures-cross_many_periods = Kỳ đã chọn chia thành hơn { $most } phần: chọn kỳ ngắn hơn hoặc chia thưa hơn
figures-cross_same_side = Hàng và cột phải là hai thứ khác nhau
figures-cross_one_figure = Bảng không có số liệu ở hàng hay cột thì chỉ chọn một số liệu
figures-cross_no_breakdown = Có số liệu không phân loại theo mục đã chọn
figures-cross_too_wide = Bảng có tối đa { $most } cột: đặt phần dài ở hàng
figures-cross_too_large = Bảng có tối đa { $most } ô: chọn ít hơn
figures-cross_xlsx = Tải bảng Excel
figures-cross_keep = Lưu bảng này
figures-cross_keep_do = Lưu bảng
figures-cross_name = Tên bảng
figures-cross_for = Ai xem được
figures-cross_own = Chỉ mình tôi
figures-cross_body = Cơ quan tôi và các cơ quan cấp dưới
figures-cross_name_missing = Ghi tên bảng, tối đa { $most } chữ cái
figures-cross_share_missing = Chọn ai xem được bảng
figures-cross_kept = Bảng đã lưu
figures-cross_shared = dùng chung
figures-cross_drop = Bỏ bảng { $name }
figures-cross_kept_now = Đã lưu bảng “{ $name }”
figures-cross_dropped = Đã bỏ bảng “{ $name }” và mọi địa chỉ của bảng
figures-cross_csv = Địa chỉ cho Excel
figures-cross_csv_why = Excel đọc bảng này qua một địa chỉ riêng và tự lấy số mới mỗi lần làm mới. Địa chỉ chỉ mở đúng bảng này, với quyền của người tạo.
figures-cross_csv_made = Địa chỉ đang dùng tạo ngày { $day }.
figures-cross_csv_do = Tạo địa chỉ
figures-cross_csv_again = Tạo địa chỉ mới thay địa chỉ cũ
figures-cross_csv_end = Thu hồi địa chỉ
figures-cross_csv_ended = Đã thu hồi địa chỉ
figures-cross_csv_copy = Địa chỉ chỉ hiện một lần. Tạo địa chỉ mới thì địa chỉ cũ hết hiệu lực.
figures-cross_csv_copy_do = Chép địa chỉ
figures-cross_csv_excel_1 = Trong Excel, mở thẻ Dữ liệu, chọn Từ Web.
figures-cross_csv_excel_2 = Dán địa chỉ này, chọn nguồn gốc tệp 65001 (UTF-8) nếu được hỏi.
figures-cross_csv_excel_3 = Bấm Tải; về sau bấm Làm mới để lấy số hiện tại.
figures-cross_csv_secret = Ai có địa chỉ này đều đọc được bảng. Thu hồi khi không dùng nữa.
figures-cross_back = Về bảng

# Chấm điểm theo bộ tiêu chí
figure-score = Điểm theo tiêu chí và minh chứng
figure-score_criterion = Tiêu chí
figure-score_full = Tối đa
figure-score_self = Tự chấm
figure-score_reviewed = Thẩm định
figure-score_evidence = Số liệu
figure-score_proposed = Điểm gợi ý
figure-score_by = { $body } thẩm định
figure-score_none = Không phát sinh
figure-score_applies = có
figure-score_own_sum = Tự chấm:
figure-score_reviewed_sum = Thẩm định:
figure-score_of = { $given } trên { $of } điểm
figure-score_rescaled = quy đổi về thang { $full }: { $points }
figure-score_bonus = thưởng { $points }
figure-score_penalty = trừ { $points }
figure-score_capped = khống chế theo tiêu chí { $codes }
figure-score_total = tổng { $points } điểm
figure-score_barred = Có điều kiện không xếp loại: { $codes }.
figure-score_rounds = Vòng chấm điểm
figure-score_round = Kết quả năm { $year }
figure-score_not_issued = Bộ tiêu chí { $set } chưa ban hành
figure-score_issued = { $set } đã ban hành: tiêu chí và thang điểm giữ nguyên; thay đổi thì lập bộ mới
figure-score_code_twice = Mã tiêu chí { $code } ghi hai lần
figure-score_no_group = Tiêu chí { $code } thuộc nhóm { $group } chưa có trong bộ
figure-score_bands = Tiêu chí { $code }: không đọc được các mức “{ $bands }”; ghi như 90=10; 80=8; 50=5
figure-score_sum = Điểm các tiêu chí cộng lại là { $sum }, tổng điểm tối đa ghi { $full }
figure-score_no_such = Bộ tiêu chí không có mã { $code }
figure-score_not_optional = Tiêu chí { $code } không được ghi không phát sinh
figure-score_over = Tiêu chí { $code } vượt điểm tối đa { $full }
figure-score_self_fixed = Phiếu đã nộp: điểm tự chấm của tiêu chí { $code } giữ nguyên
figure-score_not_yours = Tiêu chí { $code } do { $body } thẩm định
figure-score_unmarked = Chưa tự chấm các tiêu chí { $codes }
figure-score_grade = { $total } điểm theo bộ tiêu chí là “{ $by }”, phiếu ghi “{ $given }”
figures-round = Kết quả chấm điểm năm { $year }
figures-round_years = Năm chấm điểm
figures-round_count = { $scored } đơn vị có phiếu; { $missing } đơn vị trong các cụm chưa chấm
figures-round_all = Các đơn vị được chấm
figures-round_rest = Đơn vị ngoài cụm
figures-round_rank = Hạng
figures-round_cluster = Cụm thi đua
figures-round_self = Tự chấm
figures-round_reviewed = Thẩm định
figures-round_final = Công nhận
figures-round_gap = Chênh lệch
figures-round_missing = chưa chấm
figures-round_hidden = có phiếu, không thuộc quyền xem
figures-round_barred = không xếp loại
figures-round_criteria = Các tiêu chí
figures-round_none = Chưa có đơn vị nào chấm điểm
figures-round_none_why = Ghi cụm thi đua vào bộ tiêu chí để thấy đơn vị nào chưa chấm.

## Theo dõi
figures-watching = Theo dõi
figures-watch_lead = Đang theo dõi { $all }, có thay đổi { $changed }.
figures-watch_what = Hồ sơ, số liệu
figures-watch_since = Từ lần xem trước
figures-watch_stop = Bỏ
figures-watch_changed = Có thay đổi
figures-watch_same = Chưa có thay đổi
figures-watch_nothing = chưa có gì mới từ { $day }
figures-watch_after = lần xem trước: { $day }
figures-watch_more = và các việc trước đó; mở hồ sơ để xem đủ
figures-watch_gone = Vai đang dùng không mở được mục này
figures-watch_seen = Đã xem hết
figures-watch_all_seen = Đã ghi là xem hết; từ nay chỉ báo thay đổi mới
figures-watch_none = Chưa theo dõi hồ sơ, số liệu nào
figures-watch_none_why = Mở một hồ sơ hoặc một số liệu rồi bấm “Theo dõi”; thay đổi từ lần xem trước sẽ hiện ở đây.
figures-watch_begun = Đã thêm vào danh sách theo dõi
figures-watch_ended = Đã bỏ theo dõi
figures-watch_too_many = Theo dõi nhiều nhất { $most } mục. Bỏ bớt mục không cần nữa
