//! gzip in chunks, damaged in every way, and larger than its compressed size.

use std::io::Write;

use flate2::write::GzEncoder;
use flate2::{Compression, GzBuilder};

use crate::runtime::call::body::BodyFailure;
use crate::runtime::call::decompress::{DAMAGED, Gunzip, Rest};

const TEXT: &[u8] = b"{\"name\": \"Rex\", \"friends\": [\"Rex\", \"Rex\", \"Rex\", \"Tom\"]}";

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// Returns a member with every field that a header can have.
fn with_header(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new()
        .filename("pets.json")
        .comment("all of them")
        .extra(*b"ab\x02\x00xy")
        .mtime(5)
        .write(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// Decodes chunks to the end.
fn decode<'a>(
    pieces: impl IntoIterator<Item = &'a [u8]>,
    limit: usize,
) -> (Result<(), BodyFailure>, Rest) {
    let mut gunzip = Gunzip::new(limit);
    let pushed = pieces.into_iter().try_for_each(|piece| gunzip.push(piece));
    let outcome = pushed.and_then(|()| gunzip.end());
    (outcome, gunzip.rest())
}

fn decoded(content: &[u8]) -> Rest {
    Rest::Decoded(content.to_vec().into())
}

#[test]
fn the_ends_of_chunks_do_not_matter() {
    for whole in [gzip(TEXT), with_header(TEXT)] {
        for at in 0..=whole.len() {
            let (one, two) = whole.split_at(at);
            assert_eq!(decode([one, two], 1000), (Ok(()), decoded(TEXT)), "{at}");
        }
        for size in 1..=9 {
            assert_eq!(
                decode(whole.chunks(size), 1000),
                (Ok(()), decoded(TEXT)),
                "{size}"
            );
        }
    }
}

#[test]
fn members_in_a_row_are_one_body() {
    let mut whole = gzip(b"");
    for part in TEXT.chunks(20) {
        whole.extend(with_header(part));
        whole.extend(gzip(b""));
    }
    for at in 0..=whole.len() {
        let (one, two) = whole.split_at(at);
        assert_eq!(decode([one, two], 1000), (Ok(()), decoded(TEXT)), "{at}");
    }
    assert_eq!(
        decode(whole.chunks(1), 1000),
        (Ok(()), decoded(TEXT)),
        "byte by byte"
    );
}

#[test]
fn neither_an_empty_body_nor_an_empty_member_is_an_error() {
    assert_eq!(decode([], 10), (Ok(()), decoded(b"")));
    let empty = gzip(b"");
    for size in [1, empty.len()] {
        let found = decode(empty.chunks(size), 100);
        assert_eq!(found, (Ok(()), decoded(b"")), "{size}");
    }
}

#[test]
fn a_truncated_body_is_damaged_and_its_decoded_part_is_kept() {
    let whole = gzip(TEXT);
    let mut longest = 0;
    for length in 1..whole.len() {
        let beginning = &whole[..length];
        for size in [1, 5, length] {
            let (outcome, rest) = decode(beginning.chunks(size), 1000);
            assert_eq!(outcome, Err(DAMAGED), "{length}");
            match rest {
                Rest::Decoded(bytes) => {
                    assert!(!bytes.is_empty() && TEXT.starts_with(&bytes), "{length}");
                    assert!(bytes.len() >= longest, "{length}");
                    longest = bytes.len();
                }
                Rest::Arrived(bytes) => {
                    assert_eq!(bytes, beginning);
                    assert_eq!(longest, 0, "{length}");
                }
            }
        }
    }
    // Only the checksum and the length are missing.
    assert_eq!(longest, TEXT.len());
}

#[test]
fn a_lost_body_has_its_decoded_part() {
    let whole = gzip(TEXT);
    let mut gunzip = Gunzip::new(1000);
    gunzip.push(&whole[..whole.len() - 8]).unwrap();
    assert_eq!(gunzip.rest(), decoded(TEXT));
    let mut gunzip = Gunzip::new(1000);
    gunzip.push(&whole[..10]).unwrap();
    assert_eq!(gunzip.rest(), Rest::Arrived(whole[..10].to_vec().into()));
}

#[test]
fn a_wrong_checksum_or_length_is_damage_and_the_content_is_kept() {
    let whole = gzip(TEXT);
    for back in 1..=8 {
        let mut wrong = whole.clone();
        let at = wrong.len() - back;
        wrong[at] ^= 1;
        for pieces in [1, whole.len()] {
            let found = decode(wrong.chunks(pieces), 1000);
            assert_eq!(found, (Err(DAMAGED), decoded(TEXT)));
        }
        // Another member after it does not make it valid.
        wrong.extend(gzip(TEXT));
        let found = decode([&*wrong], 1000);
        assert_eq!(found, (Err(DAMAGED), decoded(TEXT)));
    }
}

#[test]
fn a_body_that_is_not_gzip_is_damaged_and_kept_unchanged() {
    let mut reserved = gzip(TEXT);
    reserved[3] |= 0x80;
    let mut method = gzip(TEXT);
    method[2] = 7;
    for wrong in [TEXT.to_vec(), vec![0x1f, 0x8b], reserved, method] {
        for size in [1, 11, wrong.len()] {
            let found = decode(wrong.chunks(size), 1000);
            let arrived = Rest::Arrived(wrong.clone().into());
            assert_eq!(found, (Err(DAMAGED), arrived));
        }
        let limit = wrong.len() - 1;
        let found = decode(wrong.chunks(1), limit);
        let arrived = Rest::Arrived(wrong[..limit].to_vec().into());
        assert_eq!(found, (Err(BodyFailure::TooLarge), arrived));
    }
}

#[test]
fn bytes_after_the_end_are_damage_and_the_content_is_kept() {
    for rubbish in [
        &b"\0"[..],
        b"\0\0\0\0\0\0\0\0\0\0\0\0",
        b"<html>",
        b"\x1f\x8b",
    ] {
        let mut whole = gzip(TEXT);
        whole.extend_from_slice(rubbish);
        for size in [1, whole.len()] {
            let found = decode(whole.chunks(size), 1000);
            assert_eq!(found, (Err(DAMAGED), decoded(TEXT)));
        }
    }
}

#[test]
fn no_byte_beyond_the_limit_is_decoded() {
    // 8 MiB of zeros are compressed to 8 kB, of which 64 bytes suffice to reach the limit.
    let bomb = gzip(&vec![0; 8 << 20]);
    for limit in [bomb.len(), 100_000] {
        for size in [1, 7, 64, bomb.len()] {
            let mut gunzip = Gunzip::new(limit);
            let mut pieces = 0;
            let mut failures = bomb.chunks(size).map(|piece| {
                pieces += 1;
                gunzip.push(piece)
            });
            let failure = failures.find_map(Result::err);
            assert_eq!(failure, Some(BodyFailure::TooLarge), "{limit} {size}");
            assert!(pieces * size <= bomb.len(), "{limit} {size}");
            if size < 100 {
                assert!(pieces * size < bomb.len() / 10, "{limit} {size}");
            }
            assert_eq!(gunzip.rest(), decoded(&vec![0; limit]));
        }
    }
}

#[test]
fn the_limit_itself_is_allowed() {
    let whole = gzip(&[b'x'; 500]);
    assert!(whole.len() < 499);
    for size in [1, whole.len()] {
        let found = decode(whole.chunks(size), 500);
        assert_eq!(found, (Ok(()), decoded(&[b'x'; 500])));
        let found = decode(whole.chunks(size), 499);
        let beginning = decoded(&[b'x'; 499]);
        assert_eq!(found, (Err(BodyFailure::TooLarge), beginning));
    }
}

#[test]
fn no_byte_beyond_the_limit_is_read_even_if_it_decodes_to_nothing() {
    let whole = gzip(b"").repeat(10);
    for size in [1, whole.len()] {
        assert_eq!(decode(whole.chunks(size), whole.len()).0, Ok(()));
        let (outcome, rest) = decode(whole.chunks(size), whole.len() - 1);
        assert_eq!(outcome, Err(BodyFailure::TooLarge));
        let beginning = whole[..whole.len() - 1].to_vec();
        assert_eq!(rest, Rest::Arrived(beginning.into()));
    }
}
