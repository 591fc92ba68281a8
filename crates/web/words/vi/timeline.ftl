### Nhật ký và niêm phong

## Điều tìm thấy khi kiểm tra
timeline-kind = { $kind ->
    [record] hồ sơ
    [unit] đơn vị
    [account] tài khoản
    [report] báo cáo
    [pack] bộ định nghĩa
    [calendar] lịch
    [job] việc chạy nền
    [instance] hệ thống
   *[other] { $kind }
}
timeline-altered = Dòng thứ { $number } trong nhật ký của { timeline-kind } { $about } đã bị sửa (mục { $entry })
timeline-lost = Nhật ký của { timeline-kind } { $about } thiếu dòng thứ { $number }
timeline-unlike = Niêm phong số { $seal } lập trên { $entries } dòng nhật ký; nay dưới niêm phong đó có { $found } dòng, hoặc nội dung đã khác
timeline-seal_lost = Thiếu niêm phong số { $seal }
timeline-seal_altered = Niêm phong số { $seal } đã bị sửa, hoặc không nối tiếp niêm phong trước
timeline-seal_unsigned = Niêm phong số { $seal } không do khóa của hệ thống này ký
