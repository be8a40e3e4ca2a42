//! The requested codings, and responses by their `Content-Encoding`.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;
use generator_runtime::runtime::api::operation::{OperationInfo, RetryClass};
use generator_runtime::runtime::call::options::RequestOptions;
use generator_runtime::runtime::call::response::HttpResponse;
use generator_runtime::runtime::call::{Call, Operation};
use generator_runtime::runtime::encode::request::HttpRequest;
use generator_runtime::runtime::error::{Error, ErrorKind};
use generator_runtime::runtime::transport::{ResponseBody, TransportError, TransportErrorKind};
use http::Method;

use crate::support::{
    Act, GetPet, Pet, Script, VirtualTime, builder, client, json, operation, response,
};

const REX: &str = r#"{"name": "Rex"}"#;
const DAMAGED: &str = "the compressed response is damaged";
const UNASKED: &str =
    "the response has a content coding that the client neither requests nor supports";

/// `GET /key`, whose response contains a secret.
#[derive(Clone, Debug)]
struct GetKey<C> {
    call: Call<C>,
    id: i64,
}

static GET_KEY: OperationInfo = OperationInfo {
    secret: true,
    ..operation(
        "keys.get",
        &Method::GET,
        "/keys/{id}",
        RetryClass::NonIdempotent,
    )
};

impl<C> Operation for GetKey<C> {
    type Output = Pet;
    const INFO: &'static OperationInfo = &GET_KEY;

    fn request(&self) -> Result<HttpRequest, Error> {
        let mut request = HttpRequest::new(Self::INFO);
        request.path_parameter("id", &self.id)?;
        Ok(request)
    }

    fn decode(response: HttpResponse) -> Result<Pet, Error> {
        response.json()
    }
}

generator_runtime::operation!(GetKey -> Pet);

fn gzip(content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content.as_ref()).unwrap();
    encoder.finish().unwrap()
}

/// Returns text that compression does not shorten.
fn noise(length: usize) -> String {
    let mut state: u32 = 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'!' + (state >> 24) as u8 % 90)
    };
    (0..length).map(|_| next()).collect()
}

/// A response whose body arrives in chunks of this size. If `lost` is set, the connection fails at its end.
fn pieces(status: u16, headers: &[(&str, &str)], body: &[u8], size: usize, lost: bool) -> Act {
    let mut chunks: Vec<_> = body
        .chunks(size)
        .map(|chunk| Ok(Bytes::copy_from_slice(chunk)))
        .collect();
    if lost {
        chunks.push(Err(TransportError::new(TransportErrorKind::ConnectionLost)));
    }
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    let body = ResponseBody::from_stream(stream::iter(chunks));
    Act::Response(response.body(body).unwrap())
}

const GZIP: &[(&str, &str)] = &[("content-encoding", "gzip")];

fn zipped(status: u16, body: &[u8]) -> Act {
    pieces(status, GZIP, body, usize::MAX, false)
}

fn get(act: Act) -> Result<Pet, Error> {
    get_within(act, 1 << 20)
}

fn get_within(act: Act, limit: usize) -> Result<Pet, Error> {
    let script = Script::new([act]);
    let time = VirtualTime::new();
    let options = RequestOptions::new().max_response_size(limit);
    time.run(
        GetPet::new(client(&script, &time), 7)
            .options(options)
            .into_future(),
    )
}

fn get_key(act: Act) -> Result<Pet, Error> {
    let script = Script::new([act]);
    let time = VirtualTime::new();
    let call = Call::new(client(&script, &time));
    time.run(GetKey { call, id: 7 }.into_future())
}

