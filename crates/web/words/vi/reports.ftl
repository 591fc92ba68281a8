### Báo cáo và đề cương

reports-unknown_outline = Không có đề cương “{ $value }”{ nearest-known }
reports-no_variant = Báo cáo “{ $value }” không có đề cương cho cấp { $level ->
    [central] trung ương
    [province] tỉnh
    [district] huyện
    [commune] xã
    [village] thôn, tổ dân phố
   *[other] { $level }
}. Chọn đơn vị cấp khác, hoặc báo cáo khác
reports-period_not_for = “{ $outline }” không lập cho kỳ { $period }. Chọn kỳ khác
reports-no_body = Ngày { $day }, { $unit } không có cơ quan nào lập “{ $outline }”. Chọn đơn vị khác hoặc kỳ khác

## Từ chối
reports-not_now = Báo cáo { $state ->
    [draft] đang soạn
    [submitted] đã trình
    [returned] bị trả lại
    [accepted] đã chấp nhận
   *[issued] đã phát hành
} nên chưa làm được việc này. Mở lại báo cáo để xem việc làm được lúc này
reports-prose_too_long = Đoạn viết dài quá { $count } chữ. Chia bớt sang phần khác
reports-reason_too_long = Ghi tối đa { $count } chữ
reports-returns_open = Còn { $count } chỗ bị trả lại chưa trả lời. Trả lời từng chỗ rồi trình
reports-return_what = Chọn một mục hoặc một số của báo cáo
reports-return_why = Ghi lý do trả lại
reports-answer_missing = Ghi đã sửa thế nào
reports-number_missing = Ghi số của văn bản, văn thư cấp sau khi ký
reports-signed_later = Ngày ký { $day } chưa đến
reports-signed_before_end = Kỳ báo cáo kết thúc ngày { $day }; ngày ký không sớm hơn
reports-outline_missing = Chọn báo cáo cần lập

## Danh sách, báo cáo mới
reports-title = Báo cáo
reports-report = Báo cáo
reports-unit = Địa bàn
reports-unit_hint = Mã hoặc tên, ví dụ 31 hoặc thành phố Hải Phòng
reports-body = Cơ quan lập
reports-state = Trạng thái
reports-changed = Sửa lần cuối
reports-none = Chưa có báo cáo
reports-none_why = Báo cáo lấy số từ các sổ; đơn vị chỉ viết thêm phần nhận định, nhiệm vụ.
reports-new = Lập báo cáo
reports-outline = Loại báo cáo
reports-period = Kỳ
reports-period_hint = 2021, 2021-Q1, 2021-H1, 2021-05 hoặc 01/01/2021..30/06/2021
reports-begin = Lập báo cáo
reports-leave = Bỏ qua

## Trạng thái
reports-state_draft = đang soạn
reports-state_submitted = đã trình
reports-state_returned = bị trả lại
reports-state_accepted = đã chấp nhận
reports-state_issued = đã phát hành
reports-returned_places = bị trả lại { $count } chỗ

## Trang báo cáo
reports-window = Kỳ { $from } đến { $to }
reports-round = lần trình { $count }
reports-computed = số liệu tính lúc
reports-download = Tải
reports-edit_slot = Sửa đoạn
reports-sections = Mục báo cáo
reports-complete = đủ
reports-unwritten = chưa viết
reports-without_data = thiếu { $count } số
reports-sent_back = trả lại { $count } chỗ
reports-returns = Chỗ bị trả lại
reports-answered = Đã trả lời:
reports-answer_label = Đã sửa thế nào
reports-answer_do = Trả lời và đánh dấu đã xong
reports-answer_kept = Đã ghi trả lời
reports-findings = Kiểm tra tự động
reports-numbers_open = { $count } số liệu, đều mở được
reports-all_known = Số nào cũng có số liệu
reports-finding_no_data = chưa có số liệu
reports-finding_silent = { $count } đơn vị chưa báo, chưa xác nhận
reports-finding_unwritten = Còn { $count } phần chưa viết
reports-background = Xuất trong nền
reports-background_why = Địa bàn lớn: tệp được lập trong nền, có thể làm việc khác trong lúc chờ.
reports-way = Đường đi
reports-did_create = Lập báo cáo
reports-did_write = Viết, sửa đoạn
reports-did_submit = Trình
reports-did_return = Trả lại
reports-did_answer = Trả lời chỗ bị trả lại
reports-did_accept = Chấp nhận
reports-did_issue = Phát hành, số

