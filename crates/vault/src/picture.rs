//! Pictures without what the camera wrote into them: the place, the time, the device, the name of its owner, the small picture of before.

use img_parts::{Bytes, jpeg::Jpeg, jpeg::markers, png::Png};

/// What a PNG needs to be shown; whatever else stands in it is left out.
const PNG_SHOWN: [&[u8; 4]; 13] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"sBIT", b"sRGB", b"bKGD", b"pHYs", b"acTL", b"fcTL",
];

/// The file as it may be kept: a JPEG or PNG by its first bytes, whatever it is called, without its metadata; any other as it is.
pub fn without_metadata(content: Vec<u8>) -> Vec<u8> {
    let bytes = Bytes::from(content);
    let bare = match bytes.as_ref() {
        [0xff, 0xd8, 0xff, ..] => jpeg(bytes.clone()),
        [0x89, b'P', b'N', b'G', ..] => png(bytes.clone()),
        _ => None,
    };
    bare.unwrap_or_else(|| bytes.to_vec())
}

fn jpeg(bytes: Bytes) -> Option<Vec<u8>> {
    let mut jpeg = Jpeg::from_bytes(bytes).ok()?;
    // Applications write their own things into APP1 to APP15 and comments; APP14 says how Adobe's colours are meant.
    jpeg.segments_mut().retain(|segment| {
        let marker = segment.marker();
        marker != markers::COM && (!(markers::APP1..=markers::APP15).contains(&marker) || marker == markers::APP14)
    });
    Some(jpeg.encoder().bytes().to_vec())
}

fn png(bytes: Bytes) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(bytes).ok()?;
    png.chunks_mut().retain(|chunk| PNG_SHOWN.contains(&&chunk.kind()));
    Some(png.encoder().bytes().to_vec())
}
