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
