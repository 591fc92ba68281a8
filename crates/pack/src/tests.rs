//! The base pack reads.

use std::time::Instant;

use crate::Pack;

#[test]
fn base_reads() {
    let start = Instant::now();
    let pack = Pack::base();
    println!("{:?}", start.elapsed());
    let pack = match pack {
        Ok(pack) => pack,
        Err(faults) => {
            let lines: Vec<String> =
                faults.iter().map(|fault| format!("{}:{} {}", fault.file, fault.line, fault.refusal)).collect();
            panic!("{}", lines.join("\n"));
        }
    };
    assert_eq!(pack.registers.len(), 11);
}
