//! gzip: ordinary compression, and decompression bombs. Independent of HTTP.

use std::io::Write;

use flate2::write::GzEncoder;
use flate2::{Compress, Compression, Crc, FlushCompress};

const MEBIBYTE: usize = 1024 * 1024;

/// The header of a gzip member: deflate, no name, no time, unknown system (RFC 1952, section 2.3).
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// The last deflate block of a stream: empty, with the codes that deflate fixes (RFC 1951, section 3.2.6).
const END: [u8; 2] = [3, 0];

pub(crate) fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to a Vec does not fail. An error would leave an empty body, which a test detects.
    match encoder.write_all(bytes) {
        Ok(()) => encoder.finish().unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

/// Returns a gzip member that decompresses to this many mebibytes of zeros.
///
/// A mebibyte is compressed once. A full flush ends it on a byte boundary and makes it independent of what precedes
/// it, so that it can be repeated.
pub(crate) fn bomb(mebibytes: u32) -> Vec<u8> {
    let zeros = vec![0; MEBIBYTE];
    let mut block = Vec::with_capacity(4 * 1024);
    let mut deflate = Compress::new(Compression::best(), false);
    if deflate
        .compress_vec(&zeros, &mut block, FlushCompress::Full)
        .is_err()
    {
        return Vec::new();
    }
    let mut one = Crc::new();
    one.update(&zeros);

    let mut sum = Crc::new();
    let mut member = HEADER.to_vec();
    for _ in 0..mebibytes {
        member.extend_from_slice(&block);
        sum.combine(&one);
    }
    member.extend_from_slice(&END);
    member.extend_from_slice(&sum.sum().to_le_bytes());
    // The length modulo 2^32, which is also what Crc counts.
    member.extend_from_slice(&sum.amount().to_le_bytes());
    member
}
