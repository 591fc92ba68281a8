### Phân loại, chuyển đơn, đơn trùng

submission-or_else = Hoặc: { $step }
submission-to_verify = { $basis } (cần đối chiếu)
submission-other_than_proposed = Bảng phân loại đề xuất “{ $step }”: { $reason } Căn cứ: { $basis }. Xử lý khác thì ghi lý do.
submission-competent = Thuộc thẩm quyền của { $body }.
submission-not_competent = Không thuộc thẩm quyền cơ quan này; thuộc { $body }.
submission-accused_handles = { $body } không được “{ $step }” vụ việc về chính mình.
submission-accused_opens = Có đơn tố cáo { $body }: không ai ở đó được mở danh tính người tố cáo. Chuyển đơn đến nơi có thẩm quyền giải quyết.
submission-to_itself = Đơn đang ở { $body }, không chuyển cho chính mình.
submission-came_back = Đơn đã qua { $body } (số { $number }): đang chuyển qua lại.
submission-many_hops = Đây là lần chuyển thứ { $count }.
submission-another_is_competent = Cơ quan có thẩm quyền là { $body } ({ $basis }).
submission-way = Đường đi của đơn{ $count ->
    [0] {""}
   *[other] {" "}({ $count } lần chuyển)
}
submission-received_on = nhận { $day }
submission-not_received = chờ tiếp nhận
submission-sent_on = chuyển { $day }
submission-alike = Giống { $percent }% đơn số { $number }: nếu trùng thì ghi liên hệ.
submission-same_sender = Cùng người gửi, giống { $percent }% đơn số { $number }: nếu trùng thì ghi liên hệ.
submission-elsewhere = Đơn tương tự ở nơi khác
submission-same_senders = Cùng người gửi, trong sổ này
