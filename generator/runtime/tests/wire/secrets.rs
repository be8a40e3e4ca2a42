//! No formatted text contains a secret.

use generator_runtime::runtime::call::Operation;
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::credential::auth::Auth;
use generator_runtime::runtime::error::Error;

use crate::support::{
    Act, CreatePet, GetPet, ListPets, Script, TOKEN, VirtualTime, builder, client, json, response,
};

/// Asserts that a text does not contain the token in any form.
fn clean(text: &str) {
    assert!(!text.is_empty());
    for form in [TOKEN, "YW5uOnMzY3IzdC10MGtlbg"] {
        assert!(!text.contains(form), "{text}");
    }
}

#[test]
fn credentials_clients_and_options() {
    for auth in [
        Auth::header("X-Pet-Key", TOKEN),
        Auth::bearer_token(TOKEN),
        Auth::basic("ann", TOKEN),
        Auth::query("pet_key", TOKEN),
        Auth::cookie("session", TOKEN),
    ] {
        clean(&format!("{auth:?} {auth:#?}"));
        let time = VirtualTime::new();
        let builder = builder(&Script::new([]), &time)
            .auth(auth.clone())
            .default_header("x-team", TOKEN);
        clean(&format!("{builder:?} {builder:#?}"));
        let client = builder.build().unwrap();
        clean(&format!("{client:?} {client:#?}"));
        let options = RequestOptions::new().auth(auth).header("x-team", TOKEN);
        clean(&format!("{options:?} {options:#?}"));
        let call = GetPet::new(client.clone(), 7).options(options);
        clean(&format!("{call:?}"));
        let stream = ListPets::new(client.clone()).into_stream();
        clean(&format!("{stream:?}"));
        let raw = client.request(http::Method::GET, &format!("/{TOKEN}?x={TOKEN}"));
        clean(&format!("{raw:?}"));
        clean(&format!(
            "{:?}",
            CreatePet::new(client, TOKEN).request().unwrap()
        ));
    }
}

/// Returns the error of a list's call, or the one that its page has in place of a next page.
fn list_error(time: &VirtualTime, client: Client) -> Error {
    match time.run(ListPets::new(client).send()) {
        Ok(response) => {
            clean(&format!("{response:?} {response:#?}"));
            response.into_inner().next_page().unwrap_err()
        }
        Err(error) => error,
    }
}

