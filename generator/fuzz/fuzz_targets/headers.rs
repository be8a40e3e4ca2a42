//! See `gitlab_pat_fuzz::headers`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| gitlab_pat_fuzz::headers(input));