## Đoạn viết
reports-slot_hint = Bỏ trống một dòng để sang đoạn mới. Dòng bắt đầu bằng “- ” là gạch đầu dòng. Số liệu tính lại không làm mất phần này.
reports-save_slot = Lưu
reports-stale_slot = Người khác vừa sửa báo cáo này. Phần đang ghi trong hệ thống là:

## Trình, trả lại, chấp nhận, phát hành
reports-do_submit = Trình
reports-do_submit_again = Trình lại
reports-ask_submit = Trình báo cáo này?
reports-not_submit = Chưa trình
reports-submit_then = Sau khi trình, chỉ sửa được phần bị trả lại.
reports-submit_unwritten = { $count } phần chưa viết.
reports-submit_no_data = { $count } số chưa có số liệu.
reports-submit_silent = { $count } số còn đơn vị chưa báo.
reports-submit_why = Có { $count } chỗ số liệu không khớp: ghi lý do trình như vậy
reports-submit_reason = Lý do trình khi số liệu không khớp
reports-was_submitted = Đã trình báo cáo
reports-do_return = Trả lại
reports-ask_return = Trả lại một mục hoặc một số
reports-not_return = Không trả lại
reports-return_target = Trả lại
reports-return_hint = Mỗi lần một mục hoặc một số; cần nhiều chỗ thì trả lại nhiều lần.
reports-return_reason = Lý do
reports-was_returned = Đã trả lại
reports-do_accept = Chấp nhận
reports-ask_accept = Chấp nhận báo cáo này?
reports-not_accept = Chưa chấp nhận
reports-accept_then = Sau khi chấp nhận, báo cáo chờ ký; số và ngày ghi khi phát hành.
reports-was_accepted = Đã chấp nhận báo cáo
reports-do_issue = Phát hành
reports-ask_issue = Phát hành báo cáo đã ký?
reports-not_issue = Chưa phát hành
reports-issue_then = Báo cáo được giữ nguyên như lúc này: lời văn, số liệu, hồ sơ làm ra từng số, kèm mã đối chiếu.
reports-issue_after = Số liệu thay đổi về sau được ghi chú bên cạnh, không sửa bản đã phát hành.
reports-paper_number = Số văn bản
reports-paper_number_hint = Văn thư cấp, chỉ ghi số, ví dụ 18
reports-paper_day = Ngày ký
reports-signer = Người ký
reports-was_issued = Đã phát hành báo cáo

## Bản đã phát hành
reports-signed_as = số { $number }, ngày { $day }
reports-frozen_at = số liệu chốt
reports-code = mã { $code }
reports-broken = Bản lưu không khớp mã đối chiếu: dữ liệu đã bị sửa ngoài hệ thống. Báo người quản trị.
reports-unchanged = { $count } số còn nguyên như khi phát hành
reports-changed_count = { $count } số nay đã khác
reports-changes = Số liệu thay đổi sau khi phát hành
reports-number = Số liệu
reports-as_issued = Khi phát hành
reports-now = Hiện nay
reports-why = Vì sao
reports-all_stand = Mọi số còn nguyên như khi phát hành.

## Việc chạy nền
reports-job_reading = Đang cộng số liệu
reports-job_writing = Đang dựng văn bản
reports-job_keeping = Đang lưu tệp
reports-job_done = Đã xuất tệp
reports-forms = Biểu thống kê
reports-form = Tên biểu
reports-form_code = Biểu
reports-form_valid = Áp dụng
reports-form_since = từ { $day }
reports-form_unknown = chưa có tiêu đề cột
reports-form_show = Xem biểu
reports-form_xlsx = Tải XLSX
reports-form_own = Sổ của cơ quan cấp này
reports-form_whole = Tổng số
reports-form_days = { $period }: số liệu từ { $from } đến { $to }
reports-form_by_hand = Cột { $columns }: hệ thống không có dữ liệu, cán bộ tự điền.
reports-form_unsure = Cột { $columns }: mã số hoặc tiêu đề chưa được đối chiếu với phụ lục chính thức.
reports-form_silent = { $count } đơn vị chưa có dữ liệu trong kỳ, để trống, không ghi số 0.
reports-form_days_unsure = Kỳ số liệu của chế độ báo cáo này chưa được đối chiếu.
reports-form_broken = { $line }: không khớp { $holds } ({ $left } và { $right }).
form-unknown = Không có biểu “{ $value }”. Gần nhất: { $nearest }.
form-no_version = Biểu “{ $value }” không có bản áp dụng ngày { $day }.
form-unknown_columns = Biểu { $form }: chưa có tiêu đề cột của thông tư này. Dùng mã của bản trước (ví dụ 01-tcd-2024) nếu cấp trên chấp nhận.
form-is_a_book = Biểu { $form } là sổ: in từ trang của sổ.

