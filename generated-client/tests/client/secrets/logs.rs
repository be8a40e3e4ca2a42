//! No log record of any crate, at any level, contains a secret.

use std::io;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use gitlab_pat_fake::{FakeResponse, RecordingServer};
use tracing_subscriber::fmt::MakeWriter;

use super::Watch;
use super::credentials::{ALL, CREDENTIAL};
use super::operations::ALL as OPERATIONS;
use crate::support::{block_on, json, sample};

/// The log records so far, of every test of this binary.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Starts to collect, once for the whole process.
    fn collect() -> &'static Self {
        static LOG: LazyLock<Log> = LazyLock::new(|| {
            let log = Log::default();
            // Also collects the records of the crate `log`.
            tracing_subscriber::fmt()
                .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
                .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
                .with_ansi(false)
                .with_writer(log.clone())
                .init();
            log
        });
        &LOG
    }

    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'log> MakeWriter<'log> for Log {
    type Writer = Self;

    fn make_writer(&'log self) -> Self {
        self.clone()
    }
}

#[test]
fn no_log_record_contains_a_secret() {
    let log = Log::collect();
    let watch = Watch::new(&[CREDENTIAL, sample::NEW_SECRET]);
    for (name, make) in ALL {
        for response in [
            json(sample::ROTATED),
            json("[]").header("Set-Cookie", format!("a={CREDENTIAL}")),
            FakeResponse::redirect(
                307,
                format!("http://127.0.0.1:9/?private_token={CREDENTIAL}"),
            ),
            FakeResponse::text(401, CREDENTIAL),
        ] {
            let server = RecordingServer::start(response).expect("a server");
            for exchange in OPERATIONS {
                // Each operation has its own client, because a client rotates nothing with an inactive credential.
                let client = gitlab_pat::Client::builder()
                    .base_url(&server.url())
                    .expect("a base URL")
                    .auth(make(CREDENTIAL))
                    .retry(gitlab_pat::RetryPolicy::none())
                    .build()
                    .expect("a client");
                let _ = block_on((exchange.send)(&client));
            }
            assert_eq!(server.requests().len(), OPERATIONS.len(), "{name}");
            // The control: this exchange was logged.
            let address = server.url().replace("http://", "");
            assert!(log.text().contains(&address), "{name}: nothing was logged");
        }
    }
    let text = log.text();
    for of in ["reqwest::", "hyper_util::"] {
        assert!(text.contains(of), "nothing of {of} was logged");
    }
    watch.text("the log", &text);
}

/// reqwest can log every byte of a connection. The client turns that off.
#[cfg(feature = "reqwest")]
#[test]
fn a_verbose_connection_logs_no_secret() {
    const OWN: &str = "glpat-verbose/Vq7+tz.w1d";
    let log = Log::collect();
    let server = RecordingServer::start(json(sample::SINGLE)).expect("a server");
    let client = gitlab_pat::Client::builder()
        .base_url(&server.url())
        .expect("a base URL")
        .auth(gitlab_pat::Auth::private_token(OWN))
        .configure_http(|builder| builder.connection_verbose(true))
        .build()
        .expect("a client");
    block_on(client.personal_access_tokens().get_self()).expect("a token");
    assert!(
        log.text().contains(&server.url().replace("http://", "")),
        "nothing was logged"
    );
    Watch::new(&[OWN]).text("the log", &log.text());
}

#[test]
fn control_the_log_collects_both_kinds() {
    let log = Log::collect();
    log::trace!("by the crate log");
    tracing::trace!("by the crate tracing");
    let text = log.text();
    assert!(text.contains("by the crate log"));
    assert!(text.contains("by the crate tracing"));
}
