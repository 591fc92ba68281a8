### Địa bàn, cơ quan và quyết định

## Tìm
units-unknown = Chưa biết địa bàn, cơ quan “{ $value }”. Ghi mã, hoặc tên kèm cấp trên, như “xã Bình Chánh, huyện Thăng Bình”
units-unknown_then = Ngày { $day } không có “{ $value }”. Tên này từng là: { $candidates }
units-ambiguous = Ngày { $day } có nhiều nơi cùng tên “{ $value }”: { $candidates }. Ghi mã, hoặc thêm loại hay cấp trên
units-no_such_body = { $place } không có cơ quan “{ $value }”. Ghi kiểu 31/ubnd, 31/mttq
units-no_such_body_then = Ngày { $day }, { $place } không có { $body }. Chọn ngày khác hoặc cơ quan khác
units-not_valid_then = Ngày { $day } không có { $unit }.{ HAS($were) ->
    [yes] { " " }Địa bàn đó khi ấy là: { $were }
   *[no] { " " }Chọn đơn vị có trong ngày đó
}
units-unknown_kind = “{ $value }” chưa rõ là loại địa bàn, cơ quan nào. Ghi loại có trong kinds.toml, hoặc tên kèm loại như “Thôn Mỹ Trà”

## Quyết định
units-decision_empty = Quyết định chưa ghi thay đổi nào. Ghi ít nhất một thay đổi: lập, đổi tên, sáp nhập, chia hoặc giải thể
units-nothing_to_undo = Quyết định này đã bị hủy hoặc không có, nên không hủy được nữa
units-later_decision = Ghi như vậy thì quyết định số { $number } không còn khớp. Sửa hoặc hủy quyết định { $number } trước
units-name_missing = Tên địa bàn, cơ quan: chưa ghi
units-not_a_place = Cơ quan này theo địa bàn của nó, không có quyết định riêng. Chọn địa bàn
units-not_there_then = Ngày { $day } không có { $unit }. Kiểm tra lại ngày của quyết định
units-changed_later = { $unit } có thay đổi từ ngày { $day } trở đi nên không chấm dứt trước đó được. Sửa các quyết định về sau trước
units-ended_later = { $unit } đã chấm dứt ngày { $end }, không phải ngày { $day }. Sửa quyết định đã ghi, hoặc ghi đúng ngày đó
units-already_so = { $unit } đã như vậy trong ngày đó, không có gì thay đổi
units-key_taken = Đơn vị mới trùng một đơn vị đã có. Mở lại biểu mẫu rồi ghi lại
units-code_taken = Mã { $code } đang dùng cho { $name }. Ghi mã khác, hoặc chấm dứt { $name } trước
units-parent_not_above = { $name }{ HAS($code) ->
    [yes] { " " }(mã { $code })
   *[no] { "" }
} phải nằm trong một địa bàn cấp cao hơn. Chọn địa bàn khác làm cấp trên
units-merge_of_whom = Sáp nhập cần từ hai đơn vị khác nhau vào một đơn vị mới, hoặc từ một đơn vị vào đơn vị khác đang có
units-split_into_whom = Chia cần từ hai phần trở lên, trong đó nhiều nhất một phần kế thừa chính
units-heir_above = Nơi kế thừa { $unit } phải là đơn vị khác và không ở cấp cao hơn. Chọn đơn vị cùng cấp hoặc cấp dưới
units-children_left = Chưa rõ các đơn vị sau về đâu: { $children }. Ghi nơi nhận, hoặc chuyển các đơn vị đó trước

## Tệp địa bàn
units-file_unreadable = Tệp địa bàn chưa đọc được từ dòng này. Lưu lại kiểu CSV UTF-8, có dòng tên cột
units-key_unreadable = “{ $value }” chưa đọc được là số hiệu đơn vị. Ghi số nguyên dương
units-edge_unreadable = “{ $value }” chưa đọc được là ngày bắt đầu hay chấm dứt. Ghi 2025-07-01, hoặc ba ngày 2018-12-31..2020-01-01..2022-12-31
units-ends_before_it_begins = { $name }{ HAS($code) ->
    [yes] { " " }(mã { $code })
   *[no] { "" }
} chấm dứt trước khi bắt đầu. Kiểm tra lại hai ngày
units-versions_overlap = { $name }{ HAS($code) ->
    [yes] { " " }(mã { $code })
   *[no] { "" }
} có hai dòng trùng ngày nhau. Dòng trước phải chấm dứt khi dòng sau bắt đầu
units-parent_unknown = { $name }{ HAS($code) ->
    [yes] { " " }(mã { $code })
   *[no] { "" }
} có cấp trên số { $parent } không có trong tệp. Thêm dòng của cấp trên, hoặc ghi đúng số
units-code_twice = Mã { $code } dùng cho cả { $name } và { $other } trong cùng thời gian. Sửa mã của một trong hai
units-succession_unknown = Kế thừa từ { $from } sang { $to }: không có đơn vị mang số đó. Kiểm tra lại hai số

