//! The crate's `README.md`. It is written only if it is missing.

use super::text::prose;
use super::{Config, example};
use crate::model::Api;

/// Returns the text that a maintainer starts from.
pub(super) fn text(api: &Api, config: &Config) -> String {
    let package = &config.package;
    let krate = config.crate_name();
    let title = prose(&api.title);
    let document = &config.document;
    let example = indented(&example::of_client(api, config));
    let blocking = indented(&example::blocking_statements(api, config));
    format!(
        "\
# {package}

A client for {title}, async or blocking. `cargo xtask codegen` generated it from `{document}`.

```rust,no_run
async fn example(secret: String) -> Result<(), {krate}::Error> {{
{example}
    Ok(())
}}
```

With the feature `blocking`, code that is not async has the same operations:

```rust,no_run
fn example(secret: String) -> Result<(), {krate}::Error> {{
{blocking}
    Ok(())
}}
```

## Features

| feature | default | effect |
|---|---|---|
| `gzip` | yes | requests responses in gzip and decompresses them, except those with a secret |
| `reqwest` | yes | the default HTTP transport; without it, provide a `Transport` and a `Timer` |
| `rustls` | yes | TLS with rustls and the platform's certificates; uses the cryptography provider that your program has installed, or aws-lc-rs otherwise |
| `rustls-no-provider` | no | the same without aws-lc-rs; your program must install a provider before it builds a client, even one for a server without TLS |
| `native-tls` | no | TLS with the platform's library; if rustls is enabled too, rustls is used |
| `blocking` | no | `{krate}::blocking::Client`, the same operations for blocking code |
| `serialize-secrets` | no | serializes secrets, for storage |
| `test-util` | no | the module `testing`: responses from a list and samples of types, for tests of your code |
| `tracing` | no | a span for each call and each attempt, with OpenTelemetry's names for HTTP |
| `tokio` | with `reqwest` | Tokio's timer |

## Reference

The [reference] describes every operation and type.

[reference]: docs/README.md
"
    )
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}