#[test]
fn no_response_or_error_shows_a_repeated_credential() {
    let echo = format!(r#"{{"name": 5, "message": "{TOKEN}", "error": "{TOKEN}"}}"#);
    let headers = [
        ("x-request-id", TOKEN),
        ("quota-name", TOKEN),
        ("set-cookie", TOKEN),
        ("x-next", TOKEN),
    ];
    let location = format!("https://{TOKEN}@other.example/?{TOKEN}#{TOKEN}");
    let acts: [Act; 6] = [
        response(200, &headers, &echo),
        response(200, &headers, "[]"),
        response(401, &headers, &echo),
        response(500, &[("content-type", "text/plain")], TOKEN),
        response(302, &[("location", &location)], &echo),
        json(200, TOKEN),
    ];
    for act in acts {
        let script = Script::new([act]);
        let time = VirtualTime::new();
        let error = list_error(&time, client(&script, &time));
        clean(&format!("{error} {error:?} {error:#?}"));
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            clean(&format!("{cause} {cause:?}"));
            source = cause.source();
        }
    }
    let script = Script::new([response(200, &headers, r#"{"name": "Rex"}"#)]);
    let time = VirtualTime::new();
    let response = time
        .run(GetPet::new(client(&script, &time), 7).send())
        .unwrap();
    clean(&format!(
        "{response:?} {response:#?} {:?}",
        response.rate_limit()
    ));
}

#[test]
fn a_credential_is_recognized_without_its_scheme() {
    let echo = format!(r#"{{"message": "no {TOKEN}"}}"#);
    for scheme in ["Bearer", "bearer", "Token"] {
        let script = Script::new([json(401, &echo)]);
        let time = VirtualTime::new();
        let auth = Auth::header("authorization", format!("{scheme} {TOKEN}"));
        let client = builder(&script, &time).auth(auth).build().unwrap();
        let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
        clean(&format!("{error} {error:?}"));
        assert_eq!(error.message(), Some("no [redacted]"));
        let sent = script.seen()[0].header("authorization").unwrap().to_owned();
        assert!(sent.ends_with(&format!(" {TOKEN}")), "{sent}");
    }
}

/// Many servers accept a token as the user name.
#[test]
fn a_user_name_that_may_be_the_credential_is_redacted() {
    let shown = |auth: Auth, message: &str| {
        let script = Script::new([json(401, &format!(r#"{{"message": "no {message} here"}}"#))]);
        let time = VirtualTime::new();
        let client = builder(&script, &time).auth(auth).build().unwrap();
        let error = time.run(GetPet::new(client, 7).send()).unwrap_err();
        error.message().unwrap().to_owned()
    };
    let spaced = "s3cr3t t0ken";
    for (auth, message) in [
        (Auth::basic(TOKEN, ""), TOKEN),
        (Auth::basic(TOKEN, "x"), TOKEN),
        (Auth::basic(TOKEN, "p4ssw0rd"), "p4ssw0rd"),
        (Auth::basic("t0ken", ""), "t0ken"),
        (Auth::basic(spaced, "x"), "s3cr3t%20t0ken"),
    ] {
        assert_eq!(shown(auth, message), "no [redacted] here");
    }
    // A common word is not redacted.
    assert_eq!(shown(Auth::basic("admin", TOKEN), "admin"), "no admin here");
}

/// Values that a server may repeat: names of members, and targets of redirects.
#[test]
fn names_and_redirect_targets_that_contain_the_credential() {
    let acts: [(Act, &str); 6] = [
        (json(200, &format!(r#"{{"{TOKEN}": "#)), "[redacted]"),
        (
            json(
                200,
                &format!(r#"{{"{}{TOKEN}{}": "#, "x".repeat(94), "y".repeat(120)),
            ),
            "…",
        ),
        (
            response(302, &[("location", &format!("/x/{TOKEN}"))], ""),
            "[redacted]",
        ),
        (
            response(
                302,
                &[("location", &format!("https://{TOKEN}.example/"))],
                "",
            ),
            "[redacted]",
        ),
        (
            response(
                200,
                &[("link", &format!("<https://{TOKEN}/>; rel=next"))],
                "[]",
            ),
            "contains no page number",
        ),
        (
            response(
                200,
                &[(
                    "link",
                    &format!("<https://{}/>; rel=next", TOKEN.to_ascii_uppercase()),
                )],
                "[]",
            ),
            "contains no page number",
        ),
    ];
    for (index, (act, control)) in acts.into_iter().enumerate() {
        // A redirect within the origin is followed until the limit.
        let again = (0..6).map(|_| response(302, &[("location", &format!("/x/{TOKEN}"))], ""));
        let script = Script::new(std::iter::once(act).chain(again));
        let time = VirtualTime::new();
        let client = client(&script, &time);
        let error = if index < 2 {
            time.run(GetPet::new(client, 7).send()).unwrap_err()
        } else {
            list_error(&time, client)
        };
        let shown = format!("{error} {error:?} {:?}", error.json_path());
        clean(&shown);
        let again = error.body_as::<Vec<String>>();
        if let Err(again) = again {
            clean(&format!("{again} {again:?} {:?}", again.json_path()));
        }
        assert!(shown.contains(control), "case {index}: {shown}");
        for part in [&TOKEN[..8], &TOKEN[4..]] {
            assert!(!shown.contains(part), "case {index}: {shown}");
        }
    }
}