#[test]
fn gzip_is_requested_unless_the_response_has_a_secret_or_the_user_sets_the_header() {
    let script = Script::new((0..7).map(|_| json(200, REX)));
    let time = VirtualTime::new();
    let plain = client(&script, &time);
    let own = builder(&script, &time)
        .default_header("Accept-Encoding", "br")
        .build()
        .unwrap();
    let options = RequestOptions::new().header("accept-encoding", "gzip;q=0.5");
    time.run(GetPet::new(plain.clone(), 7).send()).unwrap();
    let key = |client| GetKey {
        call: Call::new(client),
        id: 7,
    };
    time.run(key(plain.clone()).send()).unwrap();
    time.run(plain.request(Method::GET, "/pets/7").send())
        .unwrap();
    time.run(GetPet::new(own.clone(), 7).send()).unwrap();
    time.run(key(own.clone()).send()).unwrap();
    time.run(GetPet::new(own, 7).options(options.clone()).send())
        .unwrap();
    let mut call = key(plain);
    call.call.options = options;
    time.run(call.send()).unwrap();
    let asked: Vec<_> = script
        .seen()
        .iter()
        .map(|seen| {
            let values = seen.headers.get_all("accept-encoding").iter();
            values
                .map(|value| value.to_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    let asked: Vec<_> = asked.iter().map(|values| values.join("|")).collect();
    assert_eq!(
        asked,
        [
            "gzip",
            "identity",
            "identity",
            "br",
            "br",
            "gzip;q=0.5",
            "gzip;q=0.5"
        ]
    );
}

#[test]
fn a_response_is_decoded_by_its_content_encoding() {
    for name in [
        "gzip",
        "GZip",
        "x-gzip",
        "X-GZIP",
        " gzip ",
        ",gzip,",
        "identity, gzip",
    ] {
        let act = pieces(200, &[("content-encoding", name)], &gzip(REX), 3, false);
        assert_eq!(get(act).unwrap().name, "Rex", "{name}");
    }
    for name in ["", "identity", "IDENTITY", " , "] {
        let act = response(200, &[("content-encoding", name)], REX);
        assert_eq!(get(act).unwrap().name, "Rex", "{name}");
    }
    // A secret is read even if it arrives compressed without a request for it.
    assert_eq!(get_key(zipped(200, &gzip(REX))).unwrap().name, "Rex");
}

#[test]
fn an_encoding_that_was_not_requested_is_an_error_that_keeps_the_body() {
    let values: [&[&str]; 6] = [
        &["br"],
        &["deflate"],
        &["gzip, gzip"],
        &["gzip", "br"],
        &["gzip;q=1"],
        &["gz\u{fc}p"],
    ];
    for names in values {
        let headers: Vec<_> = names
            .iter()
            .map(|name| ("content-encoding", *name))
            .collect();
        let error = get(response(200, &headers, REX)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{names:?}");
        assert_eq!(error.to_string(), format!("pets.get: 200 OK: {UNASKED}"));
        assert_eq!(error.body(), REX);
        assert_eq!(
            error.headers()["content-encoding"].as_bytes(),
            names[0].as_bytes()
        );

        // The server's message would be noise.
        let mut headers = headers.clone();
        headers.push(("content-type", "text/plain"));
        let error = get(response(500, &headers, REX)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Status);
        assert_eq!(error.message(), None, "{names:?}");
        assert_eq!(error.body(), REX);
    }
    let long = noise(100_000);
    let error = get(response(200, &[("content-encoding", "br")], &long)).unwrap_err();
    assert_eq!(error.body().len(), 64 * 1024);
    let error = get_key(response(200, &[("content-encoding", "br")], &long)).unwrap_err();
    assert_eq!(error.body(), long.as_bytes());
    let error = get_within(response(200, &[("content-encoding", "br")], &long), 50).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
}

#[test]
fn a_response_without_content_needs_no_compression() {
    for (status, headers) in [
        (204, vec![("content-encoding", "gzip")]),
        (
            200,
            vec![("content-encoding", "gzip"), ("content-length", "999")],
        ),
        (200, vec![("content-encoding", "br")]),
    ] {
        let script = Script::new([response(status, &headers, "")]);
        let time = VirtualTime::new();
        let raw = client(&script, &time).request(Method::HEAD, "/pets/7");
        let response = time.run(raw.send()).unwrap();
        assert_eq!(response.status(), status);
        assert!(response.value().is_empty());
    }
}

#[test]
fn the_headers_are_those_of_the_server() {
    let body = gzip(REX);
    let length = body.len().to_string();
    let headers = [("content-encoding", "gzip"), ("content-length", &length)];
    let script = Script::new([pieces(200, &headers, &body, 5, false)]);
    let time = VirtualTime::new();
    let call = GetPet::new(client(&script, &time), 7);
    let response = time.run(call.send()).unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert_eq!(response.headers()["content-length"], length.as_str());
    assert_eq!(response.into_inner().name, "Rex");
}

#[test]
fn a_bomb_ends_at_the_limit() {
    let bomb = gzip(vec![b' '; 4 << 20]);
    for size in [1, 11, usize::MAX] {
        let error = get_within(pieces(200, GZIP, &bomb, size, false), 5000).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert_eq!(
            error.to_string(),
            "pets.get: 200 OK: the response is larger than 5000 bytes; raise the limit with `max_response_size`"
        );
        assert_eq!(error.body(), &vec![b' '; 5000]);

        let error = get(pieces(502, GZIP, &bomb, size, false)).unwrap_err();
        assert_eq!(error.to_string(), "pets.get: 502 Bad Gateway");
        assert_eq!(error.body(), &vec![b' '; 64 * 1024]);
    }
}

#[test]
fn no_more_of_a_bomb_is_read_than_needed() {
    let bomb = gzip(vec![b' '; 4 << 20]);
    for (status, most) in [(200, 200), (500, 500)] {
        let (sender, receiver) = std::sync::mpsc::channel();
        let chunks: Vec<_> = bomb.iter().map(|byte| Bytes::from(vec![*byte])).collect();
        let chunks = chunks.into_iter().map(move |chunk| {
            sender.send(()).unwrap();
            Ok(chunk)
        });
        let response = http::Response::builder()
            .status(status)
            .header("content-encoding", "gzip")
            .body(ResponseBody::from_stream(stream::iter(chunks)))
            .unwrap();
        get_within(Act::Response(response), 5000).unwrap_err();
        let taken = receiver.iter().count();
        assert!(taken < most, "{taken} of {}", bomb.len());
    }
}

#[test]
fn the_limit_applies_to_the_compressed_and_the_decompressed_size() {
    // Noise grows when it is compressed. Its decompressed size is within the limit.
    let content = format!("\"{}\"", noise(1000).replace(['"', '\\'], "x"));
    let body = {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::none());
        encoder.write_all(content.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    assert!(body.len() > content.len());
    for size in [1, usize::MAX] {
        let act = pieces(200, GZIP, &body, size, false);
        let error = get_within(act, content.len()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        let kept = error.body();
        assert!(!kept.is_empty() && content.as_bytes().starts_with(kept));
    }
    // The declared length exceeds the limit, so nothing is read.
    let headers = [("content-encoding", "gzip"), ("content-length", "999")];
    let act = pieces(200, &headers, &gzip(REX), 1, false);
    let error = get_within(act, 998).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.body().is_empty());
}

#[test]
fn a_damaged_response_is_an_error_that_keeps_what_was_decoded() {
    let whole = gzip(REX);
    let mut checksum = whole.clone();
    checksum[whole.len() - 8] ^= 1;
    let mut rubbish = whole.clone();
    rubbish.extend_from_slice(b"more");
    let text = format!("pets.get: 200 OK: {DAMAGED}");
    for (body, kept) in [
        (&checksum[..], REX.as_bytes()),
        (&rubbish, REX.as_bytes()),
        (&whole[..whole.len() - 8], REX.as_bytes()),
        (&whole[..14], b"{\"n"),
        (&whole[..5], &whole[..5]),
        (REX.as_bytes(), REX.as_bytes()),
    ] {
        for size in [1, usize::MAX] {
            let error = get(pieces(200, GZIP, body, size, false)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode);
            assert_eq!(error.to_string(), text);
            assert!(!error.is_retryable());
            if body.len() == 14 {
                let kept = error.body();
                assert!(!kept.is_empty() && REX.as_bytes().starts_with(kept));
            } else {
                assert_eq!(error.body(), kept, "{} {size}", body.len());
            }
        }
    }
}

#[test]
fn the_decoded_part_of_a_damaged_response_with_a_secret_is_kept() {
    let long = noise(100_000);
    let whole = gzip(&long);
    let error = get_key(zipped(200, &whole[..whole.len() - 4])).unwrap_err();
    assert_eq!(error.body(), long.as_bytes());
    let mut wrong = whole;
    wrong[0] = 0;
    let error = get_key(zipped(200, &wrong)).unwrap_err();
    assert_eq!(error.to_string(), format!("keys.get: 200 OK: {DAMAGED}"));
    assert_eq!(error.body(), &wrong);
    // An error keeps less of other responses.
    assert_eq!(
        get(zipped(200, &wrong)).unwrap_err().body().len(),
        64 * 1024
    );
}

#[test]
fn a_lost_response_keeps_its_decoded_part() {
    let whole = gzip(REX);
    let act = pieces(200, GZIP, &whole[..whole.len() - 8], 4, true);
    let error = get(act).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.body(), REX);
    let error = get(pieces(200, GZIP, &whole[..10], 4, true)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.body(), &whole[..10]);
}

#[test]
fn a_compressed_error_response_is_read() {
    let body = gzip(r#"{"error": "gone", "error_description": "no such pet"}"#);
    let expected = "pets.get: 404 Not Found: no such pet (gone)";
    for size in [1, usize::MAX] {
        let error = get(pieces(404, GZIP, &body, size, false)).unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert_eq!(
            error.body_as::<serde_json::Value>().unwrap()["error"],
            "gone"
        );
        // The checksum is not needed to read it.
        let act = pieces(404, GZIP, &body[..body.len() - 6], size, size == 1);
        assert_eq!(get(act).unwrap_err().to_string(), expected);
    }
    // Compressed bytes are not a message, whatever their type.
    let headers = [("content-encoding", "gzip"), ("content-type", "text/plain")];
    let error = get(response(404, &headers, "not compressed at all")).unwrap_err();
    assert_eq!(error.message(), None);
    assert_eq!(error.body(), "not compressed at all");
}
