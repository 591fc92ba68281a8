### Bộ định nghĩa

## Lỗi của định nghĩa, in bởi pack check và pack lay
pack-no_directory = Không đọc được thư mục { $dir }
pack-toml_unreadable = Tệp không đọc được: { $reason }
pack-does_not_fit = { $at }: không đúng mẫu định nghĩa: { $reason }
pack-twice = “{ $id }” có hai lần
pack-bad_id = “{ $id }” không dùng làm mã được: mã gồm chữ thường không dấu, số và gạch dưới. Nên là “{ $right }”
pack-reserved = “{ $id }” là từ của ngôn ngữ biểu thức, chọn mã khác
pack-no_label = “{ $id }” thiếu tên tiếng Việt
pack-not_named_as_file = Mã “{ $id }” khác tên tệp “{ $file }”
pack-drop_nothing = Không có “{ $id }” để bỏ
pack-unknown_group = Chưa có nhóm “{ $name }”. Các nhóm: { $known }
pack-unknown_behaviour = Chưa có cách xử lý “{ $name }”{ nearest-known }
pack-unknown_kind = “{ $name }” không có trong kinds.toml{ nearest-known }
pack-unknown_field = Không có trường “{ $name }”{ nearest-known }
pack-unknown_section = Không có phần “{ $name }”{ nearest-known }
pack-unknown_rows = Không có bảng con “{ $name }”{ nearest-known }
pack-unknown_measure = Không có đơn vị tính “{ $name }”{ nearest-known }
pack-unknown_register = Không có sổ “{ $name }”{ nearest-known }
pack-unknown_state = Không có trạng thái “{ $name }”{ nearest-known }
pack-unknown_step = Không có bước “{ $name }”{ nearest-known }
pack-unknown_clock = Không có thời hạn “{ $name }”{ nearest-known }
pack-unknown_report = Không có báo cáo “{ $name }”{ nearest-known }
pack-unknown_limit = Không có thời hạn pháp luật “{ $name }”{ nearest-known }
pack-unknown_fact = Pháp luật không dùng dữ kiện “{ $name }”{ nearest-known }
pack-unknown_choice = Không có lựa chọn “{ $name }”{ nearest-known }
pack-unknown_standard = “{ $name }” không phải lựa chọn chuẩn của trường này. Gần nhất: “{ $nearest }”; không quy đổi được thì ghi none
pack-unknown_figure = Không có số liệu “{ $name }”{ nearest-known }
pack-unknown_part = Số liệu không chia theo “{ $name }”{ nearest-known }
pack-unknown_programme = Không có chương trình “{ $name }”{ nearest-known }
pack-unknown_topic = Không có lĩnh vực “{ $name }”{ nearest-known }
pack-unknown_moment = “{ $name }” không phải thời điểm. Dùng day, created, end, step:…, field:…, row:…
pack-not_indexed = Trường “{ $field }” dùng để tra cứu nên cần index = true
pack-behaviour_and_table = “{ $name }” cần cả hai: tên trong behaviours và bảng [{ $name }]
pack-no_indexed_kind = Sổ { $register } chưa có trường kiểu { $type } với index = true
pack-votes_without_thresholds = Sổ bật “votes” nhưng chưa có bảng [votes] ghi ngưỡng biểu quyết
pack-votes_not_switched_on = Có bảng [votes] nhưng chưa bật: thêm “votes” vào behaviours
pack-not_a_share = “{ $share }” không phải là một tỷ lệ. Ghi tử số và mẫu số, tử số không lớn hơn mẫu số
pack-wrong_type = Trường “{ $field }” kiểu { $type }, ở đây cần { $want }
pack-title_missing = Thiếu trường làm tên hồ sơ
pack-sealed_not_private = Trường niêm phong “{ $field }” phải là trường giữ kín: thêm private = true
pack-private_used = Trường giữ kín “{ $field }” không dùng được ở đây
pack-no_choices = Trường “{ $field }” chưa có lựa chọn nào
pack-choices_not_possible = Trường “{ $field }” kiểu { $type } không có lựa chọn
pack-no_measure = Trường “{ $field }” thiếu đơn vị tính (measure)
pack-measure_not_possible = Trường “{ $field }” kiểu { $type } không có đơn vị tính
pack-no_register = Trường liên kết “{ $field }” thiếu sổ (register)
pack-register_not_possible = Trường “{ $field }” kiểu { $type } không liên kết sổ nào
pack-of_not_possible = Trường “{ $field }” kiểu { $type } không giới hạn theo of được
pack-many_not_possible = Trường “{ $field }” kiểu { $type } chỉ có một giá trị
pack-bounds_not_possible = Trường “{ $field }” kiểu { $type } không có mức nhỏ nhất, lớn nhất
pack-min_over_max = Mức nhỏ nhất { $min } lớn hơn mức lớn nhất { $max }
pack-default_does_not_fit = Giá trị sẵn “{ $default }” không hợp với trường “{ $field }”
pack-index_not_possible = Trường “{ $field }” kiểu { $type } không lọc, không xếp theo được; tìm bằng ô tìm kiếm
pack-required_twice = Trường “{ $field }” bắt buộc lại có điều kiện; dùng required_when
pack-section_in_rows = Trường “{ $field }” của bảng con không đặt vào phần
pack-rows_empty = Bảng con “{ $rows }” chưa có trường nào
pack-no_initial = Có trạng thái nhưng thiếu trạng thái đầu (initial)
pack-steps_without_states = Có bước nhưng không có trạng thái
pack-step_from_nowhere = Bước “{ $step }” không đi từ trạng thái nào
pack-step_of_nobody = Bước “{ $step }” không giao cho vai trò nào
pack-not_a_party = “{ $name }” không có trong parties{ nearest-known }
pack-clears_required = Bước xóa trường “{ $field }” sau khi giữ lại, nhưng trường đó bắt buộc
pack-marks_outside_rows = marks ghi vào ngày của bảng con, “{ $field }” là trường của hồ sơ
pack-state_unreachable = Không bước nào đưa hồ sơ đến trạng thái “{ $state }”
pack-state_without_exit = Trạng thái “{ $state }” không có bước đi tiếp; nếu là cuối thì ghi last = true
pack-clock_start = Thời hạn không bắt đầu từ “{ $start }” được. Dùng created, step:…, field:…
pack-clock_never_stops = Thời hạn “{ $clock }” không có bước nào dừng
pack-clock_limit_or_due = Thời hạn “{ $clock }” cần đúng một trong hai: limit hoặc due
pack-effect_chain = Bước “{ $step }” của sổ { $register } lại kéo theo bước khác; chỉ được một chặng
pack-make_link = Trường “{ $field }” không liên kết về sổ { $register }
pack-make_misses = Hồ sơ tạo ở sổ { $register } thiếu trường bắt buộc “{ $field }”
pack-copy_of_many = “{ $field }” liên kết nhiều hồ sơ, không chép từ đó được
pack-copy_chain = “{ $field }” của sổ { $register } cũng là trường chép; chỉ được một chặng
pack-figure_what = Số liệu “{ $figure }” cần đúng một trong: count, sum, reading, overdue
pack-figure_count = “{ $count }” không đếm được. Dùng records hoặc rows:…
pack-no_row_here = “{ $name }” là của bảng con, số liệu này không đếm bảng con đó. Ghi count = "rows:BẢNG" hoặc sum = "BẢNG.CỘT", cột ghi là BẢNG.CỘT
pack-no_end = Sổ này không có trạng thái cuối nên không có thời điểm “{ $name }”
pack-two_ends = Số liệu “{ $figure }” có cả to và through; chọn một
pack-end_without_beginning = Số liệu “{ $figure }” có ngày kết thúc mà thiếu from
pack-flow_and_stock = Số liệu “{ $figure }” có cả day và from; phát sinh dùng day, tại thời điểm dùng from
pack-stock_has_no_since = Số liệu tại thời điểm “{ $figure }” không dùng since
pack-reading_is_no_stock = Số đọc “{ $figure }” lấy giá trị mới nhất, không dùng from
pack-by_not_possible = Không chia số liệu theo trường “{ $field }” kiểu { $type } được
pack-derived_what = Số liệu tính “{ $figure }” cần đúng một trong: share, formula, coverage, met
pack-share_not_division = “{ $figure }” là tỷ lệ nên công thức phải là một phép chia
pack-formula_is_condition = “{ $figure }” cần một con số, công thức lại là điều kiện
pack-formula_unreadable = Công thức “{ $expression }” không đọc được. Dùng số liệu, opening, carried, cohort, part, các phép tính và so sánh
pack-each_not_condition = “{ $expression }” phải là điều kiện, như dialogue.held >= 1
pack-take_not_possible = Không lấy “{ $figure }” theo cách đó: opening cần số tại thời điểm, carried và cohort cần số phát sinh có since, gain cần số đọc (reading), scaled cần thứ hạng
pack-not_in_formulas = “{ $figure }” không đứng trong công thức được
pack-figures_in_circle = Số liệu “{ $figure }” tính từ chính nó
pack-coverage_over = “{ $over }” chưa rõ. Dùng units, posts:head, posts:…, records:…, parts:…
pack-coverage_without_subject = Số liệu “{ $figure }” không tính theo chức vụ (subject)
pack-scope_of_both = Phạm vi là địa bàn hoặc cơ quan, không cả hai
pack-scopes_not_in_order = Các phạm vi của chỉ tiêu “{ $target }” không theo thứ tự ngày
pack-target_value = Mức { $value } không đạt được: tỷ lệ từ 0 đến 100
pack-duty_never = Nhiệm vụ phải làm ít nhất một lần mỗi kỳ. Ghi times = 1 hoặc lớn hơn
pack-duty_by_post = Số liệu “{ $figure }” không tính theo chức vụ. Chọn số liệu có subject là một trường kiểu post
pack-years_reversed = Năm cuối { $to } trước năm đầu { $from }
pack-topics_in_circle = Lĩnh vực “{ $topic }” nằm trong chính nó
pack-measure_places = { $places } chữ số sau dấu phẩy là quá nhiều, nhiều nhất { $most }
pack-law = { $what }
pack-not_a_condition = “{ $expression }” phải là điều kiện đúng hoặc sai, đây là { $kind }
pack-expression_unreadable = Biểu thức “{ $expression }” không đọc được ở cột { $column }: { $reason }
pack-expression_unknown_name = Biểu thức “{ $expression }”: không có “{ $name }”{ nearest-known }
pack-expression_unknown_choice = Biểu thức “{ $expression }”: không có lựa chọn “{ $choice }”{ nearest-known }
pack-expression_unknown_function = Biểu thức “{ $expression }”: không có hàm “{ $name }”
pack-expression_two_kinds = Biểu thức “{ $expression }” so { $a } với { $b }
pack-expression_wrong_kind = Biểu thức “{ $expression }”: phép tính “{ $operator }” không dùng với { $kind }
pack-expression_not_a_list = Biểu thức “{ $expression }” duyệt một giá trị không phải danh sách
pack-expression_no_parts = Biểu thức “{ $expression }”: “{ $name }” đứng sau một giá trị không có phần
pack-takes_register = Bỏ sổ “{ $register }” sẽ mất hồ sơ đang có
pack-takes_field = Bỏ trường “{ $field }” của sổ “{ $register }” sẽ mất giá trị đang có
pack-takes_rows = Bỏ bảng con “{ $rows }” của sổ “{ $register }” sẽ mất dòng đang có
pack-takes_choice = Bỏ lựa chọn “{ $choice }” của trường “{ $field }”, sổ “{ $register }”: dùng retired = true để giữ giá trị cũ
pack-takes_state = Bỏ trạng thái “{ $state }” của sổ “{ $register }” khi còn hồ sơ ở đó
pack-takes_step = Bỏ bước “{ $step }” của sổ “{ $register }” sẽ mất ngày đã ghi
pack-takes_topic = Bỏ lĩnh vực “{ $topic }” khi còn hồ sơ dùng
pack-changes_type = Trường “{ $field }” của sổ “{ $register }” đổi kiểu từ { $from } sang { $to }
pack-changes_measure = Trường “{ $field }” của sổ “{ $register }” đổi đơn vị tính từ { $from } sang { $to }
pack-changes_privacy = Trường “{ $field }” của sổ “{ $register }” đổi giữa giữ kín và thường
pack-kinds_unreadable = Tệp kinds.toml không đọc được: { $reason }

