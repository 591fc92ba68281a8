//! The command line: a contract, see ARCHITECTURE.md.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Sổ, lời hứa và báo cáo của công tác dân vận chính quyền: ghi một lần nơi việc diễn ra, ở nơi khác thì tính ra.
#[derive(Debug, Parser)]
#[command(name = "danvan", version, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    pub place: PlaceArgs,
    /// In kết quả dạng JSON.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Args, Clone, Debug)]
pub struct PlaceArgs {
    /// Thư mục dữ liệu: tệp, khóa, và cơ sở dữ liệu SQLite.
    #[arg(long, global = true, env = "DANVAN_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Cơ sở dữ liệu PostgreSQL: postgres://…
    #[arg(long, global = true, env = "DANVAN_DATABASE", value_name = "URL")]
    pub database: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Mở một hệ thống mẫu đã có dữ liệu minh họa.
    Demo {
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
    },
    /// Lập một hệ thống thật, với danh mục đơn vị của gói.
    Init {
        /// Danh mục đơn vị riêng (CSV) thay cho danh mục của gói.
        #[arg(long, value_name = "FILE")]
        units: Option<PathBuf>,
    },
    /// Phục vụ một hệ thống đã lập.
    Serve {
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
        /// Người dùng đến qua TLS: cookie an toàn, HSTS.
        #[arg(long)]
        tls: bool,
        /// Địa chỉ của máy chủ trung gian được tin X-Forwarded-For.
        #[arg(long = "proxy")]
        proxies: Vec<std::net::IpAddr>,
    },
    /// Định nghĩa: sổ, số liệu, chỉ tiêu, đề cương.
    #[command(subcommand)]
    Pack(PackCommand),
    /// Địa bàn, cơ quan.
    #[command(subcommand)]
    Units(UnitsCommand),
    /// Nhập hồ sơ từ bảng tính.
    Import {
        register: String,
        file: PathBuf,
        #[arg(long)]
        unit: String,
        /// Chỉ kiểm tra, không ghi.
        #[arg(long)]
        dry_run: bool,
        /// Có một dòng sai thì không ghi dòng nào.
        #[arg(long)]
        all_or_nothing: bool,
        /// Ghi tệp lỗi: cùng bảng đó, thêm cột “Lỗi”.
        #[arg(long, value_name = "FILE")]
        errors: Option<PathBuf>,
    },
    /// Xuất hồ sơ ra bảng tính, cùng các cột như khi nhập.
    Export {
        register: String,
        #[arg(long)]
        out: PathBuf,
        #[arg(long)]
        unit: Option<String>,
    },
    /// Ngày đến hạn, kèm cách tính.
    Deadline {
        limit: String,
        #[arg(long)]
        from: String,
        /// Dữ kiện: remote, complex, extensions=2, basis=decree…
        #[arg(long = "set", value_name = "FACT")]
        facts: Vec<String>,
        /// Dừng từ ngày A, chạy lại từ ngày B: A..B
        #[arg(long = "suspend", value_name = "A..B")]
        suspend: Vec<String>,
        /// Không tính hai ngày này và các ngày giữa: A..B
        #[arg(long = "exclude", value_name = "A..B")]
        exclude: Vec<String>,
    },
    /// Số liệu của một đơn vị, kèm cách có được.
    Figures {
        #[arg(long, required_unless_present = "recompute")]
        unit: Option<String>,
        #[arg(long, required_unless_present = "recompute")]
        from: Option<String>,
        #[arg(long, required_unless_present = "recompute")]
        to: Option<String>,
        #[arg(long = "figure", value_name = "ID")]
        figures: Vec<String>,
        /// then, now hoặc một ngày.
        #[arg(long, default_value = "then")]
        geography: String,
        /// Dựng lại mọi chứng cứ từ hồ sơ; không được thay đổi gì.
        #[arg(long)]
        recompute: bool,
    },
    /// Chỉ tiêu: đạt, chưa đạt, đơn vị còn thiếu.
    Targets {
        #[arg(long)]
        unit: String,
        #[arg(long)]
        period: String,
    },
    /// Báo cáo ra tệp docx, pdf, xlsx, html hoặc md.
    Report {
        outline: String,
        #[arg(long)]
        unit: String,
        #[arg(long)]
        period: String,
        #[arg(long)]
        out: PathBuf,
    },
    /// Đối chiếu số liệu của một báo cáo bằng lời với hệ thống và với chính nó.
    CheckReport {
        /// Tệp txt, md hoặc docx.
        file: PathBuf,
        #[arg(long)]
        unit: String,
        #[arg(long)]
        period: String,
    },
    /// Biểu thống kê theo mẫu của thông tư; --out ghi tệp xlsx.
    Form {
        /// Mã biểu (01-tcd-2024), hoặc ký hiệu (01/TCD): bản áp dụng ngày cuối kỳ.
        form: String,
        #[arg(long)]
        unit: String,
        #[arg(long)]
        period: String,
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Người dùng.
    #[command(subcommand)]
    User(UserCommand),
    /// Hồ sơ niêm phong: tiếp nhận tố cáo, khóa dự phòng.
    #[command(subcommand)]
    Vault(VaultCommand),
    /// Cấp mã truy cập API cho một người dùng.
    Token { name: String },
    /// Kiểm tra nhật ký: sửa, thiếu, đảo thứ tự hay mất mục.
    Verify,
    /// Sao lưu nhất quán ra một tệp.
    Backup { file: PathBuf },
    /// Khôi phục từ tệp sao lưu vào một hệ thống chưa có hồ sơ.
    Restore { file: PathBuf },
    /// Chương trình tự gọi: đọc chữ của một tệp PDF từ đầu vào chuẩn.
    #[command(hide = true)]
    ReadPdf,
}

#[derive(Debug, Subcommand)]
pub enum PackCommand {
    /// Kiểm tra gói trong chương trình, hoặc gói ở thư mục DIR.
    Check { dir: Option<PathBuf> },
    /// Liệt kê sổ, số liệu, chỉ tiêu, đề cương.
    List,
    /// Kiểm tra lớp phủ rồi đặt vào hệ thống.
    Lay { dir: PathBuf },
    /// Tạo khung nhìn SQL cho từng sổ.
    Views,
    /// JSON Schema cho trình soạn thảo.
    Schema,
}

#[derive(Debug, Subcommand)]
pub enum UnitsCommand {
    /// Nhập đơn vị từ tệp CSV.
    Import { file: PathBuf },
    /// Xem một đơn vị tại một ngày.
    Show {
        code: String,
        #[arg(long)]
        at: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub enum VaultCommand {
    /// Trên máy độc lập: lập cặp khóa tiếp nhận, ghi khóa công khai ra tệp.
    Keygen {
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// Trên máy tiếp nhận: ghi các đơn chưa chuyển ra một tệp niêm phong, có chữ ký.
    Export { file: PathBuf },
    /// Nhận tệp khóa công khai (máy tiếp nhận) hoặc tệp chuyển (máy độc lập).
    Import {
        file: PathBuf,
        /// Văn bản cho phép tiếp nhận qua mạng: bắt buộc khi nhận khóa.
        #[arg(long)]
        decision: Option<String>,
        /// Khóa của hệ thống gửi: bắt buộc ở lần nhận tệp chuyển đầu tiên.
        #[arg(long, value_name = "KEY")]
        from: Option<String>,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// Trên máy độc lập: liệt kê đơn đang chờ, hoặc đưa một đơn vào sổ của cơ quan.
    Open {
        reference: Option<String>,
        #[arg(long, requires = "reference")]
        unit: Option<String>,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// Lập khóa dự phòng, in các mảnh; không mảnh nào được lưu.
    Escrow {
        /// Số mảnh cần để mở.
        #[arg(long, default_value_t = 2)]
        need: u8,
        /// Số mảnh được in.
        #[arg(long, default_value_t = 3)]
        shares: u8,
    },
    /// Đủ mảnh khóa: trao mọi hồ sơ niêm phong cho một người đã đặt cụm mật khẩu.
    Recover {
        /// Tệp có các mảnh, mỗi dòng một mảnh.
        #[arg(long, value_name = "FILE")]
        shares: PathBuf,
        #[arg(long, value_name = "LOGIN")]
        to: String,
    },
}

#[derive(Args, Debug)]
pub struct PassphraseArgs {
    /// Tệp có cụm mật khẩu ở dòng đầu; không có thì đọc một dòng từ đầu vào chuẩn.
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Thêm người dùng; in liên kết dùng một lần.
    Add {
        name: String,
        #[arg(long)]
        role: String,
        #[arg(long)]
        unit: String,
        /// Họ và tên, nếu khác tên đăng nhập.
        #[arg(long)]
        full_name: Option<String>,
    },
}
