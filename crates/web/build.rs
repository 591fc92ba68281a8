//! Lists the files of wordings, so that a new one reaches the binary without being named anywhere.
use std::{env, fmt::Write, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=words");
    let here = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    for lang in ["vi", "en"] {
        let folder = Path::new(&here).join("words").join(lang);
        let mut files: Vec<_> = fs::read_dir(folder)?.map(|file| Ok(file?.path())).collect::<io::Result<_>>()?;
        files.retain(|file| file.extension().is_some_and(|ending| ending == "ftl"));
        files.sort();
        let mut list = String::new();
        for file in files {
            write!(list, "include_str!(r#\"{}\"#), ", file.display()).map_err(io::Error::other)?;
        }
        fs::write(Path::new(&out).join(format!("words-{lang}.rs")), format!("[{list}]"))?;
    }
    Ok(())
}