## Đề cương báo cáo
pack-outline_no_head = Đề cương thiếu phần đầu. Ghi phần đầu giữa hai dòng +++ ở đầu tệp
pack-owed_period = Kỳ phải gửi (owed) có kỳ mà đề cương không lập. Thêm vào periods hoặc bỏ khỏi owed
pack-outline_for_nobody = Đề cương chưa ghi “{ $key }” nên không ai lập được. Ghi ít nhất một
pack-outline_twice = Báo cáo “{ $report }” đã có đề cương “{ $other }” cho cùng cấp. Đổi cấp của một trong hai
pack-outline_number_in_head = Phần đầu của đề cương chỉ ghi chữ và từ thay như {"{"}unit{"}"}, không ghi số liệu. Chuyển số liệu xuống phần thân
pack-outline_brace = Ngoặc {"{"} không có ngoặc {"}"} đóng lại
pack-outline_stray = {"{"}{ $command }{"}"} đứng một mình, không có {"{"}if{"}"} hay {"{"}table{"}"} mở trước
pack-outline_not_closed = {"{"}{ $command }{"}"} mở ở đây chưa có {"{"}end{"}"}
pack-outline_own_line = {"{"}{ $command }{"}"} phải đứng riêng một dòng
pack-outline_command = Không có “{ $name }” trong đề cương{ nearest-known }
pack-outline_moment = Không có thời điểm “@{ $name }”{ nearest-known }
pack-outline_form = Không có cách viết số “|{ $name }”{ nearest-known }
pack-outline_part = “{ $value }” chưa đọc được là một phần của số liệu. Ghi kiểu dialogue.held[kind=periodic]
pack-outline_not_a_share = “{ $figure }” không phải tỷ lệ nên không viết kiểu “|{ $form }” được
pack-outline_take = Điều kiện chỉ xét số liệu trong kỳ, “{ $figure }” ở đây lấy cách khác. Bỏ opening, carried, cohort
pack-outline_slot = Phần đơn vị viết “{ $id }” thiếu tên. Ghi kiểu {"{"}slot ma "Tên phần"{"}"}
pack-outline_caption = {"{"}{ $command }{"}"} thiếu tên trong ngoặc kép, hoặc thiếu “by” rồi cách chia
pack-outline_column = Bảng không có cột “{ $name }”{ nearest-known }
pack-outline_row = “{ $value }” không phải dòng của bảng. Dòng bắt đầu bằng “- ” rồi số liệu, hoặc “#” rồi tên nhóm
pack-outline_no_part = Không có phần dùng chung “{ $name }” trong outlines/parts{ nearest-known }
pack-outline_part_in_part = Phần dùng chung không lấy phần khác. Chép phần đó vào đề cương
pack-outline_empty_table = Bảng “{ $caption }” thiếu cột hoặc thiếu dòng
pack-paper_register = Không có sổ “{ $name }”. Gần nhất: { $nearest }.
pack-paper_field = Sổ { $register } không có trường “{ $name }”. Gần nhất: { $nearest }.
pack-paper_field_kind = Trường “{ $field }” không nhận được giá trị này: số là text, ngày là date, không kín, một giá trị.
pack-paper_rows = Không có dòng con “{ $name }”. Gần nhất: { $nearest }.
pack-paper_row_outside = “row.{ $field }” chỉ đứng trong each hoặc table.
pack-paper_step = Không có bước “{ $name }”. Gần nhất: { $nearest }.
pack-paper_clock = Không có thời hạn “{ $name }”. Gần nhất: { $nearest }.
pack-paper_names_a_person = Văn bản này không được nêu người: trường kín “{ $field }” không đứng ở đây.
pack-phrase_without_basis = Mẫu câu “{ $id }” thiếu lời văn hoặc căn cứ.
pack-unknown_paper = Không có văn bản “{ $name }” của sổ này. Gần nhất: { $nearest }.
pack-form_columns = Bảng “{ $id }”: hoặc có cột, hoặc ghi unknown = true.
pack-form_mark = Cột “{ $id }”: mã số chỉ gồm chữ số và phải có tiêu đề.
pack-form_source = Cột “{ $id }”: chỉ một trong value, text, by_hand; per từ 1 trở lên.
pack-form_circle = Cột “{ $id }” tính từ chính nó.
pack-form_column = Không có cột “{ $name }”. Gần nhất: { $nearest }.
pack-card_not_private = Trường “{ $field }” nhận thông tin từ thẻ căn cước nên phải là trường kín (private = true).
