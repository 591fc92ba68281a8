### Ngày, số, mã đọc từ chữ

## Từ chối
day-unreadable = “{ $value }” chưa đọc được là ngày. Ghi kiểu 05/08/2026
day-not_in_calendar = { $value } không có trong lịch
handle-unreadable = Mã “{ $value }” ghi sai hoặc thiếu chữ. Chép lại cả 14 chữ
number-unreadable = “{ $value }” chưa đọc được là số. Ghi kiểu 4,1 hoặc 1.052
number-not_whole = “{ $value }” có phần lẻ; ô này ghi số nguyên
number-too_fine = “{ $value }” có quá { $places } chữ số sau dấu phẩy

## Chỗ nối cho các câu khác
nearest-known = { HAS($nearest) ->
    [yes] { "" }. Gần nhất: “{ $nearest }”
   *[no] { "" }
}