## Trang của đơn vị
units-title = Địa bàn, cơ quan
units-find = Tìm địa bàn, cơ quan
units-at = Tại ngày
units-on_day = tại ngày { $day }
units-stands = đang có
units-stands_not = không có trong ngày này
units-code = Mã
units-code_is = mã { $code }
units-name = Tên
units-kind = Loại
units-kind_unknown = chưa rõ loại
units-about = Thông tin
units-inside = Thuộc
units-superior = Cấp trên
units-since = Có từ
units-until = Đến hết
units-unknown_day = không rõ ngày
units-between = chưa rõ ngày
units-between_days = sau { $after }, chậm nhất { $by }
units-holder = Nay do
units-loose = chưa phân về xã
units-numbers = Số liệu
units-targets = Chỉ tiêu
units-figures = Số liệu theo kỳ
units-became = Nay thành
units-origins = Hình thành từ
units-from_day = từ { $day }
units-main_heir = kế thừa chính
units-ended_without_heir = Chấm dứt từ { $day }, chưa ghi đơn vị kế thừa; việc còn lại do { $holder } giữ.
units-children = Đơn vị bên trong
units-children_count = { $count } đơn vị bên trong
units-bodies = Cơ quan, tổ chức
units-bodies_count = { $count } cơ quan, tổ chức
units-history = Lịch sử
units-of = thuộc { $parent }

## Các quyết định
units-decisions = Quyết định về địa bàn, cơ quan
units-decide = Ghi quyết định
units-decide_title = Ghi quyết định
units-in_force_from = Hiệu lực từ ngày
units-number = Số, ký hiệu
units-what = Nội dung
units-no_decisions = Chưa ghi quyết định nào
units-no_decisions_why = Địa bàn ban đầu lấy từ danh mục của Nhà nước; thay đổi về sau ghi theo quyết định.
units-undone = đã hủy
units-undo = Hủy việc ghi

## Biểu mẫu quyết định
units-paper = Văn bản
units-number_hint = ví dụ 1669/NQ-UBTVQH15
units-issued = Ngày ban hành
units-issuer = Cơ quan ban hành
units-day_hint = ngày đơn vị mới bắt đầu, ví dụ 01/07/2025
units-act = Loại thay đổi
units-act_merge = Sáp nhập
units-act_split = Chia
units-act_open = Lập mới
units-act_rename = Đổi tên, loại, mã
units-act_move = Chuyển cấp trên
units-act_close = Giải thể
units-act_settle = Phân về đơn vị mới
units-act_undo = Hủy việc ghi quyết định
units-which = Đơn vị
units-unit_hint = mã, hoặc tên kèm loại và cấp trên
units-new_name = Tên mới
units-new_name_hint = chỉ ghi tên riêng, ví dụ Kiền Bái
units-new_parent = Thuộc địa bàn mới
units-merged = Các đơn vị sáp nhập
units-merged_hint = mỗi dòng một đơn vị: mã, hoặc tên kèm loại và cấp trên
units-into = Nhập vào đơn vị đang có
units-into_hint = để trống nếu lập đơn vị mới
units-or_new = Hoặc thành đơn vị mới
units-heir = Đơn vị kế thừa
units-heir_hint = để trống nếu không có; việc còn lại về cấp trên
units-parts = Thêm phần nữa
units-parts_hint = Mỗi phần ghi đơn vị mới, hoặc đơn vị đang có nhận phần đó. Chọn một phần kế thừa chính để giữ việc đang mở.
units-part_name = Tên đơn vị mới
units-part_into = Hoặc nhập vào
units-part_rule = Phần nào
units-part = Phần { $row }
units-note = Ghi chú
units-number_missing = Số, ký hiệu quyết định: chưa ghi
units-day_missing = Ngày có hiệu lực: chưa ghi
units-act_missing = Loại thay đổi: chưa chọn
units-kind_missing = Loại đơn vị: chưa chọn
units-nothing_new = Chưa ghi gì mới. Ghi tên, loại hoặc mã mới

## Xem trước, ghi, hủy
units-preview = Xem trước thay đổi
units-confirm = Ghi quyết định { $number }
units-confirm_text = Từ ngày { $day }, danh mục địa bàn, cơ quan thay đổi như sau:
units-enter = Ghi quyết định
units-do_not_enter = Sửa lại
units-entered = Đã ghi quyết định { $number }, hiệu lực từ { $day }
units-confirm_undo = Hủy việc ghi quyết định { $number }
units-confirm_undo_text = Quyết định vẫn còn trong danh sách, ghi là đã hủy. Danh mục trở lại như sau:
units-why = Lý do
units-do_not_undo = Không hủy
units-was_undone = Đã hủy việc ghi quyết định { $number }
units-will_end = { $unit } chấm dứt từ { $day }; việc còn lại do { $holder } giữ
units-will_begin = { $unit } bắt đầu từ { $day }{ HAS($parent) ->
    [yes] , thuộc { $parent }
   *[no] { "" }
}
units-will_change = { $old } đổi thành { $new }
units-will_move = { $unit } chuyển từ { $from } sang { $to }
units-more_changes = và { $count } thay đổi khác
