//! A program that uses reqwest with the platform's TLS. With the argument `before` it builds its own client before ours as well.

fn main() {
    if std::env::args().any(|argument| argument == "before") {
        own();
    }
    gitlab_pat::Client::builder().build().expect("our client");
    own();
}

fn own() {
    let _ = reqwest::Client::new();
}