## Báo cáo phải gửi
reports-owed_title = Báo cáo phải gửi
reports-owed_year = Năm
reports-owed_own = Cơ quan mình phải gửi
reports-owed_below = Cấp dưới phải gửi
reports-owed_none = Không có báo cáo nào phải gửi
reports-owed_none_why = Kỳ phải gửi và hạn gửi ghi ở phần đầu đề cương.
reports-owed_due = Hạn gửi
reports-owed_no_day = chưa quy định ngày
reports-owed_in_time = đã gửi đúng hạn
reports-owed_late = gửi muộn
reports-owed_open = chưa gửi
reports-owed_missing = quá hạn chưa gửi
reports-owed_running = chưa hết kỳ
reports-owed_units = Đơn vị
reports-owed_count_in_time = Đúng hạn
reports-owed_count_late = Muộn
reports-owed_count_open = Chưa gửi
reports-owed_who = { $count } đơn vị chưa gửi
reports-owed_text = Lời đôn đốc
reports-owed_copy = Chép lời đôn đốc
reports-owed_urge = Đề nghị { $units } gửi { $report }, hạn { $day }.
reports-owed_urge_undated = Đề nghị { $units } gửi { $report }.
reports-slip_percent = tỷ lệ tính ra là { $expected }
reports-slip_sum = các phần cộng lại được { $expected }
reports-slip_change = chênh lệch tính ra là { $expected }
reports-slip_stock = đầu kỳ cộng phát sinh trừ đã giải quyết còn { $expected }
reports-slip_total = các dòng cộng lại được { $expected }
reports-slip_denominator = chỗ khác ghi tổng số { $expected }
reports-dispute_parts = các phần cộng lại được
reports-dispute_share = lớn hơn tổng số
reports-dispute_percent = tỷ lệ tính ra là
reports-dispute_stock = đầu kỳ cộng phát sinh trừ đã giải quyết còn
reports-dispute_formula = tính từ các số thành phần được
reports-dispute_below = các đơn vị trực thuộc cộng lại được
reports-prose_equal = khớp
reports-prose_different = khác, hệ thống có { $ours }
reports-prose_not_computed = hệ thống không tính
reports-prose_unclear = chưa rõ
reports-prose_ending = Không đọc được { $file }: chỉ nhận tệp txt, md, docx
reports-prose_unreadable = Không đọc được { $file }. Lưu lại thành tệp docx hoặc văn bản UTF-8 rồi thử lại
reports-prose_too_large = { $file } quá lớn: tối đa 32 MB

