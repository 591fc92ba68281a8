//! Writes sample papers in every format into a folder, to be looked at: `cargo run -p papers --example sample -- DIR [ROWS]`.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::{env, error::Error, fs, path::PathBuf, time::Instant};

use papers::Format;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("name a folder")?);
    fs::create_dir_all(&folder)?;
    let rows = env::args().nth(2).map_or(Ok(14), |rows| rows.parse())?;
    for (name, paper) in [("state", sample::state(rows)), ("party", sample::party(rows)), ("letter", sample::letter())]
    {
        for format in [Format::Docx, Format::Pdf, Format::Xlsx, Format::Html, Format::Markdown] {
            let start = Instant::now();
            let bytes = paper.write(format)?;
            println!("{name}.{}: {} bytes in {:?}", format.extension(), bytes.len(), start.elapsed());
            fs::write(folder.join(name).with_extension(format.extension()), bytes)?;
        }
    }
    Ok(())
}
