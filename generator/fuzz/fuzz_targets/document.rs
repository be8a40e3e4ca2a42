//! See `gitlab_pat_fuzz::document`.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|input: &[u8]| gitlab_pat_fuzz::document(input));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let damaged = data
        .get(..size)
        .and_then(|input| gitlab_pat_fuzz::damaged(input, seed));
    match damaged {
        Some(text) if text.len() <= max_size => {
            data[..text.len()].copy_from_slice(text.as_bytes());
            text.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
});
