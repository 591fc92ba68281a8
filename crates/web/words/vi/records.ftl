### Hồ sơ, bước, giá trị

## Hồ sơ
record-check = { $vi }
record-required = { $label }: chưa ghi
record-too_few_rows = { $label }: cần ít nhất { $min } dòng
record-too_many_rows = { $label }: nhiều nhất { $max } dòng, bỏ bớt dòng thừa
record-unknown_field = Sổ này không có trường “{ $field }”. Bỏ trường đó, hoặc ghi đúng mã trường
record-unknown_register = Không có sổ “{ $value }”{ nearest-known }
record-no_such_link = Không có hồ sơ mã { $value }. Chép lại mã của hồ sơ cần liên kết
record-is_void = Hồ sơ { $number } đã hủy nên không sửa được. Lập hồ sơ mới nếu vẫn cần
record-void_needs_a_reason = Lý do hủy: chưa ghi
record-empty_comment = Ý kiến trao đổi: chưa ghi

## Bước
step-unknown = Sổ này không có bước “{ $step }”. Mở lại hồ sơ để xem các bước làm được
step-not_from_here = Hồ sơ đang ở trạng thái “{ $state }”, chưa làm được bước “{ $step }”
step-needs = { $label }: chưa ghi, cần có trước bước “{ $step }”
step-needs_condition = Bước “{ $step }” chưa đủ điều kiện: { $condition }
step-in_the_future = Ngày { $day } chưa đến. Ghi ngày đã diễn ra, muộn nhất là hôm nay
step-before_the_last = Ngày { $day } trước bước “{ $before }” ngày { $last }. Ghi từ ngày { $last } trở đi
step-effect_on = Bước này kéo theo hồ sơ { $number }, { $title }, nhưng hồ sơ đó chưa nhận được bước vì lý do trên. Mở hồ sơ đó, ghi cho đủ rồi làm lại
step-nothing_to_undo = Hồ sơ chưa làm bước nào nên không có gì để hoàn tác
step-undo_its_cause = Bước này do một hồ sơ liên kết kéo theo. Hoàn tác bước ở hồ sơ đó
step-made_records = Bước “{ $step }” đã lập hồ sơ khác nên không hoàn tác được. Sửa hoặc hủy từng hồ sơ đã lập

## Giá trị
value-unknown_choice = Không có lựa chọn “{ $value }”. Ghi một trong: { $choices }
value-unknown_topic = Không có lĩnh vực “{ $value }”. Chọn trong cây lĩnh vực
value-unknown_figure = Không có số liệu “{ $value }”{ nearest-known }
value-unknown_target = Không có chỉ tiêu “{ $value }”. Ghi mã của một chỉ tiêu trong chương trình
value-unknown_post = “{ $value }” chưa đọc được là chức vụ. Ghi cơ quan rồi chức vụ, như 31/ubnd:chu-tich
value-wrong_kind_of_unit = “{ $value }” không thuộc loại ghi được ở đây. Loại ghi được: { $kinds }
value-not_yes_or_no = “{ $value }” chưa rõ là có hay không. Ghi “có” hoặc “không”
value-not_a_year = “{ $value }” chưa đọc được là năm. Ghi bốn chữ số, từ 1900 đến 2200
value-not_a_month = “{ $value }” chưa đọc được là tháng. Ghi kiểu 05/2021
value-not_a_rank = “{ $value }” chưa đọc được là thứ hạng. Ghi kiểu 12/63
value-not_a_phone = “{ $value }” chưa đọc được là số điện thoại. Ghi từ 8 đến 15 chữ số
value-too_short = Nội dung quá ngắn, cần ít nhất { $min } chữ cái và dấu
value-too_long = Nội dung quá dài, nhiều nhất { $max } chữ cái và dấu
value-too_small = Nhỏ hơn mức ghi được. Ghi từ { $min } trở lên
value-too_large = Lớn hơn mức ghi được. Ghi nhiều nhất { $max }

## Danh sách
record-too_many_filters = Lọc theo nhiều nhất { $most } trường một lúc. Bỏ bớt điều kiện lọc
