//! The example `serve`, in a process of its own.

use std::env::consts::EXE_SUFFIX;
use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The time limit for the server's start.
const PATIENCE: Duration = Duration::from_secs(30);

/// The running example. It is stopped when the test ends or fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended on its own, which the assertions detect.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns the example's path. `cargo test` has built it; `cargo test --test serve` has not.
fn executable() -> Result<PathBuf, Box<dyn Error>> {
    let test = std::env::current_exe()?;
    let profile = test
        .parent()
        .and_then(|deps| deps.parent())
        .ok_or("a test lies in target/<profile>/deps")?;
    let path = profile.join("examples").join(format!("serve{EXE_SUFFIX}"));
    if !path.exists() {
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--example", "serve", "--manifest-path"])
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
            .status()?;
        assert!(status.success(), "the example builds");
    }
    Ok(path)
}

fn request(url: &str, head: &str) -> Result<String, Box<dyn Error>> {
    let authority = url.strip_prefix("http://").ok_or("an http URL")?;
    let mut stream = TcpStream::connect(authority)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "{head}\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
    )?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?;
    Ok(response)
}

#[test]
fn the_example_prints_url_and_tokens_and_serves_until_it_is_stopped() -> Result<(), Box<dyn Error>>
{
    let child = Command::new(executable()?)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut running = Running(child);
    let output = running.0.stdout.take().ok_or("a pipe")?;
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    let mut printed = Vec::new();
    while !printed.iter().any(|line: &String| line.contains("Ctrl-C")) {
        printed.push(lines.recv_timeout(PATIENCE)?);
    }
    let value = |name: &str| {
        let value = printed.iter().find_map(|line| line.strip_prefix(name));
        value.ok_or(format!("{name} in {printed:?}"))
    };
    let url = value("GITLAB_URL=")?;

    for (name, path, expected) in [
        ("GITLAB_TOKEN=", "/user", r#""username":"alice""#),
        ("GITLAB_ADMIN_TOKEN=", "/user", r#""is_admin":true"#),
        (
            "GITLAB_TOKEN=",
            "/personal_access_tokens/self",
            r#""active":true"#,
        ),
        (
            "GITLAB_ADMIN_TOKEN=",
            "/personal_access_tokens?search=nightly",
            r#""name":"nightly build""#,
        ),
    ] {
        let token = value(name)?;
        let head = format!("GET /api/v4{path} HTTP/1.1\r\nPRIVATE-TOKEN: {token}");
        let response = request(url, &head)?;
        assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
        assert!(response.contains(expected), "{response}");
    }
    assert!(running.0.try_wait()?.is_none(), "it still serves");
    Ok(())
}
