//! The checked-in client is what the generator makes of `spec/`: the code path of `cargo xtask codegen --check`.

use xtask::codegen::{Job, diff, prepare};

#[test]
fn the_checked_in_client_is_fresh() {
    let outcome = prepare(&Job::workspace()).unwrap_or_else(|failure| panic!("{failure}"));

    assert!(
        outcome.plan.changes.is_empty(),
        "the client is stale; run `cargo xtask codegen`\n{}",
        diff(&outcome)
    );
    assert_eq!(
        outcome.manifest,
        Vec::<String>::new(),
        "generated-client/Cargo.toml lacks these"
    );
}
