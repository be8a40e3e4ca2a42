//! The targets that a redirect can have, and where each leads.

use gitlab_pat_fake::FakeResponse;

/// The query of a target at another origin, which no error may show.
pub(super) const QUERY: &str = "state=h1dden";

/// The fragment of a target.
pub(super) const FRAGMENT: &str = "fr4gment";

/// The user name and password in a target.
pub(super) const USER: &str = "eve:pa55";

/// Where a target leads.
#[derive(Debug)]
pub(super) enum Leads {
    /// To this path and query of the same origin.
    Within(&'static str),
    /// To another origin, which an error shows in this form.
    Elsewhere(String),
    /// An unknown target.
    Unreadable,
    /// There is no target.
    Nowhere,
}

/// A target, as in the header.
pub(super) struct Target {
    location: Option<Vec<u8>>,
    pub(super) leads: Leads,
}

impl Target {
    /// The redirect.
    pub(super) fn response(&self, status: u16) -> FakeResponse {
        match &self.location {
            Some(location) => FakeResponse::redirect(status, location),
            None => FakeResponse::new(status),
        }
    }

    /// The description for a failed test.
    pub(super) fn location_text(&self) -> String {
        let location = self.location.as_deref().unwrap_or_default();
        String::from_utf8_lossy(location).into_owned()
    }
}

fn target(location: impl Into<Vec<u8>>, leads: Leads) -> Target {
    Target {
        location: Some(location.into()),
        leads,
    }
}

/// Returns every target for a server at the port `here`, with another server at the port `there`.
pub(super) fn all(here: &str, there: &str) -> Vec<Target> {
    let mut all = within(here);
    all.extend(elsewhere(here, there));
    all.extend(unreadable());
    all.push(Target {
        location: None,
        leads: Leads::Nowhere,
    });
    all
}

/// Returns the targets within the origin, relative to `/api/v4/personal_access_tokens/self`.
fn within(here: &str) -> Vec<Target> {
    let origin = format!("http://127.0.0.1:{here}");
    let to = |location: String, path| target(location, Leads::Within(path));
    vec![
        to(format!("{origin}/other"), "/other"),
        to(origin.clone(), "/"),
        to(format!("HTTP://127.0.0.1:{here}/other"), "/other"),
        to(format!("//127.0.0.1:{here}/other"), "/other"),
        to("/other".into(), "/other"),
        to("other".into(), "/api/v4/personal_access_tokens/other"),
        to("./other".into(), "/api/v4/personal_access_tokens/other"),
        to("../other".into(), "/api/v4/other"),
        to(
            "?page=2".into(),
            "/api/v4/personal_access_tokens/self?page=2",
        ),
        to("/other?page=2".into(), "/other?page=2"),
        // A fragment is not sent.
        to(format!("/other?page=2#{FRAGMENT}"), "/other?page=2"),
        // A user name and password would be a second credential.
        to(format!("http://{USER}@127.0.0.1:{here}/other"), "/other"),
    ]
}

/// Returns the targets at another origin or without one.
fn elsewhere(here: &str, there: &str) -> Vec<Target> {
    let to = |location: String, shown: String| target(location, Leads::Elsewhere(shown));
    let other = || format!("http://127.0.0.1:{there}/x");
    let mut all = vec![
        to(other(), other()),
        to(format!("//127.0.0.1:{there}/x"), other()),
        to(
            format!("http://{USER}@127.0.0.1:{there}/x?{QUERY}#{FRAGMENT}"),
            other(),
        ),
        // The part that looks like this origin is a user name.
        to(
            format!("http://127.0.0.1:{here}@127.0.0.1:{there}/x"),
            other(),
        ),
        // Spellings that URLs permit or browsers accept.
        to(format!("http://0x7f.1:{there}/x"), other()),
        to(format!("http:\\\\127.0.0.1:{there}\\x"), other()),
        to(format!("/\\127.0.0.1:{there}/x"), other()),
        // The same address under another name, and the same name with another scheme.
        to(
            format!("http://localhost:{here}/x"),
            format!("http://localhost:{here}/x"),
        ),
        to(
            format!("//localhost:{here}/x"),
            format!("http://localhost:{here}/x"),
        ),
        to(
            format!("https://127.0.0.1:{here}/x"),
            format!("https://127.0.0.1:{here}/x"),
        ),
        to(
            format!("http://[::ffff:127.0.0.1]:{here}/x"),
            format!("]:{here}/x"),
        ),
        to("http://127.0.0.1/x".into(), "http://127.0.0.1/x".into()),
    ];
    for location in [
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "data:text/plain,x",
        "javascript:alert(1)",
    ] {
        all.push(to(location.into(), String::new()));
    }
    all
}

fn unreadable() -> Vec<Target> {
    let mut all = Vec::new();
    for location in [
        "///127.0.0.1/x",
        "http://[/",
        "http://",
        "http://127.0.0.1:99999/",
        "http://a b/",
    ] {
        all.push(target(location, Leads::Unreadable));
    }
    all.push(target([b'/', 0xe9], Leads::Unreadable));
    all
}
