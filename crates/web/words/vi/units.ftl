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