## Phiếu thu thập
request-title = Phiếu thu thập
request-lead = Một bảng hỏi nhiều cơ quan, trả lời trước một giờ trong ngày. Số liệu đã có trong hệ thống thì hệ thống tự điền.
request-request = Phiếu
request-new = Lập phiếu
request-none = Chưa có phiếu thu thập nào
request-none_why = Phiếu gửi đến cơ quan mình và phiếu mình gửi đi hiện ở đây.
request-to_answer = Phiếu phải trả lời
request-asked = Phiếu đã gửi đi
request-body = Cơ quan
request-by = Cơ quan hỏi
request-due = Hạn trả lời
request-due_by = Trả lời trước { $hour }
request-hour_of = { $hour } ngày { $day }
request-answered = Đã trả lời
request-answers = Trả lời
request-sent_of = { $sent }/{ $whole } đã gửi
request-sent = đã gửi
request-sent_late = gửi muộn
request-sent_when = Gửi lúc
request-waits = chưa trả lời
request-drafted = bản nháp
request-overdue = quá giờ
request-never = không trả lời
request-running = đang thu
request-complete = đủ
request-closed_state = đã đóng
request-closed = Phiếu đã đóng, không nhận trả lời nữa
request-closed_at = Phiếu đóng lúc { $hour }.
request-closed_now = Đã đóng phiếu
request-close = Đóng phiếu
request-tally_sent = đã trả lời
request-tally_late = gửi muộn
request-tally_open = chưa trả lời
request-silent = Chưa trả lời
request-silent_names = Xem tên
request-count_units = { $count } cơ quan
request-urge = Đề nghị { $units } trả lời phiếu “{ $title }” trước { $hour }.
request-yes_count = Có: { $count }
request-grid_note = Số của hệ thống là số lúc cơ quan gửi; bấm vào số để xem hồ sơ hiện nay. “Chưa có số liệu” là câu trả lời, khác với để trống.
request-filled = Hệ thống tự điền
request-filled_why = Số tính từ hồ sơ, chốt khi gửi. Số chưa đúng thì sửa ở hồ sơ rồi gửi lại.
request-no_data = Không có số liệu
request-send_do = Gửi trả lời
request-correct_do = Gửi bản sửa
request-draft_do = Lưu nháp
request-sent_now = Đã gửi trả lời
request-draft_now = Đã lưu nháp
request-what = Tên phiếu
request-what_hint = Nói gọn cần gì: Số hộ chưa có nước sạch.
request-note = Lời dặn
request-day = Ngày phải trả lời
request-hour = Giờ
request-hour_hint = Ví dụ: 16:30
request-whom = Hỏi ai
request-circles = Cơ quan được hỏi
request-circle = { $body } trực thuộc
request-circle_kind = { $body } của { $kind }
request-circle_beside = Cơ quan cùng cấp thuộc quyền
request-pick_units = Chọn từng cơ quan
request-figures = Cột lấy từ hệ thống
request-figures_why = Cơ quan được hỏi không phải gõ những số này.
request-find_figures = Tìm số liệu
request-period = Kỳ của số liệu
request-columns = Cột cơ quan tự điền
request-columns_why = Hàng để trống thì bỏ qua.
request-column = Tên cột
request-holds = Loại
request-holds_number = số
request-holds_text = chữ
request-holds_yes_no = có hoặc không
request-hint = Gợi ý cách điền
request-ask_do = Gửi phiếu
request-asked_now = Đã gửi phiếu đến { $count } cơ quan
request-title_missing = Ghi tên phiếu, tối đa { $most } chữ cái
request-too_long = Dài quá { $most } chữ cái
request-no_columns = Phiếu chưa có cột nào: chọn số liệu hoặc ghi tên cột
request-many_columns = Phiếu có tối đa { $most } cột
request-no_units = Chưa chọn cơ quan nào
request-many_units = Phiếu hỏi tối đa { $most } cơ quan
request-column_unnamed = Cột chưa có tên
request-column_untyped = Chọn loại của cột
request-hour_past = Giờ này đã qua
request-day_far = Hạn trả lời xa quá { $most } ngày: việc dài ngày là báo cáo theo kỳ
request-hour_unreadable = “{ $value }” chưa đọc được là giờ. Ghi kiểu 16:30
request-blank = Chưa trả lời “{ $column }”. Không có thì chọn “Không có số liệu”
request-both = Vừa ghi giá trị vừa chọn “Không có số liệu”: chỉ để một
request-yes_or_no = Chọn có, không hoặc không có số liệu
request-sent_already = Phiếu đã gửi: sửa xong thì gửi lại, không lưu nháp

## Bản ký
reports-copy = Bản ký
reports-copy_none = Chưa có bản ký. Tải tệp đã ký lên để đối chiếu với bản ban hành.
reports-copy_file = Tệp đã ký
reports-copy_hint = DOCX hoặc PDF. Từ đó, tệp này là bản được tải về; số bị sửa tay được nêu tên.
reports-copy_take = Đối chiếu và lưu
reports-copy_mark = Mã băm SHA-256: { $mark }…
reports-copy_same = Mọi con số đúng như bản ban hành.
reports-copy_unreadable = Chưa đọc được chữ trong tệp (ảnh chụp, tệp có mật khẩu hoặc bị hỏng): không đối chiếu được số. Đối chiếu bằng mắt trước khi gửi.
reports-copy_differs = { $count } chỗ có số khác bản ban hành:
reports-copy_changed = { $was } → { $now }
reports-copy_added = thêm { $now }
reports-copy_gone = thiếu { $was }
reports-copy_kept = Đã lưu bản ký. Mọi con số đúng như bản ban hành
reports-copy_look = Đã lưu bản ký. Xem các chỗ khác bản ban hành
reports-copy_missing = Chưa chọn tệp đã ký
reports-copy_kind = Tệp { $name } không phải DOCX hoặc PDF. Lưu lại đúng loại rồi tải lên
reports-copy_too_large = Tệp lớn hơn { $most } MB. Quét lại với độ nét thấp hơn
reports-copy_out_of_bounds = Không đọc được tệp trong giới hạn { $seconds } giây và { $memory } MB bộ nhớ. In lại tệp ra PDF, hoặc tải bản DOCX lên
reports-copy_opening = Phần đầu văn bản
reports-copy_of_another = Nội dung tệp không phải báo cáo này. Chọn lại tệp
reports-copy_before_issue = Báo cáo chưa ban hành, chưa có bản để đối chiếu. Ban hành trước
reports-did_copy = Lưu bản ký

