//! A base URL that ends with the common prefix of the API's paths.

use futures_util::TryStreamExt;
use generator_runtime::runtime::api::operation::ApiInfo;
use generator_runtime::runtime::call::builder::ClientBuilder;
use generator_runtime::runtime::call::client::Client;
use generator_runtime::runtime::credential::auth::Auth;

use crate::support::{API, GetPet, ListPets, Script, TOKEN, VirtualTime, json, response};

/// An API whose description declares the prefix `/pets`.
static BELOW_PETS: ApiInfo = ApiInfo {
    base_path: Some("/pets"),
    ..API
};

/// An API with a prefix of two segments.
static BELOW_API_V1: ApiInfo = ApiInfo {
    base_path: Some("/api/v1"),
    ..API
};

fn client(api: &'static ApiInfo, base_url: &str, script: &Script, time: &VirtualTime) -> Client {
    ClientBuilder::new(api)
        .base_url(base_url)
        .unwrap()
        .auth(Auth::header("X-Pet-Key", TOKEN))
        .transport(script.clone())
        .timer(time.clone())
        .build()
        .unwrap()
}

/// Returns the URL of a request to this path.
fn target(api: &'static ApiInfo, base_url: &str, path: &str) -> String {
    let script = Script::new([json(200, "{}")]);
    let time = VirtualTime::new();
    let client = client(api, base_url, &script, &time);
    time.run(client.request(http::Method::GET, path).send())
        .unwrap();
    script.seen()[0].uri.clone()
}

#[test]
fn the_path_of_the_api_is_not_added_twice() {
    for (base_url, expected) in [
        ("https://x.example", "https://x.example/api/v1/a"),
        ("https://x.example/api/v1", "https://x.example/api/v1/a"),
        ("https://x.example/api/v1///", "https://x.example/api/v1/a"),
        ("https://x.example//api/v1", "https://x.example/api/v1/a"),
        ("https://x.example/%61pi/v1", "https://x.example/api/v1/a"),
        (
            "https://x.example/sub/api/v1",
            "https://x.example/sub/api/v1/a",
        ),
        (
            "https://x.example/api/v1/api/v1/",
            "https://x.example/api/v1/api/v1/a",
        ),
        (
            "https://x.example/sub%2Fapi/v1",
            "https://x.example/sub%2Fapi/v1/api/v1/a",
        ),
        (
            "https://x.example/api%2Fv1",
            "https://x.example/api%2Fv1/api/v1/a",
        ),
        (
            "https://x.example/subapi/v1",
            "https://x.example/subapi/v1/api/v1/a",
        ),
        (
            "https://x.example/api/v1/sub",
            "https://x.example/api/v1/sub/api/v1/a",
        ),
        (
            "https://x.example/api/v10",
            "https://x.example/api/v10/api/v1/a",
        ),
        (
            "https://x.example/API/V1",
            "https://x.example/API/V1/api/v1/a",
        ),
        ("https://x.example/v1", "https://x.example/v1/api/v1/a"),
    ] {
        assert_eq!(
            target(&BELOW_API_V1, base_url, "/api/v1/a"),
            expected,
            "{base_url}"
        );
    }
}

/// `/pets` may be the path of a gateway, whose API has paths that begin with `/pets` by chance.
#[test]
fn the_path_of_the_api_is_not_guessed() {
    assert_eq!(
        target(&API, "https://x.example/pets", "/pets/1"),
        "https://x.example/pets/pets/1"
    );
}

#[test]
fn operations_pages_and_redirects_have_the_same_prefix() {
    for base_url in ["https://x.example", "https://x.example/pets/"] {
        let script = Script::new([
            json(200, r#"{"name": "Ada"}"#),
            response(302, &[("location", "/pets/2")], ""),
            json(200, r#"{"name": "Bob"}"#),
            response(200, &[("x-next", "2")], r#"["Ada"]"#),
            response(
                200,
                &[("link", "<https://x.example/pets?page=3>; rel=\"next\"")],
                r#"["Bob"]"#,
            ),
            response(200, &[("x-next", "")], r#"["Cem"]"#),
        ]);
        let time = VirtualTime::new();
        let client = client(&BELOW_PETS, base_url, &script, &time);
        time.run(async {
            GetPet::new(client.clone(), 1).await.unwrap();
            GetPet::new(client.clone(), 1).await.unwrap();
            let names: Vec<String> = ListPets::new(client)
                .into_stream()
                .try_collect()
                .await
                .unwrap();
            assert_eq!(names, ["Ada", "Bob", "Cem"]);
        });
        let seen = script.seen();
        let targets: Vec<&str> = seen.iter().map(|seen| seen.uri.as_str()).collect();
        assert_eq!(
            targets,
            [
                "https://x.example/pets/1",
                "https://x.example/pets/1",
                "https://x.example/pets/2",
                "https://x.example/pets",
                "https://x.example/pets?page=2",
                "https://x.example/pets?page=3",
            ],
            "{base_url}"
        );
    }
}
