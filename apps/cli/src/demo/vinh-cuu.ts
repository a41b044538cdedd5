/** What was found in Vĩnh Cửu in 2023: by the counts of its notice, in words of our own. */
export const FINDINGS: { kind: 'strength' | 'limitation' | 'cause' | 'direction'; title: string; texts: string[] }[] = [
  {
    kind: 'strength',
    title: 'ƯU ĐIỂM',
    texts: [
      'Văn bản của cấp trên được phổ biến đủ, có chương trình của huyện kèm theo.',
      'Bí thư cấp ủy cơ sở trực tiếp tiếp dân và theo dõi đơn thư.',
      'Ba cuộc giám sát chuyên đề đã làm trong năm, với 31 tổ chức đảng và 6 cấp ủy viên.',
      'Việc sửa chữa sau kiểm điểm năm trước có người phụ trách và có thời gian.',
      'Mặt trận và đoàn thể góp ý thường xuyên cho cán bộ chủ chốt.',
      'Chín xã đạt chuẩn nâng cao, hai xã kiểu mẫu.',
    ],
  },
  {
    kind: 'limitation',
    title: 'HẠN CHẾ',
    texts: [
      'Phối hợp tuyên truyền giữa các ban, ngành có nơi chưa đều.',
      'Mô hình hay chưa được chọn và nhân rộng kịp thời.',
      'Cải cách thủ tục ở cơ sở chuyển biến còn ít.',
    ],
  },
  {
    kind: 'cause',
    title: 'NGUYÊN NHÂN',
    texts: [
      'Một số cấp ủy chưa quyết tâm.',
      'Điển hình tốt chưa được chú ý nuôi dưỡng.',
      'Kỷ luật giờ giấc của một số cán bộ chưa nghiêm.',
    ],
  },
  {
    kind: 'direction',
    title: 'PHƯƠNG HƯỚNG',
    texts: [
      'Lập kế hoạch sửa những hạn chế đã nêu và gửi Ban Thường vụ Tỉnh ủy.',
      'Đưa nội dung học tập thành việc làm hằng tháng của chi bộ.',
      'Tăng trách nhiệm nêu gương của người đứng đầu.',
      'Chọn việc đột phá của huyện và phân công từng ủy viên.',
      'Giới thiệu rộng hơn người tốt, việc tốt.',
      'Cấp trên kiểm tra, giám sát cấp dưới đều đặn hơn.',
    ],
  },
];

const NUMERALS = ['I', 'II', 'III', 'IV'];

/** The notice as it went out: about one district, addressed to another. Recorded as it is, nothing repaired. */
export const NOTICE = `TỈNH ỦY ĐỒNG NAI
ĐẢNG CỘNG SẢN VIỆT NAM
THÔNG BÁO
kết luận giám sát đối với Ban Thường vụ Huyện ủy Vĩnh Cửu
Thực hiện Chương trình kiểm tra, giám sát năm 2023, Kế hoạch số 274-KH/TU ngày 11/7/2023 và Quyết định số 1247-QĐ/TU ngày 11/7/2023, Ban Thường vụ Tỉnh ủy kết luận như sau:
${FINDINGS.map(({ title, texts }, i) => `${NUMERALS[i]}. ${title}\n${texts.map((text) => `- ${text}`).join('\n')}`).join('\n')}
Trên đây là kết luận giám sát đối với Ban Thường vụ Huyện ủy Vĩnh Cửu.
Nơi nhận:
- Thường trực Tỉnh ủy,
- Ban Thường vụ Huyện ủy Định Quán,
- Lưu Văn phòng Tỉnh ủy.
T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Mai Đức Long
`;
