//! Cargo unifies features, so a program gets the features of reqwest and rustls that the client enables. These programs build an
//! HTTP client of their own before and after ours, and work as they do without it.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::crates::{cargo, client, host, not_tested, text_of};

fn neighbours() -> PathBuf {
    client().join("tests/neighbours")
}

/// Downloads the dependencies of the programs that the workspace lacks. Returns whether they are on this machine.
fn fetch(directory: &Path) -> bool {
    let fetched = cargo(directory, &["fetch", "--locked", "--target", &host()]);
    let reason = text_of(&fetched);
    assert!(
        !reason.contains("--locked"),
        "update {}: {reason}",
        directory.join("Cargo.lock").display()
    );
    if !fetched.status.success() {
        not_tested(&format!(
            "the programs' dependencies can't be downloaded: {reason}"
        ));
    }
    fetched.status.success()
}

/// Builds a program, runs it with each argument and returns its output.
fn run(program: &str, arguments: &[&str]) -> String {
    let directory = neighbours();
    if !fetch(&directory) {
        return String::new();
    }
    let mut printed = String::new();
    for argument in arguments {
        let options = ["--offline", "--locked", "run", "--package", program];
        let output = cargo(&directory, &[&options[..], &["--", argument]].concat());
        assert!(
            output.status.success(),
            "{program} {argument}: {}",
            text_of(&output)
        );
        printed += &String::from_utf8(output.stdout).expect("text");
    }
    printed
}

const ORDERS: &[&str] = &["before", "after"];

#[test]
fn beside_reqwest_without_tls() {
    run("beside-reqwest-bare", ORDERS);
}

#[test]
fn beside_reqwest_with_its_defaults() {
    run("beside-reqwest-default", ORDERS);
}

/// native-tls needs OpenSSL's headers on Linux.
#[test]
fn beside_reqwest_with_native_tls() {
    let mut pkg_config = Command::new("pkg-config");
    let has_headers = pkg_config.args(["--exists", "openssl"]).status();
    if cfg!(target_os = "linux") && !has_headers.is_ok_and(|status| status.success()) {
        not_tested("OpenSSL's headers are not installed");
        return;
    }
    run("beside-reqwest-native-tls", ORDERS);
}

#[test]
fn beside_rustls_with_its_defaults() {
    run("beside-rustls-default", ORDERS);
}

#[test]
fn beside_rustls_with_an_installed_provider_and_reqwest_without_tls() {
    run("beside-rustls-ring", ORDERS);
}

#[test]
fn without_a_provider_the_client_requires_an_installed_one() {
    let printed = run("beside-rustls-no-provider", &["once"]);
    if printed.is_empty() {
        return;
    }
    assert_eq!(
        printed.trim_end(),
        "no cryptography provider is installed for rustls; install one before the client is built, for example with \
         `rustls::crypto::ring::default_provider().install_default()`, or enable the feature `rustls`"
    );
}