## Nhiệm vụ đề ra, trả lời ở báo cáo sau
reports-task_too_long = Nhiệm vụ “{ $text }…” dài quá { $count } chữ. Tách thành nhiều nhiệm vụ
reports-slot_stands = Báo cáo chỉ bị trả lại ở phần khác; phần này giữ nguyên. Cần sửa thì đề nghị nơi nhận trả lại cả phần này
reports-directions_hint = Mỗi dòng bắt đầu bằng “- ” là một nhiệm vụ; không có gạch đầu dòng thì mỗi dòng một nhiệm vụ. Ghi hạn ngay trong dòng (hạn 30/6/2026, quý II năm 2026), không ghi thì hạn là hết kỳ sau; ghi “chủ trì: tên cơ quan” nếu cơ quan khác làm. Khi phát hành, từng nhiệm vụ vào sổ Nhiệm vụ, báo cáo kỳ sau trả lời từng việc.
reports-issue_tasks = { $count } nhiệm vụ được ghi vào sổ Nhiệm vụ, báo cáo kỳ sau phải trả lời từng việc.
reports-tasks_to_set = Nhiệm vụ sẽ ghi sổ
reports-tasks_then = Ghi vào sổ Nhiệm vụ khi báo cáo được phát hành; không phải nhập lại.
reports-tasks_set = Nhiệm vụ đã đề ra
reports-task_by = hạn { $day }
reports-task_from = Đề ra trong báo cáo
reports-task_answered_in = Báo cáo cùng loại của kỳ sau trả lời việc này.
reports-task_slot = Kết quả, giải trình: { $title }
reports-task_sum = Kỳ trước đề ra { $count } nhiệm vụ; đến nay { $each }.
reports-task_due = { " " }(hạn { $day })
reports-task_on = ngày { $day }
reports-task_proofs = { $count } minh chứng
reports-task_done = đã hoàn thành
reports-task_under_way = đang thực hiện
reports-task_not_done = chưa hoàn thành
reports-task_dropped = không thực hiện
reports-task_void = đã rút khỏi sổ
reports-finding_unanswered = nhiệm vụ đề ra chưa được trả lời
reports-submit_unanswered = { $count } nhiệm vụ kỳ trước đề ra chưa được trả lời.

## Lời văn của cấp dưới
reports-below = Cấp dưới viết gì ở mục này
reports-below_title = Cấp dưới viết: { $slot }
reports-below_own = Đoạn đang có trong báo cáo này
reports-below_none = Chưa có báo cáo cấp dưới
reports-below_none_why = Chỉ hiện báo cáo cùng loại, cùng kỳ đã được chấp nhận hoặc phát hành và có viết mục này.
reports-below_count = { $count } đơn vị có viết mục này.
reports-below_take = Lấy đoạn này
reports-below_taken = Đoạn này của { $by } đã lấy rồi
reports-below_was_taken = Đã lấy vào báo cáo
reports-below_report = mở báo cáo
reports-below_source = (theo báo cáo của { $by })

## Loại báo cáo, xếp theo việc của mình
reports-new_owed = Cơ quan mình phải gửi
reports-new_own = Cơ quan mình lập khi cần
reports-new_here = Cơ quan khác cùng địa bàn lập
reports-new_else = Cấp khác lập
reports-turn_month = hằng tháng
reports-turn_quarter = hằng quý
reports-turn_half = 6 tháng
reports-turn_nine_months = 9 tháng
reports-turn_year = hằng năm

## Việc hằng năm, lịch, việc của người đứng đầu
reports-yearly = Việc giữ hằng năm
reports-yearly_below = Việc giữ hằng năm của cấp dưới
reports-yearly_what = Việc
reports-yearly_days = Trong khoảng
reports-yearly_in_time = đã làm, đúng hạn
reports-yearly_late = đã làm, quá hạn
reports-yearly_open = đang trong hạn
reports-yearly_missing = quá hạn, chưa làm
reports-yearly_ahead = chưa đến
reports-yearly_uncertain = chưa đối chiếu toàn văn
reports-yearly_write = Ghi vào sổ
reports-yearly_who = { $count } đơn vị chưa làm
reports-yearly_count_open = Chưa làm
reports-yearly_urge = Đề nghị { $units } thực hiện và ghi sổ: { $what }, hạn { $day }.
reports-owed_calendar = Lịch (iCalendar)
reports-owed_calendar_name = Báo cáo, việc phải làm: { $unit }
reports-wait_for_you = Báo cáo chờ xử lý
reports-owed_today = Báo cáo, việc hằng năm sắp đến hạn
reports-sign = Ký { $report }
